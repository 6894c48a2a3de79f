#include "gridexit/audit/operation.hpp"

#include <algorithm>

namespace gridexit::audit {
namespace {

bool was_executed(const DecisionRecord& decision) {
  return std::any_of(
      decision.action_records.begin(), decision.action_records.end(),
      [](const ActionRecord& record) { return record.action == OperatorAction::executed; });
}

// Whether any grid of the decision's symbol was started (stopped) since the decision was made. Its
// id need not be named: an operator may start by hand what was proposed.
bool has_event_since(const std::vector<Grid>& grids, const DecisionRecord& decision, bool enabled) {
  return std::any_of(grids.begin(), grids.end(), [&](const Grid& grid) {
    return grid.symbol == decision.symbol &&
           std::any_of(grid.history.begin(), grid.history.end(), [&](const GridEvent& event) {
             return event.enabled == enabled && event.time >= decision.created_at;
           });
  });
}

}  // namespace

std::string_view to_text(Level level) {
  switch (level) {
    case Level::ok: return "ok";
    case Level::warning: return "warning";
    case Level::critical: return "critical";
  }
  return "";
}

Level freshness(UtcTime newest, UtcTime now, Duty duty) {
  const bool guarding = duty == Duty::guarding_a_grid;
  const Hours fresh{guarding ? 2 : 24};
  const Hours late{guarding ? 6 : 48};
  // T is the hour's beginning, and its evaluation comes after that: up to an hour is no age at all.
  const auto age = now - newest;
  if (age <= fresh) return Level::ok;
  return age <= late ? Level::warning : Level::critical;
}

std::vector<UtcTime> missing_hours(const std::vector<UtcTime>& recorded) {
  std::vector<UtcTime> missing;
  for (std::size_t i = 1; i < recorded.size(); ++i) {
    for (UtcTime hour = floor_hour(recorded[i - 1]) + Hours{1}; hour < floor_hour(recorded[i]);
         hour += Hours{1}) {
      missing.push_back(hour);
    }
  }
  return missing;
}

std::vector<std::string> executed_without_effect(const std::vector<DecisionRecord>& decisions,
                                                 const std::vector<Grid>& grids) {
  std::vector<std::string> ids;
  for (const DecisionRecord& decision : decisions) {
    const Action action = decision.recommendation.action;
    const bool starts = action == Action::create_grid || action == Action::create_probationary_grid;
    const bool stops = action == Action::stop_grid;
    if ((!starts && !stops) || !was_executed(decision)) continue;
    if (!has_event_since(grids, decision, starts)) ids.push_back(decision.decision_id);
  }
  return ids;
}

}  // namespace gridexit::audit
