"""A value planted in every place that holds a secret must come out nowhere: not in what a command prints or logs, not in
a commit, a page, the folder beside the repository, a message or a collector's numbers. However badly things go."""

import base64
import re
import subprocess
import time

import harness

# Words that no text has by chance; KuCoin's are the ones that the stand-in knows.
KUCOIN = {"KUCOIN_API_KEY": "test_api_key", "KUCOIN_API_SECRET": "test_api_secret",
          "KUCOIN_API_PASSPHRASE": "test_passphrase"}
OTHERS = {"PUSHOVER_TOKEN": "canary-pushover-token", "PUSHOVER_USER": "canary-pushover-user",
          "GIT_TOKEN": "canary-git-token", "GIT_SSH_PASSPHRASE": "canary-ssh-passphrase"}
KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-ssh-key-line\n-----END OPENSSH PRIVATE KEY-----\n"
CANARIES = [*KUCOIN.values(), *OTHERS.values(), "canary-ssh-key", "canary-webhook", "canary-heartbeat", "canary-failure",
            "canary-otlp", "canary-url-password"]
EXCHANGE_FAILURES = [
    {"code": "400003", "msg": "KC-API-KEY test_api_key not exists", "status": 400},
    {"code": "400004", "msg": "KC-API-PASSPHRASE test_passphrase error", "status": 401},
    {"status": 403, "body": "test_api_key test_api_secret", "type": "text/html"},
    {"status": 500, "body": "test_api_key"},
    {"raw": "{\"code\": \"test_api_key\""},
    {"cut_headers": True},
]


