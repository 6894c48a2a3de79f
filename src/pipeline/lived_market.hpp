#pragma once
// What a repository holds of one market's grids: candles, changes of state, messages and decisions,
// loaded once and cut at the end of any day.

#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/kpi/compute.hpp"
#include "gridexit/kpi/recorded_run.hpp"
#include "gridexit/kpi/targets.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

class LivedMarket {
 public:
  /// Errors: document_invalid, store_unusable.
  static Result<LivedMarket> load(ports::Store& store, const std::string& symbol, UtcTime from,
                                  UtcTime to);

  const std::string& symbol() const { return symbol_; }
  const std::string& source() const { return source_; }
  /// End of the newest candle; the epoch without any.
  UtcTime candles_end() const;

  /// Whether a grid of this market ran in the day, or so shortly before that its outcome is open.
  bool concerned(const std::vector<Grid>& grids, UtcTime day) const;
  /// The runs as they were known at `end`.
  std::vector<kpi::RecordedRun> runs(const std::vector<Grid>& grids, UtcTime end) const;
  /// What the day brought; `runs` as known at its end.
  Result<KpiMarketDay> counts(ports::Store& store, const std::vector<kpi::RecordedRun>& runs,
                              UtcTime day) const;

 private:
  std::string symbol_;
  std::string source_;
  CandleSeries bars_;  ///< gaps filled flat
  std::vector<Transition> transitions_;
  std::vector<Notified> notified_;
  std::vector<DecisionRecord> decisions_;
};

}  // namespace gridexit::pipeline
