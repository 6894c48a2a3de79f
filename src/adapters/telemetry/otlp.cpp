#include "gridexit/adapters/telemetry/otlp.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <variant>

#include "gridexit/adapters/http/retry_after.hpp"
#include "gridexit/adapters/http/url.hpp"
#include "gridexit/base/number.hpp"
#include "payload.hpp"

namespace gridexit::adapters {
namespace {

// The protocol's own list: everything else stays wrong.
constexpr std::array kRetryable{429, 502, 503, 504};
constexpr double kFirstWait = 0.5;  // seconds, doubled each time
constexpr std::size_t kWordsMax = 200;

Error failure(std::string message) {
  return {ErrorCode::io, "telemetry: " + std::move(message), "", {}};
}

// The collector's own words, short and on one line.
std::string words_of(const nlohmann::json& partial) {
  const auto found = partial.find("errorMessage");
  if (found == partial.end() || !found->is_string()) return {};
  std::string words = found->get<std::string>().substr(0, kWordsMax);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return words;
}

// Part of it may have been dropped although the answer is 200; that is said and never sent again.
// Words without a number are a warning, which is said, too.
Result<void> accepted(const http::Response& response) {
  const auto body = nlohmann::json::parse(response.body, nullptr, false);
  if (!body.is_object() || !body.contains("partialSuccess")) return {};
  const auto& partial = body["partialSuccess"];
  if (!partial.is_object()) return {};
  const std::string words = words_of(partial);
  for (const char* name : {"rejectedDataPoints", "rejectedSpans"}) {
    if (!partial.contains(name)) continue;
    const auto& count = partial[name];
    const std::string text = count.is_string() ? count.get<std::string>() : count.dump();
    if (const auto rejected = parse_integer(text); rejected && *rejected > 0) {
      return failure(fmt::format("the collector dropped {} ({}){}{}", *rejected, name,
                                 words.empty() ? "" : ": ", words));
    }
  }
  if (words.empty()) return {};
  return failure("the collector took all of it and warns: " + words);
}

struct Answer {
  Result<void> result;
  bool may_repeat = false;
  double wait_seconds = 0;
};

Answer read(const http::Outcome& outcome) {
  if (const auto* lost = std::get_if<http::Failure>(&outcome)) {
    const bool is_lasting = lost->kind == http::FailureKind::bad_request ||
                            lost->kind == http::FailureKind::cancelled ||
                            lost->kind == http::FailureKind::tls;
    return {failure(lost->message), !is_lasting, 0};
  }
  const auto& response = std::get<http::Response>(outcome);
  if (response.status >= 200 && response.status < 300) return {accepted(response), false, 0};
  const bool may_repeat =
      std::find(kRetryable.begin(), kRetryable.end(), response.status) != kRetryable.end();
  return {failure(fmt::format("the collector answered with HTTP {}", response.status)), may_repeat,
          http::retry_after_seconds(response).value_or(0)};
}

// A collector may quote what it was sent.
Answer without_headers(Answer answer, const OtlpTarget& target) {
  if (answer.result) return answer;
  Error error = answer.result.error();
  for (const auto& [name, value] : target.headers) {
    error.message = http::masked(std::move(error.message), value);
  }
  answer.result = std::move(error);
  return answer;
}

}  // namespace

OtlpTelemetry::OtlpTelemetry(OtlpSettings settings, std::shared_ptr<http::Client> client,
                             ports::Clock& clock)
    : settings_(std::move(settings)), client_(std::move(client)), clock_(clock) {}

Result<void> OtlpTelemetry::post(const OtlpTarget& target, const std::string& body,
                                 double deadline) {
  http::Request request;
  request.method = http::Method::post;
  request.url = target.url;
  request.headers = target.headers;
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = body;
  double wait = kFirstWait;
  for (;;) {
    const double left = deadline - clock_.monotonic_seconds();
    if (left <= 0) return failure("no time is left");
    const auto milliseconds =
        static_cast<std::int64_t>(std::min(settings_.timeout_seconds, left) * 1000) + 1;
    request.timeout = std::chrono::milliseconds(milliseconds);
    request.connect_timeout = request.timeout;
    const Answer answer = without_headers(read(client_->send(request)), target);
    const double pause = std::max(wait, answer.wait_seconds);
    if (answer.result || !answer.may_repeat || clock_.monotonic_seconds() + pause >= deadline) {
      return answer.result;
    }
    clock_.wait(pause);
    wait *= 2;
  }
}

Result<void> OtlpTelemetry::flush(const ports::RunTelemetry& run) {
  const double started = clock_.monotonic_seconds();
  Result<void> metrics;
  if (!settings_.metrics.url.empty()) {
    // Half of the time, so that a metrics store that hangs does not cost the trace.
    const double share = settings_.traces.url.empty() ? 1.0 : 0.5;
    metrics = post(settings_.metrics, metrics_body(run, calls_, settings_.resource),
                   started + kFlushSeconds * share);
  }
  Result<void> traces;
  if (!settings_.traces.url.empty()) {
    traces = post(settings_.traces, traces_body(run, settings_.resource), started + kFlushSeconds);
  }
  calls_.clear();
  return metrics ? traces : metrics;
}

}  // namespace gridexit::adapters
