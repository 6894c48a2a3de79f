"""doctor on a healthy set-up and on broken ones: each time the problem, the remedy and the exit code; and it ends
by itself when nothing on the network answers."""

import json
import os
import shutil
import socket
import subprocess
import time
import unittest

import harness

NEVER_LONGER = 30  # the promise of SPEC.md section 10; a hang is a failure here, a slow machine is not


class Silence:
    """Takes connections and never says a word."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(16)
        self.port = self.socket.getsockname()[1]


class BlackHole:
    """An address that not even takes connections: its queue is full, so that the kernel drops what comes."""

    def __init__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(0)
        self.port = self.socket.getsockname()[1]
        self.waiting = [socket.socket() for _ in range(4)]
        for each in self.waiting:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", self.port))

    def close(self):
        for each in (self.socket, *self.waiting):
            each.close()


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

    def assert_check(self, checks, name, level, text, hint=None):
        """Whatever is not well has a remedy, and the test says which."""
        found = checks[name]
        self.assertEqual(found["level"], level, found)
        self.assertRegex(found["text"], text)
        if level == "ok":
            self.assertIsNone(found["hint"])
        else:
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

    def test_quiet_says_only_what_is_not_well(self):
        self.git("update-ref", "refs/heads/main", "main~1", repository="remote.git")
        done = self.gridexit("doctor", "--repo", "data", "-q", code=9)
        levels = [line.split()[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
        self.assertEqual(sorted(levels), ["critical", "warning"], done.stdout)

    OF_THE_REPOSITORY = ("unpushed", "locks", "disk", "remote", "freshness", "hours", "watched", "messages",
                         "documents", "executed")

    def doctor_elsewhere(self, env):
        (self.folder / "empty").mkdir()
        report = self.gridexit("doctor", "--repo", "empty/elsewhere", "-o", "json", code=9, env=env,
                               timeout=NEVER_LONGER).json()
        self.assertEqual(list((self.folder / "empty").iterdir()), [], "it writes nothing")
        return {check["check"]: check for check in report["checks"]}

    def test_no_repository(self):
        server = self.serve("fake_webhook.py")
        checks = self.doctor_elsewhere({"MARKET_MAKER_EXCHANGE_KIND": "simulated:7", **self.channels_at(server.url)})
        self.assert_check(checks, "repository", "critical", "elsewhere", "gridexit init")
        self.assert_check(checks, "configuration", "critical", "in the repository, which cannot be used",
                          "mend the repository.*evaluates nothing and ends with 3")
        for name in self.OF_THE_REPOSITORY:
            self.assert_check(checks, name, "warning", "not checked: the repository cannot be opened",
                              "mend the repository")
        for name in ("delivery", "channels", "pushover", "webhook", "heartbeat", "exchange", "keys"):
            self.assert_check(checks, name, "ok", ".")

    def test_a_repository_that_is_gone_leaves_the_state_beside_it(self):
        os.rename(self.folder / "data", self.folder / "moved")
        checks = self.doctor(9)
        self.assert_check(checks, "configuration", "critical", "cannot be used",
                          "mend the repository first; until then the hourly run goes on with version")
        self.assert_check(checks, "exchange", "ok", "simulated answers")
        self.assert_check(checks, "delivery", "ok", "no message waits")

    def test_a_repository_whose_newest_commit_is_gone(self):
        (self.folder / "data/refs/heads/main").write_text("1" * 40 + "\n")
        checks = self.doctor(9)
        self.assert_check(checks, "repository", "critical", "1" * 40, "git clone --bare URL")
        self.assert_check(checks, "configuration", "critical", "1" * 40, "mend the repository first")
        self.assert_check(checks, "exchange", "ok", "simulated answers")
        self.assert_check(checks, "documents", "critical", "1" * 40, ".")

    def test_an_invalid_configuration(self):
        healthy = set(self.doctor(0))
        valid = self.git("log", "--format=%H", "-1", "main", "--", "config").strip()
        self.put("config/exit_strategy_config.yaml", "data:\n  window: never\n")
        checks = self.doctor(9)
        self.assert_check(checks, "configuration", "critical", "window",
                          f"correct it; until then the hourly run goes on with version {valid[:12]}")
        self.assertEqual(set(checks), healthy, "every other check is made on the last valid one")

    def test_a_configuration_that_was_never_valid(self):
        shutil.rmtree(self.folder / "gridexit-state")
        checks = self.doctor(9, "--config", "nowhere", "--exchange", "simulated:7")
        self.assert_check(checks, "configuration", "critical", "nowhere/environment.yaml",
                          "evaluates nothing and ends with 3")
        self.assert_check(checks, "exchange", "ok", "simulated answers")
        self.assert_check(checks, "freshness ETH-USDT", "ok", "newest record")
        self.assertFalse((self.folder / "gridexit-state").exists(), "it writes nothing")

    def test_an_override_that_is_mistyped(self):
        checks = self.doctor(9, env={"MARKET_MAKER_EXIT_RULES_CALM": "abc"})
        self.assert_check(checks, "configuration", "critical", 'MARKET_MAKER_EXIT_RULES_CALM: .*"abc"',
                          "correct it; until then .* without what is left out")
        self.assert_check(checks, "exchange", "ok", "simulated answers")

    def test_a_remote_that_is_gone(self):
        os.rename(self.folder / "remote.git", self.folder / "moved.git")
        self.assert_check(self.doctor(0), "remote", "warning", "remote", "mount what holds it")

    def test_commits_that_are_only_here(self):
        os.rename(self.folder / "remote.git", self.folder / "moved.git")
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 2000, "--upper", 4000,
                      "--cells", 10, "--capital", 500)
        os.rename(self.folder / "moved.git", self.folder / "remote.git")
        self.assert_check(self.doctor(0), "unpushed", "warning", "1 commits are only here", "next run pushes")

    def test_a_remote_whose_history_was_rewritten(self):
        self.git("update-ref", "refs/heads/main", "main~1", repository="remote.git")
        self.assert_check(self.doctor(9), "remote", "critical", "rewritten", "compare both")

    def test_a_remote_whose_newest_commit_was_never_seen(self):
        tree = self.git("rev-parse", "main^{tree}", repository="remote.git").strip()
        unseen = self.git("-c", "user.name=o", "-c", "user.email=o@localhost", "commit-tree", "-m", "instead", tree,
                          repository="remote.git").strip()
        self.git("update-ref", "refs/heads/main", unseen, repository="remote.git")
        self.assert_check(self.doctor(0), "remote", "ok", "not here: the next run fetches it, or .* rewritten")

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
        self.assert_check(checks, "exchange", "critical", "refused", "network|base_url|proxy|connection")
        self.assert_check(checks, "keys", "warning", "not checked", "connection")

    def test_half_a_message_channel(self):
        checks = self.doctor(9, env={"PUSHOVER_TOKEN": "a" * 30})
        self.assert_check(checks, "channels", "critical", "not both", "PUSHOVER_USER")
        self.assertNotIn("pushover", checks)
        run = self.gridexit("run", "--repo", "data", "-o", "json", env={"PUSHOVER_TOKEN": "a" * 30})
        self.assertRegex("\n".join(run.json()["problems"]), "PUSHOVER_TOKEN is set but not PUSHOVER_USER")

    def channels_at(self, url):
        return {"PUSHOVER_TOKEN": "a" * 30, "PUSHOVER_USER": "u" * 30, "MARKET_MAKER_NOTIFICATIONS_PUSHOVER_URL": url,
                "WEBHOOK_URL": url + "/hook", "HEARTBEAT_URL": url + "/ping", "HEARTBEAT_FAILURE_URL": url + "/ping/fail"}

    def test_channels_that_answer_get_nothing_that_a_person_would_see(self):
        server = self.serve("fake_webhook.py")
        checks = self.doctor(0, env=self.channels_at(server.url))
        self.assertEqual({check["level"] for check in checks.values()}, {"ok"}, checks)
        self.assert_check(checks, "pushover", "ok", "token and user; 2 devices")
        self.assertEqual([request["path"] for request in server.log()], ["/1/users/validate.json"])

    def test_a_pushover_user_that_nobody_knows(self):
        server = self.serve("fake_webhook.py")
        server.control(next=[{"raw": '{"user": "invalid", "errors": ["user key is invalid"], "status": 0}',
                              "status": 400}])
        checks = self.doctor(9, env=self.channels_at(server.url))
        self.assert_check(checks, "pushover", "critical", "user key is invalid", "credentials|token")
        self.assertNotIn("u" * 30, str(checks))

    def test_a_quota_that_runs_out(self):
        server = self.serve("fake_webhook.py")
        server.control(next=[{"raw": '{"status": 1}', "headers": {"X-Limit-App-Remaining": "7"}}])
        checks = self.doctor(0, env=self.channels_at(server.url))
        self.assert_check(checks, "pushover", "warning", "only 7 more messages", "what else sends")

    def test_channels_that_are_not_there(self):
        silence = Silence()
        silence.socket.close()
        checks = self.doctor(9, env=self.channels_at(f"http://127.0.0.1:{silence.port}"))
        for channel in ("pushover", "webhook"):
            self.assert_check(checks, channel, "critical", f"^{channel}: no connection", "firewall; messages wait")
        self.assert_check(checks, "heartbeat", "warning", "no connection", "HEARTBEAT_URL")

    def test_a_certificate_that_nobody_trusts(self):
        served, _ = self.certificate()
        server = self.serve("fake_webhook.py", certificate=served)
        checks = self.doctor(9, env={"WEBHOOK_URL": server.url + "/hook"})
        self.assert_check(checks, "webhook", "critical", "TLS failed", "messages wait")

    def test_a_grid_of_a_symbol_that_is_not_enabled(self):
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "BTC-USDT", "--lower", 2000, "--upper", 4000,
                      "--cells", 10, "--capital", 500)
        self.assert_check(self.doctor(9), "watched", "critical", "btc-grid-1 is running, but BTC-USDT",
                          "enable it.*grid stop --id btc-grid-1")

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
        self.assert_check(self.doctor(9), "freshness ETH-USDT", "critical", "its grid is running", "gridexit run by hand")

    def test_hours_without_a_record(self):
        self.git("update-ref", "refs/heads/main", "main~2")
        self.git("update-ref", "refs/gridexit/last-seen", "main")
        self.git("update-ref", "refs/heads/main", self.head(), repository="remote.git")
        self.run_hours(1)
        self.assert_check(self.doctor(0), "hours ETH-USDT", "warning", "1 hours .* have no record", "backfill")

    def test_a_document_that_cannot_be_read(self):
        self.put("grids/eth-grid-1.yaml", "grid_id: [\n")
        self.assert_check(self.doctor(9), "documents", "critical", "grids/eth-grid-1.yaml", "gridexit verify|correct")

    def test_a_key_that_nobody_knows(self):
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 2000, "--upper", 4000,
                      "--cells", 10, "--capital", 500)
        self.put("grids/eth-grid-1.yaml", self.shown("grids/eth-grid-1.yaml") + "stop_los: 1900\n")
        self.assert_check(self.doctor(0), "documents", "warning", "grids/eth-grid-1.yaml:.*stop_los: is not a known key",
                          "correct its spelling")
        run = self.gridexit("run", "--repo", "data", "--log-format", "json")
        self.assertRegex(run.stderr, "stop_los: is not a known key")

    def test_messages_that_were_refused(self):
        ledger = ('schema_version: "2.0"\ndeliveries:\n  - {message_id: exit/1, channel: pushover, '
                  'status: rejected, at: "2026-02-02T14:00:00Z"}\npending_alerts: []\nfailures: []\n')
        (self.folder / "gridexit-state/data/ledger.yaml").write_text(ledger)
        self.assert_check(self.doctor(9), "delivery", "critical", "pushover refused message exit/1", "token")

    def test_a_ledger_that_cannot_be_read(self):
        (self.folder / "gridexit-state/data/ledger.yaml").write_text("deliveries: [\n")
        checks = self.doctor(0)
        self.assert_check(checks, "delivery", "warning", "ledger.yaml", "starts it anew")
        self.assert_check(checks, "messages", "warning", "ledger", "starts it anew")

    def test_it_ends_when_nothing_answers(self):
        silence = Silence()
        self.addCleanup(silence.socket.close)
        self.git("config", "remote.origin.url", f"http://127.0.0.1:{silence.port}/data.git")
        checks = self.doctor(9, env=self.use_kucoin_at(f"https://127.0.0.1:{silence.port}"))
        self.assert_check(checks, "remote", "warning", ".", ".")
        self.assert_check(checks, "exchange", "critical", ".", ".")
        self.assert_check(checks, "documents", "ok", ".")

    def nothing_at(self, address):
        """A set-up in which everything is there."""
        self.git("config", "remote.origin.url", f"http://{address}/data.git")
        return self.use_kucoin_at(f"https://{address}", KUCOIN_API_KEY="key", KUCOIN_API_SECRET="secret",
                                  KUCOIN_API_PASSPHRASE="passphrase", WEBHOOK_URL=f"https://{address}/hook",
                                  HEARTBEAT_URL=f"https://{address}/beat", PUSHOVER_TOKEN="a" * 30,
                                  PUSHOVER_USER="u" * 30, MARKET_MAKER_NOTIFICATIONS_PUSHOVER_URL=f"https://{address}")

    def assert_nothing_answered(self, checks):
        self.assert_check(checks, "remote", "warning", ".", ".")
        self.assert_check(checks, "exchange", "critical", ".", ".")
        for channel in ("pushover", "webhook"):
            self.assert_check(checks, channel, "critical", f"^{channel}: ", "messages wait")
        self.assert_check(checks, "heartbeat", "warning", "^heartbeat: ", "DNS")
        self.assert_check(checks, "documents", "ok", ".")

    def test_it_ends_when_no_connection_comes_about(self):
        hole = BlackHole()
        self.addCleanup(hole.close)
        self.assert_nothing_answered(self.doctor(9, env=self.nothing_at(f"127.0.0.1:{hole.port}")))

    def test_it_ends_when_no_name_resolves(self):
        self.assert_nothing_answered(self.doctor(9, env=self.nothing_at("nobody.invalid")))

    def test_it_ends_when_the_name_server_is_silent(self):
        silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(silent.close)
        try:
            silent.bind(("127.0.0.53", 53))
        except OSError:
            raise unittest.SkipTest("no name server can be played here") from None
        (self.folder / "resolv.conf").write_text("nameserver 127.0.0.53\n")
        command = ('mount --bind resolv.conf "$(readlink -f /etc/resolv.conf)" || exit 77; '
                   'exec "$GRIDEXIT" doctor --repo data -o json')
        done = subprocess.run(["unshare", "-rm", "sh", "-c", command], cwd=self.folder, stdin=subprocess.DEVNULL,
                              env={**harness.CLEAN, "GRIDEXIT": os.environ["GRIDEXIT"],
                                   **self.nothing_at("gridexit.example.org")},
                              capture_output=True, text=True, check=False, timeout=NEVER_LONGER)
        if done.returncode not in (0, 9):
            raise unittest.SkipTest("this system lets nobody mount in a namespace (unshare -rm)")
        self.assert_nothing_answered({check["check"]: check for check in json.loads(done.stdout)["checks"]})


if __name__ == "__main__":
    harness.main()
