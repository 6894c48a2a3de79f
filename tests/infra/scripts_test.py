"""The developer scripts: bootstrap.sh against recorded stand-ins of the tools it calls, the others as far as they can
be tried without building."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import common

DEV = common.ROOT / "infra/dev"
STAND_IN = """#!/bin/bash
echo "$(basename "$0") $*" >> "$CALLS"
case $(basename "$0") in
  dpkg-query) for package in $INSTALLED; do printf 'installed:%s ' "$package"; done ;;
  id) echo "$USER_ID" ;;
  sudo) exec "$@" ;;
  npm) mkdir -p "$3/node_modules" && touch "$3/node_modules/.package-lock.json" ;;
esac
"""
ALL = subprocess.run([DEV / "bootstrap.sh", "--list"], check=True, capture_output=True, text=True).stdout.split()


class Bootstrap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.bin = self.root / "bin"
        self.bin.mkdir()
        (self.root / "infra/dev").mkdir(parents=True)
        shutil.copy(DEV / "bootstrap.sh", self.root / "infra/dev")
        (self.root / "dashboards").mkdir()
        (self.root / "dashboards/package-lock.json").write_text("{}")
        for tool in ("dpkg-query", "apt-get", "id", "sudo", "npm"):
            self.stand_in(tool)
        for tool in ("bash", "basename", "dirname", "env", "mkdir", "touch"):
            (self.bin / tool).symlink_to(shutil.which(tool))

    def stand_in(self, tool):
        (self.bin / tool).write_text(STAND_IN)
        (self.bin / tool).chmod(0o755)

    def run_with(self, installed, *options, user_id=0):
        calls = self.root / "calls"
        calls.write_text("")
        result = subprocess.run(
            [self.root / "infra/dev/bootstrap.sh", *options], capture_output=True, text=True,
            env={"PATH": str(self.bin), "CALLS": str(calls), "INSTALLED": " ".join(installed), "USER_ID": str(user_id)})
        self.calls = [line for line in calls.read_text().splitlines() if not line.startswith(("dpkg-query", "id"))]
        return result

    def test_installs_exactly_what_is_missing(self):
        result = self.run_with(set(ALL) - {"libgit2-dev", "g++"})
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(self.calls[:2], ["apt-get update -qq",
                                          "apt-get install -y -qq --no-install-recommends g++ libgit2-dev"])

    def test_does_nothing_the_second_time(self):
        self.run_with(ALL)
        self.assertEqual([call.split()[:2] for call in self.calls], [["npm", "ci"]])
        result = self.run_with(ALL)
        self.assertEqual((result.returncode, self.calls, result.stdout), (0, [], ""))

    def test_repeats_npm_when_the_lock_file_is_newer(self):
        self.run_with(ALL)
        os.utime(self.root / "dashboards/node_modules/.package-lock.json", (1, 1))
        self.run_with(ALL)
        self.assertEqual(len(self.calls), 1)
        self.assertIn("npm ci --prefix", self.calls[0])

    def test_takes_a_command_from_elsewhere_for_its_package(self):
        for tool in ("node", "g++"):
            self.stand_in(tool)
        self.run_with(set(ALL) - {"nodejs", "npm", "g++"})
        self.assertFalse([call for call in self.calls if call.startswith("apt-get")])

    def test_asks_sudo_when_it_is_not_root(self):
        self.run_with(set(ALL) - {"cmake"}, user_id=1000)
        self.assertTrue(self.calls[0].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get update"))
        (self.bin / "sudo").unlink()
        result = self.run_with(set(ALL) - {"cmake"}, user_id=1000)
        self.assertEqual(result.returncode, 1)
        self.assertIn("cmake", result.stderr)

    def test_says_what_is_needed_where_there_is_no_apt(self):
        (self.bin / "apt-get").unlink()
        result = self.run_with(set(ALL) - {"libgit2-dev"})
        self.assertEqual(result.returncode, 1)
        self.assertIn("libgit2-dev", result.stderr)

    def test_the_sets_contain_each_other(self):
        def listed(option):
            return set(self.run_with([], "--list", *option).stdout.split())
        self.assertLess(listed(["--build"]), listed([]))
        self.assertLess(listed([]), listed(["--check"]))
        self.assertNotIn("chromium", listed(["--build"]))


class Scripts(unittest.TestCase):
    def test_are_executable_and_parse(self):
        for script in [*DEV.glob("*.sh"), common.ROOT / ".ci/run"]:
            with self.subTest(script.name):
                self.assertTrue(os.access(script, os.X_OK))
                self.assertTrue(script.read_text().startswith("#!/usr/bin/env bash\n"))
                subprocess.run(["bash", "-n", script], check=True)

    def test_refuse_what_they_do_not_know(self):
        for script in DEV.glob("*.sh"):
            with self.subTest(script.name):
                result = subprocess.run([script, "--no-such-option"], capture_output=True, text=True)
                self.assertEqual(result.returncode, 2)
                self.assertIn("--no-such-option", result.stderr)

    def test_ci_runs_the_test_script_and_nothing_else(self):
        lines = [line for line in (common.ROOT / ".ci/run").read_text().splitlines() if not line.startswith("#")]
        self.assertEqual([line.split()[0] for line in lines], ["set", "export", "exec"])
        self.assertIn("infra/dev/test.sh", lines[-1])

    def test_tasks_name_scripts_that_exist(self):
        for path in re.findall(r"(?:infra|\.ci)/[\w./-]+", (common.ROOT / "Taskfile.yml").read_text()):
            self.assertTrue((common.ROOT / path).exists(), path)


if __name__ == "__main__":
    common.main()
