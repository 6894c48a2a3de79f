#pragma once
// The formulas of STRATEGY.md section 1, one function per metric, private to this module. They run
// behind compute(), which has already made sure that there are enough bars and that every price in
// them is finite and positive; what may still fail here is `zero_variance` and `non_stationary`.
// Nothing here allocates.

#include <array>
#include <cstddef>
#include <span>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/metrics.hpp"

namespace gridexit::metrics {

inline constexpr std::size_t kRecursiveBars = 100;  ///< least bars of adx, normalized_slope and ATR
inline constexpr std::size_t kEfficiencyCloses = 25;
inline constexpr std::size_t kAutocorrelationCloses = 73;
inline constexpr std::size_t kHalfLifeCloses = 169;
inline constexpr std::size_t kSlopeCloses = 24;
inline constexpr std::size_t kBandCloses = 20;
inline constexpr std::size_t kBandwidthsLeast = 120;
inline constexpr std::size_t kBandwidthsMost = 240;
/// Least bars of bollinger_bandwidth: 139.
inline constexpr std::size_t kBandwidthBars = kBandwidthsLeast + kBandCloses - 1;

/// Sums of squares up to this are rounding noise, not variance.
inline constexpr double kNoVariance = 1e-18;

template <class M = Metric>
M failed(FailureReason reason) {
  M metric;
  metric.reason = reason;
  return metric;
}

/// term(0) + ... + term(count - 1) in four interleaved lanes. The order of additions is fixed here
/// and not left to the compiler, so every build gives the same bits, and four lanes keep the adders
/// busy.
template <class Term>
double sum(std::size_t count, Term term) {
  std::array<double, 4> lane{};
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    for (std::size_t k = 0; k < 4; ++k) lane[k] += term(i + k);
  }
  for (; i < count; ++i) lane[i % 4] += term(i);
  return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

/// ADX(14) and ATR(14) come from the same true ranges, so one pass gives both.
struct Directional {
  AdxMetric adx;
  double atr = 0;  ///< quote per base; 0 when nothing ever moved
};
Directional directional(CandleView window);

/// Kaufman's ratio over the 24 steps of 25 closes.
Metric efficiency_ratio(std::span<const double> closes);

/// Least-squares slope of 24 closes in ATR per bar.
Metric normalized_slope(std::span<const double> closes, double atr);

/// Lag-1 autocorrelation of the 72 returns of 73 log closes.
Metric autocorrelation(std::span<const double> log_closes);

/// Half-life from the regression over the 168 steps of 169 log closes.
HalfLifeMetric half_life(std::span<const double> log_closes, double bar_hours);

/// Bollinger bandwidth at the last close and its median over up to 240 bars.
BandwidthMetric bandwidth(std::span<const double> closes);

}  // namespace gridexit::metrics
