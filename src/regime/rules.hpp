#pragma once
// Which score rule belongs to which metric. Private to this module.

#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::regime {

inline const ScoreRule& rule_of(MetricKey key, const ScoreRules& rules) {
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

}  // namespace gridexit::regime
