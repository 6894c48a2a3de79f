"""A stand-in for an OpenTelemetry collector: takes /v1/metrics and /v1/traces and holds every body to the rules of OTLP
in JSON. A body that breaks one is answered with 400; GET /_problems lists what was wrong."""

import json
import re

from stand_in import Handler, arguments, serve

KNOWN = {  # a misspelt key is lost silently by real receivers
    "resourceMetrics", "resourceSpans", "resource", "attributes", "scopeMetrics", "scopeSpans", "scope", "name", "version",
    "metrics", "unit", "description", "gauge", "sum", "histogram", "dataPoints", "aggregationTemporality", "isMonotonic",
    "startTimeUnixNano", "timeUnixNano", "asDouble", "asInt", "count", "bucketCounts", "explicitBounds", "key", "value",
    "stringValue", "intValue", "doubleValue", "boolValue", "spans", "traceId", "spanId", "parentSpanId", "kind",
    "endTimeUnixNano", "events", "status", "code", "message"}
INTEGERS = {"startTimeUnixNano", "timeUnixNano", "endTimeUnixNano", "asInt", "intValue", "count"}
IDS = {"traceId": 32, "spanId": 16, "parentSpanId": 16}


def text_is_integer(value):
    return isinstance(value, str) and re.fullmatch(r"\d+", value) is not None


def walk(node, path, problems):
    if isinstance(node, list):
        for index, item in enumerate(node):
            walk(item, f"{path}[{index}]", problems)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        here = f"{path}.{key}"
        if key not in KNOWN:
            problems.append(f"{here}: unknown key")
        if key in INTEGERS and not text_is_integer(value):
            problems.append(f"{here}: a 64-bit integer is a decimal string, not {value!r}")
        if key in IDS and (not isinstance(value, str) or not re.fullmatch(f"[0-9a-fA-F]{{{IDS[key]}}}", value)
                           or set(value) == {"0"}):
            problems.append(f"{here}: not {IDS[key]} hexadecimal digits, or all zero")
        if key in ("kind", "aggregationTemporality", "code") and not isinstance(value, int):
            problems.append(f"{here}: an enum is a number")
        if key in ("asDouble", "sum") and not isinstance(value, (int, float, dict)):
            problems.append(f"{here}: not a number")
        walk(value, here, problems)


def check_histogram(metric, problems):
    for point in metric["histogram"]["dataPoints"]:
        bounds, buckets = point["explicitBounds"], [int(count) for count in point["bucketCounts"]]
        if not all(text_is_integer(count) for count in point["bucketCounts"]):
            problems.append(f"{metric['name']}: bucket counts are decimal strings")
        if bounds != sorted(set(bounds)):
            problems.append(f"{metric['name']}: bounds must increase")
        if len(buckets) != len(bounds) + 1 or sum(buckets) != int(point["count"]):
            problems.append(f"{metric['name']}: buckets do not fit bounds or count")
    if metric["histogram"]["aggregationTemporality"] != 2:
        problems.append(f"{metric['name']}: not cumulative")


def check_metrics(body, problems):
    for resource in body["resourceMetrics"]:
        for scope in resource["scopeMetrics"]:
            for metric in scope["metrics"]:
                kinds = {"gauge", "sum", "histogram"} & set(metric)
                if len(kinds) != 1:
                    problems.append(f"{metric['name']}: {len(kinds)} kinds of data")
                    continue
                points = metric[kinds.pop()]["dataPoints"]
                if not points:
                    problems.append(f"{metric['name']}: no data points")
                series = [json.dumps(point["attributes"], sort_keys=True) for point in points]
                if len(series) != len(set(series)):
                    problems.append(f"{metric['name']}: the same series twice")
                if "histogram" in metric:
                    check_histogram(metric, problems)


def check_traces(body, problems):
    spans = [span for resource in body["resourceSpans"] for scope in resource["scopeSpans"] for span in scope["spans"]]
    ids = [span["spanId"] for span in spans]
    if len(ids) != len(set(ids)):
        problems.append("a span id occurs twice")
    if len({span["traceId"] for span in spans}) != 1:
        problems.append("not one trace")
    if sum("parentSpanId" not in span for span in spans) != 1:
        problems.append("not one root span")
    for span in spans:
        if span.get("parentSpanId", span["spanId"]) not in ids:
            problems.append(f"{span['name']}: its parent is not there")
        if int(span["endTimeUnixNano"]) < int(span["startTimeUnixNano"]):
            problems.append(f"{span['name']}: ends before it starts")


class Collector(Handler):
    found = []

    def answer(self, method, headers, body, plan):
        if self.path == "/_problems":
            return self.send_json(self.found)
        checks = {"/v1/metrics": check_metrics, "/v1/traces": check_traces}
        problems = []
        try:
            if headers.get("content-type") != "application/json":
                problems.append("content-type is not application/json")
            message = json.loads(body, parse_constant=lambda name: problems.append(f"{name} has no form in JSON"))
            walk(message, "", problems)
            checks[self.path](message, problems)
        except (KeyError, ValueError, TypeError) as error:
            problems.append(f"{self.path}: {error!r}")
        self.found.extend(problems)
        self.send_json({"message": "; ".join(problems)} if problems else {}, 400 if problems else 200)


if __name__ == "__main__":
    serve(Collector, arguments().parse_args())
