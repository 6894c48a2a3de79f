// All six metrics of one window: who has enough bars, whose prices are sound, and then the
// formulas.

#include "gridexit/metrics/compute.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "formulas.hpp"

namespace gridexit::metrics {
namespace {

bool is_price(double value) {
  return value > 0.0 && value <= std::numeric_limits<double>::max();
}

/// What can be said of a window before any formula: its length, and how many of its last bars are
/// sound.
class Fitness {
 public:
  explicit Fitness(const CandleView& window) : bars_(window.size()) {
    for (std::size_t i = bars_; i > 0; --i, ++sound_) {
      if (!is_price(window.open[i - 1]) || !is_price(window.high[i - 1]) ||
          !is_price(window.low[i - 1]) || !is_price(window.close[i - 1])) {
        return;
      }
    }
  }

  /// Why a metric over the whole window, of at least `least` bars, can not be computed.
  std::optional<FailureReason> over_all(std::size_t least) const { return judge(least, bars_); }
  /// Why a metric over the last `bars` bars can not be computed.
  std::optional<FailureReason> over_last(std::size_t bars) const { return judge(bars, bars); }

 private:
  std::optional<FailureReason> judge(std::size_t least, std::size_t used) const {
    if (bars_ < least) return FailureReason::insufficient_data;
    if (sound_ < used) return FailureReason::invalid_input;
    return std::nullopt;
  }

  std::size_t bars_ = 0;
  std::size_t sound_ = 0;
};

void compute_from_all(TimeframeMetrics& metrics, const CandleView& window, const Fitness& fitness) {
  if (const auto reason = fitness.over_all(kRecursiveBars)) {
    metrics.adx = failed<AdxMetric>(*reason);
    metrics.normalized_slope = failed(*reason);
  } else {
    const Directional movement = directional(window);
    metrics.adx = movement.adx;
    metrics.normalized_slope = normalized_slope(window.close.last(kSlopeCloses), movement.atr);
    if (movement.atr > 0.0 && std::isfinite(movement.atr)) metrics.atr = movement.atr;
  }
  if (const auto reason = fitness.over_all(kBandwidthBars)) {
    metrics.bollinger_bandwidth = failed<BandwidthMetric>(*reason);
  } else {
    metrics.bollinger_bandwidth = bandwidth(window.close);
  }
}

void compute_from_returns(TimeframeMetrics& metrics, const CandleView& window,
                          const Fitness& fitness, double bar_hours) {
  const auto no_autocorrelation = fitness.over_last(kAutocorrelationCloses);
  const auto no_half_life = fitness.over_last(kHalfLifeCloses);
  if (no_autocorrelation) metrics.autocorrelation = failed(*no_autocorrelation);
  if (no_half_life) metrics.ou_half_life = failed<HalfLifeMetric>(*no_half_life);

  // ln(C/C_last) instead of ln C: both metrics see differences only, and a ratio does not depend on
  // the unit.
  std::array<double, kHalfLifeCloses> logs;
  const std::size_t count = !no_half_life         ? kHalfLifeCloses
                            : !no_autocorrelation ? kAutocorrelationCloses
                                                  : 0;
  const auto closes = window.close.last(count);
  for (std::size_t i = 0; i < count; ++i) logs[i] = std::log(closes[i] / closes[count - 1]);
  const std::span<const double> used = std::span{logs}.first(count);
  if (!no_autocorrelation) {
    metrics.autocorrelation = autocorrelation(used.last(kAutocorrelationCloses));
  }
  if (!no_half_life) metrics.ou_half_life = half_life(used, bar_hours);
}

/// Prices near the end of the range of doubles are finite, but what is made of them may not be.
template <class M>
void refuse_overflow(M& metric) {
  if (metric.ok() && !std::isfinite(*metric.value)) {
    metric = failed<M>(FailureReason::invalid_input);
  }
}

}  // namespace

TimeframeMetrics compute(CandleView window, Timeframe timeframe) {
  const Fitness fitness(window);
  const double bar_hours = std::chrono::duration<double, Hours::period>(length(timeframe)).count();

  TimeframeMetrics metrics;
  compute_from_all(metrics, window, fitness);
  compute_from_returns(metrics, window, fitness, bar_hours);
  if (const auto reason = fitness.over_last(kEfficiencyCloses)) {
    metrics.efficiency_ratio = failed(*reason);
  } else {
    metrics.efficiency_ratio = efficiency_ratio(window.close.last(kEfficiencyCloses));
  }
  refuse_overflow(metrics.adx);
  refuse_overflow(metrics.efficiency_ratio);
  refuse_overflow(metrics.autocorrelation);
  refuse_overflow(metrics.ou_half_life);
  refuse_overflow(metrics.normalized_slope);
  refuse_overflow(metrics.bollinger_bandwidth);
  return metrics;
}

std::optional<double> atr(CandleView window) {
  if (Fitness(window).over_all(kRecursiveBars)) return std::nullopt;
  const double value = directional(window).atr;
  return value > 0.0 && std::isfinite(value) ? std::optional{value} : std::nullopt;
}

}  // namespace gridexit::metrics
