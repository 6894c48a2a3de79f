"""Wrong input of every kind: the right exit code, one message that names the place and the remedy, and a repository in
which nothing has changed."""

import gzip

import harness

END = harness.utc("2025-03-10T12")
AT = harness.iso(END)


class BadInput(harness.Case):
    def setUp(self):
        super().setUp()
        self.market = harness.Market(END, 1100)
        self.candles = self.market.write(self.folder / "candles") / "ETH-USDT_1h.csv"
        self.init("archive:candles")
        self.before = self.state()

    def state(self):
        return self.head(), self.head("remote.git"), self.git("for-each-ref", "refs/heads", "refs/tags")

    def refuse(self, *command, code, says):
        """One message, and nothing changed."""
        done = self.gridexit(*command, code=code)
        complaints = done.complaints()
        self.assertEqual(len(complaints), 1, done.stderr)
        self.assertRegex(complaints[0], says)
        self.assertEqual(self.state(), self.before)
        return done


class BadConfiguration(BadInput):
    FILES = ("environment.yaml", "exit_strategy_config.yaml")

    def configuration(self, file, old, new):
        """A folder with the default configuration, changed at one place; the number of its line."""
        folder = self.folder / "config"
        folder.mkdir(exist_ok=True)
        for name in self.FILES:
            (folder / name).write_text(self.shown(f"config/{name}"))
        text = (folder / file).read_text()
        self.assertIn(old, text)
        (folder / file).write_text(text.replace(old, new, 1))
        return text[:text.index(old)].count("\n") + 1

    def refuse_everywhere(self, says):
        evaluate = ("evaluate", "--config", "config", "--symbol", "ETH-USDT", "--exchange", "archive:candles", "--at",
                    AT)
        self.refuse("config", "check", "--config", "config", code=9, says=says)
        self.refuse("run", "--repo", "data", "--config", "config", "--at", AT, code=3, says=says)
        self.refuse(*evaluate, code=3, says=says)

    def test_wrong_yaml(self):
        line = self.configuration("environment.yaml", "symbols:\n", "symbols: [\n")
        self.refuse_everywhere(rf"config/environment\.yaml:({line}|{line + 1}|{line + 2}|{line + 3}): "
                               "is not valid YAML: ")

    def test_unknown_key(self):
        line = self.configuration("exit_strategy_config.yaml", "near_bound:", "near_bund:")
        self.refuse_everywhere(rf"config/exit_strategy_config\.yaml:{line}: exit_rules\.warning\.near_bund: .*did you "
                               "mean near_bound")

    def test_value_out_of_range(self):
        line = self.configuration("exit_strategy_config.yaml", "near_bound: 0.2", "near_bound: 1.5")
        self.refuse_everywhere(rf"config/exit_strategy_config\.yaml:{line}: exit_rules\.warning\.near_bound: 1\.5 must "
                               "be above 0 and at most 1")

    def test_secret_in_a_file(self):
        line = self.configuration("environment.yaml", '"${KUCOIN_API_SECRET}"', '"a-literal-secret"')
        says = rf"config/environment\.yaml:{line}: exchange\.api_secret: .*KUCOIN_API_SECRET"
        self.refuse_everywhere(says)
        done = self.gridexit("config", "check", "--config", "config", code=9)
        self.assertNotIn("a-literal-secret", done.stdout + done.stderr)

    def test_all_problems_at_once(self):
        self.configuration("exit_strategy_config.yaml", "near_bound: 0.2", "near_bound: 1.5")
        rules = self.folder / "config/exit_strategy_config.yaml"
        rules.write_text(rules.read_text().replace("total_quote: 1000", "total_quote: -1"))
        done = self.gridexit("config", "check", "--config", "config", code=9)
        self.assertRegex(done.stderr, r"exit_rules\.warning\.near_bound[\s\S]*capital\.total_quote")

    def test_no_configuration_there(self):
        self.refuse("config", "check", "--config", "nowhere", code=None, says=r"nowhere/environment\.yaml")


