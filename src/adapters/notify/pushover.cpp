#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>

#include "code_points.hpp"
#include "gridexit/adapters/http/url.hpp"
#include "gridexit/adapters/notify/channels.hpp"
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

std::vector<std::pair<std::string, std::string>> fields_of(const Message& message,
                                                           const NotificationSettings& settings) {
  const int priority = std::clamp(message.priority, -2, kEmergency);
  std::vector<std::pair<std::string, std::string>> fields{
      {"token", settings.pushover_token.reveal()},
      {"user", settings.pushover_user.reveal()},
      // An empty message is refused.
      {"message", limited_to(message.text.empty() ? message.title : message.text, kMessageMax)},
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

}  // namespace

PushoverNotifier::PushoverNotifier(NotificationSettings settings,
                                   std::shared_ptr<http::Client> client)
    : settings_(std::move(settings)), client_(std::move(client)) {}

Result<void> PushoverNotifier::deliver(const Message& message) {
  http::Request request;
  request.method = http::Method::post;
  request.url = settings_.pushover_url + "/1/messages.json";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = http::encode_form(fields_of(message, settings_));
  request.timeout = std::chrono::seconds{settings_.timeout_seconds};
  const http::Outcome outcome = client_->send(request);

  Result<void> delivered = delivery_outcome(name(), outcome);
  const auto* response = std::get_if<http::Response>(&outcome);
  if (response == nullptr) return delivered;
  const json answer = json::parse(response->body, nullptr, false);
  if (!delivered) {
    Error error = std::move(delivered).error();
    if (answer.is_object()) error.message += reasons_in(answer, settings_);
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
                 "pushover: refused the message;" + reasons_in(answer, settings_),
                 "check the application token and the user key",
                 {}};
  }
  return {};
}

}  // namespace gridexit::adapters
