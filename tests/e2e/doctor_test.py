"""doctor on a healthy set-up and on broken ones: each time the problem, the remedy and the exit code; and it ends
by itself when nothing on the network answers."""

import os
import socket
import time

import harness

NEVER_LONGER = 30  # the promise of SPEC.md section 10; a hang is a failure here, a slow machine is not


class Silence:
    """Takes connections and never says a word."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(16)
        self.port = self.socket.getsockname()[1]


class Doctor(harness.Case):
    def setUp(self):
        super().setUp()
        self.init("simulated:7")
        self.run_hours(3)

    def run_hours(self, count, last=None):
        last = last or int(time.time()) // harness.HOUR * harness.HOUR
        for hour in range(count):
            self.gridexit("run", "--repo", "data", "--at", harness.iso(last - (count - 1 - hour) * harness.HOUR), "-q")

    def doctor(self, code, *options, env=None):
        report = self.gridexit("doctor", "--repo", "data", "-o", "json", *options, code=code, env=env,
                               timeout=NEVER_LONGER).json()
        return {check["check"]: check for check in report["checks"]}

    def assert_check(self, checks, name, level, text, hint="."):
        found = checks[name]
        self.assertEqual(found["level"], level, found)
        self.assertRegex(found["text"], text)
        if level != "ok":
            self.assertRegex(found["hint"], hint)

    def change_configuration(self, before, after, name="environment"):
        path = {"environment": "config/environment.yaml", "rules": "config/exit_strategy_config.yaml"}[name]
        text = self.shown(path)
        self.assertIn(before, text)
        self.put(path, text.replace(before, after, 1))

    def use_kucoin_at(self, url, **keys):
        environment = {"MARKET_MAKER_EXCHANGE_KIND": "kucoin", "MARKET_MAKER_EXCHANGE_BASE_URL": url}
        return {**environment, **keys}

    def test_a_healthy_set_up(self):
        checks = self.doctor(0)
        # No channel is configured in a demo; all else is well.
        self.assertEqual({name for name, check in checks.items() if check["level"] != "ok"}, {"channels"})

    def test_no_repository(self):
        report = self.gridexit("doctor", "--repo", "elsewhere", "-o", "json", code=9).json()
        self.assertEqual(report["level"], "critical")
        self.assertRegex(report["checks"][0]["hint"], "gridexit init")

    def test_an_invalid_configuration(self):
        self.put("config/exit_strategy_config.yaml", "data:\n  window: never\n")
        self.assert_check(self.doctor(9), "configuration", "critical", "window")

    def test_a_remote_that_is_gone(self):
        os.rename(self.folder / "remote.git", self.folder / "moved.git")
        self.assert_check(self.doctor(0), "remote", "warning", ".")

    def test_commits_that_are_only_here(self):
        os.rename(self.folder / "remote.git", self.folder / "moved.git")
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 2000, "--upper", 4000,
                      "--cells", 10, "--capital", 500)
        os.rename(self.folder / "moved.git", self.folder / "remote.git")
        self.assert_check(self.doctor(0), "unpushed", "warning", "1 commits are only here", "next run pushes")

    def test_a_remote_whose_history_was_rewritten(self):
        self.git("update-ref", "refs/heads/main", "main~1", repository="remote.git")
        self.assert_check(self.doctor(9), "remote", "critical", "rewritten", "compare both")

    def test_a_stale_lock(self):
        lock = self.folder / "data/refs/heads/main.lock"
        lock.touch()
        self.assert_check(self.doctor(0), "locks", "ok", "no stale lock")
        os.utime(lock, (time.time() - 3600, time.time() - 3600))
        self.assert_check(self.doctor(0), "locks", "warning", "main.lock is .* min old", "removes it")

    def test_an_exchange_that_refuses_connections(self):
        silence = Silence()
        silence.socket.close()
        checks = self.doctor(9, env=self.use_kucoin_at(f"https://127.0.0.1:{silence.port}"))
        self.assert_check(checks, "exchange", "critical", ".")

    def test_half_a_message_channel(self):
        checks = self.doctor(9, env={"PUSHOVER_TOKEN": "a" * 30})
        self.assert_check(checks, "channels", "critical", "not both", "PUSHOVER_USER")

    def test_records_that_are_old(self):
        self.git("update-ref", "refs/heads/main", "main~3")
        self.git("update-ref", "refs/gridexit/last-seen", "main")
        self.git("update-ref", "refs/heads/main", self.head(), repository="remote.git")
        self.run_hours(2, last=int(time.time()) // harness.HOUR * harness.HOUR - 60 * harness.HOUR)
        self.assert_check(self.doctor(9), "freshness ETH-USDT", "critical", "6[0-9] h old", "gridexit run")

    def test_a_grid_that_nobody_watches(self):
        self.git("update-ref", "refs/heads/main", "main~3")
        self.git("update-ref", "refs/gridexit/last-seen", "main")
        self.git("update-ref", "refs/heads/main", self.head(), repository="remote.git")
        self.run_hours(1, last=int(time.time()) // harness.HOUR * harness.HOUR - 8 * harness.HOUR)
        self.assert_check(self.doctor(0), "freshness ETH-USDT", "ok", "[89] h old")
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 2000, "--upper", 4000,
                      "--cells", 10, "--capital", 500)
        self.assert_check(self.doctor(9), "freshness ETH-USDT", "critical", "its grid is running")

    def test_hours_without_a_record(self):
        self.git("update-ref", "refs/heads/main", "main~2")
        self.git("update-ref", "refs/gridexit/last-seen", "main")
        self.git("update-ref", "refs/heads/main", self.head(), repository="remote.git")
        self.run_hours(1)
        self.assert_check(self.doctor(0), "hours ETH-USDT", "warning", "1 hours .* have no record", "backfill")

    def test_a_document_that_cannot_be_read(self):
        self.put("grids/eth-grid-1.yaml", "grid_id: [\n")
        self.assert_check(self.doctor(9), "documents", "critical", "grids/eth-grid-1.yaml")

    def test_messages_that_were_refused(self):
        ledger = ('schema_version: "2.0"\ndeliveries:\n  - {message_id: exit/1, channel: pushover, '
                  'status: rejected, at: "2026-02-02T14:00:00Z"}\npending_alerts: []\nfailures: []\n')
        (self.folder / "gridexit-state/ledger.yaml").write_text(ledger)
        self.assert_check(self.doctor(9), "delivery", "critical", "pushover refused message exit/1", "token")

    def test_it_ends_when_nothing_answers(self):
        silence = Silence()
        self.addCleanup(silence.socket.close)
        self.git("config", "remote.origin.url", f"http://127.0.0.1:{silence.port}/data.git")
        checks = self.doctor(9, env=self.use_kucoin_at(f"https://127.0.0.1:{silence.port}"))
        self.assert_check(checks, "remote", "warning", ".")
        self.assert_check(checks, "exchange", "critical", ".")
        self.assert_check(checks, "documents", "ok", ".")


if __name__ == "__main__":
    harness.main()
