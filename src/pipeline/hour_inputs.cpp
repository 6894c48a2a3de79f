#include "hour_inputs.hpp"

#include <algorithm>

#include "gridexit/domain/paths.hpp"

namespace gridexit::pipeline {

UtcTime decisions_since(const std::optional<evaluation::Predecessor>& predecessor, UtcTime at,
                        const EvaluationRules& rules) {
  UtcTime since = at - kRecent;
  if (!predecessor) return since;
  const MetricsRecord& before = predecessor->record;
  if (const auto& standing = before.recommendation.decision_id) {
    if (const auto made = paths::time_of_decision(*standing)) since = std::min(since, *made);
  }
  if (before.exit_state) {
    // Between two evaluations of one state lie at most so many hours.
    const Hours longest{rules.max_gap_hours * (before.exit_state->evaluations_in_state + 1)};
    since = std::min(since, before.timestamp - longest);
  }
  return since;
}

void place_grids(evaluation::HourInputs& in, const GridSituation& situation) {
  in.grid = situation.running;
  in.last_stop = situation.last_stop;
  in.another_grid_runs = situation.another_grid_runs;
  in.held_by_running_grids = situation.held_by_running_grids;
}

std::vector<Notified> notified_in(const std::vector<ExitStateDay>& days) {
  std::vector<Notified> entries;
  for (const ExitStateDay& day : days)
    entries.insert(entries.end(), day.notified.begin(), day.notified.end());
  return entries;
}

}  // namespace gridexit::pipeline
