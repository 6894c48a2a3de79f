// From delivered bars to the window that every formula sees, and the hash that pins down what was
// delivered.

#include <algorithm>

#include "gridexit/base/hash.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/metrics/compute.hpp"

namespace gridexit::metrics {
namespace {

/// Bars that are missing between bar i - 1 and bar i.
std::int64_t missing_before(const CandleView& bars, std::size_t i, Seconds step) {
  return (bars.time[i] - bars.time[i - 1]) / step - 1;
}

/// Where the window begins, walking back from the newest bar.
struct Start {
  std::size_t first = 0;  ///< the oldest delivered bar that is used
  std::int64_t fill_first =
      0;  ///< filled bars right after it that are older than the window: left out with it
  bool whole = true;  ///< `first` itself is in the window; else only bars filled from its close are
  bool cut = false;
};

Start find_start(const CandleView& bars, Seconds step, const DataRules& rules) {
  const std::int64_t size = rules.window;
  std::int64_t taken = 1;
  std::size_t i = bars.size() - 1;
  for (; i > 0 && taken < size; --i) {
    const std::int64_t missing = missing_before(bars, i, step);
    if (missing > rules.max_fill) return {i, 0, true, true};
    taken += missing + 1;
  }
  // The last step back may have gone too far: first over the delivered bar, then over filled ones.
  if (taken > size) return {i, taken - size - 1, false, false};
  return {i, 0, true, false};
}

}  // namespace

Window make_window(CandleView delivered, Timeframe timeframe, const DataRules& rules) {
  Window window;
  if (delivered.empty() || rules.window < 1) return window;
  const Seconds step = length(timeframe);
  const Start start = find_start(delivered, step, rules);
  window.cut = start.cut;
  window.bars.reserve(static_cast<std::size_t>(rules.window));
  if (start.whole) window.bars.push_back(delivered.at(start.first));

  std::int64_t skip = start.fill_first;
  for (std::size_t i = start.first + 1; i < delivered.size(); ++i) {
    const std::int64_t missing = missing_before(delivered, i, step);
    const double close = delivered.close[i - 1];
    if (missing > skip) ++window.gaps;
    for (std::int64_t k = skip; k < missing; ++k) {
      const UtcTime open_time = delivered.time[i - 1] + (k + 1) * step;
      window.bars.push_back({open_time, close, close, close, close, 0.0});
      ++window.filled;
    }
    skip = 0;
    window.bars.push_back(delivered.at(i));
  }
  return window;
}

std::string dataset_hash(CandleView delivered_1h) {
  std::string lines;
  lines.reserve(delivered_1h.size() * 64);
  for (std::size_t i = 0; i < delivered_1h.size(); ++i) {
    lines += "1h,";
    lines += std::to_string(delivered_1h.time[i].time_since_epoch().count());
    for (const auto column :
         {delivered_1h.open, delivered_1h.high, delivered_1h.low, delivered_1h.close}) {
      lines += ',';
      lines += format_number(column[i]);
    }
    lines += '\n';
  }
  return sha256_hex(lines);
}

}  // namespace gridexit::metrics
