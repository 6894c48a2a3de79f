"""The life of a grid as its operator sees it: gates pass, a proposal is taken up, the market falls, the grid is
stopped, and the gates count again. Every command's JSON and YAML is read back."""

import json

import harness

yaml = harness.needs_yaml()
T = harness.utc("2025-03-10T00")
AHEAD = 72


class Operator(harness.Case):
    def setUp(self):
        super().setUp()
        self.hour = T
        self.market = harness.Market(T + AHEAD * harness.HOUR, 1200 + AHEAD)
        self.market.write(self.folder / "candles")
        self.init("archive:candles")

    def ask(self, *command, code=0):
        """The command's JSON, after its YAML proved to say the same, and its text something."""
        repo = (*command, "--repo", "data")
        found = self.gridexit(*repo, "-o", "json", code=code).json()
        as_yaml = yaml.safe_load(self.gridexit(*repo, "-o", "yaml", code=code).stdout)
        self.assertEqual(as_yaml, found)
        self.assertTrue(self.gridexit(*repo, code=code).stdout.strip())
        return found

    def do(self, *command, code=0):
        done = self.gridexit(*command, "--repo", "data", "-o", "json", code=code)
        return done.json() if code == 0 else done

    def run_hour(self):
        report = self.do("run", "--at", harness.iso(self.hour))
        self.hour += harness.HOUR
        return report["symbols"][0]

    def run_until(self, action, most):
        for _ in range(most):
            symbol = self.run_hour()
            if symbol["action"] == action:
                return symbol
        self.fail(f"no {action} within {most} hours; the last was {symbol}")

    def newest_hour(self):
        return harness.iso(self.hour - harness.HOUR)

    def test_pages_go_beside_the_repository_unless_a_folder_is_named(self):
        self.run_hour()
        state = self.folder / "gridexit-state"
        self.assertEqual(list(state.rglob("*.html")), [], "the run keeps its page in git alone")
        written = self.do("dashboard")["written"]
        page = next(path for path in written if path.endswith("2025-03-10-00.html"))
        self.assertIn("/gridexit-state/", page)
        self.assertIn("dec-ETH-USDT-20250310T000000Z", (self.folder / page).read_text())
        self.assertTrue(all(path.startswith("site/") for path in self.do("dashboard", "--out", "site")["written"]))

    def test_from_proposal_to_stop_and_gates_again(self):
        setup = self.run_until("CREATE_GRID", 30)["decision_id"]
        self.assertEqual(self.ask("grid", "list"), [])
        proposal = self.ask("decision", "show", setup)["recommendation"]["proposal"]

        grid_id = self.start(setup, proposal)
        self.second_grid_is_refused(setup)
        self.assertIn(self.run_hour()["action"], ("HOLD", "PREPARE_EXIT"))

        stop = self.fall_until_stop(proposal)
        self.answer_and_stop(stop, grid_id)
        self.gates_count_again()
        self.assertEqual(self.head("remote.git"), self.head())
        self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling"), "")

    def start(self, decision_id, proposal):
        started = self.do("grid", "start", "--decision", decision_id, "--at", self.newest_hour())
        self.assertTrue(started["saved"]["pushed"])
        grid_id = started["grid_id"]
        (listed,) = self.ask("grid", "list")
        self.assertEqual((listed["grid_id"], listed["running"]), (grid_id, True))
        grid = self.ask("grid", "show", grid_id)
        for key in ("lower", "upper", "cells", "stop_loss", "capital_quote"):
            self.assertEqual(grid["versions"][-1][key], proposal[key])
        self.assertEqual(grid["history"][-1]["decision_id"], decision_id)
        (answer,) = self.ask("decision", "show", decision_id)["action_records"]
        self.assertEqual((answer["action"], answer["by"]), ("executed", "operator"))
        # What `show` prints is a grid file: it can be checked, and evaluated with.
        text = self.gridexit("grid", "show", grid_id, "--repo", "data", "-o", "yaml").stdout
        (self.folder / "grid.yaml").write_text(text)
        self.assertTrue(self.ask("grid", "validate", "grid.yaml"))
        return grid_id

    def second_grid_is_refused(self, decision_id):
        head = self.head()
        for again in (("--decision", decision_id),
                      ("--symbol", "ETH-USDT", "--lower", 1900, "--upper", 2100, "--cells", 10, "--capital", 100)):
            done = self.do("grid", "start", *again, "--at", self.newest_hour(), code=None)
            self.assertNotEqual(done.code, 0)
            self.assertEqual(done.stdout, "")
            (line,) = done.stderr.splitlines()
            self.assertRegex(line, "eth-grid-1 is running since .*SINGLE_GRID.*gridexit grid stop")
        self.assertEqual(self.head(), head)

    def fall_until_stop(self, proposal):
        """From the present hour on the market falls through the lower bound."""
        done = (self.hour - T) // harness.HOUR
        del self.market.bars[1200 + done + 12:]
        self.market.fall(12, 1 - proposal["lower"] * 0.96 / self.market.bars[1200 + done - 1][4])
        self.market.write(self.folder / "candles")
        symbol = self.run_until("STOP_GRID", 12)
        self.assertIn(symbol["state"], ("LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"))
        explained = self.ask("explain", "--symbol", "ETH-USDT")
        self.assertEqual(explained["exit_state"]["state"], symbol["state"])
        conditions = explained["exit_state"]["conditions"]
        self.assertEqual(len(conditions), 18)
        for condition in conditions:
            self.assertIn(condition["met"], ("true", "false", "unknown", "not_applicable"))
            self.assertTrue(condition["detail"] and condition["effect"])
        self.assertTrue([each for each in conditions if each["met"] == "true" and each["tier"] != "WARNING"])
        return symbol["decision_id"]

    def answer_and_stop(self, decision_id, grid_id):
        listed = [decision["decision_id"] for decision in self.ask("decision", "list")]
        self.assertEqual(listed[0], decision_id)
        decision = self.ask("decision", "show", decision_id)
        self.assertEqual(decision["recommendation"]["type"], "GRID_MANAGE")
        self.assertTrue(decision["recommendation"]["rationale"])
        now = self.newest_hour()
        self.do("decision", "act", decision_id, "accepted", "--note", "selling now", "--at", now)
        self.do("grid", "stop", "--id", grid_id, "--decision", decision_id, "--reason", "as advised", "--at", now)
        actions = [answer["action"] for answer in self.ask("decision", "show", decision_id)["action_records"]]
        self.assertEqual(actions, ["accepted", "executed"])
        self.assertEqual([grid["running"] for grid in self.ask("grid", "list")], [False])
        again = self.gridexit("grid", "stop", "--repo", "data", "--id", grid_id, "--reason", "again", code=None)
        self.assertNotEqual(again.code, 0)
        self.assertRegex(again.stderr, f"{grid_id}.*not running|{grid_id}.*stopped")

    def gates_count_again(self):
        symbol = self.run_hour()
        self.assertEqual((symbol["state"], symbol["action"]), (None, "WAIT"))
        explained = self.ask("explain", "--symbol", "ETH-USDT")
        gates = json.dumps(explained)
        for gate in ("directional_energy_decay", "mean_reversion_return", "tradable_volatility"):
            self.assertIn(gate, gates)

    def test_json_and_yaml_of_the_rest(self):
        self.run_hour()
        self.assertTrue(self.ask("config", "show"))
        self.ask("config", "check")
        self.ask("grid", "propose", "--symbol", "ETH-USDT", "--at", harness.iso(T))
        for name in self.gridexit("schema", "-o", "json").json():
            self.assertEqual(self.gridexit("schema", name).json()["type"], "object")
        at = ("--symbol", "ETH-USDT", "--exchange", "archive:candles", "--at", harness.iso(T))
        self.assertEqual(self.gridexit("evaluate", *at, "-o", "json").json(),
                         yaml.safe_load(self.gridexit("evaluate", *at, "-o", "yaml").stdout))
        again = self.ask("run", "--at", harness.iso(T))
        self.assertEqual(again["symbols"][0]["summary"].split()[0], "ETH-USDT")


if __name__ == "__main__":
    harness.main()
