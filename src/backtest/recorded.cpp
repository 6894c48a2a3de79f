#include "gridexit/backtest/recorded.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gridexit/metrics/compute.hpp"

namespace gridexit::backtest {
namespace {

/// The bars [from, to) by open time.
CandleView between(CandleView bars, UtcTime from, UtcTime to) {
  const auto begin = bars.time.begin();
  const auto first = std::lower_bound(begin, bars.time.end(), from) - begin;
  const auto last = std::lower_bound(begin, bars.time.end(), to) - begin;
  return bars.part(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
}

TimeframeMetrics compute_as_of(CandleView closed, Timeframe timeframe, const DataRules& rules) {
  // Most windows have no gap and need no copy.
  const CandleView last = closed.last(static_cast<std::size_t>(rules.window));
  const auto steps = static_cast<std::int64_t>(last.size()) - 1;
  const bool whole = last.size() == static_cast<std::size_t>(rules.window) &&
                     last.time.back() - last.time.front() == steps * length(timeframe);
  if (whole) return metrics::compute(last, timeframe);
  return metrics::compute(metrics::make_window(closed, timeframe, rules).bars.view(), timeframe);
}

}  // namespace

TrackRecorder::TrackRecorder(std::string symbol, CandleView delivered_1h) {
  track_.symbol = std::move(symbol);
  track_.bars = fill_all_gaps(delivered_1h);
  track_.at.resize(track_.bars.size(), {Track::kNone, 0});
}

void TrackRecorder::add(UtcTime at, const TimeframeMetrics& h1, const TimeframeMetrics& h4) {
  if (track_.bars.empty()) return;
  const auto since_first = at - length(Timeframe::h1) - track_.bars.view().time.front();
  if (since_first < Seconds{0} || since_first % length(Timeframe::h1) != Seconds{0}) return;
  const auto bar = static_cast<std::size_t>(since_first / length(Timeframe::h1));
  if (bar >= track_.size() || track_.evaluated(bar)) return;
  track_.at[bar] = {static_cast<std::uint32_t>(track_.h1.size()),
                    static_cast<std::uint32_t>(track_.h4.size())};
  track_.h1.push_back(h1);
  track_.h4.push_back(h4);
}

Track recompute_track(std::string symbol, CandleView delivered_1h, UtcTime from,
                      const DataRules& rules) {
  TrackRecorder recorder(std::move(symbol), delivered_1h);
  if (delivered_1h.empty()) return std::move(recorder).finish();
  const Seconds hour = length(Timeframe::h1);
  const UtcTime end = delivered_1h.time.back() + hour;
  TimeframeMetrics h4;
  UtcTime h4_as_of = UtcTime::min();
  for (UtcTime at = std::max(from, delivered_1h.time.front() + hour); at <= end; at += hour) {
    const UtcTime coarse_end = floor_to(at, Timeframe::h4);
    const UtcTime reach = coarse_end - rules.window * length(Timeframe::h4);
    const CandleView closed = between(delivered_1h, reach, at);
    if (closed.empty()) continue;
    if (at - (closed.time.back() + hour) > std::chrono::minutes{rules.max_stale_minutes}) continue;
    if (h4_as_of != coarse_end) {
      h4 = compute_as_of(aggregate(closed, Timeframe::h4, at).view(), Timeframe::h4, rules);
      h4_as_of = coarse_end;
    }
    recorder.add(at, compute_as_of(closed, Timeframe::h1, rules), h4);
  }
  return std::move(recorder).finish();
}

}  // namespace gridexit::backtest
