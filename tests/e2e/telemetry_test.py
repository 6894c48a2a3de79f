"""What a run tells a collector and its own log; and that a collector in trouble costs the run nothing."""

import json
import time

import harness

HOUR = harness.utc("2025-03-10T12")
STEPS = ["synchronise", "configuration", "connect", "clock", "history", "market", "evaluation", "record", "messages",
         "push", "heartbeat"]


class Collected(harness.Case):
    """Reads what the collector got."""

    def received(self, path):
        return [json.loads(request["body"]) for request in self.collector.log() if request["path"] == path]

    def figures(self):
        """Metric name to its points, each with plain attributes."""
        found = {}
        for metric in self.received("/v1/metrics")[-1]["resourceMetrics"][0]["scopeMetrics"][0]["metrics"]:
            if "gauge" in metric:
                found[metric["name"]] = [
                    ({pair["key"]: pair["value"]["stringValue"] for pair in point["attributes"]}, point["asDouble"])
                    for point in metric["gauge"]["dataPoints"]]
        return found

    @staticmethod
    def named(outcome, name):
        return [event for event in outcome.events() if event["event"] == name]

    def spans(self):
        return self.received("/v1/traces")[-1]["resourceSpans"][0]["scopeSpans"][0]["spans"]


class Telemetry(Collected):
    def setUp(self):
        super().setUp()
        harness.Market(HOUR, 1200).write(self.folder / "candles")
        self.collector = self.serve("fake_collector.py")
        self.init("archive:candles")

    def run_hour(self, hour=HOUR, **variables):
        environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": self.collector.url, "OTEL_SERVICE_NAME": "eth-bot"}
        return self.gridexit("run", "--repo", "data", "--at", harness.iso(hour), "-o", "json", "--log-format", "json",
                             env={**environment, **variables})

    def test_numbers_of_a_run(self):
        report = self.run_hour().json()
        self.assertEqual(self.collector.ask("/_problems"), [])
        resource = self.received("/v1/metrics")[0]["resourceMetrics"][0]["resource"]["attributes"]
        self.assertIn({"key": "service.name", "value": {"stringValue": "eth-bot"}}, resource)
        figures = self.figures()
        self.assertEqual(figures["gridexit.run.exit_code"], [({}, 0)])
        self.assertEqual(figures["gridexit.confidence"], [({"symbol": "ETH-USDT"}, report["symbols"][0]["confidence"])])
        self.assertEqual(figures["gridexit.pushes.pending"], [({}, 0)])
        self.assertEqual(figures["gridexit.messages.undelivered"], [({}, 0)])
        self.assertEqual(figures["gridexit.evaluation.failed"], [({"symbol": "ETH-USDT"}, 0)])
        self.assertGreater(figures["gridexit.repository.size"][0][1], 1000)
        self.assertEqual(len({tuple(sorted(about.items())) for about, _ in figures["gridexit.metric"]}), 12)
        self.assertEqual([about["step"] for about, _ in figures["gridexit.step.duration"]], STEPS)
        # A replayed hour must not look like a system that is alive.
        self.assertNotIn("gridexit.run.last_success", figures)

    def test_the_exit_state_of_a_running_grid(self):
        self.run_hour(HOUR - harness.HOUR)
        self.gridexit("grid", "start", "--repo", "data", "--symbol", "ETH-USDT", "--lower", "1900", "--upper", "2100",
                      "--cells", "10", "--capital", "800", "--at", harness.iso(HOUR - harness.HOUR))
        self.run_hour()
        about = {"symbol": "ETH-USDT", "grid_id": "eth-grid-1"}
        self.assertEqual(self.figures()["gridexit.exit_state"][0][0], about)
        self.assertEqual(self.figures()["gridexit.exit_state.previous"][0][0], about)

    def test_one_trace_with_a_span_for_each_step(self):
        self.run_hour()
        root, *children = self.spans()
        self.assertEqual(root["name"], "gridexit run")
        self.assertEqual([span["name"] for span in children], STEPS)
        self.assertEqual({span["status"]["code"] for span in self.spans()}, {1})

    def test_a_step_that_fails_is_a_failed_span(self):
        (self.folder / "remote.git").rename(self.folder / "gone.git")
        report = self.run_hour().json()
        self.assertFalse(report["pushed"])
        failed = [span["name"] for span in self.spans() if span["status"]["code"] == 2]
        self.assertEqual(failed, ["synchronise", "push"])
        self.assertGreater(self.figures()["gridexit.pushes.pending"][0][1], 0)

    def test_the_log_names_run_step_and_duration(self):
        outcome = self.run_hour()
        events = outcome.events()
        self.assertEqual(len({event["run_id"] for event in events}), 1)
        root = self.spans()[0]
        self.assertIn({"key": "run_id", "value": {"stringValue": events[0]["run_id"]}}, root["attributes"])
        done = self.named(outcome, "step.done")
        self.assertEqual([event["step"] for event in done], STEPS)
        for event in done:
            self.assertIsInstance(event["duration_ms"], (int, float))
            self.assertRegex(event["ts"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
            self.assertEqual(event["level"], "info")
        committed, = self.named(outcome, "record.committed")
        self.assertEqual((committed["symbol"], committed["step"]), ("ETH-USDT", "record"))
        self.assertEqual(len(self.named(outcome, "run.done")), 1)

    def test_a_collector_in_trouble_costs_the_run_nothing(self):
        for trouble in ({"status": 400}, {"status": 401}, {"cut_headers": True}, {"raw": "no json"}):
            self.collector.control(next=[trouble, trouble, trouble, trouble, trouble, trouble])
            report = self.run_hour().json()
            self.assertEqual((report["exit_code"], report["problems"]), (0, []), trouble)
            self.collector.control(next=[])
            self.collector.stop()
            self.collector = self.serve("fake_collector.py")

    def test_a_collector_that_is_gone_is_a_line_in_the_log(self):
        url = self.collector.url
        self.collector.stop()
        outcome = self.run_hour(OTEL_EXPORTER_OTLP_ENDPOINT=url + "/secret-path",
                                OTEL_EXPORTER_OTLP_HEADERS="X-Key=secret-header")
        self.assertEqual(len(self.named(outcome, "telemetry.failed")), 1)
        self.assertNotIn("secret-", outcome.stdout + outcome.stderr)

    def test_nothing_is_sent_when_disabled(self):
        self.run_hour(OTEL_SDK_DISABLED="true")
        self.assertEqual(self.collector.log(), [])


class LiveRun(Collected):
    """Against the stand-in for KuCoin: only a live run has calls to time, and may say that the system is alive."""

    def setUp(self):
        super().setUp()
        hour = int(time.time()) // harness.HOUR * harness.HOUR
        harness.Market(hour + 2 * harness.HOUR, 1200).write(self.folder / "candles", timeframes=("1h", "4h", "15m", "1m"))
        self.collector = self.serve("fake_collector.py")
        self.kucoin = self.serve("fake_kucoin.py", "--candles", self.folder / "candles")
        self.init("kucoin")

    def test_calls_and_success(self):
        before = time.time()
        self.kucoin.control(next=[{}, {"status": 503}])  # the second call, and then it behaves
        outcome = self.gridexit("run", "--repo", "data", env={
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.collector.url, "MARKET_MAKER_EXCHANGE_BASE_URL": self.kucoin.url})
        self.assertEqual(self.collector.ask("/_problems"), [], outcome.stderr)
        self.assertAlmostEqual(self.figures()["gridexit.run.last_success"][0][1], before, delta=600)
        metrics = self.received("/v1/metrics")[0]["resourceMetrics"][0]["scopeMetrics"][0]["metrics"]
        points = next(metric for metric in metrics if metric["name"] == "gridexit.api.duration")["histogram"]["dataPoints"]
        calls = {}
        for point in points:
            about = {pair["key"]: pair["value"]["stringValue"] for pair in point["attributes"]}
            calls[about["endpoint"], about["status"], about["error"]] = int(point["count"])
        self.assertEqual(sum(calls.values()), len(self.kucoin.log()))
        self.assertEqual(sum(count for (_, status, _), count in calls.items() if status == "503"), 1)
        self.assertTrue(all(bool(error) == (status != "200") for _, status, error in calls))
        self.assertTrue(all("?" not in endpoint for endpoint, _, _ in calls))


if __name__ == "__main__":
    harness.main()
