"""What an operator does now and then: packing and looking at sizes with maintain; and how quiet -q is."""

import time

import harness

DAY = 24 * harness.HOUR


class Upkeep(harness.Case):
    def setUp(self):
        super().setUp()
        self.init("simulated:7")
        self.now = int(time.time()) // harness.HOUR * harness.HOUR

    def run_at(self, when, *options, **how):
        return self.gridexit("run", "--repo", "data", "--at", harness.iso(when), *options, **how)

    def maintain(self, *options):
        return self.gridexit("maintain", "--repo", "data", "-o", "json", *options).json()

    def bytes_of(self, folder, before):
        """Files and bytes of a folder whose name begins with an earlier date."""
        found = [line.split(None, 4) for line in
                 self.git("ls-tree", "-r", "-l", "main", "--", folder + "/").splitlines()]
        sizes = [int(size) for _, _, _, size, path in found if path.rsplit("/", 1)[1][:10] < before]
        return {"files": len(sizes), "bytes": sum(sizes)}

    def test_maintain_says_sizes_growth_and_what_a_retention_would_remove(self):
        for hours in (3, 2, 1):
            self.run_at(self.now - 5 * DAY - hours * harness.HOUR)
        self.run_at(self.now)
        head = self.head()
        report = self.maintain("--keep-days", 2)
        self.assertGreater(report["before"]["bytes"], 0)
        self.assertEqual(report["after"]["loose_objects"], 0, report)
        self.assertGreaterEqual(report["after"]["packs"], 1)
        limit = harness.iso(int(time.time()) - 2 * DAY)[:10]
        beyond = report["retention"]["beyond"]
        self.assertEqual(beyond["metrics"]["files"], 3)
        for folder in ("metrics", "raw_data"):
            self.assertEqual(beyond[folder], self.bytes_of(folder, limit), folder)
        growth = report["growth"]
        self.assertIn(growth["recorded_days"], (6, 7))
        self.assertAlmostEqual(growth["bytes_a_month"], report["after"]["bytes"] * 30 / growth["recorded_days"])
        self.assertIsNone(growth["last_time"])
        self.assertEqual(self.head(), head, "nothing was removed")
        self.assertEqual(self.git("fsck", "--strict", "--no-progress", "--no-dangling"), "")

        again = self.maintain("--keep-days", 365)
        self.assertEqual(again["retention"]["beyond"].get("metrics"), None)
        self.assertIsNotNone(again["growth"]["last_time"])
        text = self.gridexit("maintain", "--repo", "data", "--keep-days", 2).stdout
        self.assertRegex(text, r"(?s)before .* MB, .* packs, .* loose objects\nnow .*growth .* MB a month on average")
        self.assertRegex(text, r"would remove \d+ files of [\d.]+ MB .*nothing was removed\n +dashboards ")

    def test_quiet_leaves_out_all_but_warnings_and_errors(self):
        done = self.run_at(self.now - harness.HOUR, "-q")
        self.assertEqual(done.stdout, "")
        self.assertEqual([event for event in done.events() if event["level"] not in ("warning", "error")], [])
        with self.subTest("what is asked for by name is given all the same"):
            done = self.run_at(self.now, "-q", "-o", "json")
            self.assertEqual(done.json()["exit_code"], 0)
        with self.subTest("what went wrong too"):
            self.assertRegex(self.run_at(self.now - DAY, "-q", code=2).stderr, "before the newest record")
        with self.subTest("a log level that is given wins"):
            done = self.run_at(self.now, "-q", "--log-level", "info")
            self.assertIn("run.done", [event["event"] for event in done.events()])
        with self.subTest("what a command is for"):
            self.assertIn("_gridexit", self.gridexit("completion", "bash", "-q").stdout)


if __name__ == "__main__":
    harness.main()
