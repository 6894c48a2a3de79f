// What the log returns say: do they persist (autocorrelation), and is price drawn back to a mean
// (half-life of the Ornstein-Uhlenbeck process, read off the regression of the next step on the
// present level).

#include <algorithm>
#include <cmath>
#include <numbers>

#include "formulas.hpp"

namespace gridexit::metrics {
namespace {

/// From this φ on, price is not told apart from a walk that never returns.
constexpr double kStationaryBelow = 1.0 - 1e-4;

}  // namespace

Metric autocorrelation(std::span<const double> log_closes) {
  constexpr std::size_t kReturns = kAutocorrelationCloses - 1;
  std::array<double, kReturns> deviation;
  for (std::size_t i = 0; i < kReturns; ++i) deviation[i] = log_closes[i + 1] - log_closes[i];
  const double mean = sum(kReturns, [&deviation](std::size_t i) { return deviation[i]; }) /
                      static_cast<double>(kReturns);
  for (double& value : deviation) value -= mean;

  const double squares =
      sum(kReturns, [&deviation](std::size_t i) { return deviation[i] * deviation[i]; });
  if (squares <= kNoVariance) return failed(FailureReason::zero_variance);
  const double products =
      sum(kReturns - 1, [&deviation](std::size_t i) { return deviation[i + 1] * deviation[i]; });
  Metric metric;
  // The quotient can not leave [-1, 1]; rounding might.
  metric.value = std::clamp(products / squares, -1.0, 1.0);
  return metric;
}

HalfLifeMetric half_life(std::span<const double> log_closes, double bar_hours) {
  constexpr std::size_t kSteps = kHalfLifeCloses - 1;
  constexpr double kCount = static_cast<double>(kSteps);
  std::array<double, kSteps> level;
  std::array<double, kSteps> change;
  for (std::size_t i = 0; i < kSteps; ++i) {
    level[i] = log_closes[i];
    change[i] = log_closes[i + 1] - log_closes[i];
  }
  const double level_mean = sum(kSteps, [&level](std::size_t i) { return level[i]; }) / kCount;
  const double change_mean = sum(kSteps, [&change](std::size_t i) { return change[i]; }) / kCount;
  for (double& value : level) value -= level_mean;
  for (double& value : change) value -= change_mean;

  const double squares = sum(kSteps, [&level](std::size_t i) { return level[i] * level[i]; });
  if (squares <= kNoVariance) return failed<HalfLifeMetric>(FailureReason::zero_variance);
  const double products =
      sum(kSteps, [&level, &change](std::size_t i) { return level[i] * change[i]; });
  const double b = products / squares;
  const double residuals = sum(kSteps, [&level, &change, b](std::size_t i) {
    const double residual = change[i] - b * level[i];
    return residual * residual;
  });

  HalfLifeMetric metric;
  const double phi = 1.0 + b;
  metric.b = b;
  metric.phi = phi;
  if (residuals > kNoVariance) metric.t_stat = b / std::sqrt(residuals / (kCount - 2.0) / squares);
  if (phi >= kStationaryBelow) {
    metric.reason = FailureReason::non_stationary;
  } else {
    metric.value = phi > 0.0 ? -std::numbers::ln2 / std::log(phi) * bar_hours : 0.0;
  }
  return metric;
}

}  // namespace gridexit::metrics
