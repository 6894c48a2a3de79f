#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "gridexit/adapters/notify/channels.hpp"
#include "gridexit/domain/names.hpp"
#include "outcome.hpp"

namespace gridexit::adapters {
namespace {

using Json = nlohmann::ordered_json;

// What is missing is null, never absent.
Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

template <class T>
Json value_or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json state_or_null(const std::optional<ExitState>& state) {
  return state ? Json(std::string(to_text(*state))) : Json(nullptr);
}

std::string body_of(const Message& message) {
  Json body;
  body["event_id"] = message.id;
  body["event"] = message.event;
  body["symbol"] = text_or_null(message.symbol);
  body["grid_id"] = value_or_null(message.grid_id);
  body["timestamp"] = format_utc(message.timestamp);
  body["state"] = state_or_null(message.state);
  body["previous_state"] = state_or_null(message.previous_state);
  body["action"] = value_or_null(message.action);
  body["decision_id"] = value_or_null(message.decision_id);
  body["confidence"] = value_or_null(message.confidence);
  body["price"] = value_or_null(message.price);
  body["break_probability"] = value_or_null(message.break_probability);
  body["reasons"] = message.reasons;
  body["problems"] = message.problems;
  body["head"] = text_or_null(message.head);
  body["text"] = message.text;
  // Bytes that are not UTF-8 (from an exchange's error text, say) must not cost the message.
  return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

WebhookNotifier::WebhookNotifier(NotificationSettings settings,
                                 std::shared_ptr<http::Client> client)
    : settings_(std::move(settings)), client_(std::move(client)) {}

Result<void> WebhookNotifier::deliver(const Message& message) {
  http::Request request;
  request.method = http::Method::post;
  request.url = settings_.webhook_url.reveal();
  request.headers = {{"Content-Type", "application/json"}};
  request.body = body_of(message);
  request.timeout = std::chrono::seconds{settings_.timeout_seconds};
  return delivery_outcome(name(), client_->send(request));
}

Result<std::string> WebhookNotifier::look() {
  GX_CHECK(reachable(name(), settings_.webhook_url.reveal(), settings_.timeout_seconds, *client_));
  return std::string("can be reached");
}

}  // namespace gridexit::adapters
