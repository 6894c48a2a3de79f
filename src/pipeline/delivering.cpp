#include <fmt/format.h>

#include <algorithm>

#include "cycle.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {
namespace {

constexpr Hours kDeliveryWindow{24};

bool is_setup(Action action) {
  return action == Action::create_grid || action == Action::create_probationary_grid;
}

// Everything that the records of the last 24 h say was to be notified, oldest first.
std::vector<Notified> notified_within(const SymbolHour& hour, UtcTime from, UtcTime to) {
  std::vector<Notified> entries;
  for (const ExitStateDay& day : hour.exit_days) {
    for (const Notified& entry : day.notified) {
      if (entry.timestamp > from && entry.timestamp <= to) entries.push_back(entry);
    }
  }
  if (hour.outcome && hour.outcome->notified) entries.push_back(*hour.outcome->notified);
  return entries;
}

std::vector<DecisionRecord> decisions_of(const SymbolHour& hour) {
  std::vector<DecisionRecord> decisions = hour.decisions;
  if (hour.outcome && hour.outcome->decision) decisions.push_back(*hour.outcome->decision);
  return decisions;
}

}  // namespace

MessageContext Cycle::context(const std::string& symbol, UtcTime at) const {
  MessageContext context;
  context.head = head_;
  context.simulated = exchange() != nullptr && exchange()->info().simulated;
  if (configuration_) {
    context.overstay = configuration_->configuration.rules.exit_rules.mandatory.overstay;
    const std::string& base_url = configuration_->configuration.environment.dashboard.base_url;
    if (const auto newest = newest_pages_.find(symbol); newest != newest_pages_.end()) {
      const std::string path = paths::page(symbol, std::min(at, newest->second));
      context.page = base_url.empty() ? path : base_url + "/" + path;
    }
  }
  for (const Problem& known : problems_) {
    if (known.symbol.empty() || known.symbol == symbol) context.problems.push_back(known.text);
  }
  return context;
}

std::optional<MetricsRecord> Cycle::record_at(const SymbolHour& hour, UtcTime at) const {
  if (hour.outcome && hour.outcome->record.timestamp == at) return hour.outcome->record;
  if (hour.found && hour.found->timestamp == at) return hour.found;
  for (const MetricsRecord& record : hour.history) {
    if (record.timestamp == at) return record;
  }
  return std::nullopt;
}

void Cycle::deliver(std::vector<SymbolHour>& hours) {
  steps_.begin("messages");
  note_half_a_channel();
  note_unwatched_grids(hours);
  for (const SymbolHour& hour : hours) {
    deliver_exit_messages(hour);
    deliver_setup_messages(hour);
  }
  note_rejections();
  for (const std::string& notice : outbox_.notices()) note({"message.quota", "", notice});
  deliver_due_alerts();
}

void Cycle::note_half_a_channel() {
  if (!configuration_) return;
  const NotificationSettings& settings = configuration_->configuration.environment.notifications;
  if (!settings.has_half_of_pushover()) return;
  note({"channel.incomplete", "",
        settings.pushover_user.empty()
            ? "PUSHOVER_TOKEN is set but not PUSHOVER_USER: nothing goes to Pushover (set both, or "
              "neither)"
            : "PUSHOVER_USER is set but not PUSHOVER_TOKEN: nothing goes to Pushover (set both, or "
              "neither)",
        1, 24, 1});
}

// A symbol that was taken out of the configuration takes its grid with it, and nobody would look.
void Cycle::note_unwatched_grids(const std::vector<SymbolHour>& hours) {
  if (!configuration_ || ports_.store == nullptr) return;
  Oddities odd;
  const auto grids = all_grids(*ports_.store, &odd);
  if (!grids) {
    blind_ = true;  // named by each symbol's history already
    return;
  }
  for (const auto& [path, error] : odd.unreadable) {
    if (grids_by_copy_.contains(path)) continue;
    blind_ = true;
    note({"grid.unreadable." + path, "",
          path +
              " can't be read: if its grid is running, it is NOT evaluated; look at the price "
              "yourself (mend the file: " +
              error.message + ")",
          1, 4, 1});
  }
  for (const Grid& grid : *grids) {
    const bool watched = std::any_of(hours.begin(), hours.end(), [&grid](const SymbolHour& hour) {
      return hour.symbol.text() == grid.symbol;
    });
    if (watched || !grid.started_at(at_)) continue;
    blind_ = true;
    note({"grid.unwatched." + grid.symbol, grid.symbol,
          fmt::format("grid {} is running but {} is not among the enabled symbols: it is NOT "
                      "evaluated (enable it in config/environment.yaml, or record its stop with "
                      "gridexit grid stop --id {})",
                      grid.grid_id, grid.symbol, grid.grid_id),
          1, 24, 1});
  }
}

// Once a channel: the alert about it may be refused there, too.
void Cycle::note_rejections() {
  for (const auto& [channel, text] : outbox_.take_rejections()) {
    const std::string key = "message.rejected." + channel;
    const bool known = std::any_of(problems_.begin(), problems_.end(),
                                   [&key](const Problem& problem) { return problem.key == key; });
    if (!known) note({key, "", "a message was refused for good: " + text, 1, 24, 1});
  }
}

