"""SIGKILL during a backfill with evaluation: run again, it makes the very commits of one that nobody disturbed, and
nothing of the killed ones stays behind.

GRIDEXIT_KILLS says how many kills (default: 6), GRIDEXIT_SEED which ones.
"""

import os
import random
import shutil
import subprocess
import time

import harness

KILLS = int(os.environ.get("GRIDEXIT_KILLS", "6"))
SEED = int(os.environ.get("GRIDEXIT_SEED", "20250310"))
# Long enough for a pack in between and one at the end.
ARGUMENTS = ["backfill", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", "simulated", "--evaluate",
             "--from", "2024-01-01", "--to", "2024-03-15"]


class Backfill(harness.Case):
    def setUp(self):
        super().setUp()
        # Without a remote: what the twin pushed there would come back.
        self.gridexit("init", "--repo", "data", "--symbol", "ETH-USDT", "--exchange", "simulated", "--capital", "1000")
        self.random = random.Random(SEED)
        self.packs = self.folder / "data/objects/pack"
        shutil.copytree(self.folder / "data", self.folder / "empty")

    def files(self, pattern):
        return set(self.packs.glob(pattern))

    def killed(self, moment):
        """Runs the backfill and kills it when moment() is true; False when it was over before."""
        process = subprocess.Popen([os.environ["GRIDEXIT"], *ARGUMENTS], cwd=self.folder, env=harness.CLEAN,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and not moment():
            time.sleep(0.005)
        process.kill()
        return process.wait() < 0

    def moments(self, took):
        """In turn: at any time, while a pack is written, and when it is there but the branch may not have moved."""
        kind = self.random.choice(("any", "half a pack", "new pack"))
        known = self.files("*.pack")
        end = time.monotonic() + self.random.uniform(0.02, took)
        if kind == "any":
            return kind, lambda: time.monotonic() > end
        if kind == "half a pack":
            return kind, lambda: self.files("pack_git2_*")
        return kind, lambda: self.files("*.pack") - known

    def twin(self):
        """A backfill that nobody disturbs, in a folder beside."""
        began = time.monotonic()
        subprocess.run(["cp", "-a", "data", "twin"], cwd=self.folder, check=True)
        self.gridexit(*["twin" if each == "data" else each for each in ARGUMENTS], timeout=500)
        return time.monotonic() - began

    def begin_again(self):
        shutil.rmtree(self.folder / "data")
        shutil.copytree(self.folder / "empty", self.folder / "data")

    def check(self):
        self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling"), "")

    def test_killed_and_run_again(self):
        took = self.twin()
        kills, counts, heads = 0, {}, set()
        while kills < KILLS:
            kind, moment = self.moments(took)
            if not self.killed(moment):
                self.assertEqual(self.head(), self.head("twin"))
                self.begin_again()
                continue
            kills += 1
            counts[kind] = counts.get(kind, 0) + 1
            heads.add(self.head())
            self.check()
            self.assertEqual(self.git("merge-base", "--is-ancestor", self.head(), self.head("twin"),
                                      repository="twin"), "", "a commit that the undisturbed one does not have")
        self.gridexit(*ARGUMENTS, timeout=500)
        self.assertEqual(self.head(), self.head("twin"))
        self.check()
        self.assertEqual(self.files("pack_git2_*"), set(), "half a pack stayed behind")
        self.assertEqual({file.stem for file in self.files("*.idx")}, {file.stem for file in self.files("*.pack")})
        print(f"\n{kills} kills (seed {SEED}): {counts}; the branch was seen at {len(heads)} places")


if __name__ == "__main__":
    harness.main()
