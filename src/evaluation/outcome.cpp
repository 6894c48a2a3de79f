#include "outcome.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/domain/reasons.hpp"

namespace gridexit::evaluation {
namespace {

int reminder_hours(ExitState state, const ReminderRules& rules) {
  switch (state) {
    case ExitState::normal: return 0;
    case ExitState::warning: return rules.warning;
    case ExitState::latest_acceptable_exit: return rules.latest;
    case ExitState::mandatory_exit: return rules.mandatory;
  }
  return 0;
}

}  // namespace

std::optional<Transition> transition(const MetricsRecord& record) {
  if (!record.exit_state || record.exit_state->state == record.exit_state->previous)
    return std::nullopt;
  const ExitEvaluation& exit = *record.exit_state;
  Transition change;
  change.timestamp = record.timestamp;
  change.grid_id = exit.grid_id;
  change.from_state = exit.previous;
  change.to_state = exit.state;
  if (exit.state > exit.previous) {
    change.reasons = met_reasons(exit);
  } else {
    change.reasons = {
        fmt::format("calm: consecutive evaluations with a tier below {}", to_text(exit.previous))};
  }
  change.adx = record.h1.adx.value;
  change.efficiency_ratio = record.h1.efficiency_ratio.value;
  return change;
}

std::optional<Notified> notification(const MetricsRecord& record,
                                     const std::vector<Notified>& recent,
                                     const ReminderRules& rules) {
  if (!record.exit_state) return std::nullopt;
  const ExitEvaluation& exit = *record.exit_state;
  const Notified due{record.timestamp, exit.grid_id, exit.state};
  if (exit.state > exit.previous) return due;
  if (exit.state == ExitState::normal) {
    return exit.previous == ExitState::normal ? std::nullopt : std::optional{due};
  }
  const auto last = std::find_if(recent.rbegin(), recent.rend(), [&](const Notified& entry) {
    return entry.grid_id == exit.grid_id;
  });
  if (last == recent.rend()) return due;
  const bool gap_over =
      record.timestamp - last->timestamp >= Hours{reminder_hours(exit.state, rules)};
  return gap_over ? std::optional{due} : std::nullopt;
}

DecisionRecord decision_record(const MetricsRecord& record, const Recommendation& recommendation) {
  DecisionRecord decision;
  decision.decision_id = paths::decision_id(record.symbol, record.timestamp);
  decision.symbol = record.symbol;
  if (record.exit_state) decision.grid_id = record.exit_state->grid_id;
  decision.created_at = record.timestamp;
  decision.recommendation = recommendation;
  decision.lineage = {paths::metrics(record.symbol, record.timestamp),
                      record.data.dataset_hash.value_or(""), record.config.version,
                      fmt::format("{} {}", record.engine.version, record.engine.commit)};
  return decision;
}

}  // namespace gridexit::evaluation