class BadEnvironment(BadInput):
    """What must not keep an hour from being judged."""

    def run_warned(self, says, **variables):
        done = self.gridexit("run", "--repo", "data", "--at", AT, "--log-format", "json", env=variables)
        warnings = [event["message"] for event in done.events() if event["event"] == "config.warning"]
        self.assertEqual(len(warnings), 1, done.stderr)
        self.assertRegex(warnings[0], says)

    def test_an_unknown_variable(self):
        self.run_warned("EXIT_RULE_CALM.*EXIT_RULES_CALM", MARKET_MAKER_EXIT_RULE_CALM="4")

    def test_a_secret_whose_file_is_not_there(self):
        self.run_warned("WEBHOOK_URL_FILE", WEBHOOK_URL_FILE="/nonexistent/webhook")

    def test_a_run_with_another_exchange_leaves_nothing_behind(self):
        self.gridexit("run", "--repo", "data", "--at", AT)
        self.before = self.state()
        later = harness.iso(END + harness.HOUR)
        done = self.gridexit("run", "--repo", "data", "--at", later, "--exchange", "simulated:7", code=2)
        self.assertRegex(done.stderr, "holds archive data")
        self.assertEqual(self.state(), self.before)

    def test_data_of_another_exchange(self):
        self.gridexit("backfill", "--repo", "data", "--symbol", "ETH-USDT", "--from", harness.iso(END - 86400), "--to", AT)
        self.before = self.state()
        self.refuse("backfill", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", "simulated:7", "--from",
                    harness.iso(END - 86400), "--to", AT, code=2, says="holds archive data")