// What a channel refuses of the alerts themselves is told by the others.
void Cycle::deliver_due_alerts() {
  if (!alerting_) return;
  for (std::size_t told = problems_.size() + 1; told != problems_.size(); note_rejections()) {
    told = problems_.size();
    for (const Problem& due : outbox_.due_alerts(problems_, at_)) {
      MessageContext about = context(due.symbol, at_);
      outbox_.enqueue_alert(alert_message(due.key, due.symbol, at_, due.text, due.priority, about));
    }
    outbox_.deliver_alerts(at_);
  }
}

// Per grid only the newest message goes out; it stands for the ones that did not get through
// before.
void Cycle::deliver_exit_messages(const SymbolHour& hour) {
  const std::string& symbol = hour.symbol.text();
  std::map<std::string, std::vector<Notified>> waiting;
  for (const Notified& entry : notified_within(hour, at_ - kDeliveryWindow, at_)) {
    if (!outbox_.settled(exit_message_id(symbol, entry))) waiting[entry.grid_id].push_back(entry);
  }
  for (const auto& [grid_id, entries] : waiting) {
    const Notified& newest = entries.back();
    const auto record = record_at(hour, newest.timestamp);
    if (!record || !record->exit_state) continue;
    MessageContext about = context(symbol, newest.timestamp);
    about.delay = std::chrono::duration_cast<Hours>(at_ - newest.timestamp);
    if (!hour.recorded && newest.timestamp == at_) about.head.clear();
    std::vector<std::string> superseded;
    for (auto entry = entries.begin(); entry + 1 != entries.end(); ++entry) {
      superseded.push_back(exit_message_id(symbol, *entry));
      about.superseded.push_back(
          fmt::format("{} at {}", to_text(entry->state), format_hour(entry->timestamp)));
    }
    std::optional<DecisionRecord> decision;
    for (const DecisionRecord& known : decisions_of(hour)) {
      if (known.decision_id == record->recommendation.decision_id) decision = known;
    }
    add_what_happened_since(hour, grid_id, about);
    outbox_.deliver(exit_message(*record, decision, about), at_, superseded);
  }
}

// A message may be late, and the operator quicker.
void Cycle::add_what_happened_since(const SymbolHour& hour, const std::string& grid_id,
                                    MessageContext& context) const {
  const UtcTime now = inputs_.at ? at_ : now_;
  for (const Grid& grid : hour.grids) {
    if (grid.grid_id != grid_id) continue;
    const auto start = grid.started_at(now);
    if (!start) {
      for (const GridEvent& event : grid.history) {
        if (!event.enabled && event.time <= now) context.stopped = event.time;
      }
      continue;
    }
    for (const DecisionRecord& decision : decisions_of(hour)) {
      const bool asks = decision.grid_id == grid_id && decision.created_at >= *start &&
                        decision.recommendation.action == Action::stop_grid;
      for (const ActionRecord& answer : decision.action_records) {
        if (asks && answer.action == OperatorAction::executed && answer.at <= now)
          context.said_executed = answer.at;
      }
    }
  }
}

void Cycle::deliver_setup_messages(const SymbolHour& hour) {
  for (const DecisionRecord& decision : decisions_of(hour)) {
    const bool stands =
        decision.recommendation.valid_until && *decision.recommendation.valid_until > at_;
    if (!is_setup(decision.recommendation.action) || !stands) continue;
    if (outbox_.settled(setup_message_id(decision.decision_id))) continue;
    const auto record = record_at(hour, decision.created_at);
    if (!record) continue;
    outbox_.deliver(
        setup_message(*record, decision, context(hour.symbol.text(), decision.created_at)), at_);
  }
}

// Pinged only when every running grid was evaluated on fresh data and nothing urgent is
// undelivered.
void Cycle::beat(const std::vector<SymbolHour>& hours) {
  steps_.begin("heartbeat");
  if (const auto saved = outbox_.save(at_); !saved)
    log(ports::LogLevel::warning, "ledger.not_saved", saved.error().message);
  if (inputs_.at || !connections_ || !connections_->heartbeat) return;
  const bool evaluated = std::all_of(hours.begin(), hours.end(), [](const SymbolHour& hour) {
    if (!hour.situation.running) return true;
    const MetricsRecord* record = hour.outcome ? &hour.outcome->record
                                  : hour.found ? &*hour.found
                                               : nullptr;
    return record != nullptr && record->data.staleness_minutes == 0;
  });
  const bool healthy = configuration_ && evaluated && !blind_ && !outbox_.urgent_waiting(at_);
  if (const auto beaten = connections_->heartbeat->beat(
          healthy ? ports::Health::well : ports::Health::failing, head_);
      !beaten) {
    steps_.fail("heartbeat");
    log(ports::LogLevel::warning, "heartbeat.failed", beaten.error().message);
  }
}

}  // namespace gridexit::pipeline
