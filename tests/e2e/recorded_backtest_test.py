"""A backtest over what a repository recorded: the records and the candles behind them give the same report on any
number of threads, the grids that ran are valued as they were lived, and no figure knows the future."""

import pathlib

import harness

yaml = harness.needs_yaml()
START = harness.utc("2026-02-01T00")
EXITS = ("LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT")


def hour(count):
    return harness.iso(START + count * harness.HOUR)


def market(calm_hours=1300, later_hours=260):
    """Calm until START, a fall of 15 % from its 200th hour on, and calm again, with an outage of five hours."""
    bars = harness.Market(START + 200 * harness.HOUR, calm_hours).fall(30, 0.15)
    level = bars.price = bars.bars[-1][4]
    last = level
    for step in range(later_hours):
        last = bars.add(bars.bars[-1][0] + harness.HOUR, last, level + 0.87 * (last - level))
    return bars.without(START + 60 * harness.HOUR, START + 65 * harness.HOUR)


class RecordedBacktest(harness.Case):
    def fill(self, first, last, *options, symbol="ETH-USDT"):
        self.gridexit("backfill", "--repo", "data", "--symbol", symbol, "--from", first, "--to", last, *options)

    def report(self, *options):
        return self.gridexit("backtest", "--repo", "data", "-o", "json", *options)

    def recorded(self, **made):
        market(**made).write(self.folder / "candles")
        self.init("archive:candles")

    def other_rules(self, old, new):
        """A configuration folder with one line changed."""
        folder = self.folder / "other"
        folder.mkdir()
        for name in ("environment.yaml", "exit_strategy_config.yaml"):
            text = self.shown(f"config/{name}")
            if name == "exit_strategy_config.yaml":
                self.assertIn(old, text)
                text = text.replace(old, new)
            (folder / name).write_text(text)
        return folder

    def check_the_same_from_records_and_from_candles(self):
        report = self.report("--threads", "1").json()
        ours = report["policies"][-1]
        self.assertEqual(ours["policy"], "these rules")
        self.assertGreater(ours["figures"]["runs"] + ours["figures"]["left_out"], 2)
        text = self.gridexit("backtest", "--repo", "data").stdout
        for options in (["--threads", "2"], ["--recompute", "--threads", "1"], ["--recompute", "--threads", "2"]):
            with self.subTest(options):
                again = self.report(*options).json()
                # Where they come from is all that may differ.
                again["settings"]["metrics"] = report["settings"]["metrics"]
                self.assertEqual(again, report)
                self.assertEqual(self.gridexit("backtest", "--repo", "data", *options).stdout, text)

    def test_records_and_candles_give_the_same_report(self):
        self.recorded()
        market(calm_hours=1250).write(self.folder / "candles", symbol="BTC-USDT")
        self.fill(hour(0), hour(300), "--evaluate", symbol="BTC-USDT")
        self.fill(hour(0), hour(450), "--evaluate")
        self.assertEqual([span["symbol"] for span in self.report().json()["markets"]], ["BTC-USDT", "ETH-USDT"])
        self.check_the_same_from_records_and_from_candles()
        # What was recorded stays as it is; what is computed anew follows the rules that are given.
        shorter = ["--config", self.other_rules("window: 260", "window: 200")]
        recorded, computed = self.report(*shorter).json(), self.report("--recompute", *shorter).json()
        self.assertNotEqual(computed["policies"], recorded["policies"])

    def test_the_same_holds_on_a_real_market(self):
        self.init(f"archive:{harness.needs_real_candles()}")
        self.fill("2025-03-20", "2025-04-20", "--evaluate")
        self.check_the_same_from_records_and_from_candles()

    def start_grid(self, at, name):
        close = market().close_at(START + at * harness.HOUR)
        self.gridexit("grid", "start", "--repo", "data", "--id", name, "--symbol", "ETH-USDT", "--lower", close * 0.95,
                      "--upper", close * 1.05, "--cells", "10", "--capital", "800", "--stop-loss", close * 0.91,
                      "--at", hour(at))

    def live_through_two_grids(self):
        """One that is left four hours after it was told to be, and one that still runs."""
        self.recorded()
        self.fill(hour(0), hour(100), "--evaluate")
        self.start_grid(100, "first")
        self.fill(hour(101), hour(230), "--evaluate")
        exits = [change for change in self.transitions("first") if change["to_state"] in EXITS]
        stopped = harness.utc(exits[0]["timestamp"][:13]) + 4 * harness.HOUR
        self.gridexit("grid", "stop", "--repo", "data", "--id", "first", "--reason", "told to", "--at",
                      harness.iso(stopped))
        self.start_grid(240, "second")
        self.fill(hour(241), hour(400), "--evaluate")
        return exits[0]["timestamp"], harness.iso(stopped)

    def transitions(self, grid):
        names = self.git("ls-tree", "-r", "--name-only", "main", "exit_states").split()
        days = [yaml.safe_load(self.shown(name)) for name in sorted(names)]
        return [change for day in days for change in day["transitions"] if change["grid_id"] == grid]

    def lived(self, at):
        """The PnL on record at that hour."""
        day, clock = at[:10], at[11:13]
        path = pathlib.PurePosixPath("metrics/ETH-USDT", *day.split("-"), f"{day}-{clock}.yaml")
        return yaml.safe_load(self.shown(path))["position"]["pnl"]

    def test_grids_that_ran_are_valued_as_they_were_lived(self):
        told, stopped = self.live_through_two_grids()
        first, second = self.report("--start", "recorded").json()["grids"]
        self.assertEqual(first["exit_on_record"]["at"], told)
        self.assertAlmostEqual(first["exit_on_record"]["pnl"], self.lived(told), 9)
        self.assertEqual(first["these_rules"], first["exit_on_record"])
        self.assertEqual(first["stopped"]["at"], stopped)
        self.assertAlmostEqual(first["stopped"]["pnl"], self.lived(stopped), 9)
        self.assertEqual(first["held_until"], "stop_loss")
        self.assertLess(first["held"]["pnl"], first["stopped"]["pnl"])
        self.assertIsNone(second["stopped"])
        self.assertEqual((second["held_until"], second["held"]["at"]), ("end_of_data", hour(400)))
        self.assertAlmostEqual(second["held"]["pnl"], self.lived(hour(400)), 9)

        text = self.gridexit("backtest", "--repo", "data", "--start", "recorded").stdout
        self.assertIn("still running", text)
        self.assertIn("stopping 1 grid kept", text)
        self.assertIn("as recorded", text)

    def test_other_rules_leave_at_other_hours_and_change_no_record(self):
        told, _ = self.live_through_two_grids()
        sooner = self.other_rules("break_low: 0.95", "break_low: 0.30")
        first = self.report("--start", "recorded", "--config", sooner).json()["grids"][0]
        self.assertEqual(first["exit_on_record"]["at"], told)
        self.assertLess(first["these_rules"]["at"], told)

    def test_nothing_knows_the_future_or_hangs_on_the_first_candles(self):
        self.recorded(calm_hours=2400)
        self.fill(harness.iso(START - 2100 * harness.HOUR), hour(0))
        self.fill(hour(0), hour(400), "--evaluate")
        checked = self.report("--check-lookahead", "--check-warm-up").json()
        self.assertEqual((checked["markets"], checked["warm_up_markets"]), (1, 1))
        self.assertEqual((checked["differences"], checked["warm_up_differences"]), ([], []))

    def test_too_little_is_said_as_such(self):
        self.recorded()
        self.fill(hour(0), hour(5), "--evaluate")
        none = self.gridexit("backtest", "--repo", "data", "--start", "recorded").stdout
        self.assertIn("no grid has run yet", none)
        self.assertIn("not enough data", self.gridexit("backtest", "--repo", "data", "--check-warm-up").stdout)

    def test_what_does_not_go_together_is_refused(self):
        self.recorded()
        for options in (["--set", "exit_rules.calm=2,3"], ["--walk-forward", "30d/10d"],
                        ["--candles", "candles/ETH-USDT_1h.csv"]):
            with self.subTest(options):
                refused = self.gridexit("backtest", "--repo", "data", "--start", "recorded", *options, code=2)
                self.assertIn("--start recorded", refused.stderr)


if __name__ == "__main__":
    harness.main()
