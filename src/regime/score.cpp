// Range scores: each metric's place between "trending" (0) and "ranging" (1), and their weighted
// mean per timeframe.

#include <algorithm>
#include <chrono>
#include <cmath>

#include "gridexit/domain/metric_rules.hpp"
#include "gridexit/regime/classify.hpp"

namespace gridexit::regime {
namespace {

/// The quantity that is scored: not every metric is scored by its own value.
std::optional<double> scored_value(const TimeframeMetrics& metrics, MetricKey key,
                                   double bar_hours) {
  const Metric& metric = metrics.metric(key);
  if (!metric.ok()) return std::nullopt;
  switch (key) {
    case MetricKey::ou_half_life: return *metric.value / bar_hours;
    case MetricKey::normalized_slope: return std::fabs(*metric.value);
    case MetricKey::bollinger_bandwidth: return metrics.bollinger_bandwidth.bandwidth_ratio;
    case MetricKey::adx:
    case MetricKey::efficiency_ratio:
    case MetricKey::autocorrelation: return metric.value;
  }
  return std::nullopt;
}

}  // namespace

double score(double value, const ScoreRule& rule) {
  return std::clamp((rule.zero - value) / (rule.zero - rule.one), 0.0, 1.0);
}

void score_metrics(TimeframeMetrics& metrics, Timeframe timeframe, const ScoreRules& rules) {
  const double bar_hours = std::chrono::duration<double, Hours::period>(length(timeframe)).count();
  for (const MetricKey key : kMetricKeys) {
    Metric& metric = metrics.metric(key);
    metric.score.reset();
    if (const auto value = scored_value(metrics, key, bar_hours)) {
      metric.score = score(*value, rule_of(rules, key));
    } else if (metric.reason == FailureReason::non_stationary) {
      metric.score = 0.0;
    }
  }
}

std::optional<double> range_score(const TimeframeMetrics& metrics, const ScoreRules& rules) {
  double total = 0;
  double weights = 0;
  for (const MetricKey key : kMetricKeys) {
    const auto value = metrics.metric(key).score;
    if (!value) continue;
    const double weight = rule_of(rules, key).weight;
    total += weight * *value;
    weights += weight;
  }
  if (!(weights > 0.0)) return std::nullopt;
  return total / weights;
}

RangeScores combine(std::optional<double> s_1h, std::optional<double> s_4h,
                    const RegimeRules& rules) {
  RangeScores scores{s_1h, s_4h, std::nullopt};
  if (s_1h) {
    scores.combined = rules.weight_1h * *s_1h + (1.0 - rules.weight_1h) * s_4h.value_or(*s_1h);
  }
  return scores;
}

}  // namespace gridexit::regime
