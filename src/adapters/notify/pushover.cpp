#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "code_points.hpp"
#include "gridexit/adapters/http/url.hpp"
#include "gridexit/adapters/notify/channels.hpp"
#include "gridexit/base/number.hpp"
#include "outcome.hpp"

namespace gridexit::adapters {
namespace {

using nlohmann::json;

// Pushover's limits, in characters.
constexpr std::size_t kMessageMax = 1024;
constexpr std::size_t kTitleMax = 250;
constexpr std::size_t kUrlMax = 512;
// An emergency is repeated every 2 minutes for an hour; then the next hour's message takes over.
// Pushover makes at most 50 repeats, so a shorter interval would fall silent before that.
constexpr int kRetrySeconds = 120;
constexpr int kExpireSeconds = 3600;
constexpr int kEmergency = 2;
// Of the month's quota: a week of hourly emergencies, and some more.
constexpr int kFewMessages = 200;

std::vector<std::pair<std::string, std::string>> fields_of(const Message& message,
                                                           const NotificationSettings& settings) {
  const int priority = std::clamp(message.priority, -2, kEmergency);
  std::vector<std::pair<std::string, std::string>> fields{
      {"token", settings.pushover_token.reveal()},
      {"user", settings.pushover_user.reveal()},
      // An empty message is refused.
      {"message", shortened(message.text.empty() ? message.title : message.text, kMessageMax)},
      {"title", limited_to(message.title, kTitleMax)},
      {"priority", std::to_string(priority)},
      {"timestamp", std::to_string(message.timestamp.time_since_epoch().count())},
  };
  if (priority == kEmergency) {
    fields.emplace_back("retry", std::to_string(kRetrySeconds));
    fields.emplace_back("expire", std::to_string(kExpireSeconds));
  }
  if (message.page.substr(0, 4) == "http" && message.page.size() <= kUrlMax) {
    fields.emplace_back("url", message.page);
    fields.emplace_back("url_title", "Dashboard");
  }
  return fields;
}

// Pushover's own reasons and the request's id, which its support asks for. The texts name fields
// ("user identifier is invalid"), but nothing stops them from quoting values.
std::string reasons_in(const json& answer, const NotificationSettings& settings) {
  std::string reasons;
  if (const auto errors = answer.find("errors"); errors != answer.end() && errors->is_array()) {
    for (const json& error : *errors) {
      if (error.is_string()) reasons += " " + error.get<std::string>() + ";";
    }
  }
  if (const auto id = answer.find("request"); id != answer.end() && id->is_string()) {
    reasons += " request " + id->get<std::string>();
  }
  for (const Secret* secret : {&settings.pushover_token, &settings.pushover_user}) {
    reasons = http::masked(std::move(reasons), secret->reveal());
  }
  return limited_to(reasons, 300);
}

json answer_in(const http::Outcome& outcome) {
  const auto* response = std::get_if<http::Response>(&outcome);
  return response == nullptr ? json() : json::parse(response->body, nullptr, false);
}

// `refusal` says what a status other than 1 means: "refused the message".
Result<void> judged(const http::Outcome& outcome, const json& answer, std::string_view refusal,
                    const NotificationSettings& settings) {
  Result<void> delivered = delivery_outcome("pushover", outcome);
  if (!delivered) {
    Error error = std::move(delivered).error();
    if (answer.is_object()) error.message += reasons_in(answer, settings);
    return error;
  }
  // Something between us and Pushover may answer 200 as well: only its own word counts.
  if (!answer.is_object() || !answer.contains("status")) {
    return Error{ErrorCode::notify_unavailable,
                 "pushover: the answer is not Pushover's",
                 "check notifications.pushover_url and proxies",
                 {}};
  }
  if (answer["status"] != 1) {
    return Error{ErrorCode::notify_rejected,
                 fmt::format("pushover: {};{}", refusal, reasons_in(answer, settings)),
                 "check the application token and the user key",
                 {}};
  }
  return {};
}

// The headers may be missing; then nothing is known.
std::string quota_notice(const http::Response& response) {
  const auto left = parse_integer(response.header("x-limit-app-remaining"));
  if (!left || *left >= kFewMessages) return "";
  const auto reset = parse_integer(response.header("x-limit-app-reset"));
  return fmt::format("pushover takes only {} more messages{}", *left,
                     reset ? " until " + format_utc(UtcTime{Seconds{*reset}}) : "");
}

}  // namespace

PushoverNotifier::PushoverNotifier(NotificationSettings settings,
                                   std::shared_ptr<http::Client> client)
    : settings_(std::move(settings)), client_(std::move(client)) {}

http::Outcome PushoverNotifier::post(const std::string& path, std::string body) {
  http::Request request;
  request.method = http::Method::post;
  request.url = settings_.pushover_url + path;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = std::move(body);
  request.timeout = std::chrono::seconds{settings_.timeout_seconds};
  http::Outcome outcome = client_->send(request);
  if (const auto* response = std::get_if<http::Response>(&outcome))
    notice_ = quota_notice(*response);
  return outcome;
}

Result<void> PushoverNotifier::deliver(const Message& message) {
  const http::Outcome outcome =
      post("/1/messages.json", http::encode_form(fields_of(message, settings_)));
  return judged(outcome, answer_in(outcome), "refused the message", settings_);
}

Result<std::string> PushoverNotifier::look() {
  const http::Outcome outcome = post(
      "/1/users/validate.json", http::encode_form({{"token", settings_.pushover_token.reveal()},
                                                   {"user", settings_.pushover_user.reveal()}}));
  const json answer = answer_in(outcome);
  GX_CHECK(judged(outcome, answer, "refused token or user", settings_));
  const auto devices = answer.find("devices");
  if (devices == answer.end() || !devices->is_array()) return std::string("knows token and user");
  return fmt::format("knows token and user; {} device{}", devices->size(),
                     devices->size() == 1 ? "" : "s");
}

}  // namespace gridexit::adapters
