#include "outbox.hpp"

#include <algorithm>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::pipeline {
namespace {

constexpr std::string_view kLedgerFile = "ledger.yaml";
constexpr Hours kMemory{48};
constexpr Hours kUrgentMemory{24};
constexpr int kAttempts = 3;
constexpr double kPauseSeconds = 5;  // Pushover's rule: not sooner

// By the id, because the ledger keeps ids only (exit_message_id).
bool is_urgent(std::string_view message_id) {
  return message_id.starts_with("exit/") &&
         (message_id.ends_with(to_text(ExitState::latest_acceptable_exit)) ||
          message_id.ends_with(to_text(ExitState::mandatory_exit)));
}

}  // namespace

Outbox::Outbox(ports::LocalState& state, ports::Clock& clock, ports::Log& log)
    : state_(state), clock_(clock), log_(log) {
  const auto unreadable = [this](const Error& error) {
    log_.event({ports::LogLevel::warning, "ledger.unreadable", {{"message", error.text()}}});
  };
  auto text = state_.load(kLedgerFile);
  if (!text) unreadable(text.error());
  if (!text || !text->has_value()) return;
  if (auto read = codec::read<Ledger>(**text, kLedgerFile)) {
    ledger_ = std::move(read->document);
  } else {
    unreadable(read.error());
  }
}

bool Outbox::settled_on(const std::string& message_id, const std::string& channel) const {
  return std::any_of(ledger_.deliveries.begin(), ledger_.deliveries.end(),
                     [&](const Delivery& delivery) {
                       return delivery.message_id == message_id && delivery.channel == channel;
                     });
}

bool Outbox::settled(const std::string& message_id) const {
  return std::all_of(channels_.begin(), channels_.end(), [&](ports::Notifier* channel) {
    return settled_on(message_id, channel->name());
  });
}

void Outbox::settle(const std::string& message_id, const std::string& channel,
                    DeliveryStatus status, UtcTime at) {
  ledger_.deliveries.push_back({message_id, channel, status, at});
}

bool Outbox::deliver(const Message& message, UtcTime at, const std::vector<std::string>& older) {
  const std::vector<ports::Notifier*> waiting = attempt_patiently(message, at);
  if (!waiting.empty()) {
    patient_ = false;
    waiting_.insert(message.id);
  }
  for (ports::Notifier* channel : channels_) {
    if (std::find(waiting.begin(), waiting.end(), channel) != waiting.end()) continue;
    for (const std::string& id : older) {
      if (!settled_on(id, channel->name()))
        settle(id, channel->name(), DeliveryStatus::superseded, at);
    }
  }
  // A kill right after a delivery must not repeat more than this one message.
  if (const auto saved = save(at); !saved) {
    log_.event(
        {ports::LogLevel::warning, "ledger.not_saved", {{"message", saved.error().message}}});
  }
  return waiting.empty();
}

// The channels that have not settled it in the end. All of them are asked before one is waited for:
// a channel that is down must not hold up the others.
std::vector<ports::Notifier*> Outbox::attempt_patiently(const Message& message, UtcTime at) {
  std::vector<ports::Notifier*> open;
  for (ports::Notifier* channel : channels_) {
    if (!settled_on(message.id, channel->name())) open.push_back(channel);
  }
  std::vector<ports::Notifier*> due = open;
  for (int attempts = patient_ ? kAttempts : 1; !due.empty(); clock_.wait(kPauseSeconds)) {
    std::vector<ports::Notifier*> again;
    for (ports::Notifier* channel : due) {
      const Fate fate = attempt_on(*channel, message, at);
      if (fate == Fate::settled) std::erase(open, channel);
      if (fate == Fate::may_be_repeated) again.push_back(channel);
    }
    due = std::move(again);
    if (due.empty() || --attempts == 0) break;
  }
  return open;
}

