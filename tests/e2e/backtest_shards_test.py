"""One backtest on several machines: parts made by separate processes merge to the bytes that one process prints, as
text, JSON and page, in whatever order they are named; parts that do not belong together are refused."""

import harness

END = harness.utc("2025-03-10T00")
MARKETS = ("BTC-USDT_1h.csv", "ETH-USDT_1h.csv")
KINDS = {
    "comparison": (),
    "sweep": ("--set", "exit_rules.latest.break_low=0.5,0.90,0.95", "--set", "exit_rules.warning.near_bound=0.1,0.2"),
    "walk_forward": ("--set", "exit_rules.latest.break_low=0.5,0.90,0.95", "--walk-forward", "40d/20d"),
}


def wavy(hours, seed):
    """Weeks of calm and falls through every range."""
    market = harness.Market(END, hours, seed=seed)
    for back in range(hours - 1200, 24, -300):
        fallen = market.bars[-back:]
        top = fallen[0][1]
        for step, bar in enumerate(fallen[:36], 1):
            factor = (1 - 0.12 * step / 36) * top / bar[1]
            bar[1:5] = [round(price * factor, 2) for price in bar[1:5]]
        for bar in fallen[36:]:
            bar[1:5] = [round(price * 0.88, 2) for price in bar[1:5]]
    return market


class Shards(harness.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.markets = [wavy(3000, 7), wavy(2600, 8)]

    def setUp(self):
        super().setUp()
        for name, market in zip(MARKETS, self.markets):
            market.write(self.folder / name, symbol="candles")
        self.candles = ("--candles", *(f"{name}/candles_1h.csv" for name in MARKETS))

    def backtest(self, *options, code=0):
        return self.gridexit("backtest", *options, code=code)

    def parts(self, options, count):
        for index in range(1, count + 1):
            self.backtest(*self.candles, *options, "--shard", f"{index}/{count}", "--out", f"of-{count}/")
        return [f"of-{count}/shard-{index}-of-{count}.json" for index in range(1, count + 1)]

    def outputs(self, name, *command):
        text = self.backtest(*command, "--html", name).stdout
        return text, self.backtest(*command, "-o", "json").stdout, (self.folder / name).read_bytes()

    def test_the_merged_report_is_that_of_one_machine(self):
        for kind, options in KINDS.items():
            whole = self.outputs("whole.html", *self.candles, *options)
            self.assertIn("rule sets tried" if options else "these rules", whole[0])
            for count in (1, 2, 3, 5):
                with self.subTest(kind, parts=count):
                    files = self.parts(options, count)
                    self.assertEqual(self.outputs("merged.html", "merge", *reversed(files)), whole)

    def test_the_page_names_no_other_place(self):
        self.backtest(*self.candles, "--html", "report.html")
        page = (self.folder / "report.html").read_text()
        self.assertIn("default-src 'none'", page)
        self.assertNotRegex(page, r'(src|href)="(?!data:|#)')

    def test_parts_that_do_not_belong_together_are_refused(self):
        files = self.parts(KINDS["sweep"], 3)
        other = self.parts(KINDS["comparison"], 3)[1]
        self.parts(KINDS["sweep"], 3)
        (self.folder / "cut.json").write_text((self.folder / files[1]).read_text()[:900])
        (self.folder / "copy.json").write_bytes((self.folder / files[1]).read_bytes())
        cases = {
            "missing: part 2/3": [files[0], files[2]],
            "copy.json: the same part (2 of 3)": [*files, "copy.json"],
            "cut.json: no part of a backtest": [files[0], "cut.json", files[2]],
            "nowhere.json": [files[0], "nowhere.json", files[2]],
        }
        for because, names in cases.items():
            with self.subTest(because):
                self.assertIn(because, self.backtest("merge", *names, code=2).stderr)
        self.backtest(*self.candles, "--shard", "2/3", "--out", other)
        self.assertIn("other set", self.backtest("merge", files[0], other, files[2], code=2).stderr)

    def test_parts_of_other_candles_are_refused(self):
        files = self.parts(KINDS["sweep"], 2)
        (self.folder / MARKETS[1] / "candles_1h.csv").unlink()
        self.markets[0].write(self.folder / MARKETS[1], symbol="candles")
        self.backtest(*self.candles, *KINDS["sweep"], "--shard", "2/2", "--out", "of-2/")
        self.assertIn("other candles", self.backtest("merge", *files, code=2).stderr)

    def test_a_repository_of_another_commit_is_another_backtest(self):
        self.init("simulated")
        backfill = ("backfill", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", "simulated", "--evaluate",
                    "--from", "2024-01-01", "--to")
        self.gridexit(*backfill, "2024-01-02")
        whole = self.backtest("--repo", "data", "-o", "json").json()
        self.assertTrue(whole["simulated"])
        self.assertEqual(whole["recorded"], {"state_changes": [], "operator_actions": []})
        files = ["of-2/shard-1-of-2.json", "of-2/shard-2-of-2.json"]
        for shard in ("1/2", "2/2"):
            self.backtest("--repo", "data", "--shard", shard, "--out", "of-2/")
        self.assertEqual(self.backtest("merge", *files, "-o", "json").json(), whole)
        self.gridexit(*backfill, "2024-01-03")
        self.backtest("--repo", "data", "--shard", "2/2", "--out", "of-2/")
        self.assertIn("other source", self.backtest("merge", *files, code=2).stderr)


if __name__ == "__main__":
    harness.main()
