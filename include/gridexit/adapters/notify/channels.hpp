#pragma once
// The channels that take messages to the operator: a line in the log, a webhook, Pushover; and the
// heartbeat, whose silence is an alert. Each delivers once and says whether it may be repeated: not
// now (5xx, timeout, no connection) or never (4xx). No token, key or address ever appears in an
// error.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/adapters/http/client.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/connections.hpp"
#include "gridexit/ports/notifier.hpp"

namespace gridexit::adapters {

/// "log": one line for each message. Never fails.
class LogNotifier final : public ports::Notifier {
 public:
  explicit LogNotifier(std::function<void(std::string_view line)> sink) : sink_(std::move(sink)) {}

  std::string name() const override { return "log"; }
  Result<void> deliver(const Message& message) override;

 private:
  std::function<void(std::string_view)> sink_;
};

/// "webhook": POST of a JSON object with the fields of SPEC.md section 7.
class WebhookNotifier final : public ports::Notifier {
 public:
  WebhookNotifier(NotificationSettings settings, std::shared_ptr<http::Client> client);

  std::string name() const override { return "webhook"; }
  Result<void> deliver(const Message& message) override;

 private:
  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_;
};

/// "pushover": api.pushover.net's message API.
class PushoverNotifier final : public ports::Notifier {
 public:
  PushoverNotifier(NotificationSettings settings, std::shared_ptr<http::Client> client);

  std::string name() const override { return "pushover"; }
  Result<void> deliver(const Message& message) override;

 private:
  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_;
};

/// Another notifier, asked up to three times with 5 s between: one bad moment must not cost an
/// emergency an hour.
class PatientNotifier final : public ports::Notifier {
 public:
  /// `clock` must outlive it.
  PatientNotifier(std::unique_ptr<ports::Notifier> channel, ports::Clock& clock);

  std::string name() const override { return channel_->name(); }
  Result<void> deliver(const Message& message) override;

 private:
  std::unique_ptr<ports::Notifier> channel_;
  ports::Clock& clock_;
};

/// The dead man's switch, over HTTP: GET of the address that fits. An address that is not set is
/// not called, and that is success. Errors: notify.unavailable, notify.rejected.
class HttpHeartbeat final : public ports::Heartbeat {
 public:
  HttpHeartbeat(NotificationSettings settings, std::shared_ptr<http::Client> client);

  /// The head travels in the User-Agent, which such services keep and show.
  Result<void> beat(ports::Health health, std::string_view head) override;

 private:
  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_;
};

/// The channels that are configured, the log always and first; those over the network are patient.
std::vector<std::unique_ptr<ports::Notifier>> make_notifiers(
    const NotificationSettings& settings, std::shared_ptr<http::Client> client, ports::Clock& clock,
    std::function<void(std::string_view line)> sink);

/// The heartbeat; none when neither of its addresses is set.
std::unique_ptr<ports::Heartbeat> make_heartbeat(const NotificationSettings& settings,
                                                 std::shared_ptr<http::Client> client);

}  // namespace gridexit::adapters
