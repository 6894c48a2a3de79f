#include "payload.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "gridexit/base/hash.hpp"

namespace gridexit::adapters {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kCumulative = 2;  // a store of Prometheus' kind refuses deltas
constexpr int kInternalSpan = 1;
constexpr int kStatusOk = 1;
constexpr int kStatusError = 2;
constexpr std::array kLatencyBounds{0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};

// 64-bit integers are text in OTLP's JSON.
std::string nanoseconds(UtcTime start, double after_seconds) {
  const auto since_epoch = std::int64_t{start.time_since_epoch().count()} * 1'000'000'000;
  return std::to_string(since_epoch + std::llround(after_seconds * 1e9));
}

Json attributes_json(const ports::Attributes& attributes) {
  Json list = Json::array();
  for (const auto& [name, value] : attributes) {
    list.push_back({{"key", name}, {"value", {{"stringValue", value}}}});
  }
  return list;
}

Json enveloped(const char* resources, const char* scopes, const char* items, Json content,
               const ports::Attributes& resource) {
  Json scope;
  scope["scope"] = {{"name", "gridexit"}};
  scope[items] = std::move(content);
  Json entry;
  entry["resource"] = {{"attributes", attributes_json(resource)}};
  entry[scopes] = Json::array({std::move(scope)});
  Json body;
  body[resources] = Json::array({std::move(entry)});
  return body;
}

// Text from outside (an error, a symbol) may be no UTF-8; that must not cost the whole body.
std::string text_of(const Json& body) {
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// One metric per name, with a point for each figure.
Json gauges(const ports::RunTelemetry& run) {
  const std::string now = nanoseconds(run.started, run.seconds);
  std::map<std::string, Json> by_name;
  for (const ports::Figure& figure : run.figures) {
    if (!std::isfinite(figure.value)) continue;
    Json& metric = by_name[figure.name];
    if (metric.is_null()) {
      metric = {{"name", figure.name}, {"unit", figure.unit}};
      metric["gauge"]["dataPoints"] = Json::array();
    }
    metric["gauge"]["dataPoints"].push_back({{"timeUnixNano", now},
                                             {"asDouble", figure.value},
                                             {"attributes", attributes_json(figure.attributes)}});
  }
  Json metrics = Json::array();
  for (auto& [name, metric] : by_name) metrics.push_back(std::move(metric));
  return metrics;
}

struct Latency {
  std::array<int, kLatencyBounds.size() + 1> buckets{};
  int count = 0;
  double sum = 0;

  void add(double seconds) {
    const auto* bound = std::lower_bound(kLatencyBounds.begin(), kLatencyBounds.end(), seconds);
    ++buckets[static_cast<std::size_t>(bound - kLatencyBounds.begin())];
    ++count;
    sum += seconds;
  }
};

Json latency_point(const Latency& latency, const ports::RunTelemetry& run,
                   const ports::Attributes& attributes) {
  Json buckets = Json::array();
  for (const int bucket : latency.buckets) buckets.push_back(std::to_string(bucket));
  return {{"startTimeUnixNano", nanoseconds(run.started, 0)},
          {"timeUnixNano", nanoseconds(run.started, run.seconds)},
          {"count", std::to_string(latency.count)},
          {"sum", latency.sum},
          {"bucketCounts", std::move(buckets)},
          {"explicitBounds", kLatencyBounds},
          {"attributes", attributes_json(attributes)}};
}

Json latencies(const ports::RunTelemetry& run, const std::vector<ports::ApiCall>& calls) {
  std::map<std::tuple<std::string, int, std::string>, Latency> by_kind;
  for (const ports::ApiCall& call : calls) {
    if (std::isfinite(call.seconds))
      by_kind[{call.endpoint, call.status, call.error}].add(call.seconds);
  }
  Json points = Json::array();
  for (const auto& [kind, latency] : by_kind) {
    points.push_back(latency_point(latency, run,
                                   {{"endpoint", std::get<0>(kind)},
                                    {"status", std::to_string(std::get<1>(kind))},
                                    {"error", std::get<2>(kind)}}));
  }
  return {{"name", "gridexit.api.duration"},
          {"unit", "s"},
          {"histogram", {{"aggregationTemporality", kCumulative}, {"dataPoints", points}}}};
}

std::string trace_id(const ports::RunTelemetry& run) {
  return sha256_hex("trace " + run.run_id).substr(0, 32);
}

std::string span_id(const ports::RunTelemetry& run, std::size_t number) {
  return sha256_hex(fmt::format("span {} {}", run.run_id, number)).substr(0, 16);
}

Json span_json(const ports::RunTelemetry& run, std::size_t number, const ports::Span& span) {
  Json json{{"traceId", trace_id(run)}, {"spanId", span_id(run, number)}};
  if (number > 0) json["parentSpanId"] = span_id(run, 0);
  json["name"] = span.name;
  json["kind"] = kInternalSpan;
  json["startTimeUnixNano"] = nanoseconds(run.started, span.begin_seconds);
  json["endTimeUnixNano"] = nanoseconds(run.started, span.begin_seconds + span.seconds);
  json["attributes"] = attributes_json(span.attributes);
  json["status"] = {{"code", span.failure.empty() ? kStatusOk : kStatusError}};
  if (!span.failure.empty()) json["status"]["message"] = span.failure;
  return json;
}

}  // namespace

std::string metrics_body(const ports::RunTelemetry& run, const std::vector<ports::ApiCall>& calls,
                         const ports::Attributes& resource) {
  Json metrics = gauges(run);
  if (!calls.empty()) metrics.push_back(latencies(run, calls));
  return text_of(
      enveloped("resourceMetrics", "scopeMetrics", "metrics", std::move(metrics), resource));
}

std::string traces_body(const ports::RunTelemetry& run, const ports::Attributes& resource) {
  ports::Span root{"gridexit run", 0, run.seconds, run.failure, run.attributes};
  root.attributes.emplace_back("run_id", run.run_id);
  Json spans = Json::array();
  spans.push_back(span_json(run, 0, root));
  for (const ports::Span& span : run.spans) spans.push_back(span_json(run, spans.size(), span));
  return text_of(enveloped("resourceSpans", "scopeSpans", "spans", std::move(spans), resource));
}

}  // namespace gridexit::adapters
