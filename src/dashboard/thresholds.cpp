#include "thresholds.hpp"

#include <string_view>

#include "gridexit/domain/metric_rules.hpp"

namespace gridexit::dashboard {
namespace {

Json line(double value, std::string_view meaning) {
  return Json::array({decimal(value, 3), meaning});
}

Json exit_lines(MetricKey key, const ExitRules& rules) {
  const WarningRules& warning = rules.warning;
  switch (key) {
    case MetricKey::adx: return Json::array({line(warning.adx_level, "warning, if rising")});
    case MetricKey::efficiency_ratio: return Json::array({line(warning.efficiency, "warning")});
    case MetricKey::autocorrelation: return Json::array({line(warning.autocorrelation, "warning")});
    case MetricKey::ou_half_life: return Json::array({line(warning.half_life, "warning")});
    case MetricKey::normalized_slope:
      return Json::array({line(warning.slope, "warning near upper bound"),
                          line(-warning.slope, "warning near lower bound")});
    case MetricKey::bollinger_bandwidth:
      return Json::array({line(warning.bandwidth_ratio, "warning, if growing")});
  }
  return Json::array();
}

Json gate_lines(MetricKey key, const GateRules& rules) {
  switch (key) {
    case MetricKey::adx: return Json::array({line(rules.adx, "gate 1, or falling")});
    case MetricKey::efficiency_ratio:
      return Json::array({line(rules.efficiency, "gate 2: at most")});
    case MetricKey::autocorrelation:
      return Json::array({line(rules.autocorrelation, "gate 2: at most")});
    case MetricKey::ou_half_life:
      return Json::array({line(rules.half_life_max, "gate 2: at most"),
                          line(rules.half_life_min, "gate 2: at least")});
    case MetricKey::normalized_slope:
      return Json::array(
          {line(rules.slope, "gate 1: at most"), line(-rules.slope, "gate 1: at least")});
    case MetricKey::bollinger_bandwidth:
      return Json::array({line(rules.bandwidth_max, "gate 3: at most"),
                          line(rules.bandwidth_min, "gate 3: at least")});
  }
  return Json::array();
}

}  // namespace

Json threshold_lines(MetricKey key, const Rules& rules, bool grid_running) {
  return grid_running ? exit_lines(key, rules.exit_rules) : gate_lines(key, rules.gates);
}

Json score_ends(MetricKey key, const ScoreRules& rules) {
  const ScoreRule& rule = rule_of(rules, key);
  return {decimal(rule.one, 3), decimal(rule.zero, 3)};
}

}  // namespace gridexit::dashboard
