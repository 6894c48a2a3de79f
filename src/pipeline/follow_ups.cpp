#include "follow_ups.hpp"

#include <algorithm>

#include "gridexit/backtest/track.hpp"

namespace gridexit::pipeline {
namespace {

constexpr Hours kHour{1};

const Grid* grid_of(const DecisionRecord& decision, const std::vector<Grid>& grids) {
  const auto found = std::find_if(grids.begin(), grids.end(), [&](const Grid& grid) {
    return decision.grid_id == grid.grid_id;
  });
  return found == grids.end() ? nullptr : &*found;
}

/// The bar before the running grid's start, or what the shape of a new one is made of.
UtcTime first_bar(const DecisionRecord& decision, const Grid* grid, const SetupRules& rules) {
  const UtcTime at = decision.created_at;
  const auto start = grid != nullptr ? grid->started_at(at) : std::nullopt;
  return start ? floor_hour(*start) - kHour : at - Hours{rules.sigma_bars + 2};
}

std::optional<UtcTime> next_decision(const DecisionRecord& decision,
                                     const std::vector<DecisionRecord>& decisions) {
  for (const DecisionRecord& other : decisions) {
    if (other.created_at > decision.created_at) return other.created_at;
  }
  return std::nullopt;
}

int bars_in(CandleView bars, UtcTime from, UtcTime to) {
  return static_cast<int>(std::count_if(bars.time.begin(), bars.time.end(),
                                        [&](UtcTime time) { return time >= from && time < to; }));
}

}  // namespace

Result<std::optional<EvaluationRecord>> make_follow_up(const DecisionRecord& decision,
                                                       kpi::Horizon horizon,
                                                       const FollowUpSources& sources, UtcTime at) {
  const Hours hours = kpi::length(horizon);
  const UtcTime end = decision.created_at + hours;
  const Grid* grid = grid_of(decision, sources.grids);
  GX_TRY(const CandleSeries delivered,
         sources.bars_1h(first_bar(decision, grid, sources.rules), end));
  const bool complete = !delivered.empty() && delivered.view().time.back() + kHour >= end;
  if (!complete && at < end + kFollowUpPatience) return std::optional<EvaluationRecord>{};
  const CandleSeries bars = backtest::fill_all_gaps(delivered.view());
  kpi::FollowUpInputs inputs{decision, horizon, bars.view(), 0, grid, {}, {}, sources.rules};
  inputs.missing_hours =
      static_cast<int>(hours.count()) - bars_in(delivered.view(), decision.created_at, end);
  inputs.replaced_at = next_decision(decision, sources.decisions);
  if (decision.recommendation.action == Action::wait) {
    GX_TRY(const auto record, sources.record(decision.lineage.metrics_file));
    if (record) inputs.atr_4h = record->h4.atr;
  }
  return std::optional{kpi::follow_up(inputs, at)};
}

Result<std::vector<DecisionRecord>> followed_up(const FollowUpSources& sources, UtcTime at) {
  std::vector<DecisionRecord> changed;
  for (const DecisionRecord& decision : sources.decisions) {
    DecisionRecord followed = decision;
    for (const kpi::Horizon horizon : kpi::due_horizons(decision, at)) {
      GX_TRY(auto record, make_follow_up(decision, horizon, sources, at));
      if (record) followed.evaluation_records.push_back(*std::move(record));
    }
    if (followed.evaluation_records.size() > decision.evaluation_records.size())
      changed.push_back(std::move(followed));
  }
  return changed;
}

}  // namespace gridexit::pipeline
