"""Warn first: a grid in a falling market, and something breaks. The operator's message goes out all the same, and names
what is wrong."""

import os
import resource
import shutil
import signal
import subprocess

import harness

END = harness.utc("2025-03-10T12")  # the crash ends here
HISTORY = 1200


def at(hours_before_end):
    return harness.iso(END - hours_before_end * harness.HOUR)


class WarnFirst(harness.Case):
    def setUp(self):
        super().setUp()
        self.market = harness.Market(END, HISTORY).fall(3, 0.11)
        self.webhook = self.serve("fake_webhook.py")

    def run_hour(self, hours_before_end, *options, code=0, env=None):
        return self.gridexit("run", "--repo", "data", "--at", at(hours_before_end), "--notify", *options, code=code,
                             env={"WEBHOOK_URL": self.webhook.url + "/hook", **(env or {})})

    def start_grid(self, when, lower=1900):
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", lower, "--upper", "2120",
                      "--cells", "10", "--capital", "800", "--stop-loss", lower - 60, "--at", when)

    def calm_grid(self):
        """A grid that has been running, calmly, until the hour before the crash."""
        self.market.write(self.folder / "candles")
        self.init("archive:candles")
        self.run_hour(6)
        self.start_grid(at(6))
        for hour in (5, 4, 3):
            self.run_hour(hour)
        self.assertEqual(self.webhook.messages(), [], "the calm hours need no message")
        self.seen = 0

    def new_messages(self):
        return self.webhook.messages()[self.seen:]

    def expect_warning(self, wrong=None, recorded=True):
        """One message on the exit state, which says to stop and names what is wrong (a pattern)."""
        messages = self.new_messages()
        exits = [message for message in messages if message["event"] == "exit_state"]
        self.assertEqual(len(exits), 1, messages)
        message = exits[0]
        self.assertEqual(message["grid_id"], "eth-grid-1")
        self.assertIn(message["state"], ("LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"))
        self.assertEqual(message["action"], "STOP_GRID")
        self.assertTrue(message["reasons"])
        if wrong:
            self.assertRegex("\n".join(message["problems"]), wrong)
            self.assertRegex(message["text"], wrong)
        if not recorded:
            self.assertIn("not recorded", message["text"])
            self.assertFalse(message["head"])
        return message

    def expect_fallback(self, wrong, hour=11):
        """The exit message and one alert name what is wrong; the hour's record says that it was not in force."""
        self.expect_warning(wrong)
        alerts = [message for message in self.new_messages() if message["event"] == "config.fallback"]
        self.assertEqual(len(alerts), 1, self.new_messages())
        self.assertRegex(alerts[0]["text"], wrong)
        record = self.shown(f"metrics/ETH-USDT/2025/03/10/2025-03-10-{hour}.yaml")
        self.assertIn("fallback: true", record)
        return record

    def test_nothing_wrong(self):
        self.calm_grid()
        self.run_hour(1)
        message = self.expect_warning()
        self.assertEqual(message["problems"], [])
        self.assertEqual(message["head"], self.head())
        self.assertNotIn("not recorded", message["text"])

    def test_store_that_is_no_repository_any_more(self):
        self.calm_grid()
        head = self.head()
        shutil.move(self.folder / "data/objects", self.folder / "objects.away")
        (self.folder / "data/objects").write_text("not a folder\n")
        self.run_hour(1, code=6)
        self.expect_warning("data repository unusable", recorded=False)
        (self.folder / "data/objects").unlink()
        shutil.move(self.folder / "objects.away", self.folder / "data/objects")
        self.assertEqual(self.head(), head)

    def test_store_on_a_disk_that_takes_nothing_more(self):
        self.calm_grid()
        head = self.head()

        # Every write to a file fails, as on a full disk; pipes are not files.
        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

        done = subprocess.run(
            [os.environ["GRIDEXIT"], "run", "--repo", "data", "--at", at(1), "--notify"], cwd=self.folder,
            env={**harness.CLEAN, "WEBHOOK_URL": self.webhook.url + "/hook"}, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, preexec_fn=no_room)
        self.assertIn(done.returncode, (1, 6), done.stderr)
        self.expect_warning("not recorded", recorded=False)
        self.assertEqual(self.head(), head)

        with self.subTest("with room again the same hour is recorded"):
            self.run_hour(1)
            self.assertNotEqual(self.head(), head)
            self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling"), "")

    def test_configuration_broken_in_head(self):
        self.calm_grid()
        valid = self.git("log", "--format=%H", "-1", "main", "--", "config").strip()
        rules = self.shown("config/exit_strategy_config.yaml")
        self.put("config/exit_strategy_config.yaml", rules.replace("near_bound: 0.2", "near_bound: 2"))
        self.run_hour(1)
        self.assertIn(valid, self.expect_fallback(r"exit_strategy_config\.yaml.*near_bound"))

    def test_an_override_that_is_mistyped(self):
        self.calm_grid()
        mistyped = {"MARKET_MAKER_EXIT_RULES_CALM": "abc", "MARKET_MAKER_EXIT_RULES_WARNING_NEAR_BOUND": "0.21"}
        self.run_hour(1, env=mistyped)
        self.expect_fallback('MARKET_MAKER_EXIT_RULES_CALM: .*"abc" must be a whole number .*corrected or unset')
        self.assertIn("(>= 0.21)", self.shown("metrics/ETH-USDT/2025/03/10/2025-03-10-11.yaml"), "the other counts")
        for command, code in (("config check", 9), ("config show", 3), ("evaluate --symbol ETH-USDT", 3)):
            with self.subTest(command):
                done = self.gridexit(*command.split(), "--repo", "data", code=code, env=mistyped)
                self.assertRegex(done.stderr, "MARKET_MAKER_EXIT_RULES_CALM")

    def test_an_override_that_is_mistyped_and_a_live_run(self):
        self.init("simulated:7")
        server = self.serve("fake_webhook.py")
        self.gridexit("run", "--repo", "data", env={"MARKET_MAKER_EXIT_RULES_CALM": "abc",
                                                    "HEARTBEAT_URL": server.url + "/ping"})
        self.assertEqual([request["path"] for request in server.log()], ["/ping"], "the run is well")

    def test_the_folder_of_config_is_gone(self):
        self.calm_grid()
        self.run_hour(1, "--config", "nowhere")
        self.expect_fallback(r"there is no file nowhere/environment\.yaml")

    def test_a_file_of_config_is_a_folder(self):
        self.calm_grid()
        (self.folder / "config/environment.yaml").mkdir(parents=True)
        self.run_hour(1, "--config", "config")
        self.expect_fallback(r"cannot read config/environment\.yaml: it is a folder")

    def test_a_configuration_outside_the_repository_that_became_invalid(self):
        self.calm_grid()
        folder = self.folder / "config"
        folder.mkdir()
        for name in ("environment.yaml", "exit_strategy_config.yaml"):
            (folder / name).write_text(self.shown(f"config/{name}"))
        self.run_hour(2, "--config", "config")
        self.seen = len(self.webhook.messages())
        (folder / "environment.yaml").write_text("symbols: [\n")
        self.run_hour(0, "--config", "config")
        self.expect_fallback(r"config/environment\.yaml:\d: is not valid YAML", hour=12)

    def test_no_configuration_was_ever_valid(self):
        self.calm_grid()
        shutil.rmtree(self.folder / "gridexit-state")
        # Not even a variable that breaks a rule keeps the others' secrets from the channels.
        self.run_hour(1, "--config", "nowhere", code=3, env={"MARKET_MAKER_EXIT_RULES_CALM": "abc"})
        alerts = self.new_messages()
        self.assertEqual([message["event"] for message in alerts], ["config.invalid"])
        self.assertRegex(alerts[0]["text"], r"nowhere/environment\.yaml.*no grid is evaluated until this is mended")

    def test_four_failed_metrics(self):
        # 25 h of history: enough for prices, too little for most metrics.
        self.market.bars = self.market.bars[-25:]
        self.market.write(self.folder / "candles")
        self.init("archive:candles")
        self.run_hour(6, code=5)
        self.start_grid(at(6))
        self.run_hour(3, code=5)
        self.seen = len(self.webhook.messages())
        self.run_hour(1, code=5)
        self.expect_warning(r"only [0-3] of 6 metrics on 1h")

    def test_outage_that_is_over(self):
        begin = END - 33 * harness.HOUR
        self.market = harness.Market(END, HISTORY).fall(33, 0.14).without(begin, END - 3 * harness.HOUR)
        self.market.write(self.folder / "candles")
        self.init("archive:candles")
        self.run_hour(34)
        self.start_grid(at(34))
        self.run_hour(33)
        self.seen = len(self.webhook.messages())
        self.run_hour(2)
        self.expect_warning("30 bars missing after 2025-03-09T02Z")
        self.assertIn("30 bars missing", self.shown("metrics/ETH-USDT/2025/03/10/2025-03-10-10.yaml"))

    def test_outage_that_lasts(self):
        self.calm_grid()
        self.market.without(END - 3 * harness.HOUR, END).write(self.folder / "candles")
        later = harness.iso(END + 27 * harness.HOUR)
        done = self.gridexit("run", "--repo", "data", "--at", later, "--notify", code=4,
                             env={"WEBHOOK_URL": self.webhook.url + "/hook"})
        alerts = self.new_messages()
        self.assertEqual([message["event"] for message in alerts], ["data.ETH-USDT"], done.stderr)
        self.assertRegex(alerts[0]["text"], "no bar since 2025-03-10T09Z.*eth-grid-1 is running and was NOT evaluated")
        self.assertRegex(alerts[0]["text"], "last known state NORMAL at 2025-03-10T09Z")


if __name__ == "__main__":
    harness.main()
