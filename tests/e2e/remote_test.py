"""A run pushes to real git servers on loopback: over ssh with the host's key verified, over http with a token, over https
with an authority of its own. What it does when the remote is away, refuses, has other commits or another history."""

import os
import pathlib
import re
import shutil
import socket
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
        self.url = self.serve_over()

    def serve_over(self, certificate=""):
        port = self.serve_git("http", self.folder, f"git:{TOKEN}", certificate)
        # By name: this libgit2 recognises no IP address in a certificate.
        return f"https://localhost:{port}/remote.git" if certificate else f"http://127.0.0.1:{port}/remote.git"

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

    def test_a_token_beside_an_override_that_is_mistyped(self):
        self.environment["GIT_TOKEN"] = TOKEN
        self.init_with(self.url)
        self.environment["MARKET_MAKER_EXIT_RULES_CALM"] = "abc"
        report = self.run_hour()
        self.assertTrue(report["pushed"], report)

    def test_an_authority_that_the_last_valid_configuration_names(self):
        served, trusted = self.certificate()
        self.environment["GIT_TOKEN"] = TOKEN
        self.init_with(self.serve_over(served))
        environment = self.shown("config/environment.yaml")
        trusting = environment.replace('https remote (PEM file); empty: the system\'s.\n  ca_file: ""',
                                       f'https remote (PEM file); empty: the system\'s.\n  ca_file: "{trusted}"')
        self.assertNotEqual(trusting, environment)
        self.put("config/environment.yaml", trusting)
        self.put("config/environment.yaml", "symbols: [\n")
        report = self.run_hour()
        self.assertTrue(report["pushed"], report)

    def test_a_wrong_token_keeps_the_commits_here(self):
        self.environment["GIT_TOKEN"] = "another-" + TOKEN
        outcome = self.init_with(self.url)
        report = self.run_hour()
        self.assert_kept_here(report, "push failed")
        for text in (outcome.stdout, outcome.stderr, str(report)):
            self.assertNotIn(TOKEN, text)


    def test_https_with_an_authority_of_its_own(self):
        served, trusted = self.certificate()
        self.environment |= {"GIT_TOKEN": TOKEN, "MARKET_MAKER_REPOSITORY_CA_FILE": str(trusted)}
        self.init_with(self.serve_over(served))
        self.assert_delivered(self.run_hour())

    def test_https_of_an_unknown_authority_is_refused(self):
        served, trusted = self.certificate()
        self.environment["GIT_TOKEN"] = TOKEN
        self.init_with(self.serve_over(served))
        self.assert_kept_here(self.run_hour(), "push failed.*(?i:certificate)")
        self.environment["MARKET_MAKER_REPOSITORY_CA_FILE"] = str(trusted)
        self.assert_delivered(self.run_hour())

    def test_a_hook_that_refuses_is_quoted(self):
        self.environment["GIT_TOKEN"] = TOKEN
        hook = self.folder / "remote.git/hooks/pre-receive"
        hook.write_text("#!/bin/sh\necho 'quota exceeded' >&2\nexit 1\n")
        hook.chmod(0o755)
        self.init_with(self.url)
        self.assert_kept_here(self.run_hour(), "push failed.*quota exceeded")
        hook.unlink()
        self.assert_delivered(self.run_hour())

    def test_a_remote_that_moves_at_every_push(self):
        self.environment["GIT_TOKEN"] = TOKEN
        self.init_with(self.url)
        hook = self.folder / "remote.git/hooks/pre-receive"
        hook.write_text("#!/bin/sh\necho x >> ../tries\n"
                        "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
                        "who='-c user.name=o -c user.email=o@localhost'\n"
                        "git update-ref refs/heads/main $(git $who commit-tree -p main -m faster main^{tree})\n")
        hook.chmod(0o755)
        report = self.run_hour()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "push failed.*refused the push")
        self.assertEqual((self.folder / "tries").read_text(), "x\nx\nx\n")
        hook.unlink()
        self.assert_delivered(self.run_hour())

    def test_a_server_that_is_down(self):
        self.environment["GIT_TOKEN"] = TOKEN
        self.init_with("http://127.0.0.1:9/remote.git")
        self.assert_kept_here(self.run_hour(), "push failed.*cannot be reached")


