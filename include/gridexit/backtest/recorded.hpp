#pragma once
// Tracks of the product's own history: from its recorded metrics, or recomputed from its recorded
// candles as of each hour. Both give the same track where every hour was recorded; unlike the track
// of EVALUATION.md they follow STRATEGY.md section 0 to the letter (gaps filled up to
// `data.max_fill`, 4h bars aggregated before any filling, no evaluation on stale data).

#include <string>
#include <utility>

#include "gridexit/backtest/track.hpp"
#include "gridexit/base/time.hpp"

namespace gridexit::backtest {

/// Takes evaluations one by one, so that no document has to be kept.
class TrackRecorder {
 public:
  /// `delivered_1h`: ascending, unique and aligned; what grids are simulated on, gaps filled flat.
  TrackRecorder(std::string symbol, CandleView delivered_1h);

  /// The metrics of the evaluation at `at`. Left out when no bar ends then, and when an evaluation
  /// is there already.
  void add(UtcTime at, const TimeframeMetrics& h1, const TimeframeMetrics& h4);

  Track finish() && { return std::move(track_); }

 private:
  Track track_;
};

/// The same evaluations computed anew: one at every full hour from `from` to the end of the last
/// bar, each from the bars closed by then. Hours at which the newest bar is older than
/// `data.max_stale_minutes` have none.
Track recompute_track(std::string symbol, CandleView delivered_1h, UtcTime from,
                      const DataRules& rules);

}  // namespace gridexit::backtest
