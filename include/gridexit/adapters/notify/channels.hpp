#pragma once
// The channels that take messages to the operator: a line in the log, a webhook, Pushover; and the
// heartbeat, whose silence is an alert. Each delivers once and says whether it may be repeated: not
// now (5xx, timeout, no connection) or never (4xx). Each can be looked at without sending anything
// that a person would see. No token, key or address ever appears in an error.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/adapters/http/client.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/ports/connections.hpp"
#include "gridexit/ports/notifier.hpp"

namespace gridexit::adapters {

/// Whether a line of the log asks somebody to act.
enum class Weight { news, warning };
using LogSink = std::function<void(Weight weight, std::string_view line)>;

/// "log": one line for each message. Never fails.
class LogNotifier final : public ports::Notifier {
 public:
  explicit LogNotifier(LogSink sink) : sink_(std::move(sink)) {}

  std::string name() const override { return "log"; }
  Result<void> deliver(const Message& message) override;
  Result<std::string> look() override { return std::string("is always there"); }

 private:
  LogSink sink_;
};

/// "webhook": POST of a JSON object with the fields of SPEC.md section 7, and `event_id`, which
/// stays the same when a delivery is repeated. Looking at it connects and asks nothing, because a
/// receiver may take any request for an event.
class WebhookNotifier final : public ports::Notifier {
 public:
  WebhookNotifier(NotificationSettings settings, std::shared_ptr<http::Client> client);

  std::string name() const override { return "webhook"; }
  Result<void> deliver(const Message& message) override;
  Result<std::string> look() override;

 private:
  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_;
};

/// "pushover": api.pushover.net's message API. Looking at it asks whether token and user are valid.
class PushoverNotifier final : public ports::Notifier {
 public:
  PushoverNotifier(NotificationSettings settings, std::shared_ptr<http::Client> client);

  std::string name() const override { return "pushover"; }
  Result<void> deliver(const Message& message) override;
  Result<std::string> look() override;
  /// That the month's messages run out, as the last answer's headers said.
  std::string notice() const override { return notice_; }

 private:
  http::Outcome post(const std::string& path, std::string body);

  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_;
  std::string notice_;
};

/// The dead man's switch, over HTTP: GET of the address that fits. An address that is not set is
/// not called, and that is success. Errors: notify.unavailable, notify.rejected.
class HttpHeartbeat final : public ports::Heartbeat {
 public:
  HttpHeartbeat(NotificationSettings settings, std::shared_ptr<http::Client> client);

  /// The head travels in the User-Agent, which such services keep and show.
  Result<void> beat(ports::Health health, std::string_view head) override;
  /// Connects to each address and asks nothing: even a HEAD would count as a beat.
  Result<std::string> look() override;

 private:
  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_;
};

/// The channels that are configured, the log always and first.
std::vector<std::unique_ptr<ports::Notifier>> make_notifiers(
    const NotificationSettings& settings, const std::shared_ptr<http::Client>& client,
    LogSink sink);

/// The heartbeat; none when neither of its addresses is set.
std::unique_ptr<ports::Heartbeat> make_heartbeat(const NotificationSettings& settings,
                                                 std::shared_ptr<http::Client> client);

}  // namespace gridexit::adapters
