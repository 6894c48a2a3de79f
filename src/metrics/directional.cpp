// Wilder's directional movement and average true range, as TA-Lib defines them (unstable period 0).

#include <algorithm>
#include <cmath>
#include <optional>

#include "formulas.hpp"

namespace gridexit::metrics {
namespace {

constexpr std::size_t kPeriod = 14;
// S - S/14 and (13·A + x)/14 as products: a division in each of four recursions would take most of
// the time.
constexpr double kKeep = 13.0 / 14.0;
constexpr double kTake = 1.0 / 14.0;

/// What one bar adds: movement up, movement down (at most one is above 0), true range.
struct Movement {
  double plus = 0;
  double minus = 0;
  double range = 0;
};

inline Movement movement(const CandleView& window, std::size_t i) {
  const double up = window.high[i] - window.high[i - 1];
  const double down = window.low[i - 1] - window.low[i];
  const double before = window.close[i - 1];
  const double range =
      std::max(window.high[i] - window.low[i],
               std::max(std::fabs(window.high[i] - before), std::fabs(window.low[i] - before)));
  return {up > std::max(down, 0.0) ? up : 0.0, down > std::max(up, 0.0) ? down : 0.0, range};
}

/// The recursions after some bar.
struct Wilder {
  double plus = 0;   ///< S+
  double minus = 0;  ///< S-
  double range = 0;  ///< ST
  double atr = 0;
  double adx = 0;

  void smooth(const Movement& bar) {
    plus = plus * kKeep + bar.plus;
    minus = minus * kKeep + bar.minus;
    range = range * kKeep + bar.range;
  }
  /// Whether the bar has a DX.
  bool has_direction() const { return range > 0.0 && plus + minus > 0.0; }
  /// 100·|DI- - DI+|/(DI- + DI+); the true range cancels out.
  double dx() const { return 100.0 * std::fabs(minus - plus) / (plus + minus); }
  /// None where no bar has had a range.
  std::optional<double> known_adx() const {
    return range > 0.0 ? std::optional{adx} : std::nullopt;
  }
};

/// After bar 27, the first that has an ADX.
Wilder start(const CandleView& window) {
  Wilder now;
  for (std::size_t i = 1; i < kPeriod; ++i) {
    const Movement bar = movement(window, i);
    now.plus += bar.plus;
    now.minus += bar.minus;
    now.range += bar.range;
  }
  now.atr = (now.range + movement(window, kPeriod).range) / static_cast<double>(kPeriod);
  double total = 0;
  for (std::size_t i = kPeriod; i < 2 * kPeriod; ++i) {
    const Movement bar = movement(window, i);
    now.smooth(bar);
    if (i > kPeriod) now.atr = now.atr * kKeep + bar.range * kTake;
    if (now.has_direction()) total += now.dx();
  }
  now.adx = total / static_cast<double>(kPeriod);
  return now;
}

/// After bar `end` - 1, from after bar `begin` - 1. By value, so that the loop runs in registers.
Wilder advance(const CandleView& window, std::size_t begin, std::size_t end, Wilder now) {
  for (std::size_t i = begin; i < end; ++i) {
    const Movement bar = movement(window, i);
    now.smooth(bar);
    now.atr = now.atr * kKeep + bar.range * kTake;
    if (now.has_direction()) now.adx = now.adx * kKeep + now.dx() * kTake;
  }
  return now;
}

}  // namespace

Directional directional(CandleView window) {
  const std::size_t bars = window.size();
  const Wilder six_ago = advance(window, 2 * kPeriod, bars - 6, start(window));
  const Wilder three_ago = advance(window, bars - 6, bars - 3, six_ago);
  const Wilder now = advance(window, bars - 3, bars, three_ago);

  Directional result;
  result.atr = now.atr;
  result.adx.value = now.known_adx();
  if (!result.adx.ok()) {
    result.adx.reason = FailureReason::zero_variance;
    return result;
  }
  result.adx.plus_di = 100.0 * now.plus / now.range;
  result.adx.minus_di = 100.0 * now.minus / now.range;
  result.adx.value_3_bars_ago = three_ago.known_adx();
  result.adx.value_6_bars_ago = six_ago.known_adx();
  return result;
}

}  // namespace gridexit::metrics
