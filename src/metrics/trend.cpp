// How straight and how steep the last day of bars was: Kaufman's efficiency ratio and the
// normalised slope.

#include <cmath>

#include "formulas.hpp"

namespace gridexit::metrics {

Metric efficiency_ratio(std::span<const double> closes) {
  const double path = sum(closes.size() - 1,
                          [closes](std::size_t i) { return std::fabs(closes[i + 1] - closes[i]); });
  Metric metric;
  metric.value = path > 0.0 ? std::fabs(closes.back() - closes.front()) / path : 0.0;
  return metric;
}

Metric normalized_slope(std::span<const double> closes, double atr) {
  if (!(atr > 0.0)) return failed(FailureReason::zero_variance);
  // Bars at equal distance from the middle share a weight up to its sign, so only their difference
  // counts: closes that never move give exactly 0.
  const std::size_t last = closes.size() - 1;
  const double middle = static_cast<double>(last) / 2.0;
  const double covariance = sum(closes.size() / 2, [closes, last, middle](std::size_t i) {
    return (middle - static_cast<double>(i)) * (closes[last - i] - closes[i]);
  });
  const double n = static_cast<double>(closes.size());
  const double variance = n * (n * n - 1.0) / 12.0;
  Metric metric;
  metric.value = covariance / variance / atr;
  return metric;
}

}  // namespace gridexit::metrics
