#include "gridexit/domain/metric_rules.hpp"

namespace gridexit {

const ScoreRule& rule_of(const ScoreRules& rules, MetricKey key) {
  switch (key) {
    case MetricKey::adx: return rules.adx;
    case MetricKey::efficiency_ratio: return rules.efficiency_ratio;
    case MetricKey::autocorrelation: return rules.autocorrelation;
    case MetricKey::ou_half_life: return rules.ou_half_life;
    case MetricKey::normalized_slope: return rules.normalized_slope;
    case MetricKey::bollinger_bandwidth: return rules.bandwidth_ratio;
  }
  return rules.adx;
}

const Expected& rule_of(const ExpectedRules& rules, MetricKey key) {
  switch (key) {
    case MetricKey::adx: return rules.adx;
    case MetricKey::efficiency_ratio: return rules.efficiency_ratio;
    case MetricKey::autocorrelation: return rules.autocorrelation;
    case MetricKey::ou_half_life: return rules.ou_half_life;
    case MetricKey::normalized_slope: return rules.normalized_slope;
    case MetricKey::bollinger_bandwidth: return rules.bollinger_bandwidth;
  }
  return rules.adx;
}

}  // namespace gridexit
