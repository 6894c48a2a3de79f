#include "outbox.hpp"

#include <algorithm>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::pipeline {
namespace {

constexpr std::string_view kLedgerFile = "ledger.yaml";
constexpr Hours kMemory{48};
constexpr Hours kUrgentMemory{24};

// By the id, because the ledger keeps ids only (exit_message_id).
bool is_urgent(std::string_view message_id) {
  return message_id.starts_with("exit/") &&
         (message_id.ends_with(to_text(ExitState::latest_acceptable_exit)) ||
          message_id.ends_with(to_text(ExitState::mandatory_exit)));
}

}  // namespace

Outbox::Outbox(ports::LocalState& state, ports::Log& log) : state_(state), log_(log) {
  auto text = state_.load(kLedgerFile);
  if (!text || !text->has_value()) return;
  if (auto read = codec::read<Ledger>(**text, kLedgerFile)) {
    ledger_ = std::move(read->document);
  } else {
    log_.event(
        {ports::LogLevel::warning, "ledger.unreadable", {{"message", read.error().message}}});
  }
}

bool Outbox::settled(const std::string& message_id) const {
  return std::all_of(channels_.begin(), channels_.end(), [&](ports::Notifier* channel) {
    return std::any_of(
        ledger_.deliveries.begin(), ledger_.deliveries.end(), [&](const Delivery& delivery) {
          return delivery.message_id == message_id && delivery.channel == channel->name();
        });
  });
}

void Outbox::settle(const std::string& message_id, const std::string& channel,
                    DeliveryStatus status, UtcTime at) {
  ledger_.deliveries.push_back({message_id, channel, status, at});
}

bool Outbox::deliver(const Message& message, UtcTime at) {
  bool all_settled = true;
  for (ports::Notifier* channel : channels_) {
    const bool done = std::any_of(
        ledger_.deliveries.begin(), ledger_.deliveries.end(), [&](const Delivery& delivery) {
          return delivery.message_id == message.id && delivery.channel == channel->name();
        });
    if (done) continue;
    const Result<void> outcome = channel->deliver(message);
    if (!outcome && is_urgent(message.id)) urgent_waiting_ = true;
    if (outcome) {
      settle(message.id, channel->name(), DeliveryStatus::delivered, at);
    } else if (outcome.error().code == ErrorCode::notify_rejected) {
      settle(message.id, channel->name(), DeliveryStatus::rejected, at);
      rejections_.push_back(channel->name() + " rejected " + message.id + ": " +
                            outcome.error().message);
      ++undelivered_;
    } else {
      all_settled = false;
      ++undelivered_;
    }
    log_.event({outcome ? ports::LogLevel::info : ports::LogLevel::warning,
                outcome ? "message.delivered" : "message.failed",
                {{"channel", channel->name()},
                 {"message_id", message.id},
                 {"error", outcome ? "" : outcome.error().message}}});
    // A kill right after a delivery must not repeat more than this one message.
    if (const auto saved = save(at); !saved) {
      log_.event(
          {ports::LogLevel::warning, "ledger.not_saved", {{"message", saved.error().message}}});
    }
  }
  return all_settled;
}

bool Outbox::urgent_waiting(UtcTime at) const {
  return urgent_waiting_ || std::any_of(ledger_.deliveries.begin(), ledger_.deliveries.end(),
                                        [&](const Delivery& known) {
                                          return known.status == DeliveryStatus::rejected &&
                                                 at - known.at <= kUrgentMemory &&
                                                 is_urgent(known.message_id);
                                        });
}

void Outbox::supersede(const std::vector<std::string>& message_ids, UtcTime at) {
  for (const std::string& id : message_ids) {
    for (ports::Notifier* channel : channels_)
      settle(id, channel->name(), DeliveryStatus::superseded, at);
  }
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
    const bool repeat_due =
        !streak->alerted_at || at - *streak->alerted_at >= Hours{problem.repeat_hours};
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
    if (!deliver(alert, at)) continue;
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
