"""A run pushes to real git servers on loopback: over ssh with the host's key verified, over http with a token."""

import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import harness

TOKEN = "e2e-git-token-5d1f"
HOUR = harness.utc("2025-03-10T12")


class Served:
    """tests/support/git_server.py; its first line is the port."""

    def __init__(self, *options):
        self.process = subprocess.Popen([sys.executable, "-B", harness.SUPPORT / "git_server.py", *map(str, options)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Remote(harness.Case):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "home"
        (self.home / ".ssh").mkdir(parents=True)
        harness.Market(HOUR, 1200).write(self.folder / "candles")
        self.git("init", "-q", "--bare", "-b", "main", self.folder / "remote.git", repository=".")
        self.environment = {"HOME": str(self.home)}

    def serve_git(self, *options):
        server = Served(*options)
        self.addCleanup(server.stop)
        return server.port

    def init_with(self, url):
        return self.gridexit("init", "--repo", "data", "--remote", url, "--symbol", "ETH-USDT", "--exchange",
                             "archive:candles", "--capital", "1000", env=self.environment)

    def run_hour(self, **variables):
        return self.gridexit("run", "--repo", "data", "--at", harness.iso(HOUR), "-o", "json", "--log-format", "json",
                             env={**self.environment, **variables}).json()

    def assert_delivered(self, report):
        self.assertEqual(report["problems"], [])
        self.assertTrue(report["pushed"])
        self.assertEqual(self.head("remote.git"), self.head())

    def assert_kept_here(self, report, why):
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertFalse(report["pushed"])
        self.assertRegex("\n".join(report["problems"]), why)
        self.assertEqual(self.git("for-each-ref", repository="remote.git"), "")


class OverHttp(Remote):
    def setUp(self):
        super().setUp()
        backend = subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True).stdout.strip()
        if not os.access(f"{backend}/git-http-backend", os.X_OK):
            raise unittest.SkipTest("git http-backend is not installed")
        self.git("config", "http.receivepack", "true", repository="remote.git")
        port = self.serve_git("http", self.folder, f"git:{TOKEN}")
        self.url = f"http://127.0.0.1:{port}/remote.git"

    def test_a_token_from_the_environment(self):
        self.environment["GIT_TOKEN"] = TOKEN
        self.init_with(self.url)
        self.assertEqual(self.head("remote.git"), self.head(), "the first commit was not pushed")
        self.assert_delivered(self.run_hour())

    def test_a_token_from_a_file(self):
        (self.folder / "token").write_text(TOKEN + "\n")
        self.environment["GIT_TOKEN_FILE"] = "token"
        self.init_with(self.url)
        self.assert_delivered(self.run_hour())

    def test_a_wrong_token_keeps_the_commits_here(self):
        self.environment["GIT_TOKEN"] = "another-" + TOKEN
        outcome = self.init_with(self.url)
        report = self.run_hour()
        self.assert_kept_here(report, "push failed")
        for text in (outcome.stdout, outcome.stderr, str(report)):
            self.assertNotIn(TOKEN, text)


class OverSsh(Remote):
    def setUp(self):
        super().setUp()
        if not os.path.exists("/usr/sbin/sshd") or not shutil.which("ssh-keygen"):
            raise unittest.SkipTest("sshd or ssh-keygen is not installed")
        self.host, self.client, self.stranger = (self.make_key(name) for name in ("host", "client", "stranger"))
        config = self.folder / "sshd_config"
        config.write_text(f"HostKey {self.host}\nAuthorizedKeysFile {self.client}.pub\nStrictModes no\nUsePAM no\n"
                          "PidFile none\nPermitRootLogin yes\nPasswordAuthentication no\n"
                          "KbdInteractiveAuthentication no\n")
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        if subprocess.run(["/usr/sbin/sshd", "-t", "-f", config], capture_output=True, check=False).returncode != 0:
            raise unittest.SkipTest("sshd does not run here")
        self.port = self.serve_git("ssh", config)
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        self.url = f"ssh://{user}@127.0.0.1:{self.port}{self.folder}/remote.git"

    def make_key(self, name):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", self.folder / name], check=True)
        return self.folder / name

    def know(self, key, file=None):
        """A known-hosts file in which the server's address has this key."""
        file = file or self.home / ".ssh/known_hosts"
        file.write_text(f"[127.0.0.1]:{self.port} {pathlib.Path(f'{key}.pub').read_text()}")
        return file

    def test_the_key_and_known_hosts_of_the_home_folder(self):
        shutil.copy(self.client, self.home / ".ssh/id_ed25519")
        self.know(self.host)
        self.init_with(self.url)
        self.assert_delivered(self.run_hour())

    def test_files_named_by_the_configuration(self):
        hosts = self.know(self.host, self.folder / "hosts")
        self.environment |= {"MARKET_MAKER_REPOSITORY_SSH_KEY_PATH": str(self.client),
                             "MARKET_MAKER_REPOSITORY_KNOWN_HOSTS_PATH": str(hosts)}
        self.init_with(self.url)
        self.assert_delivered(self.run_hour())

    def test_a_key_from_the_environment(self):
        self.know(self.host)
        self.environment["GIT_SSH_KEY"] = self.client.read_text()
        self.init_with(self.url)
        self.assert_delivered(self.run_hour())

    def test_a_host_that_nobody_knows_is_refused(self):
        self.environment["GIT_SSH_KEY"] = self.client.read_text()
        self.init_with(self.url)
        self.assert_kept_here(self.run_hour(), "known hosts")

    def test_a_host_with_another_key_is_refused(self):
        self.know(self.stranger)
        self.environment["GIT_SSH_KEY"] = self.client.read_text()
        self.init_with(self.url)
        self.assert_kept_here(self.run_hour(), "known hosts")

    def test_a_named_known_hosts_file_that_is_not_there_knows_nobody(self):
        self.know(self.host)  # in the home folder: not asked in its place
        self.environment |= {"GIT_SSH_KEY": self.client.read_text(),
                             "MARKET_MAKER_REPOSITORY_KNOWN_HOSTS_PATH": str(self.folder / "missing")}
        self.init_with(self.url)
        self.assert_kept_here(self.run_hour(), "known hosts")


if __name__ == "__main__":
    harness.main()
