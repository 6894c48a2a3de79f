#include "gridexit/adapters/notify/channels.hpp"

#include <chrono>
#include <utility>

#include "outcome.hpp"

namespace gridexit::adapters {
namespace {

const Secret& address_for(ports::Health health, const NotificationSettings& settings) {
  return health == ports::Health::well ? settings.heartbeat_url : settings.heartbeat_failure_url;
}

}  // namespace

Result<void> LogNotifier::deliver(const Message& message) {
  std::string line = message.title;
  if (!line.empty() && !message.text.empty()) line += ": ";
  line += message.text;
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  const bool asks_to_act =
      message.priority > 0 || message.state.value_or(ExitState::normal) >= ExitState::warning;
  sink_(asks_to_act ? Weight::warning : Weight::news, line);
  return {};
}

HttpHeartbeat::HttpHeartbeat(NotificationSettings settings, std::shared_ptr<http::Client> client)
    : settings_(std::move(settings)), client_(std::move(client)) {}

Result<void> HttpHeartbeat::beat(ports::Health health, std::string_view head) {
  const Secret& url = address_for(health, settings_);
  if (url.empty()) return {};
  http::Request request;
  request.url = url.reveal();
  request.timeout = std::chrono::seconds{settings_.timeout_seconds};
  std::string agent = "gridexit";
  if (!head.empty()) agent.append(" (head ").append(head).append(")");
  request.headers = {{"User-Agent", std::move(agent)}};
  return delivery_outcome("heartbeat", client_->send(request));
}

Result<std::string> HttpHeartbeat::look() {
  for (const Secret* url : {&settings_.heartbeat_url, &settings_.heartbeat_failure_url}) {
    if (url->empty()) continue;
    GX_CHECK(reachable("heartbeat", url->reveal(), settings_.timeout_seconds, *client_));
  }
  return std::string("can be reached");
}

std::vector<std::unique_ptr<ports::Notifier>> make_notifiers(
    const NotificationSettings& settings, const std::shared_ptr<http::Client>& client,
    LogSink sink) {
  std::vector<std::unique_ptr<ports::Notifier>> channels;
  channels.push_back(std::make_unique<LogNotifier>(std::move(sink)));
  if (!settings.pushover_token.empty() && !settings.pushover_user.empty()) {
    channels.push_back(std::make_unique<PushoverNotifier>(settings, client));
  }
  if (!settings.webhook_url.empty()) {
    channels.push_back(std::make_unique<WebhookNotifier>(settings, client));
  }
  return channels;
}

std::unique_ptr<ports::Heartbeat> make_heartbeat(const NotificationSettings& settings,
                                                 std::shared_ptr<http::Client> client) {
  if (settings.heartbeat_url.empty() && settings.heartbeat_failure_url.empty()) return nullptr;
  return std::make_unique<HttpHeartbeat>(settings, std::move(client));
}

}  // namespace gridexit::adapters