class BadMarketData(BadInput):
    def lines(self):
        return self.candles.read_text().splitlines()

    def rewrite(self, lines):
        self.candles.write_text("\n".join(lines) + "\n")

    def evaluate(self, code=0):
        return self.gridexit("evaluate", "--repo", "data", "--symbol", "ETH-USDT", "--at", AT, "-o", "json", code=code)

    def refuse_market(self, says):
        """evaluate changes nothing; run records the failed hour and nothing else."""
        self.refuse("evaluate", "--repo", "data", "--symbol", "ETH-USDT", "--at", AT, code=4, says=says)
        done = self.gridexit("run", "--repo", "data", "--at", AT, code=4)
        self.assertRegex(done.stderr, says)
        changed = self.git("diff", "--name-only", self.before[0], "main").split()
        self.assertEqual(changed, ["metrics/ETH-USDT/2025/03/10/2025-03-10-12.failed.yaml"])

    def accept_market(self, code, says):
        """Mended or left out, said in the record and paid for in confidence."""
        record = self.evaluate().json()
        self.assertEqual([problem["code"] for problem in record["data"]["problems"]], [code])
        self.assertRegex(record["data"]["problems"][0]["message"], says)
        self.assertLess(record["confidence"]["value"], self.confidence_of_clean_data)
        self.assertEqual(self.state(), self.before)

    def setUp(self):
        super().setUp()
        record = self.evaluate().json()
        self.assertEqual(record["data"]["problems"], [])
        self.confidence_of_clean_data = record["confidence"]["value"]

    def test_gap(self):
        lines = self.lines()
        del lines[-20:-17]
        self.rewrite(lines)
        self.accept_market("gap_filled", "3 bars missing after 2025-03-09T15Z, filled")

    def test_a_proposal_takes_a_gap_as_an_evaluation_does(self):
        lines = self.lines()
        flat = lines[:]
        for at in range(-20, -17):
            time, close = flat[at].split(",")[0], flat[-21].split(",")[4]
            flat[at] = ",".join([time, close, close, close, close, "0", "0"])
        proposals = []
        for each in (flat, lines[:-20] + lines[-17:]):
            self.rewrite(each)
            proposals.append(self.gridexit("grid", "propose", "--symbol", "ETH-USDT", "--capital", 1000, "--exchange",
                                           "archive:candles", "--at", AT, "-o", "json").json())
        self.assertEqual(proposals[0]["versions"], proposals[1]["versions"])

    def test_gap_up_to_now(self):
        self.rewrite(self.lines()[:-5])
        self.refuse_market(r"no bar since 2025-03-10T07Z.*(check the exchange|choose an hour within them)")

    def test_duplicate(self):
        lines = self.lines()
        lines.insert(-10, lines[-10])
        self.rewrite(lines)
        self.accept_market("duplicate", "1 bar delivered again: 2025-03-10T02Z")

    def test_impossible_bar(self):
        lines = self.lines()
        columns = lines[-10].split(",")
        columns[2], columns[3] = columns[3], columns[2]
        lines[-10] = ",".join(columns)
        self.rewrite(lines)
        record = self.evaluate().json()
        self.assertIn("impossible_bar", [problem["code"] for problem in record["data"]["problems"]])
        self.assertFalse(record["data"]["ok"])
        self.assertLess(record["confidence"]["value"], self.confidence_of_clean_data)

    def test_not_a_number(self):
        for wrong in ("nan", "inf", "", "-5", "12abc"):
            with self.subTest(wrong):
                lines = self.lines()
                good = lines[-10]
                columns = good.split(",")
                columns[4] = wrong
                lines[-10] = ",".join(columns)
                self.rewrite(lines)
                place = rf"ETH-USDT_1h\.csv:{len(lines) - 9}\b.*close"
                self.refuse("evaluate", "--repo", "data", "--symbol", "ETH-USDT", "--at", AT, code=4, says=place)
                lines[-10] = good
                self.rewrite(lines)
        columns = self.lines()[-10].split(",")
        columns[4] = "nan"
        self.rewrite(self.lines()[:-10] + [",".join(columns)] + self.lines()[-9:])
        self.refuse_market(r"ETH-USDT_1h\.csv:\d+\b.*close")

    def test_cut_gzip(self):
        whole = gzip.compress(self.candles.read_bytes())
        self.candles.unlink()
        (self.folder / "candles/ETH-USDT_1h.csv.gz").write_bytes(whole[:len(whole) // 2])
        self.refuse_market(r"ETH-USDT_1h\.csv\.gz.*(cut|incomplete|truncated|ends)")

    def test_a_past_without_candles(self):
        backfill = ("backfill", "--repo", "data", "--symbol", "ETH-USDT", "--evaluate", "-o", "json")
        self.rewrite(self.lines()[:-30])
        done = self.gridexit(*backfill, "--from", harness.iso(END - 20 * harness.HOUR), "--to", AT, code=4)
        self.assertRegex(done.stderr, "none of the 21 hours could be evaluated, .*2025-03-10T12Z: no bar since")
        self.assertNotIn("next run", done.stderr)
        self.assertEqual(done.json()["unusable"], 21)
        with self.subTest("some hours with candles"):
            done = self.gridexit(*backfill, "--from", harness.iso(END - 40 * harness.HOUR), "--to", AT)
            self.assertGreater(done.json()["recorded"], 0)
            self.assertRegex(done.json()["last_unusable"], "2025-03-10T12Z: no bar since")

    def test_unknown_symbol(self):
        self.refuse("evaluate", "--symbol", "ETH-USDC", "--exchange", "archive:candles", "--at", AT, code=4,
                    says="candles has no candles for ETH-USDC .*ETH-USDT")
        self.refuse("evaluate", "--symbol", "ETHUSDT", "--exchange", "archive:candles", code=2,
                    says="ETHUSDT.*BASE-QUOTE")

    def test_no_such_folder(self):
        self.refuse("evaluate", "--symbol", "ETH-USDT", "--exchange", "archive:nowhere", "--at", AT, code=4,
                    says="there is no folder nowhere .*--exchange archive:DIR")


class NotARepository(BadInput):
    READING = (("grid", "list"), ("decision", "list"), ("explain", "--symbol", "ETH-USDT"), ("config", "show"),
               ("evaluate", "--symbol", "ETH-USDT", "--at", AT))

    def test_a_folder_that_is_none(self):
        (self.folder / "other").mkdir()
        (self.folder / "other/file").write_text("kept\n")
        for command in self.READING:
            with self.subTest(" ".join(command)):
                self.refuse(*command, "--repo", "other", code=6, says="other is not a git repository .*gridexit init")
        done = self.gridexit("run", "--repo", "other", "--at", AT, code=6)
        self.assertRegex(done.stderr, "other is not a git repository .*gridexit init")
        self.assertEqual([path.name for path in (self.folder / "other").iterdir()], ["file"])

    def test_nothing_there_at_all(self):
        (self.folder / "empty").mkdir()
        missing = "empty/nowhere"
        for command in (*self.READING, ("grid", "stop", "--id", "eth-grid-1", "--reason", "over")):
            with self.subTest(" ".join(command)):
                self.refuse(*command, "--repo", missing, code=6, says="nowhere.*gridexit init")
        done = self.gridexit("run", "--repo", missing, code=6)
        self.assertRegex(done.stderr, "nowhere is not a git repository .*gridexit init")
        self.assertEqual(list((self.folder / "empty").iterdir()), [], "a mistyped path leaves nothing behind")

    def test_none_was_named(self):
        self.refuse("grid", "list", code=2, says="no data repository was named.*--repo")

    def test_one_that_is_there_already_is_not_made_again(self):
        done = self.gridexit("init", "--repo", "data", "--symbol", "BTC-USDT", "--exchange", "simulated", code=None)
        self.assertNotEqual(done.code, 0)
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertEqual(self.state(), self.before)


class BadTime(BadInput):
    def test_future_and_past(self):
        self.gridexit("run", "--repo", "data", "--at", AT)
        self.before = self.state()
        self.refuse("run", "--repo", "data", "--at", "2999-01-01T00Z", code=2, says="2999-01-01.*future")
        self.refuse("run", "--repo", "data", "--at", harness.iso(END - harness.HOUR), code=2,
                    says="before the newest record.*backfill")
        self.refuse("run", "--repo", "data", "--at", "yesterday", code=2, says="yesterday.*write 20")


if __name__ == "__main__":
    harness.main()
