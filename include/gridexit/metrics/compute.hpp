#pragma once
// The window and the six metrics of one timeframe (STRATEGY.md sections 0 and 1).

#include <string>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::metrics {

/// The bars that everything is computed from: gaps filled with flat bars, cut at a longer gap, the
/// last `data.window` of them.
struct Window {
  CandleSeries bars;
  int filled = 0;    ///< filled bars within the window
  int gaps = 0;      ///< runs of missing bars within the window
  bool cut = false;  ///< a gap longer than data.max_fill cut the history within reach of the window
};

/// Makes the window from delivered bars (ascending, unique, aligned, closed).
Window make_window(CandleView delivered, Timeframe timeframe, const DataRules& rules);

/// All six metrics and ATR(14) of a window; no scores yet. Half-life in hours.
TimeframeMetrics compute(CandleView window, Timeframe timeframe);

/// Wilder's ATR(14) at the window's last bar, as section 0 defines it; none with fewer than 100
/// bars, invalid input, or 0. What `compute` puts into its result.
std::optional<double> atr(CandleView window);

/// SHA-256 over lines "1h,open_time,o,h,l,c\n" of the delivered bars (SPEC.md section 5).
std::string dataset_hash(CandleView delivered_1h);

}  // namespace gridexit::metrics
