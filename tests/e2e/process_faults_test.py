"""What happens to the process and its disk: two runs at once, SIGTERM, a read-only volume, a full one, files that may not
be written, a forged history. Nothing half-written remains, and the next run goes on."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import unittest

import harness

STATES = ("NORMAL", "WARNING", "LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT")
HOUR = harness.utc("2025-03-10T12")
LEFTOVER = re.compile(r"\.lock$|^tmp_object_git2_|^pack_git2_")
SECONDS_TO_END = 10  # SPEC: SIGTERM ends a run within this


class Process(harness.Case):
    def setUp(self):
        super().setUp()
        self.webhook = self.serve("fake_webhook.py")

    def start(self, *arguments, env=None):
        """A command that goes on while the test does."""
        process = subprocess.Popen([os.environ["GRIDEXIT"], *map(str, arguments)], cwd=self.folder,
                                   env={**harness.CLEAN, **(env or {})}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def terminate(self, process):
        process.send_signal(signal.SIGTERM)
        stdout, stderr = process.communicate(timeout=SECONDS_TO_END)
        return harness.Outcome(process.returncode, stdout, stderr)

    def assert_nothing_half_written(self):
        for repository in ("data", "remote.git"):
            self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling", repository=repository), "")
            left = [file.name for file in (self.folder / repository).rglob("*") if LEFTOVER.search(file.name)]
            self.assertEqual(left, [], repository)


class HeldByTheExchange(Process):
    """A live run that waits for an exchange which says nothing."""

    def setUp(self):
        super().setUp()
        hour = int(time.time()) // harness.HOUR * harness.HOUR
        harness.Market(hour + 2 * harness.HOUR, 1200).write(self.folder / "candles", timeframes=("1h", "4h", "15m", "1m"))
        self.kucoin = self.serve("fake_kucoin.py", "--candles", self.folder / "candles")
        self.init("kucoin")
        self.environment = {"MARKET_MAKER_EXCHANGE_BASE_URL": self.kucoin.url,
                            "WEBHOOK_URL": self.webhook.url + "/hook"}
        self.kucoin.control(always={"": {"stall": True}})
        self.held = self.start("run", "--repo", "data", "-o", "json", env=self.environment)
        while not self.kucoin.log():
            self.assertIsNone(self.held.poll(), "the run has ended before it asked")

    def run_now(self, code=0):
        self.kucoin.control(always={})
        return self.gridexit("run", "--repo", "data", "-o", "json", code=code, env=self.environment)

    def test_a_second_run_is_refused_and_names_the_first(self):
        head = self.head()
        for command in (("run",), ("grid", "stop", "--reason", "test")):
            refused = self.gridexit(*command, "--repo", "data", code=8, env=self.environment)
            self.assertRegex("\n".join(refused.complaints()), f"another run .process {self.held.pid}. holds the lock")
        self.assertEqual(self.head(), head)
        self.held.kill()
        self.held.wait()
        self.assertTrue(self.run_now().json()["symbols"][0]["recorded"], "a killed run holds no lock")

    def test_sigterm_ends_it_and_the_next_run_does_the_hour(self):
        outcome = self.terminate(self.held)
        self.assertEqual(outcome.code, 7, outcome.stderr)
        self.assertRegex("\n".join(outcome.json()["problems"]), "asked to end|time is over")
        self.assert_nothing_half_written()
        report = self.run_now().json()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertEqual((report["problems"], report["pushed"]), ([], True))


class HeldByTheRemote(Process):
    def test_sigterm_ends_a_fetch_that_nobody_answers(self):
        harness.Market(HOUR, 1200).write(self.folder / "candles")
        self.init("archive:candles")
        silence = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silence.close)
        remote = self.git("config", "remote.origin.url").strip()
        self.git("config", "remote.origin.url", f"http://127.0.0.1:{silence.getsockname()[1]}/data.git")
        held = self.start("run", "--repo", "data", "--at", harness.iso(HOUR), "-o", "json")
        connection, _ = silence.accept()
        self.addCleanup(connection.close)
        outcome = self.terminate(held)
        self.assertEqual(outcome.code, 7, outcome.stderr)
        self.git("config", "remote.origin.url", remote)
        self.assert_nothing_half_written()
        report = self.gridexit("run", "--repo", "data", "--at", harness.iso(HOUR), "-o", "json").json()
        self.assertEqual((report["problems"], report["pushed"]), ([], True))


class Disk(Process):
    """A grid in a falling market, and a volume that takes nothing. Mounts are made in a namespace of their own."""

    # What the shell makes of its own volume; then the run, and the same hour again when the volume is well.
    SCRIPT = """set -e
{spoil}
set +e
"$GRIDEXIT" run --repo volume/data --at {at} --notify -o json > first.out 2> first.err
echo $? > first.code
set -e
{mend}
set +e
"$GRIDEXIT" run --repo volume/data --at {at} --notify -o json > second.out 2> second.err
echo $? > second.code
cp -a volume/data after
"""

    def setUp(self):
        super().setUp()
        if subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True,
                          check=False).returncode != 0:
            raise unittest.SkipTest("this system lets nobody mount in a namespace (unshare -rm)")
        harness.Market(HOUR, 1200).fall(3, 0.11).write(self.folder / "candles")
        self.init("archive:candles")
        (self.folder / "volume").mkdir()
        for hours, command in ((6, ("run",)), (6, self.grid()), (5, ("run",))):
            self.gridexit(*command, "--repo", "data", "--at", self.at(hours))
        for part in ("data", "gridexit-state"):
            shutil.move(self.folder / part, self.folder / "volume" / part)

    @staticmethod
    def at(hours_before):
        return harness.iso(HOUR - hours_before * harness.HOUR)

    @staticmethod
    def grid():
        return ("grid", "start", "--symbol", "ETH-USDT", "--lower", 1900, "--upper", 2120, "--cells", 10, "--capital", 800,
                "--stop-loss", 1840)

    def live_through(self, spoil, mend):
        script = self.SCRIPT.format(spoil=spoil, mend=mend, at=self.at(1))
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script], cwd=self.folder, capture_output=True, text=True,
                              env={**harness.CLEAN, "GRIDEXIT": os.environ["GRIDEXIT"],
                                   "WEBHOOK_URL": self.webhook.url + "/hook"}, check=False, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [harness.Outcome(int((self.folder / f"{which}.code").read_text()),
                                (self.folder / f"{which}.out").read_text(), (self.folder / f"{which}.err").read_text())
                for which in ("first", "second")]

    def assert_warned_and_healed(self, first, second, remedy):
        self.assertEqual(first.code, 6, first.stderr)
        message = next(each for each in self.webhook.messages() if each["event"] == "exit_state")
        self.assertIn(message["state"], ("LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"))
        self.assertIn("not recorded", message["text"])
        self.assertRegex("\n".join(first.json()["problems"]), remedy)
        self.assertEqual(second.code, 0, second.stderr)
        self.assertTrue(second.json()["symbols"][0]["recorded"])
        self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling", repository="after"), "")

    def test_a_volume_that_is_read_only(self):
        first, second = self.live_through("mount --bind volume volume && mount -o remount,bind,ro volume",
                                          "umount volume")
        self.assert_warned_and_healed(first, second, "(?i)read-only.*mount it writable")

    def test_a_volume_that_is_full(self):
        spoil = """cp -a volume full-content
