"""Looking back: decisions are followed up in the hour that is due, days get their KPIs once, by the run or by the
command, and the audit finds nothing wrong with either."""

import harness
import json_schema

yaml = harness.needs_yaml()
T = harness.utc("2025-03-10T00")
DAYS = 24
CALM = 6  # hours before the fall
DAY = 24 * harness.HOUR


class Kpis(harness.Case):
    def setUp(self):
        super().setUp()
        self.hour = T
        market = harness.Market(T, 1200)
        for _ in range(CALM):
            market.add(market.bars[-1][0] + harness.HOUR, market.bars[-1][4], market.bars[-1][4])
        last = top = market.bars[-1][4]
        for step in range(1, 13):
            last = market.add(market.bars[-1][0] + harness.HOUR, last, top * (1 - 0.2 * step / 12))
        for _ in range(DAYS * 24):
            market.add(market.bars[-1][0] + harness.HOUR, last, last)
        self.price = market.close_at(T)
        market.write(self.folder / "candles")
        self.init("archive:candles")

    def ask(self, *command, code=0):
        done = self.gridexit(*command, "--repo", "data", "-o", "json", code=code)
        return done.json() if code == 0 else done

    def run_hour(self):
        report = self.ask("run", "--at", harness.iso(self.hour))
        self.hour += harness.HOUR
        return report["symbols"][0]

    def live_through_a_fall(self):
        """A grid is started, the market falls out of it, the operator stops it an hour after the advice."""
        self.run_hour()
        self.ask("grid", "start", "--symbol", "ETH-USDT", "--lower", round(self.price * 0.95), "--upper",
                 round(self.price * 1.05), "--cells", 10, "--capital", 800, "--stop-loss", round(self.price * 0.88),
                 "--at", harness.iso(T))
        for _ in range(CALM + 12):
            symbol = self.run_hour()
            if symbol["action"] == "STOP_GRID":
                break
        self.assertEqual(symbol["action"], "STOP_GRID")
        self.ask("grid", "stop", "--id", "eth-grid-1", "--reason", "as advised", "--at", harness.iso(self.hour))
        return symbol["decision_id"]

    def follow_ups(self, decision):
        return self.ask("decision", "show", decision)["evaluation_records"]

    def test_nothing_to_measure(self):
        head = self.head()
        self.assertIn("no grid has run yet", self.gridexit("kpi", "--repo", "data").stdout)
        self.assertEqual(self.ask("kpi")["written"], [])
        self.assertEqual(self.head(), head)
        self.assertIn("--date", self.ask("kpi", "--date", "2025-03-10", "--from", "2025-03-01", code=2).stderr)

    def test_a_fall_and_what_is_said_of_it_later(self):
        decision = self.live_through_a_fall()
        self.assertEqual(self.ask("kpi")["written"], [], "no day is over")

        self.hour = T + DAYS * DAY
        self.run_hour()
        self.followed_up(decision)
        by_run = [T + day * DAY for day in range(DAYS - 7, DAYS)]
        for day in by_run:
            self.shown(self.path_of(day))
        self.the_command_writes_the_rest(by_run)
        self.figures()
        self.shown_everywhere(decision)
        self.assertEqual(self.ask("verify")["findings"], [])
        self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling"), "")

    def path_of(self, day):
        date = harness.iso(day)[:10]
        return f"kpis/{date[:4]}/{date}.yaml"

    def followed_up(self, decision):
        found = self.follow_ups(decision)
        self.assertEqual([each["horizon"] for each in found], ["24h", "72h", "7d"])
        for each in found:
            self.assertEqual(each["evaluated_at"], harness.iso(T + DAYS * DAY))
            self.assertEqual(each["recommendation_quality"], "good", each)
            self.assertEqual(each["action_quality"], "executed_in_time")
            self.assertGreater(each["economic_impact_usd"], 0)
            self.assertIn("estimated", each["note"])
        self.run_hour()
        self.assertEqual(self.follow_ups(decision), found, "once at each horizon")

    def the_command_writes_the_rest(self, by_run):
        commits = self.commits()
        done = self.ask("kpi")
        expected = [self.path_of(T + day * DAY) for day in range(DAYS - len(by_run))]
        self.assertEqual(done["written"], expected)
        self.assertEqual(done["present"], len(by_run))
        self.assertTrue(done["saved"]["pushed"])
        self.assertEqual(self.commits(), commits + 1)
        self.assertEqual(self.head("remote.git"), self.head())
        again = self.ask("kpi")
        self.assertEqual((again["written"], again["present"], again["saved"]), ([], DAYS, None))
        self.assertEqual(self.commits(), commits + 1)

    def figures(self):
        schema = self.gridexit("schema", "kpis").json()
        for day in range(DAYS):
            document = yaml.safe_load(self.shown(self.path_of(T + day * DAY)))
            self.assertEqual(json_schema.problems(document, schema), [])
            self.assertEqual(document["date"], harness.iso(T + day * DAY)[:10])
        figures = {figure["name"]: figure for figure in document["figures"]}
        self.assertEqual(document["runs"], 1)
        self.assertEqual((figures["fer"]["value"], figures["fer"]["count"]), (0, 1))
        self.assertEqual(figures["ttdr"]["value"], 1)
        self.assertEqual(figures["ttdr"]["verdict"], "not enough data")
        self.assertLessEqual(figures["ert_median"]["value"], 1)
        first = self.ask("kpi", "--date", "2025-03-10")["newest"]
        self.assertEqual(first["date"], "2025-03-10")
        self.assertEqual(first["day"][0]["answers"], 1)
        self.assertEqual(first["day"][0]["exits"], 1)
        text = self.gridexit("kpi", "--repo", "data").stdout
        for word in ("FER", "not enough data", "eth-grid-1", "estimated"):
            self.assertIn(word, text)

    def shown_everywhere(self, decision):
        shown = self.gridexit("decision", "show", decision, "--repo", "data").stdout
        self.assertRegex(shown, r"24h +recommendation good, action executed in time: .* saved \d+\.\d\d USDT \(estimated\)")
        at = f"{decision[-16:-12]}-{decision[-12:-10]}-{decision[-10:-8]}T{decision[-7:-5]}Z"
        explained = self.gridexit("explain", "--repo", "data", "--symbol", "ETH-USDT", "--at", at).stdout
        self.assertIn("what became of it", explained)
        self.gridexit("dashboard", "--repo", "data", "--symbol", "ETH-USDT", "--standalone", "page.html")
        page = (self.folder / "page.html").read_text()
        self.assertIn('"kpis_as_of":"', page)


if __name__ == "__main__":
    harness.main()
