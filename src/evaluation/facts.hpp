#pragma once
// The parts of a record that describe rather than decide: data quality, prices, context and
// anomalies.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/metrics/compute.hpp"

namespace gridexit::evaluation {

/// Bars, fills, gaps and ends of one window.
WindowFacts window_facts(const metrics::Window& window);

/// The delivered 1h bars behind both windows: from the earlier window's first bar on, and the bar
/// before it when that first bar was filled from its close.
CandleView bars_behind(CandleView delivered_1h, const metrics::Window& h1,
                       const metrics::Window& h4);

/// Close, ATR, and the last 24 hours; what the bars do not reach is none.
PriceFacts price_facts(CandleView bars_1h, std::optional<double> atr, UtcTime at);

/// Change and range of the last hour, of the closed 15m bars within it.
Context15m context_15m(CandleView bars_15m, UtcTime at);

/// Metrics outside their expected interval, both timeframes, in the order of the metrics.
std::vector<Anomaly> anomalies(const TimeframeMetrics& h1, const TimeframeMetrics& h4,
                               const ExpectedRules& expected);

/// One entry per failed metric: step "metrics", code the reason.
std::vector<StepError> metric_errors(const TimeframeMetrics& h1, const TimeframeMetrics& h4);

}  // namespace gridexit::evaluation