mount -t tmpfs -o size=6m tmpfs volume
cp -a full-content/. volume
dd if=/dev/zero of=volume/filler bs=4k 2> dd.err || true"""
        first, second = self.live_through(spoil, "rm volume/filler")
        self.assert_warned_and_healed(first, second, "No space left.*make room|full.*enlarge the volume")


class Repository(Process):
    """A repository that is there and must not be written to: the hour is judged, and the next run records it."""

    def setUp(self):
        super().setUp()
        harness.Market(HOUR, 1200).write(self.folder / "candles")
        self.init("archive:candles")
        self.gridexit("run", "--repo", "data", "--at", harness.iso(HOUR - harness.HOUR))

    def run_hour(self, code=0, repository="data"):
        return self.gridexit("run", "--repo", repository, "--at", harness.iso(HOUR), "-o", "json", code=code).json()

    def assert_judged_without_record(self, report, says):
        self.assertRegex("\n".join(report["problems"]), says)
        self.assertEqual([symbol["recorded"] for symbol in report["symbols"]], [False])
        self.assertTrue(report["symbols"][0]["fresh"])

    def test_on_another_branch(self):
        self.git("symbolic-ref", "HEAD", "refs/heads/other")
        self.assert_judged_without_record(self.run_hour(code=6), "refs/heads/other, not the branch main.*put it on main")
        self.git("symbolic-ref", "HEAD", "refs/heads/main")
        self.assertEqual(self.run_hour()["problems"], [])

    def test_hours_that_could_not_be_recorded_are_recorded_later(self):
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 1900, "--upper", 2120,
                      "--cells", 10, "--capital", 800, "--stop-loss", 1700, "--at", harness.iso(HOUR - harness.HOUR))
        harness.Market(HOUR + 3 * harness.HOUR, 1203).fall(4, 0.11).write(self.folder / "candles")
        self.git("symbolic-ref", "HEAD", "refs/heads/other")
        states = []
        for hour in range(3):
            if hour == 2:
                self.git("symbolic-ref", "HEAD", "refs/heads/main")
            report = self.gridexit("run", "--repo", "data", "--at", harness.iso(HOUR + hour * harness.HOUR), "-o", "json",
                                   code=0 if hour == 2 else 6).json()
            states.append(report["symbols"][0]["state"])
        self.assertEqual(states, sorted(states, key=STATES.index), "a state falls after three calm hours only")
        self.assertIn(states[-1], STATES[2:])
        recorded = self.git("ls-tree", "-r", "--name-only", "main", "metrics").split()
        self.assertEqual(len(recorded), 4)
        self.assertIn("the chain is unbroken", self.gridexit("verify", "--repo", "data").stdout)

    def test_of_another_user(self):
        if os.geteuid() != 0:
            raise unittest.SkipTest("only root can give a repository to somebody else")
        owner = os.stat(self.folder / "data")
        os.chown(self.folder / "data", 65534, 65534)
        self.assert_judged_without_record(self.run_hour(code=6), "belongs to another user.*safe.directory")
        os.chown(self.folder / "data", owner.st_uid, owner.st_gid)
        self.assertEqual(self.run_hour()["problems"], [])

    def test_a_lock_that_cannot_be_taken(self):
        state = self.folder / "gridexit-state/data"
        lock = state / "run.lock"
        self.put("notes.txt", "waits to be pushed")
        heads = self.head(), self.head("remote.git")
        # Of a run that may be at work: only the lock would tell.
        others = self.folder / "data/refs/heads/main.lock"
        others.touch()
        for name, spoilt, put_back in (("no lock file", lock, lock.rmdir), ("no state folder", state, state.unlink)):
            with self.subTest(name):
                spoilt.rename(self.folder / "aside")
                spoilt.mkdir() if spoilt is lock else spoilt.touch()
                report = self.run_hour(code=6)
                self.assert_judged_without_record(report, "not recorded: without the run lock .* only read: cannot .*/gridexit-state")
                self.assertRegex("\n".join(report["problems"]), "push failed, retried next run: without the run lock")
                self.assertEqual((self.head(), self.head("remote.git")), heads)
                self.assertTrue(others.exists())
                put_back()
                (self.folder / "aside").rename(spoilt)
        self.assertEqual(self.run_hour()["problems"], [])
        self.assertEqual(self.head(), self.head("remote.git"))

    def test_a_clone_with_local_changes_in_the_way(self):
        self.git("clone", "-q", self.folder / "remote.git", self.folder / "clone", repository=".")
        page = self.folder / "clone/dashboards/index.html"
        page.write_text("mine\n")
        self.assert_judged_without_record(self.run_hour(6, "clone"), "not recorded.*dashboards/index.html")
        self.assertEqual(page.read_text(), "mine\n")
        self.git("checkout", "-q", "--", "dashboards/index.html", repository="clone")
        self.assertEqual(self.run_hour(repository="clone")["problems"], [])


class Forgery(Process):
    def test_verify_names_an_edited_record(self):
        harness.Market(HOUR, 1200).write(self.folder / "candles")
        self.init("archive:candles")
        for hours in (2, 1):
            self.gridexit("run", "--repo", "data", "--at", harness.iso(HOUR - hours * harness.HOUR))
        self.assertIn("the chain is unbroken", self.gridexit("verify", "--repo", "data").stdout)
        path = "metrics/ETH-USDT/2025/03/10/2025-03-10-10.yaml"
        self.put(path, self.shown(path).replace("source: archive", "source: kucoin"), "Nothing to see here")
        found = self.gridexit("verify", "--repo", "data", code=9)
        self.assertRegex(found.stdout, f"{path}.*changed|changed.*{path}")


if __name__ == "__main__":
    harness.main()
