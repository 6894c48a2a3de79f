// Sorts delivered bars into those that can be used and those that can not, and says what it found.
// Bad bars are taken out wherever they stand; they are only reported where a window can reach,
// since only there they touch a decision.

#include "gridexit/integrity/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <numeric>
#include <string_view>

namespace gridexit::integrity {
namespace {

constexpr Timeframe kFine = Timeframe::h1;
constexpr Timeframe kCoarse = Timeframe::h4;

bool is_price(double value) {
  return std::isfinite(value) && value > 0.0;
}

bool is_possible(const Candle& bar) {
  return is_price(bar.open) && is_price(bar.high) && is_price(bar.low) && is_price(bar.close) &&
         std::isfinite(bar.volume) && bar.volume >= 0.0 &&
         bar.high >= std::max(bar.open, bar.close) && bar.low <= std::min(bar.open, bar.close);
}

/// Counts the bars that share a problem and words it once.
class Finding {
 public:
  void add(UtcTime time) {
    if (count_ == 0) first_ = time;
    last_ = time;
    ++count_;
  }
  void report(std::vector<DataProblem>& problems, std::string_view code,
              std::string_view what) const {
    if (count_ == 0) return;
    const std::string when =
        count_ == 1 ? format_hour(first_) : format_hour(first_) + " to " + format_hour(last_);
    problems.push_back({std::string(code), fmt::format("{} {} {}: {}", count_,
                                                       count_ == 1 ? "bar" : "bars", what, when)});
  }

 private:
  int count_ = 0;
  UtcTime first_{};
  UtcTime last_{};
};

/// The bars closed at `at`, by time; bars of the same time stay in the order of delivery.
std::vector<std::size_t> closed_by_time(const CandleView& delivered, UtcTime at) {
  std::vector<std::size_t> order;
  order.reserve(delivered.size());
  for (std::size_t i = 0; i < delivered.size(); ++i) {
    if (delivered.time[i] + length(kFine) <= at) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&delivered](std::size_t a, std::size_t b) {
    return delivered.time[a] < delivered.time[b];
  });
  return order;
}

/// The oldest time that a window which ends with a bar closed at `end` may reach.
UtcTime reach(UtcTime end, Timeframe timeframe, const DataRules& rules) {
  return floor_to(end, timeframe) - rules.window * length(timeframe);
}

/// The bars that came after a later one, within reach.
Finding out_of_order(const CandleView& delivered, UtcTime at, UtcTime from) {
  Finding finding;
  UtcTime newest = UtcTime::min();
  for (const UtcTime time : delivered.time) {
    if (time + length(kFine) > at) continue;
    if (time < newest && time >= from) finding.add(time);
    newest = std::max(newest, time);
  }
  return finding;
}

/// Takes the usable bars in order, and reports the others.
void sieve(const CandleView& delivered, const std::vector<std::size_t>& order, UtcTime from,
           CheckedCandles& result) {
  Finding misaligned;
  Finding impossible;
  Finding repeated;
  Finding contradicting;
  for (const std::size_t i : order) {
    const Candle bar = delivered.at(i);
    const bool reported = bar.open_time >= from;
    if (bar.open_time != floor_to(bar.open_time, kFine)) {
      if (reported) misaligned.add(bar.open_time);
    } else if (!is_possible(bar)) {
      if (reported) impossible.add(bar.open_time);
    } else if (!result.bars.empty() && result.bars.view().time.back() == bar.open_time) {
      const bool same = result.bars.at(result.bars.size() - 1) == bar;
      if (reported) (same ? repeated : contradicting).add(bar.open_time);
    } else {
      result.bars.push_back(bar);
    }
  }
  misaligned.report(result.problems, "misaligned", "not on a full hour, left out");
  impossible.report(result.problems, "impossible_bar", "with impossible prices, left out");
  repeated.report(result.problems, "duplicate", "delivered again");
  contradicting.report(result.problems, "duplicate",
                       "delivered again with other values, the first kept");
}

/// Reports each gap between bars. One too long to be filled cuts the history of the timeframe that
/// it reaches.
void find_gaps(const CandleView& bars, UtcTime end, UtcTime from, const DataRules& rules,
               std::vector<DataProblem>& problems) {
  const UtcTime fine_from = reach(end, kFine, rules);
  for (std::size_t i = 1; i < bars.size(); ++i) {
    const auto missing = (bars.time[i] - bars.time[i - 1]) / length(kFine) - 1;
    if (missing < 1 || bars.time[i] <= from) continue;
    const Timeframe timeframe = bars.time[i] > fine_from ? kFine : kCoarse;
    const auto missing_there =
        (floor_to(bars.time[i], timeframe) - floor_to(bars.time[i - 1], timeframe)) /
            length(timeframe) -
        1;
    const bool cut = missing_there > rules.max_fill;
    problems.push_back(
        {cut ? "history_cut" : "gap_filled",
         fmt::format("{} {} missing after {}, {}", missing, missing == 1 ? "bar" : "bars",
                     format_hour(bars.time[i - 1]),
                     cut ? "too many to fill: earlier ones do not count" : "filled")});
  }
}

void check_age(UtcTime at, const DataRules& rules, CheckedCandles& result) {
  if (result.bars.empty()) {
    result.unusable = "no usable closed 1h bar was delivered";
    return;
  }
  const UtcTime newest = result.bars.view().time.back() + length(kFine);
  result.staleness_minutes =
      static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(at - newest).count());
  if (result.staleness_minutes <= 0) return;
  result.problems.push_back(
      {"stale", fmt::format("the newest bar ended at {}, {} min before the evaluation",
                            format_hour(newest), result.staleness_minutes)});
  if (result.staleness_minutes > rules.max_stale_minutes) {
    result.unusable =
        fmt::format("no bar since {}: {} min old, more than {} are not acceptable",
                    format_hour(newest), result.staleness_minutes, rules.max_stale_minutes);
  }
}

}  // namespace

bool is_mended(const DataProblem& problem) {
  constexpr std::array<std::string_view, 3> kMended{"gap_filled", "out_of_order", "duplicate"};
  return std::find(kMended.begin(), kMended.end(), problem.code) != kMended.end();
}

CheckedCandles check(CandleView delivered_1h, UtcTime at, const DataRules& rules) {
  CheckedCandles result;
  const std::vector<std::size_t> order = closed_by_time(delivered_1h, at);
  const UtcTime end = order.empty() ? at : delivered_1h.time[order.back()] + length(kFine);
  const UtcTime from = reach(end, kCoarse, rules);
  out_of_order(delivered_1h, at, from)
      .report(result.problems, "out_of_order", "delivered out of order, put in order");
  result.bars.reserve(order.size());
  sieve(delivered_1h, order, from, result);
  find_gaps(result.bars.view(), end, from, rules, result.problems);
  check_age(at, rules, result);
  return result;
}

}  // namespace gridexit::integrity