class Secrets(harness.Case):
    def setUp(self):
        super().setUp()
        self.hour = int(time.time()) // harness.HOUR * harness.HOUR
        market = harness.Market(self.hour + 2 * harness.HOUR, 1200)
        market.write(self.folder / "candles", timeframes=("1h", "4h", "15m", "1m"))
        self.served, self.trusted = self.certificate()
        self.kucoin = self.serve("fake_kucoin.py", "--candles", self.folder / "candles", certificate=self.served)
        self.webhook = self.serve("fake_webhook.py")
        self.collector = self.serve("fake_collector.py")
        self.said = []
        self.init("kucoin")
        self.set_up(self.trusted)
        price = market.close_at(self.hour - 5 * harness.HOUR)
        self.call("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", round(price * 0.95, 2), "--upper",
                  round(price * 1.05, 2), "--cells", "10", "--capital", "800", "--at",
                  harness.iso(self.hour - 5 * harness.HOUR))

    def set_up(self, ca_file):
        environment = self.shown("config/environment.yaml")
        for pattern, value in (('(?m)^  base_url: "http.*"', f'  base_url: "{self.kucoin.url}"'),
                               ("(?m)^  pushover_url: .*", f'  pushover_url: "{self.webhook.url}"'),
                               ("(exchange:(?:\n .*)*?\n  ca_file: ).*", rf'\1"{ca_file}"')):
            environment, count = re.subn(pattern, value, environment, count=1)
            self.assertEqual(count, 1, pattern)
        self.put("config/environment.yaml", environment)

    def environment(self, **changes):
        return {**KUCOIN, **OTHERS, "GIT_SSH_KEY": KEY, "WEBHOOK_URL": self.webhook.url + "/canary-webhook?k=canary-webhook",
                "HEARTBEAT_URL": self.webhook.url + "/canary-heartbeat",
                "HEARTBEAT_FAILURE_URL": self.webhook.url + "/canary-failure",
                "OTEL_EXPORTER_OTLP_ENDPOINT": self.collector.url,
                "OTEL_EXPORTER_OTLP_HEADERS": "Authorization=Bearer%20canary-otlp,X-Key=canary-otlp", **changes}

    def call(self, *arguments, **changes):
        """Any end is good; what was said is looked through."""
        done = self.gridexit(*arguments, code=None, env=self.environment(**changes), timeout=330)
        self.said.append((" ".join(map(str, arguments)), done.stdout + done.stderr))
        return done

    def run_now(self, *options, **changes):
        return self.call("run", "--repo", "data", "-o", "json", "--log-format", "json", "--log-level", "debug", *options,
                         **changes)

    def everything(self):
        """(where, text) of all that a run leaves behind or sends, but for the requests' own headers and paths."""
        yield from self.said
        for folder in ("data", "remote.git"):
            objects = subprocess.run(["git", "-C", self.folder / folder, "cat-file", "--batch-all-objects", "--batch"],
                                     env=harness.CLEAN, capture_output=True, check=True).stdout
            yield f"objects of {folder}", objects.decode("utf-8", "replace")
        for file in sorted(self.folder.rglob("*")):
            parts = file.relative_to(self.folder).parts
            if file.is_file() and parts[0] not in ("candles", "clone") and "objects" not in parts:
                yield "/".join(parts), file.read_text("utf-8", "replace")
        for name, server in (("message", self.webhook), ("telemetry", self.collector)):
            for request in server.log():
                # Pushover takes its token and user in the body: that is what they are for.
                if not request["path"].startswith("/1/"):
                    yield name, request["body"]

    def assert_silent(self):
        searched = 0
        for where, text in self.everything():
            searched += 1
            for canary in CANARIES:
                for form in (canary, base64.b64encode(canary.encode()).decode().rstrip("=")):
                    if form in text:
                        at = text.index(form)
                        self.fail(f"{canary} in {where}: …{text[max(0, at - 200):at + 100]}…")
        self.assertGreater(searched, 10)

    def test_a_run_that_goes_well(self):
        report = self.run_now().json()
        self.assertEqual(report["problems"], [])
        self.assertTrue(report["pushed"])
        self.assertIn("/canary-heartbeat", [request["path"] for request in self.webhook.log()])
        self.assertTrue(self.collector.log())
        self.assert_silent()

    def test_commands_that_show_and_check(self):
        self.run_now()
        for command in (("config", "show"), ("config", "show", "-o", "json"), ("config", "check"), ("doctor",),
                        ("doctor", "-o", "json"), ("verify",), ("explain",), ("evaluate", "--symbol", "ETH-USDT"),
                        ("evaluate", "--symbol", "ETH-USDT", "-o", "yaml"), ("dashboard", "--standalone", "page.html")):
            self.call(*command, "--repo", "data", "--log-level", "debug")
        self.assert_silent()

    def test_an_exchange_that_answers_with_what_it_was_sent(self):
        for failure in EXCHANGE_FAILURES:
            self.kucoin.control(next=[failure] * 12)
            self.run_now(MARKET_MAKER_EXCHANGE_ATTEMPTS="1")
            self.call("evaluate", "--symbol", "ETH-USDT", "--repo", "data", MARKET_MAKER_EXCHANGE_ATTEMPTS="1")
            self.assert_silent()

    def test_certificates_that_nobody_trusts(self):
        self.set_up("")
        self.run_now(MARKET_MAKER_EXCHANGE_ATTEMPTS="1", WEBHOOK_URL=self.kucoin.url + "/canary-webhook",
                     HEARTBEAT_URL=self.kucoin.url + "/canary-heartbeat",
                     OTEL_EXPORTER_OTLP_ENDPOINT=self.kucoin.url + "/canary-otlp")
        self.call("doctor", "--repo", "data")
        self.assert_silent()

    def test_channels_and_a_collector_that_refuse(self):
        self.kucoin.control(permission="General,Withdrawal")  # something to tell
        for status in (400, 401, 404, 500):
            self.webhook.control(next=[{"status": status, "body": "canary-webhook canary-pushover-token"}] * 6)
            self.collector.control(next=[{"status": status, "body": "canary-otlp"}] * 4)
            self.run_now()
        self.assert_silent()

    def test_remotes_that_refuse(self):
        for url in ("http://user:canary-url-password@127.0.0.1:1/x.git", "ssh://git@127.0.0.1:1/x.git",
                    "odd://user:canary-url-password@127.0.0.1/x.git"):
            self.git("remote", "set-url", "origin", url)
            self.run_now()
            self.call("doctor", "--repo", "data")
            # Where the operator put it.
            self.git("remote", "set-url", "origin", "elsewhere.git")
        self.assert_silent()

    def test_a_password_in_the_remotes_address_is_not_taken(self):
        done = self.call("init", "--repo", "another", "--symbol", "ETH-USDT", "--remote",
                         "https://user:canary-url-password@git.example.org/x.git")
        self.assertEqual(done.code, 2)
        self.assertRegex(done.stderr, "GIT_TOKEN")
        self.assert_silent()

    def test_secrets_that_are_no_use(self):
        self.run_now(WEBHOOK_URL="canary-webhook is no address", HEARTBEAT_URL="ftp://canary-heartbeat",
                     HEARTBEAT_FAILURE_URL="canary-failure", OTEL_EXPORTER_OTLP_ENDPOINT="canary-otlp")
        self.call("config", "check", "--repo", "data", WEBHOOK_URL="canary-webhook is no address")
        self.assert_silent()

    def test_a_secret_written_into_a_file_is_refused_without_being_repeated(self):
        folder = self.folder / "config"
        folder.mkdir()
        text = self.shown("config/environment.yaml")
        (folder / "exit_strategy_config.yaml").write_text(self.shown("config/exit_strategy_config.yaml"))
        for variable, canary in (("KUCOIN_API_KEY", "test_api_key"), ("WEBHOOK_URL", "canary-webhook"),
                                 ("GIT_TOKEN", "canary-git-token"), ("PUSHOVER_USER", "[canary-pushover-user]")):
            (folder / "environment.yaml").write_text(text.replace(f'"${{{variable}}}"', canary))
            for command in (("config", "check"), ("config", "show"), ("evaluate", "--symbol", "ETH-USDT")):
                done = self.call(*command, "--config", "config")
                self.assertNotEqual(done.code, 0, command)
        (folder / "environment.yaml").unlink()
        self.assert_silent()


if __name__ == "__main__":
    harness.main()
