// Confidence: how far the metrics agree with the verdict, less a penalty for each known weakness of
// that agreement. It describes the present and promises no profit.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gridexit/domain/metric_rules.hpp"
#include "gridexit/regime/classify.hpp"

namespace gridexit::regime {
namespace {

/// Share of the scores' weight that is on the verdict's side; 0 without any score.
double agreement(Verdict verdict, const TimeframeMetrics& h1, const TimeframeMetrics& h4,
                 const RegimeRules& rules) {
  double agreeing = 0;
  double all = 0;
  const auto add = [&](const TimeframeMetrics& metrics, double timeframe_weight) {
    for (const MetricKey key : kMetricKeys) {
      const auto value = metrics.metric(key).score;
      if (!value) continue;
      const double weight = rule_of(rules.scores, key).weight * timeframe_weight;
      all += weight;
      if ((*value > 0.5) == is_range(verdict)) agreeing += weight;
    }
  };
  add(h1, rules.weight_1h);
  add(h4, 1.0 - rules.weight_1h);
  return all > 0.0 ? agreeing / all : 0.0;
}

/// Penalties that follow from verdict and metrics alone.
void add_market_penalties(std::vector<Penalty>& penalties, const Regime& regime,
                          const TimeframeMetrics& h1, const TimeframeMetrics& h4,
                          const ConfidenceRules& rules) {
  if (is_range(regime.verdict) && regime.hours_in_verdict < rules.young_hours) {
    const double hours = regime.hours_in_verdict;
    penalties.push_back(
        {"young_verdict", rules.young * (1.0 - hours / rules.young_hours),
         fmt::format("range verdict for {} h (< {})", regime.hours_in_verdict, rules.young_hours)});
  }
  const int possible = 2 * static_cast<int>(kMetricKeys.size());
  if (const int missing = possible - h1.scored() - h4.scored(); missing > 0) {
    penalties.push_back({"missing_metrics", rules.missing * missing,
                         fmt::format("{} of {} scores missing", missing, possible)});
  }
  const auto& scores = regime.range_score;
  if (scores.h1 && scores.h4 && std::fabs(*scores.h1 - *scores.h4) > rules.disagree_at) {
    penalties.push_back({"timeframes_disagree", rules.disagree,
                         fmt::format("range score 1h {:.2f}, 4h {:.2f} (more than {:.2f} apart)",
                                     *scores.h1, *scores.h4, rules.disagree_at)});
  }
}

/// Penalties that follow from the grid and the data.
void add_other_penalties(std::vector<Penalty>& penalties, const Regime& regime,
                         const ConfidenceInputs& inputs, const ConfidenceRules& rules) {
  const double touch = inputs.break_probability.value_or(0.0);
  if (inputs.grid_running && is_range(regime.verdict) && touch > 0.0) {
    penalties.push_back(
        {"position", rules.position * touch, fmt::format("break probability {:.2f}", touch)});
  }
  if (inputs.grid_running && inputs.grid_age_hours && *inputs.grid_age_hours < rules.mature_hours) {
    penalties.push_back({"immature_grid", rules.immature,
                         fmt::format("grid running for {:.0f} h (< {})",
                                     std::floor(*inputs.grid_age_hours), rules.mature_hours)});
  }
  if (inputs.step_atr &&
      (*inputs.step_atr < rules.spacing_low || *inputs.step_atr > rules.spacing_high)) {
    penalties.push_back({"spacing", rules.spacing,
                         fmt::format("grid step of {:.2f} ATR (outside {:.1f} to {:.1f})",
                                     *inputs.step_atr, rules.spacing_low, rules.spacing_high)});
  }
  if (inputs.data_problems) {
    penalties.push_back({"data", inputs.data_mended_only ? rules.data_mended : rules.data_other,
                         inputs.data_mended_only ? "problems in the bars used, all mended"
                                                 : "problems in the bars used"});
  }
}

}  // namespace

Confidence confidence(const Regime& regime, const TimeframeMetrics& h1, const TimeframeMetrics& h4,
                      const ConfidenceInputs& inputs, const Rules& rules) {
  Confidence result;
  result.base = 0.5 + 0.5 * agreement(regime.verdict, h1, h4, rules.regime);
  add_market_penalties(result.penalties, regime, h1, h4, rules.confidence);
  add_other_penalties(result.penalties, regime, inputs, rules.confidence);
  // Summed before they are taken off, as section 3 says: the last bit decides at 0.60 and 0.80.
  double penalties = 0;
  for (const Penalty& penalty : result.penalties) penalties += penalty.amount;
  result.value = std::clamp(result.base - penalties, 0.0, rules.confidence.cap);
  return result;
}

}  // namespace gridexit::regime
