"""The Dockerfile, as far as it can be judged without building it."""

import os
import pathlib
import re
import subprocess
import unittest

import common

DOCKERFILE = (common.ROOT / "Dockerfile").read_text()
# In every Debian image already, or part of a listed package's own dependencies by policy.
BASE_PACKAGES = {"libc6", "libgcc-s1"}


def runtime_packages():
    stage = DOCKERFILE.split("FROM ")[-1]
    command = re.search(r"--no-install-recommends \\\n(.*?)&&", stage, re.S).group(1)
    return set(command.replace("\\", " ").split())


def needed_libraries(binary):
    """Paths of the libraries that the executable itself names, not those that they load in turn."""
    dynamic = subprocess.run(["readelf", "-d", binary], check=True, capture_output=True, text=True).stdout
    names = re.findall(r"\(NEEDED\).*\[(.*?)\]", dynamic)
    loaded = subprocess.run(["ldd", binary], check=True, capture_output=True, text=True).stdout
    paths = dict(re.findall(r"(\S+) => (\S+)", loaded))
    return {name: paths[name] for name in names if name in paths}


def package_of(path):
    real = str(pathlib.Path(path).resolve())
    for candidate in (real, real.removeprefix("/usr"), "/usr" + real):
        found = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    return f"no package holds {path}"


class Dockerfile(unittest.TestCase):
    def test_builds_with_the_list_of_bootstrap(self):
        builder = DOCKERFILE.split("FROM ")[1]
        self.assertIn("infra/dev/bootstrap.sh --build", builder)
        self.assertIn("-DGRIDEXIT_TESTS=OFF", builder)

    def test_copies_only_what_exists(self):
        for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.M):
            for source in sources.split():
                self.assertTrue((common.ROOT / source).exists(), source)

    def test_runs_as_a_number_that_is_not_root(self):
        self.assertRegex(DOCKERFILE, r"(?m)^USER 10001:10001$")
        self.assertRegex(DOCKERFILE, r"useradd --uid 10001 .*--create-home --home-dir /home/gridexit")
        self.assertRegex(DOCKERFILE, r"(?m)^ENV HOME=/home/gridexit$")

    def test_starts_the_program_itself(self):
        # In the exec form, so that SIGTERM reaches it.
        self.assertRegex(DOCKERFILE, r'(?m)^ENTRYPOINT \["/usr/local/bin/gridexit"\]$')

    def test_names_version_and_commit(self):
        for key in ("version", "revision"):
            self.assertIn(f"org.opencontainers.image.{key}=", DOCKERFILE)
        self.assertRegex(DOCKERFILE, r"GRIDEXIT_COMMIT=\"\$\{COMMIT\}\"")

    def test_leaves_the_build_folders_behind(self):
        ignored = (common.ROOT / ".dockerignore").read_text().split()
        self.assertLessEqual({"build", ".git", "**/node_modules"}, set(ignored))

    def test_runtime_packages_cover_what_the_executable_loads(self):
        binary = os.environ.get("GRIDEXIT_BINARY", "")
        if not os.path.exists(binary):
            self.skipTest("the executable is not built")
        if "lib/x86_64-linux-gnu/libasan" in subprocess.run(["ldd", binary], capture_output=True, text=True).stdout:
            self.skipTest("an instrumented executable is not what ships")
        needed = {package_of(path) for path in needed_libraries(binary).values()}
        self.assertIn("libgit2-1.5", needed, "the executable links no libgit2?")
        listed = runtime_packages() | BASE_PACKAGES
        self.assertLessEqual(needed, listed)
        self.assertLessEqual(listed - needed - BASE_PACKAGES, {"ca-certificates"}, "listed but not needed")


if __name__ == "__main__":
    common.main()