Outbox::Fate Outbox::attempt_on(ports::Notifier& channel, const Message& message, UtcTime at) {
  const Result<void> outcome = channel.deliver(message);
  log_.event({outcome ? ports::LogLevel::info : ports::LogLevel::warning,
              outcome ? "message.delivered" : "message.failed",
              {{"channel", channel.name()},
               {"message_id", message.id},
               {"error", outcome ? "" : outcome.error().message}}});
  if (outcome) {
    settle(message.id, channel.name(), DeliveryStatus::delivered, at);
    return Fate::settled;
  }
  if (outcome.error().code == ErrorCode::notify_rejected) {
    settle(message.id, channel.name(), DeliveryStatus::rejected, at);
    rejections_.push_back({channel.name(), channel.name() + " rejected " + message.id + ": " +
                                               outcome.error().message});
    return Fate::settled;
  }
  return is_retryable(outcome.error().code) ? Fate::may_be_repeated : Fate::later;
}

std::vector<std::string> Outbox::notices() const {
  std::vector<std::string> notices;
  for (const ports::Notifier* channel : channels_) {
    if (std::string notice = channel->notice(); !notice.empty())
      notices.push_back(std::move(notice));
  }
  return notices;
}

bool Outbox::urgent_waiting(UtcTime at) const {
  return std::any_of(waiting_.begin(), waiting_.end(), is_urgent) ||
         std::any_of(ledger_.deliveries.begin(), ledger_.deliveries.end(),
                     [&](const Delivery& known) {
                       return known.status == DeliveryStatus::rejected &&
                              std::chrono::abs(at - known.at) <= kUrgentMemory &&
                              is_urgent(known.message_id);
                     });
}

std::vector<Problem> Outbox::due_alerts(const std::vector<Problem>& problems, UtcTime at) {
  std::vector<Problem> due;
  for (const Problem& problem : problems) {
    auto streak =
        std::find_if(ledger_.failures.begin(), ledger_.failures.end(),
                     [&](const FailureStreak& known) { return known.key == problem.key; });
    if (streak == ledger_.failures.end()) {
      streak = ledger_.failures.insert(streak, FailureStreak{problem.key, at, at, 0, {}});
    }
    if (streak->count == 0 || streak->last != at) ++streak->count;
    streak->last = at;
    // An alert "in the future" comes from a clock that has been set right since: it silences
    // nothing.
    const bool repeat_due = !streak->alerted_at || std::chrono::abs(at - *streak->alerted_at) >=
                                                       Hours{problem.repeat_hours};
    if (streak->count < problem.alert_after || !repeat_due) continue;
    streak->alerted_at = at;
    due.push_back(problem);
  }
  return due;
}

void Outbox::end_streaks(const std::vector<Problem>& problems) {
  std::erase_if(ledger_.failures, [&](const FailureStreak& streak) {
    return std::none_of(problems.begin(), problems.end(),
                        [&](const Problem& problem) { return problem.key == streak.key; });
  });
}

void Outbox::enqueue_alert(const Message& alert) {
  const bool known = std::any_of(ledger_.pending_alerts.begin(), ledger_.pending_alerts.end(),
                                 [&](const Message& waiting) { return waiting.id == alert.id; });
  if (!known) ledger_.pending_alerts.push_back(alert);
}

void Outbox::deliver_alerts(UtcTime at) {
  const std::vector<Message> waiting = ledger_.pending_alerts;
  for (const Message& alert : waiting) {
    if (waiting_.contains(alert.id) || !deliver(alert, at)) continue;
    std::erase_if(ledger_.pending_alerts,
                  [&](const Message& pending) { return pending.id == alert.id; });
  }
}

Result<void> Outbox::save(UtcTime at) {
  std::erase_if(ledger_.deliveries,
                [&](const Delivery& delivery) { return at - delivery.at > kMemory; });
  std::erase_if(ledger_.pending_alerts,
                [&](const Message& alert) { return at - alert.timestamp > kMemory; });
  return state_.save(kLedgerFile, codec::write(ledger_));
}

}  // namespace gridexit::pipeline
