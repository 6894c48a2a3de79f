#pragma once
// A grid's recorded life as the runs that the KPIs are counted over: from each start in its history
// to the stop, the stop-loss or the end of the data. States are those that were recorded, money is
// simulated (STRATEGY.md section 9), reactions are the operator's. What the rules would say today
// plays no part here.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/kpi/run.hpp"

namespace gridexit::kpi {

/// What is on record about one symbol. Nothing later than the end of the last bar is looked at, so
/// cutting the bars shows what was known then.
struct RecordedLife {
  CandleView bars_1h;                         ///< without gaps (filled flat), oldest first
  std::span<const Transition> transitions;    ///< oldest first; those of other grids are left out
  std::span<const Notified> notified;         ///< likewise
  std::span<const DecisionRecord> decisions;  ///< likewise; unanswered ones may be missing
};

/// One start of a grid.
struct RecordedRun {
  std::string grid_id;
  UtcTime started{};
  std::optional<UtcTime> stopped;  ///< by the operator; none: running when the data end
  GridVersion definition;          ///< in force at the run's end
  std::size_t start_bar = 0;       ///< index into bars_1h; its close is the start price
  /// Hours from the end of the start bar on. The first one is NORMAL: a state that was recorded
  /// with it already shows in the second. Ends early at the stop-loss. None: not enough data.
  std::optional<GridRun> run;
  std::string why;  ///< why there is no run
};

/// The runs of `grid` that began before the data end, oldest first.
std::vector<RecordedRun> recorded_runs(const Grid& grid, const RecordedLife& life);

}  // namespace gridexit::kpi
