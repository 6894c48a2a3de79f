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

    def run_hour(self, hours_before_end, code=0):
        return self.gridexit("run", "--repo", "data", "--at", at(hours_before_end), "--notify", code=code,
                             env={"WEBHOOK_URL": self.webhook.url + "/hook"})

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
        self.expect_warning(r"near_bound")
        alerts = [message for message in self.new_messages() if message["event"].startswith("config")]
        self.assertEqual(len(alerts), 1, self.new_messages())
        self.assertRegex(alerts[0]["text"], r"exit_strategy_config\.yaml.*near_bound")
        record = self.shown("metrics/ETH-USDT/2025/03/10/2025-03-10-11.yaml")
        self.assertIn("fallback: true", record)
        self.assertIn(valid, record)

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
