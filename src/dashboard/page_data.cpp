#include "page_data.hpp"

#include <algorithm>

#include "gridexit/domain/names.hpp"
#include "gridexit/domain/symbol.hpp"
#include "html.hpp"
#include "json.hpp"
#include "records_data.hpp"
#include "series.hpp"
#include "thresholds.hpp"

namespace gridexit::dashboard {
namespace {

Json unix_time(UtcTime time) {
  return time.time_since_epoch().count();
}

Json grid_data(const RunningGrid& grid) {
  const GridVersion& definition = grid.definition;
  return {{"id", grid.grid_id},
          {"start", unix_time(grid.start)},
          {"lower", price(definition.lower)},
          {"upper", price(definition.upper)},
          {"stop_loss", price(definition.stop_loss)},
          {"take_profit", price(definition.take_profit)},
          {"cells", definition.cells},
          {"spacing", to_text(definition.spacing)}};
}

// [value, score, reason] of a timeframe's metric; the bandwidth shows its ratio, which is what is
// scored.
Json metric_data(const TimeframeMetrics& metrics, MetricKey key) {
  const Metric& metric = metrics.metric(key);
  const auto value = key == MetricKey::bollinger_bandwidth
                         ? metrics.bollinger_bandwidth.bandwidth_ratio
                         : metric.value;
  Json reason;
  if (metric.reason) reason = to_text(*metric.reason);
  return {decimal(value, decimals(key)), decimal(metric.score, 2), reason};
}

Json metrics_data(const MetricsRecord& record, const PageInputs& inputs) {
  Json metrics;
  for (const MetricKey key : kMetricKeys) {
    metrics[std::string{to_text(key)}] = {
        {"1h", metric_data(record.h1, key)},
        {"4h", metric_data(record.h4, key)},
        {"lines", threshold_lines(key, inputs.rules, inputs.grid.has_value())},
        {"score", score_ends(key, inputs.rules.regime.scores)}};
  }
  return metrics;
}

Json regime_data(const Regime& regime, const RegimeRules& rules) {
  return {{"verdict", to_text(regime.verdict)},
          {"raw", to_text(regime.raw)},
          {"hours", regime.hours_in_verdict},
          {"scores",
           {decimal(regime.range_score.h1, 2), decimal(regime.range_score.h4, 2),
            decimal(regime.range_score.combined, 2)}},
          {"lines", {rules.transition, rules.weak}}};
}

Json confidence_data(const Confidence& confidence) {
  Json penalties = Json::array();
  for (const Penalty& penalty : confidence.penalties) {
    penalties.push_back({penalty.name, decimal(penalty.amount, 2), penalty.reason});
  }
  return {{"value", decimal(confidence.value, 2)},
          {"base", decimal(confidence.base, 2)},
          {"penalties", std::move(penalties)}};
}

Json kpi_data(const std::vector<KpiFigure>& kpis) {
  Json rows = Json::array();
  for (const KpiFigure& kpi : kpis) {
    rows.push_back({kpi.name, decimal(kpi.value, 3), decimal(kpi.low, 3), decimal(kpi.high, 3),
                    kpi.count, kpi.target, kpi.verdict, kpi.reason.value_or("")});
  }
  return rows;
}

}  // namespace

std::string page_data(const PageInputs& inputs, const PageLimits& limits) {
  const MetricsRecord& record = inputs.record;
  Json data;
  data["symbol"] = record.symbol;
  data["time"] = unix_time(record.timestamp);
  data["price_decimals"] = price_decimals(record.price.close.value_or(0));
  data["grid"] = inputs.grid ? grid_data(*inputs.grid) : Json{};
  data["series"] = hourly_columns(inputs);
  data["metrics"] = metrics_data(record, inputs);
  data["regime"] = regime_data(record.regime, inputs.rules.regime);
  data["confidence"] = confidence_data(record.confidence);
  if (record.exit_state) {
    data["exit"] = exit_data(*record.exit_state, inputs.rules.exit_rules);
  } else {
    data["gates"] = gates_data(record.gate_evaluation, inputs.rules.gates);
  }
  if (record.position) data["position"] = position_data(*record.position);
  if (const Json proposal = proposal_data(inputs); !proposal.is_null()) data["proposal"] = proposal;
  data["decisions"] = decisions_data(inputs.decisions, limits.decisions);
  data["transitions"] = transitions_data(inputs.transitions, limits.transitions);
  if (!inputs.kpis.empty()) {
    data["kpis"] = kpi_data(inputs.kpis);
    data["kpis_as_of"] = inputs.kpis_as_of;
  }
  data["data"] = quality_data(record);
  return escape_json(data.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace gridexit::dashboard
