#pragma once
// Where the rules draw a line through a metric: warning thresholds while a grid runs, gate
// thresholds otherwise.

#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/rules.hpp"
#include "json.hpp"

namespace gridexit::dashboard {

/// [[value, meaning], ...] in the unit in which the page draws the metric (bandwidth: its ratio).
Json threshold_lines(MetricKey key, const Rules& rules, bool grid_running);

/// [value that scores 1, value that scores 0] on 1h.
Json score_ends(MetricKey key, const ScoreRules& rules);

}  // namespace gridexit::dashboard
