"""SIGKILL at every step boundary and at random moments of an hourly run with a running grid: the next run of the hour
recovers by itself, no record is lost, doubled or changed, and every message arrives.

A twin repository lives through the same hours without a kill; in the end both hold the same tree. GRIDEXIT_KILLS says
how many kills (default: 20), GRIDEXIT_SEED which ones; the counts are printed.
"""

import collections
import json
import math
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import time

import harness

yaml = harness.needs_yaml()
KILLS = int(os.environ.get("GRIDEXIT_KILLS", "20"))
SEED = int(os.environ.get("GRIDEXIT_SEED", "20250310"))
FSCK_EVERY = 25
FIRST = harness.utc("2025-01-10T00")
HISTORY = 1200
# Hours of one story: a calm range, a fall, back in the range; each has a grid of its own.
STORY, CALM, FALL = 12, 6, 3
# A killed run that came to its end before the signal is no kill; so many hours are enough all the same.
HOURS = KILLS * 3 // 2 + 2 * STORY
# Besides the end of a step: what the log says within one.
MOMENTS = ("record.committed", "message.delivered", "push.done", "pack.done")
IN_DELIVERY = "in delivery"  # the webhook has the message, the run has no answer yet
WEEK = 8 * 86400  # a pack of this age makes the run pack again
LEFTOVER = re.compile(r"\.lock$|^tmp_object_git2_|^pack_git2_|\.tmp$")
RISING = ("NORMAL", "WARNING", "LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT")


def market():
    """Stories one after the other, and the price at which each begins."""
    made = harness.Market(FIRST, HISTORY)
    last = made.bars[-1][4]
    for hour in range(HOURS):
        phase = hour % STORY
        change = made.random.gauss(0, 0.004) + 0.13 * math.log(made.price / last)
        if CALM <= phase < CALM + FALL:
            change = -0.037
        elif phase == CALM + FALL:
            change = math.log(made.price / last)
        last = made.add(FIRST + hour * harness.HOUR, last, last * math.exp(change))
    return made


def leftovers(folder):
    """What an interrupted writer leaves; the run's own lock is a file for good."""
    return {file for file in folder.rglob("*") if LEFTOVER.search(file.name) and file.name != "run.lock"}


