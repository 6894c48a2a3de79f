#include "facts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/number.hpp"
#include "gridexit/domain/metric_rules.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::evaluation {
namespace {

void add_anomalies(std::vector<Anomaly>& found, const TimeframeMetrics& metrics,
                   Timeframe timeframe, const ExpectedRules& rules) {
  for (const MetricKey key : kMetricKeys) {
    const std::optional<double> value = metrics.metric(key).value;
    const Expected& expected = rule_of(rules, key);
    if (!value) continue;
    const bool below = expected.min && *value < *expected.min;
    const bool above = expected.max && *value > *expected.max;
    if (!below && !above) continue;
    found.push_back({std::string(to_text(key)), std::string(to_text(timeframe)), *value,
                     expected.min, expected.max});
  }
}

void add_metric_errors(std::vector<StepError>& errors, const TimeframeMetrics& metrics,
                       Timeframe timeframe) {
  for (const MetricKey key : kMetricKeys) {
    const auto& reason = metrics.metric(key).reason;
    if (!reason) continue;
    const std::string_view meaning = *reason == FailureReason::non_stationary
                                         ? ", prices do not return to a mean, scored 0"
                                         : "";
    errors.push_back({"metrics", std::string(to_text(*reason)),
                      fmt::format("{} on {} unknown: {}{}", to_text(key), to_text(timeframe),
                                  to_text(*reason), meaning)});
  }
}

/// Index of the oldest delivered 1h bar that the window rests on: one that begins with a filled bar
/// rests on the close before it.
std::size_t first_behind(CandleView delivered_1h, const metrics::Window& window,
                         Timeframe timeframe) {
  const UtcTime from = window.bars.view().time.front();
  const auto& times = delivered_1h.time;
  const auto first =
      static_cast<std::size_t>(std::lower_bound(times.begin(), times.end(), from) - times.begin());
  const bool starts_filled = first < times.size() && times[first] >= from + length(timeframe);
  return starts_filled && first > 0 ? first - 1 : first;
}

}  // namespace

WindowFacts window_facts(const metrics::Window& window) {
  WindowFacts facts;
  facts.bars = static_cast<int>(window.bars.size());
  facts.filled = window.filled;
  facts.gaps = window.gaps;
  if (!window.bars.empty()) {
    facts.first = window.bars.view().time.front();
    facts.last = window.bars.view().time.back();
  }
  return facts;
}

CandleView bars_behind(CandleView delivered_1h, const metrics::Window& h1,
                       const metrics::Window& h4) {
  if (h1.bars.empty()) return {};
  std::size_t first = first_behind(delivered_1h, h1, Timeframe::h1);
  if (!h4.bars.empty()) first = std::min(first, first_behind(delivered_1h, h4, Timeframe::h4));
  return delivered_1h.part(first, delivered_1h.size() - first);
}

PriceFacts price_facts(CandleView bars_1h, std::optional<double> atr, UtcTime at) {
  PriceFacts facts;
  facts.atr = atr;
  if (bars_1h.empty()) return facts;
  facts.close = bars_1h.close.back();
  const UtcTime day_ago = at - Hours{24};
  for (std::size_t i = bars_1h.size(); i-- > 0;) {
    if (bars_1h.time[i] < day_ago) {
      facts.change_24h_pct = (*facts.close / bars_1h.close[i] - 1.0) * 100.0;
      break;
    }
    facts.high_24h = std::max(facts.high_24h.value_or(bars_1h.high[i]), bars_1h.high[i]);
    facts.low_24h = std::min(facts.low_24h.value_or(bars_1h.low[i]), bars_1h.low[i]);
  }
  return facts;
}

Context15m context_15m(CandleView bars_15m, UtcTime at) {
  Context15m context;
  double first_open = 0;
  double last_close = 0;
  double high = 0;
  double low = 0;
  for (std::size_t i = 0; i < bars_15m.size(); ++i) {
    const UtcTime open_time = bars_15m.time[i];
    if (open_time < at - Hours{1} || open_time + length(Timeframe::m15) > at) continue;
    if (context.bars == 0) {
      first_open = bars_15m.open[i];
      high = bars_15m.high[i];
      low = bars_15m.low[i];
    }
    high = std::max(high, bars_15m.high[i]);
    low = std::min(low, bars_15m.low[i]);
    last_close = bars_15m.close[i];
    ++context.bars;
  }
  if (context.bars > 0) {
    context.change_1h_pct = (last_close / first_open - 1.0) * 100.0;
    context.range_1h_pct = (high / low - 1.0) * 100.0;
  }
  return context;
}

std::vector<Anomaly> anomalies(const TimeframeMetrics& h1, const TimeframeMetrics& h4,
                               const ExpectedRules& expected) {
  std::vector<Anomaly> found;
  add_anomalies(found, h1, Timeframe::h1, expected);
  add_anomalies(found, h4, Timeframe::h4, expected);
  return found;
}

std::vector<StepError> metric_errors(const TimeframeMetrics& h1, const TimeframeMetrics& h4) {
  std::vector<StepError> errors;
  add_metric_errors(errors, h1, Timeframe::h1);
  add_metric_errors(errors, h4, Timeframe::h4);
  return errors;
}

}  // namespace gridexit::evaluation
