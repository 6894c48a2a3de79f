// Whether each condition of section 4's table is met: one case per row, in the table's order.

#include "facts.hpp"
#include "truth.hpp"

namespace gridexit::exit_state {
namespace {

Judgement single(std::optional<double> value, double threshold) {
  return {at_least(value, threshold), value, threshold};
}

Judgement adx_rising(const ConditionInputs& in, const WarningRules& rules) {
  const auto rise = difference(in.adx, in.adx_3);
  return {all_of({at_least(in.adx, rules.adx_level), at_least(rise, rules.adx_rise)}), in.adx,
          rules.adx_level};
}

Judgement half_life_long(const ConditionInputs& in, const WarningRules& rules) {
  if (in.half_life_non_stationary) return {Truth::yes, std::nullopt, rules.half_life};
  return single(in.half_life, rules.half_life);
}

Judgement bandwidth_expanding(const ConditionInputs& in, const WarningRules& rules) {
  const Truth grown = in.bandwidth_6
                          ? at_least(in.bandwidth, rules.bandwidth_growth * *in.bandwidth_6)
                          : Truth::unknown;
  return {all_of({at_least(in.bandwidth_ratio, rules.bandwidth_ratio), grown}), in.bandwidth_ratio,
          rules.bandwidth_ratio};
}

/// Closes outside the range; the side on which price is leads.
Judgement closes_outside(const ConditionInputs& in, int low, int up) {
  const Truth met = any_of({at_least(closes_below(in), low), at_least(closes_above(in), up)});
  if (in.closes_up > 0) return {met, closes_above(in), up};
  return {met, closes_below(in), low};
}

Judgement break_likely(const ConditionInputs& in, const LatestRules& rules) {
  const BreakProbability& touch = in.break_probability;
  return {any_of({at_least(touch.lower, rules.break_low), at_least(touch.upper, rules.break_up)}),
          touch.lower, rules.break_low};
}

Judgement trend_into_bound(const ConditionInputs& in, const LatestRules& rules) {
  const int trending = trending_evaluations(in);
  return {all_of({truth(trending >= rules.persist),
                  at_least(in.break_probability.lower, rules.trend_break),
                  at_most(in.slope, -rules.trend_slope)}),
          trending, rules.persist};
}

Judgement break_confirmed(const ConditionInputs& in, const ExitRules& rules) {
  const auto depth = deep_close(in, rules);
  const Truth deep = depth ? truth(in.close <= *depth) : Truth::unknown;
  Judgement result = closes_outside(in, rules.mandatory.confirm_low, rules.mandatory.confirm_up);
  result.met = any_of({result.met, all_of({at_least(closes_below(in), 1), deep})});
  return result;
}

Judgement stop_loss_hit(const ConditionInputs& in) {
  if (!in.stop_loss) return {Truth::not_applicable, std::nullopt, std::nullopt};
  const Truth met = in.bars_since_start ? truth(in.stop_loss_touched) : Truth::unknown;
  return {met, std::nullopt, in.stop_loss};
}

Judgement stop_loss_near(const ConditionInputs& in, const ExitRules& rules) {
  if (!in.stop_loss) return {Truth::not_applicable, std::nullopt, std::nullopt};
  const auto near = stop_near(in, rules);
  return {near ? truth(in.close <= *near) : Truth::unknown, in.close, near};
}

Judgement trend_confirmed(const ConditionInputs& in, const MandatoryRules& rules) {
  const int trending = confident_trend_evaluations(in, rules.trend_conf);
  return {truth(trending >= rules.trend_persist && outside(in)), trending, rules.trend_persist};
}

}  // namespace

Judgement judge(ConditionName name, const ConditionInputs& in, const ExitRules& rules) {
  const WarningRules& warning = rules.warning;
  const LatestRules& latest = rules.latest;
  switch (name) {
    case ConditionName::near_bound: return single(in.break_probability.both, warning.near_bound);
    case ConditionName::loss_rising: return single(in.loss_share, warning.loss);
    case ConditionName::adx_rising: return adx_rising(in, warning);
    case ConditionName::efficiency_high: return single(in.efficiency_ratio, warning.efficiency);
    case ConditionName::autocorrelation_positive:
      return single(in.autocorrelation, warning.autocorrelation);
    case ConditionName::half_life_long: return half_life_long(in, warning);
    case ConditionName::slope_to_bound: return single(slope_to_bound(in), warning.slope);
    case ConditionName::bandwidth_expanding: return bandwidth_expanding(in, warning);
    case ConditionName::regime_weakening:
      return single(trending_evaluations(in), kWeakeningEvaluations);
    case ConditionName::outside_range:
      return closes_outside(in, latest.outside_low, latest.outside_up);
    case ConditionName::break_likely: return break_likely(in, latest);
    case ConditionName::trend_into_bound: return trend_into_bound(in, latest);
    case ConditionName::loss_budget: return single(in.loss_share, latest.loss);
    case ConditionName::break_confirmed: return break_confirmed(in, rules);
    case ConditionName::stop_loss_hit: return stop_loss_hit(in);
    case ConditionName::stop_loss_near: return stop_loss_near(in, rules);
    case ConditionName::trend_confirmed: return trend_confirmed(in, rules.mandatory);
    case ConditionName::overstayed:
      return {};  // a matter of the state, not of the inputs: advance()
  }
  return {};
}

}  // namespace gridexit::exit_state