def moment_of(line):
    """What a line of the log marks the end of; None for other lines."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if event["event"] == "step.done":
        return event["step"]
    return event["event"] if event["event"] in MOMENTS else None


class Victim:
    """A run that gets SIGKILL, and the moments it logged until then."""

    def __init__(self, command, environment, folder):
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, bufsize=0)
        self.log = b""

    def kill_at(self, moment):
        """Reads the log until the moment is over."""
        while chunk := os.read(self.process.stderr.fileno(), 1 << 16):
            self.log += chunk
            if moment in self.moments():
                break
        return self.kill()

    def kill_when(self, is_time):
        while self.process.poll() is None and not is_time():
            time.sleep(0.001)
        return self.kill()

    def kill_after(self, seconds):
        time.sleep(seconds)
        return self.kill()

    def kill(self):
        """Whether the signal ended the run."""
        self.process.send_signal(signal.SIGKILL)
        code = self.process.wait()
        while chunk := os.read(self.process.stderr.fileno(), 1 << 16):
            self.log += chunk
        self.process.stderr.close()
        return code == -signal.SIGKILL

    def moments(self):
        return [moment for line in self.log.decode().splitlines() if (moment := moment_of(line))]


class Kill(harness.Case):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.webhook = self.serve("fake_webhook.py")
        self.market = market()
        self.market.write(self.folder / "candles")
        self.init("archive:candles")
        # The twin's commits name the same first commit.
        (self.folder / "twin").mkdir()
        for name in ("data", "remote.git"):
            shutil.copytree(self.folder / name, self.folder / "twin" / name)
        self.git("config", "remote.origin.url", self.folder / "twin/remote.git", repository="twin/data")
        self.seen = {}
        self.killed_in = collections.Counter()
        self.left = {"data": set(), "remote.git": set(), "gridexit-state": set()}
        self.by_moment = collections.Counter()
        self.kills = self.late = 0
        self.took = []

    def both(self, *arguments):
        """What no signal interrupts, here and in the twin."""
        for repository in ("data", "twin/data"):
            self.gridexit(*arguments, "--repo", repository)

    def arguments(self, at, repository="data"):
        return ["run", "--repo", repository, "--at", harness.iso(at), "--notify", "--log-format", "json"]

    def environment(self):
        return {"WEBHOOK_URL": self.webhook.url + "/hook"}

    def next_grid(self, at):
        """The story's grid in place of the last one's."""
        if at > FIRST + harness.HOUR:
            self.both("grid", "stop", "--reason", "end of the story", "--at", harness.iso(at))
        price = self.market.close_at(at)
        self.both("grid", "start", "--symbol", "ETH-USDT", "--lower", round(price * 0.95), "--upper",
                  round(price * 1.06), "--cells", 10, "--capital", 800, "--stop-loss", round(price * 0.92), "--at",
                  harness.iso(at))

    def recorded(self, repository="data"):
        """Path and blob of every file of the head."""
        lines = self.git("ls-tree", "-r", "main", repository=repository).splitlines()
        return {path: entry.split()[2] for entry, _, path in (line.partition("\t") for line in lines)}

    def check_records(self, day):
        """Nothing that was ever committed is gone, and only the day's own lists may have grown."""
        now = self.recorded()
        for path, blob in self.seen.items():
            self.assertIn(path, now, "a file is gone")
            if now[path] == blob:
                continue
            self.assertNotRegex(path, r"^(metrics|config|kpis)/", "a record was changed")
            if path.startswith("exit_states/"):
                self.assertIn(day, path, "a past day was changed")
                self.assert_grown(path, *(self.git("cat-file", "blob", each) for each in (blob, now[path])))
        self.seen = now

    def assert_grown(self, path, before, after):
        before, after = (yaml.load(text, Loader=yaml.SafeLoader) for text in (before, after))
        for key in ("transitions", "notified"):
            old = before.get(key) or []
            self.assertEqual((after.get(key) or [])[:len(old)], old, f"{path}: {key}")

    def check_repositories(self):
        for repository in ("data", "remote.git"):
            self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling", repository=repository), "",
                             repository)

    def clean_run(self, at, repository="data"):
        began = time.monotonic()
        outcome = self.gridexit(*self.arguments(at, repository), env=self.environment() if repository == "data" else {})
        self.took.append(time.monotonic() - began)
        return outcome

    def message_is_due(self, at):
        """Whether the twin, which goes first, queued a message in this hour."""
        days = [path for path in self.recorded("twin/data") if re.match(rf"exit_states/.*{harness.iso(at)[:10]}", path)]
        days = [yaml.load(self.git("show", f"main:{path}", repository="twin/data"), Loader=yaml.SafeLoader)
                for path in days]
        return any(each["timestamp"] == harness.iso(at) for day in days for each in day.get("notified") or [])

    def age_packs(self):
        """Makes packing due at the end of the next run."""
        for pack in (self.folder / "data/objects/pack").glob("*.pack"):
            os.utime(pack, (time.time() - WEEK,) * 2)

    def victim(self, at):
        return Victim([os.environ["GRIDEXIT"], *self.arguments(at)],
                      {**harness.CLEAN, **self.environment()}, self.folder)

    def kill_once(self, at, moment):
        """A run of the hour that dies at the moment, or at any; False when it was over before."""
        if moment in ("heartbeat", "pack.done") or self.random.random() < 0.2:
            self.age_packs()
        if moment == IN_DELIVERY:
            arrived = len(self.webhook.log())
            self.webhook.control(next=[{"stall": True}])
        victim = self.victim(at)
        if moment == IN_DELIVERY:
            died = victim.kill_when(lambda: len(self.webhook.log()) > arrived)
        elif moment:
            died = victim.kill_at(moment)
        else:
            died = victim.kill_after(self.random.uniform(0, statistics.median(self.took[-20:])))
        if not died:
            self.late += 1
            return False
        self.kills += 1
        self.by_moment[moment] += 1
        reached = victim.moments()
        place = f"after {reached[-1]}" if reached else "at the start"
        self.killed_in[moment if moment == IN_DELIVERY else place] += 1
        for where, found in self.left.items():
            found |= leftovers(self.folder / where)
        return True

    def choose_moment(self, at):
        """One boundary after the other, and between them any moment (None)."""
        if self.message_is_due(at) and self.random.random() < 0.2:
            return IN_DELIVERY
        if self.kills % 2 == 1 and KILLS - self.kills > len(self.boundaries):
            return None
        return self.boundaries[0]

    def test_kills(self):
        self.clean_run(FIRST)
        self.clean_run(FIRST, "twin/data")
        self.next_grid(FIRST)
        outcome = self.clean_run(FIRST + harness.HOUR)
        self.clean_run(FIRST + harness.HOUR, "twin/data")
        steps = list(dict.fromkeys(event["step"] for event in outcome.events() if event["event"] == "step.done"))
        self.boundaries = collections.deque([*steps, *MOMENTS])
        self.gridexit("maintain", "--repo", "data")
        self.seen = self.recorded()

        hour = 1
        while self.kills < KILLS:
            hour += 1
            self.assertLess(hour, HOURS, "too many runs were over before the signal")
            at = FIRST + hour * harness.HOUR
            if hour % STORY == 0:
                self.next_grid(at - harness.HOUR)
            self.clean_run(at, "twin/data")
            moment = self.choose_moment(at)
            died = self.kill_once(at, moment)
            # A step whose end came too late for the signal has its turn again.
            if moment == self.boundaries[0] and (died or moment not in steps):
                self.boundaries.rotate(-1)
            self.check_records(harness.iso(at)[:10])
            self.clean_run(at)
            self.check_records(harness.iso(at)[:10])
            self.assertEqual(self.head("remote.git"), self.head(), "the remote is behind")
            if died and self.kills % FSCK_EVERY == 0:
                self.check_repositories()

        self.check_repositories()
        self.print_counts(hour)
        self.check_hours(hour)
        self.assertEqual([step for step in steps if not self.by_moment[step]], [], "no kill at the end of these steps")
        for where in ("data", "gridexit-state"):
            self.assertEqual(leftovers(self.folder / where), set(), where)
        here, twin = self.recorded(), self.recorded("twin/data")
        # Pages name commits, and those carry the time of the writing.
        self.assertEqual({path for path in here.keys() | twin.keys()
                          if here.get(path) != twin.get(path) and not path.startswith("dashboards/")}, set(),
                         "not what the unkilled twin has")
        self.check_messages()

    def check_hours(self, hour):
        subjects = [each for each in self.git("log", "--format=%s", "main").splitlines()
                    if re.match(r"ETH-USDT \d", each)]
        times = [each.split()[1] for each in subjects]
        self.assertEqual(times, [harness.iso(FIRST + each * harness.HOUR)[:13] + "Z" for each in range(hour, -1, -1)],
                         "one commit an hour, in order")

    def print_counts(self, hour):
        at_random = self.by_moment[None]
        print(f"\n{self.kills} kills over {hour - 1} hours (seed {SEED}): {self.kills - at_random} at a moment of "
              f"the log or in delivery, {at_random} at random; {self.late} runs were over before the signal")
        for moment, count in self.killed_in.most_common():
            print(f"  {count:4} {moment}")
        for where, found in self.left.items():
            print(f"leftovers in {where}: {len(found)}, removed {len(found - leftovers(self.folder / where))}")

    def check_messages(self):
        """Every entry of the records reached the webhook, by itself or by a message that says it stands for it."""
        arrived, stood_for = collections.Counter(), set()
        for message in self.webhook.messages():
            if message["event"] != "exit_state":
                continue
            arrived[message["grid_id"], message["timestamp"], message["state"]] += 1
            if named := re.search(r"Delayed; stands also for: (.*)", message["text"]):
                for state, when in re.findall(r"(\w+) at (\S+?)Z", named[1]):
                    stood_for.add((message["grid_id"], f"{when}:00:00Z", state))
        queued, rises = [], 0
        for path in self.recorded():
            if not path.startswith("exit_states/"):
                continue
            day = yaml.load(self.shown(path), Loader=yaml.SafeLoader)
            entries = [(each["grid_id"], each["timestamp"], each["state"]) for each in day.get("notified") or []]
            queued += entries
            for each in day.get("transitions") or []:
                if RISING.index(each["to_state"]) > RISING.index(each["from_state"]):
                    rises += 1
                    self.assertIn((each["grid_id"], each["timestamp"], each["to_state"]), entries, "a silent rise")
        self.assertEqual(len(queued), len(set(queued)), "an event was recorded twice")
        self.assertGreater(rises, KILLS // STORY, "too few stories had a rise")
        self.assertEqual([each for each in queued if each not in arrived and each not in stood_for], [],
                         "recorded, never delivered")
        twice = sum(count - 1 for count in arrived.values())
        print(f"{len(queued)} events ({rises} rises), all delivered; {len(stood_for)} by a newer message; "
              f"{twice} delivered a second time")


if __name__ == "__main__":
    harness.main()
