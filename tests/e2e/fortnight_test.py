"""Two weeks of hourly runs on real candles: one commit an hour, every document valid, the repository sound, the remote
equal; and what that costs in bytes.

GRIDEXIT_E2E_HOURS shortens it (default: all 336 hours).
"""

import json
import os
import re
import shutil
import subprocess

import harness
import json_schema

yaml = harness.needs_yaml()
HOURS = int(os.environ.get("GRIDEXIT_E2E_HOURS", "336"))
FIRST = harness.utc("2025-04-01T00")
# Which schema describes which files.
KINDS = [
    (r"metrics/.*/\d{4}-\d\d-\d\d-\d\d\.yaml", "metrics"),
    (r"metrics/.*\.failed\.yaml", "failed_hour"),
    (r"decisions/.*\.yaml", "decision"),
    (r"exit_states/.*\.yaml", "exit_states"),
    (r"grids/.*\.yaml", "grid"),
    (r"raw_data/.*\.json", "raw_data"),
    (r"kpis/\d{4}/\d{4}-\d\d-\d\d\.yaml", "kpis"),
    (r"config/environment\.yaml", "environment"),
    (r"config/exit_strategy_config\.yaml", "exit_strategy_config"),
]


def size_of(folder):
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def load(path, text):
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return json.loads(text) if path.endswith(".json") else yaml.load(text, Loader=loader)


class Fortnight(harness.Case):
    def setUp(self):
        super().setUp()
        candles = harness.needs_real_candles()
        self.init(f"archive:{candles}")
        # A grid from the second day on, so that exit states and their messages are recorded, too.
        self.subjects = []
        self.pushed = []
        for hour in range(HOURS):
            at = harness.iso(FIRST + hour * harness.HOUR)
            # A folder as remote takes objects one by one; every 13th run is a fair sample of them.
            before = self.remote_size() if hour % 13 == 0 else None
            self.subjects.append(self.run_hour(at))
            if before is not None:
                self.pushed.append(self.remote_size() - before)
            if hour == 23:
                self.start_grid(at)

    def run_hour(self, at):
        return self.gridexit("run", "--repo", "data", "--at", at).stdout.strip()

    def remote_size(self):
        return size_of(self.folder / "remote.git/objects")

    def start_grid(self, at):
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", "1780", "--upper", "2000",
                      "--cells", "12", "--capital", "800", "--stop-loss", "1700", "--at", at)

    def files(self):
        """All files of the head, read by one call of git."""
        names = self.git("ls-tree", "-r", "--name-only", "main").split("\n")[:-1]
        wanted = [name for name in names if not name.startswith("dashboards/")]
        done = subprocess.run(["git", "-C", self.folder / "data", "cat-file", "--batch"], env=harness.CLEAN,
                              input="".join(f"main:{name}\n" for name in wanted).encode(), capture_output=True,
                              check=True)
        rest, texts = done.stdout, {}
        for name in wanted:
            head, _, rest = rest.partition(b"\n")
            size = int(head.split()[2])
            texts[name], rest = rest[:size].decode(), rest[size + 1:]
        return texts

    def test_two_weeks(self):
        grid_commits = 1 if HOURS > 23 else 0
        # The grid starts on the first day; the last day is not over.
        kpi_days = (HOURS - 1) // 24 if HOURS > 24 else 0
        self.assertEqual(self.commits(), HOURS + 1 + grid_commits + kpi_days,
                         "one commit an hour, the first, the grid's, and one a day for the KPIs")
        subjects = self.git("log", "--format=%s", "--reverse", "main").splitlines()[1:]
        self.assertEqual([each for each in subjects if not each.startswith(("Start ", "KPIs of "))], self.subjects)

        with self.subTest("an hour run twice adds no commit"):
            head = self.head()
            self.run_hour(harness.iso(FIRST + (HOURS - 1) * harness.HOUR))
            self.assertEqual(self.head(), head)

        with self.subTest("the remote equals the local branch"):
            self.assertEqual(self.head("remote.git"), self.head())

        for repository in ("data", "remote.git"):
            with self.subTest("git fsck --strict", repository=repository):
                self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling", repository=repository),
                                 "")

        with self.subTest("every document is valid"):
            self.check_documents(self.files())

        self.print_cost()

    def check_documents(self, texts):
        schemas = {name: self.gridexit("schema", name).json() for _, name in KINDS}
        counts = dict.fromkeys(schemas, 0)
        for path, text in texts.items():
            kind = next((name for pattern, name in KINDS if re.fullmatch(pattern, path)), None)
            self.assertIsNotNone(kind, f"{path} is of no known kind")
            found = json_schema.problems(load(path, text), schemas[kind])
            self.assertEqual(found, [], f"{path} against schema {kind}")
            counts[kind] += 1
        self.assertEqual(counts["metrics"], HOURS)
        self.assertEqual(counts["failed_hour"], 0)
        self.assertGreater(counts["decision"], 0)
        self.assertEqual(counts["kpis"], (HOURS - 1) // 24 if HOURS > 24 else 0)
        if HOURS == 336:
            self.assertGreater(counts["exit_states"], 0, "the fall of 2025-04-06 left no transition")
        print("\ndocuments:", ", ".join(f"{count} {kind}" for kind, count in counts.items()))

    def print_cost(self):
        shutil.copytree(self.folder / "data", self.folder / "packed")
        self.git("repack", "-adq", repository="packed")
        loose, packed = (size_of(self.folder / name / "objects") for name in ("data", "packed"))
        hourly = sorted(self.pushed[1:])
        print(f"objects after {HOURS} hours: {loose / 1024:.0f} KB, repacked {packed / 1024:.0f} KB; pushed by the "
              f"first run {self.pushed[0] / 1024:.0f} KB, then median {hourly[len(hourly) // 2] / 1024:.1f} KB, "
              f"most {hourly[-1] / 1024:.1f} KB an hour")


if __name__ == "__main__":
    harness.main()
