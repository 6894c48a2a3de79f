// The exchange's own 4h bars against those made of its 1h bars: two roads to the same numbers, so a
// difference means that one of them is wrong.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "gridexit/base/number.hpp"
#include "gridexit/integrity/check.hpp"

namespace gridexit::integrity {
namespace {

constexpr double kTolerance = 1e-9;

bool differs(double a, double b) {
  // Written so that a value that is not a number differs from everything.
  return !(std::fabs(a - b) <= kTolerance * std::max(std::fabs(a), std::fabs(b)));
}

/// "high 101.0 against 100.0": the first price that differs; empty when none does.
std::string difference(const Candle& exchange, const Candle& ours) {
  const auto compare = [](std::string_view name, double theirs, double own) {
    return differs(theirs, own)
               ? fmt::format("{} {} against {}", name, format_price(theirs), format_price(own))
               : std::string();
  };
  for (const std::string& text :
       {compare("open", exchange.open, ours.open), compare("high", exchange.high, ours.high),
        compare("low", exchange.low, ours.low), compare("close", exchange.close, ours.close)}) {
    if (!text.empty()) return text;
  }
  return {};
}

}  // namespace

std::vector<DataProblem> compare_coarse(CandleView exchange_4h, CandleView aggregated_4h) {
  int count = 0;
  std::string first;
  std::size_t own = 0;
  for (std::size_t i = 0; i < exchange_4h.size(); ++i) {
    const UtcTime time = exchange_4h.time[i];
    while (own < aggregated_4h.size() && aggregated_4h.time[own] < time) ++own;
    if (own == aggregated_4h.size()) break;
    if (aggregated_4h.time[own] != time) continue;
    const std::string found = difference(exchange_4h.at(i), aggregated_4h.at(own));
    if (found.empty()) continue;
    if (++count == 1) first = format_hour(time) + " " + found;
  }
  if (count == 0) return {};
  return {{"coarse_mismatch",
           fmt::format("{} of the exchange's 4h bars {} from the 1h bars they cover, first {}",
                       count, count == 1 ? "differs" : "differ", first)}};
}

}  // namespace gridexit::integrity