class InAFolder(Remote):
    """What the remote holds decides here, not how it is reached."""

    def setUp(self):
        super().setUp()
        self.webhook = self.serve("fake_webhook.py")
        self.environment["WEBHOOK_URL"] = self.webhook.url + "/hook"
        self.init_with("remote.git")

    def run_later(self, hours, code=0):
        return self.gridexit("run", "--repo", "data", "--at", harness.iso(HOUR + hours * harness.HOUR), "--notify", "-o",
                             "json", code=code, env=self.environment).json()

    def change_remote(self, path, content):
        """An operator's commit, made and pushed elsewhere."""
        clone = self.folder / "elsewhere"
        if not clone.exists():
            subprocess.run(["git", "clone", "-q", self.folder / "remote.git", clone], env=harness.CLEAN, check=True)
        (clone / path).write_text(content)
        self.git("add", path, repository="elsewhere")
        self.git("-c", "user.name=operator", "-c", "user.email=o@localhost", "commit", "-qm", "by hand",
                 repository="elsewhere")
        self.git("push", "-q", "origin", "main", repository="elsewhere")

    def gone(self):
        (self.folder / "remote.git").rename(self.folder / "away.git")

    def back(self):
        (self.folder / "away.git").rename(self.folder / "remote.git")

    def test_a_folder_that_is_gone_is_named_with_the_remedy(self):
        self.gone()
        problems = "\n".join(self.run_hour()["problems"])
        self.assertRegex(problems, r"push failed.*/remote\.git does not exist \(mount what holds it, or make it anew")
        self.back()
        self.assert_delivered(self.run_hour())

    def test_other_commits_of_the_remote(self):
        self.change_remote("notes.txt", "kept\n")
        self.assert_delivered(self.run_hour())
        self.assertEqual(self.shown("notes.txt"), "kept\n")

    def test_both_changed_the_same_list(self):
        grid = ("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 1900, "--upper", 2120, "--cells", 10,
                "--capital", 800, "--at", harness.iso(HOUR - harness.HOUR))
        self.gridexit(*grid, env=self.environment)
        theirs = self.shown("grids/eth-grid-1.yaml")
        stop = f'  - {{disabled: "{harness.iso(HOUR - 1800)}", reason: by hand, by: operator}}\n'
        self.gone()
        self.gridexit("grid", "stop", "--repo", "data", "--reason", "here", "--at", harness.iso(HOUR),
                      env=self.environment)
        self.back()
        self.change_remote("grids/eth-grid-1.yaml", theirs + stop)
        self.assert_delivered(self.run_later(0))
        both = self.shown("grids/eth-grid-1.yaml")
        self.assertRegex(both, "here")
        self.assertRegex(both, "by hand")

    def follow_the_hint(self, report):
        """The commands that the problem names, as they stand there."""
        commands = re.search("`(git clone REMOTE .*?)`", "\n".join(report["problems"])).group(1)
        commands = commands.replace("REMOTE", "remote.git").replace("REPO", str(self.folder / "data"))
        who = {"GIT_AUTHOR_NAME": "operator", "GIT_AUTHOR_EMAIL": "o@localhost", "GIT_COMMITTER_NAME": "operator",
               "GIT_COMMITTER_EMAIL": "o@localhost"}
        subprocess.run(commands, shell=True, cwd=self.folder, env={**harness.CLEAN, **who}, check=True,
                       capture_output=True)

    def test_both_stopped_a_grid_at_crossing_times(self):
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", 1900, "--upper", 2120,
                      "--cells", 10, "--capital", 800, "--at", harness.iso(HOUR - harness.HOUR), env=self.environment)
        theirs = self.shown("grids/eth-grid-1.yaml") + \
            f'  - {{disabled: "{harness.iso(HOUR - 600)}", reason: by hand, by: operator}}\n'
        self.gone()
        self.gridexit("grid", "stop", "--repo", "data", "--reason", "here", "--at", harness.iso(HOUR - 1800),
                      env=self.environment)
        self.back()
        self.change_remote("grids/eth-grid-1.yaml", theirs)
        report = self.run_later(0)
        self.assertRegex("\n".join(report["problems"]), "grids/eth-grid-1.yaml.*ascending order of time")
        self.assertEqual(self.shown("grids/eth-grid-1.yaml").count("disabled"), 1)
        self.follow_the_hint(report)
        self.assertEqual(self.shown("grids/eth-grid-1.yaml"), theirs)
        report = self.run_later(1)
        self.assertEqual(report["problems"], [])
        self.assert_delivered(report)
        self.gridexit("verify", "--repo", "data")

    def test_both_changed_what_cannot_be_merged(self):
        rules = self.shown("config/exit_strategy_config.yaml")
        self.put("config/exit_strategy_config.yaml", rules.replace("near_bound: 0.2", "near_bound: 0.21"))
        self.change_remote("config/exit_strategy_config.yaml", rules.replace("near_bound: 0.2", "near_bound: 0.22"))
        theirs = self.head("remote.git")
        report = self.run_hour()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "exit_strategy_config.yaml")
        self.assertEqual(self.head("remote.git"), theirs)
        self.assertIn("near_bound: 0.21", self.shown("config/exit_strategy_config.yaml"))
        self.follow_the_hint(report)
        self.assertIn("near_bound: 0.22", self.shown("config/exit_strategy_config.yaml"))
        self.assert_delivered(self.run_later(1))

    def test_a_rewritten_history_is_told_and_left_alone(self):
        self.assert_delivered(self.run_hour())
        self.git("update-ref", "refs/heads/main", "main~1", repository="remote.git")
        theirs = self.head("remote.git")
        report = self.run_later(0, code=1)
        self.assertRegex("\n".join(report["problems"]), "history was rewritten")
        alert, = [each for each in self.webhook.messages() if each["event"] == "remote.rewritten"]
        self.assertRegex(alert["text"], "nothing is rebased or pushed")
        self.assertEqual(self.head("remote.git"), theirs)
        self.git("update-ref", "refs/gridexit/last-seen", theirs)
        self.assertEqual(self.run_later(0)["problems"], [], "the operator has accepted it")
        self.assertEqual(self.head("remote.git"), self.head())

    def test_a_rewritten_history_can_be_put_back(self):
        self.assert_delivered(self.run_hour())
        self.git("update-ref", "refs/heads/main", "main~1", repository="remote.git")
        self.assertRegex("\n".join(self.run_later(0, code=1)["problems"]), "git push --force origin main")
        self.git("push", "-q", "--force", "origin", "main")
        self.assertEqual(self.run_later(0)["problems"], [])
        self.assertEqual(self.head("remote.git"), self.head())

    def test_a_network_that_is_dead_is_not_waited_for(self):
        silence = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silence.close)
        remote = self.git("config", "remote.origin.url").strip()
        self.git("config", "remote.origin.url", f"http://127.0.0.1:{silence.getsockname()[1]}/data.git")
        self.environment["MARKET_MAKER_REPOSITORY_PUSH_TIMEOUT_SECONDS"] = "5"
        report = self.run_hour()
        self.assertTrue(report["symbols"][0]["recorded"])
        self.assertRegex("\n".join(report["problems"]), "push failed.*did not answer within 5 s")
        self.git("config", "remote.origin.url", remote)
        self.assert_delivered(self.run_hour())


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

    def test_looking_at_it_writes_nothing(self):
        temporary = self.folder / "temporary"
        temporary.mkdir()
        self.know(self.host)
        self.environment |= {"GIT_SSH_KEY": self.client.read_text(), "TMPDIR": str(temporary)}
        self.init_with(self.url)
        self.assert_delivered(self.run_hour())

        def state():
            return {path: path.stat().st_mtime_ns for path in (self.folder / "data").rglob("*")}
        before = state()
        checks = self.gridexit("doctor", "--repo", "data", "-o", "json", code=None, env=self.environment).json()["checks"]
        self.assertEqual([each["text"] for each in checks if each["check"] == "remote"], ["answers"])
        self.assertEqual(state(), before)
        self.assertEqual(list(temporary.iterdir()), [])

    def test_a_key_that_the_server_does_not_know(self):
        self.know(self.host)
        self.environment["GIT_SSH_KEY"] = self.stranger.read_text()
        self.init_with(self.url)
        self.assert_kept_here(self.run_hour(), "push failed.*credentials")
        self.environment["GIT_SSH_KEY"] = self.client.read_text()
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
