#pragma once
// A repository's history as a backtest reads it: at one commit, straight from git objects, each
// document once. Nothing is kept but the track, the candles behind it, the changes of state, the
// grids and what the operator did.

#include <string>
#include <string_view>
#include <vector>

#include "gridexit/backtest/track.hpp"
#include "gridexit/base/result.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/ports/history.hpp"

namespace gridexit::pipeline {

struct RecordedMarket {
  backtest::Track track;
  CandleSeries delivered;  ///< the recorded 1h candles, gaps and all
  UtcTime first_record{};
  std::vector<Grid> grids;                ///< by id
  std::vector<Transition> transitions;    ///< oldest first
  std::vector<Notified> notified;         ///< likewise
  std::vector<DecisionRecord> decisions;  ///< those that the operator answered, oldest first
  bool simulated = false;
};

/// Where the metrics come from: the records, or the recorded candles as of each hour.
enum class MetricsFrom { records, candles };

/// The markets of these symbols (none named: all that have records), in the order of their names.
/// Recomputed ones begin with the first record. Several are read at once, each by a handle of its
/// own; the same for any number of threads. Errors: not_found (no records), document_invalid,
/// store_unusable.
Result<std::vector<RecordedMarket>> recorded_markets(ports::History& history,
                                                     std::string_view commit,
                                                     const std::vector<std::string>& symbols,
                                                     MetricsFrom from, const DataRules& rules,
                                                     unsigned threads);

}  // namespace gridexit::pipeline
