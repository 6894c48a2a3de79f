#pragma once
// Which of the rules belongs to which metric, for whoever walks over all six.

#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit {

/// How the metric is scored (section 2); the Bollinger bandwidth by its ratio.
const ScoreRule& rule_of(const ScoreRules& rules, MetricKey key);

/// The interval outside of which a value is an anomaly.
const Expected& rule_of(const ExpectedRules& rules, MetricKey key);

}  // namespace gridexit
