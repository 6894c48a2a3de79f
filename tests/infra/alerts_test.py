"""The alert rules: well-formed, about names that the program really sends, and tried by promtool where it is installed."""

import re
import shutil
import subprocess
import unittest

import common

try:
    import yaml
except ImportError:
    common.skip_all("python3-yaml is not installed")

ALERTS = common.ROOT / "infra/alerts"
HISTOGRAM = ("_bucket", "_count", "_sum")


def rules(name):
    groups = yaml.safe_load((ALERTS / name).read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def source(*folders):
    return "\n".join(file.read_text() for folder in folders for file in sorted((common.ROOT / folder).rglob("*.cpp")))


def prometheus_name(name, unit):
    """As a store translates OTLP's names: dots are underscores, the unit is a suffix."""
    return name.replace(".", "_") + {"s": "_seconds", "By": "_bytes"}.get(unit, "")


def sent_names():
    figures = re.findall(r'figures\.add\(\s*"([a-z_.]+)",\s*(?:"(\w+)"|\w+)', source("src/app"))
    histogram = re.search(r'\{"name", "(gridexit[a-z_.]+)"\},\s*\{"unit", "(\w+)"\}', source("src/adapters/telemetry"))
    names = {prometheus_name("gridexit." + name, unit) for name, unit in figures}
    return names | {prometheus_name(*histogram.groups()) + suffix for suffix in HISTOGRAM}


class Rules(unittest.TestCase):
    def test_every_rule_says_how_bad_and_what_it_means(self):
        for file in ("prometheus.yaml", "loki.yaml"):
            found = rules(file)
            self.assertEqual(len({rule["alert"] for rule in found}), len(found))
            for rule in found:
                self.assertIn(rule["labels"]["severity"], ("page", "warning", "info"), rule["alert"])
                self.assertTrue(rule["annotations"]["summary"], rule["alert"])

    def test_the_numbers_are_ones_that_a_run_sends(self):
        sent = sent_names()
        self.assertIn("gridexit_run_last_success_seconds", sent)
        for rule in rules("prometheus.yaml"):
            for name in re.findall(r"\bgridexit_\w+", rule["expr"]):
                self.assertIn(name, sent, rule["alert"])

    def test_the_events_are_ones_that_a_run_logs(self):
        code = source("src/pipeline", "src/app")
        for rule in rules("loki.yaml"):
            for event in re.findall(r'event="([^"]+)"', rule["expr"]):
                # A problem's key may name its symbol after the event ("metric.anomaly.{}..."); the log line does not.
                self.assertRegex(code, rf'"{re.escape(event)}(?:"|\.\{{\}})', rule["alert"])

    def test_every_alert_is_tried(self):
        tried = set(re.findall(r"alertname: (\w+)", (ALERTS / "prometheus_test.yaml").read_text()))
        self.assertEqual(tried, {rule["alert"] for rule in rules("prometheus.yaml")})


@unittest.skipUnless(shutil.which("promtool"), "promtool (Debian: prometheus) is not installed")
class Promtool(unittest.TestCase):
    def expect_success(self, *arguments):
        done = subprocess.run(["promtool", *arguments], cwd=ALERTS, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_the_rules_are_valid(self):
        self.expect_success("check", "rules", "prometheus.yaml")

    def test_the_rules_fire_when_they_should(self):
        self.expect_success("test", "rules", "prometheus_test.yaml")


if __name__ == "__main__":
    common.main()
