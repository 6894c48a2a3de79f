#pragma once
// A market's history as every rule set shares it: gap-free 1h bars and the metrics as of each
// bar's close. Nothing in it depends on exit rules, regime rules, gates or grids, so it is made
// once per market. Made from candles here, or from recorded metrics by whoever reads them;
// everything after the track is the same.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::backtest {

/// What one evaluation knew of the market: metrics of 1h, and of the newest closed 4h bar.
struct TrackEntry {
  std::uint32_t h1 = 0;  ///< index into Track::h1
  std::uint32_t h4 = 0;  ///< index into Track::h4; 4h metrics change every fourth hour only
};

struct Track {
  /// A bar at whose close nothing was evaluated.
  static constexpr std::uint32_t kNone = UINT32_MAX;

  std::string symbol;
  CandleSeries bars;                 ///< 1h without gaps
  std::vector<TimeframeMetrics> h1;  ///< not scored
  std::vector<TimeframeMetrics> h4;  ///< not scored
  std::vector<TrackEntry> at;        ///< one per bar: the evaluation at its close

  std::size_t size() const { return bars.size(); }
  bool evaluated(std::size_t bar) const { return at[bar].h1 != kNone; }
  /// Only for bars that were evaluated.
  const TimeframeMetrics& metrics_1h(std::size_t bar) const { return h1[at[bar].h1]; }
  const TimeframeMetrics& metrics_4h(std::size_t bar) const { return h4[at[bar].h4]; }
};

/// The same bars with every gap, however long, filled with flat bars (previous close, volume 0).
CandleSeries fill_all_gaps(CandleView delivered_1h);

/// The track of EVALUATION.md: every gap filled, 4h bars aggregated from the filled 1h bars,
/// metrics at every bar from the last `data.window` bars of each timeframe. `delivered_1h` is
/// ascending, unique and aligned.
Track make_track(std::string symbol, CandleView delivered_1h, const DataRules& rules);

}  // namespace gridexit::backtest
