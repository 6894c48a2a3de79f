#include "gridexit/backtest/track.hpp"

#include <utility>

#include "gridexit/metrics/compute.hpp"

namespace gridexit::backtest {

CandleSeries fill_all_gaps(CandleView delivered_1h) {
  if (delivered_1h.empty()) return {};
  const auto span = delivered_1h.time.back() - delivered_1h.time.front();
  DataRules everything;
  everything.window = static_cast<int>(span / length(Timeframe::h1)) + 1;
  everything.max_fill = everything.window;
  return metrics::make_window(delivered_1h, Timeframe::h1, everything).bars;
}

Track make_track(std::string symbol, CandleView delivered_1h, const DataRules& rules) {
  Track track;
  track.symbol = std::move(symbol);
  track.bars = fill_all_gaps(delivered_1h);
  if (track.bars.empty()) return track;
  const CandleView bars = track.bars.view();
  const UtcTime end = bars.time.back() + length(Timeframe::h1);
  const CandleSeries coarse = aggregate(bars, Timeframe::h4, end);
  const auto window = static_cast<std::size_t>(rules.window);

  track.h1.reserve(bars.size());
  track.at.reserve(bars.size());
  track.h4.reserve(coarse.size() + 1);
  track.h4.push_back(metrics::compute({}, Timeframe::h4));
  for (std::size_t bar = 0; bar < bars.size(); ++bar) {
    const UtcTime now = bars.time[bar] + length(Timeframe::h1);
    const std::size_t closed = track.h4.size() - 1;
    if (closed < coarse.size() && coarse.view().time[closed] + length(Timeframe::h4) <= now) {
      const CandleView so_far = coarse.view().part(0, closed + 1);
      track.h4.push_back(metrics::compute(so_far.last(window), Timeframe::h4));
    }
    track.h1.push_back(metrics::compute(bars.part(0, bar + 1).last(window), Timeframe::h1));
    track.at.push_back(
        {static_cast<std::uint32_t>(bar), static_cast<std::uint32_t>(track.h4.size() - 1)});
  }
  return track;
}

}  // namespace gridexit::backtest
