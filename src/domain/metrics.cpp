#include "gridexit/domain/metrics.hpp"

#include <algorithm>

namespace gridexit {

const Metric& TimeframeMetrics::metric(MetricKey key) const {
  switch (key) {
    case MetricKey::adx: return adx;
    case MetricKey::efficiency_ratio: return efficiency_ratio;
    case MetricKey::autocorrelation: return autocorrelation;
    case MetricKey::ou_half_life: return ou_half_life;
    case MetricKey::normalized_slope: return normalized_slope;
    case MetricKey::bollinger_bandwidth: return bollinger_bandwidth;
  }
  return adx;
}

Metric& TimeframeMetrics::metric(MetricKey key) {
  return const_cast<Metric&>(static_cast<const TimeframeMetrics&>(*this).metric(
      key));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

int TimeframeMetrics::scored() const {
  return static_cast<int>(
      std::count_if(kMetricKeys.begin(), kMetricKeys.end(),
                    [this](MetricKey key) { return metric(key).score.has_value(); }));
}

}  // namespace gridexit
