// Each condition's `detail`: the compact text that pages, messages and `explain` show, with value,
// relation and threshold of every part that matters. It repeats what judge.cpp decides and must
// never decide anything itself.

#include <fmt/format.h>

#include "facts.hpp"
#include "gridexit/base/number.hpp"

namespace gridexit::exit_state {
namespace {

enum class Side { at_least, at_most };

bool is_met(double value, double threshold, Side side) {
  return side == Side::at_least ? value >= threshold : value <= threshold;
}

/// A threshold with the usual decimals, or with more when its own digits ask for them.
std::string limit_text(double threshold, int decimals) {
  const std::string usual = format_fixed(threshold, decimals);
  const std::string exact = format_number(threshold);
  return exact.size() > usual.size() ? exact : usual;
}

/// A value with the usual decimals, or with more when it would look like the threshold that it
/// misses.
std::string value_text(double value, double threshold, int decimals, Side side) {
  const std::string usual = format_fixed(value, decimals);
  const bool misleading =
      !is_met(value, threshold, side) && usual == format_fixed(threshold, decimals);
  return misleading ? format_fixed(value, decimals + 3) : usual;
}

/// "{text} (>= 22)".
std::string with_limit(std::string_view text, double value, double threshold, int decimals,
                       Side side = Side::at_least) {
  const char* const relation = side == Side::at_least ? (value >= threshold ? ">=" : "<")
                                                      : (value <= threshold ? "<=" : ">");
  return fmt::format("{} ({} {})", text, relation, limit_text(threshold, decimals));
}

/// "ADX 28.5 (>= 22)", or "ADX unknown".
std::string measured(std::string_view label, std::optional<double> value, double threshold,
                     int decimals, int limit_decimals, Side side = Side::at_least) {
  if (!value) return fmt::format("{} unknown", label);
  const std::string text =
      fmt::format("{} {}", label, value_text(*value, threshold, decimals, side));
  return with_limit(text, *value, threshold, limit_decimals, side);
}

std::string closes_text(int count, const char* where, double bound, int threshold) {
  const std::string text = fmt::format("{} {} {} {}", count, count == 1 ? "close" : "closes", where,
                                       format_price(bound));
  return with_limit(text, count, threshold, 0);
}

std::string trending_text(int count, const char* verdicts, int threshold) {
  const std::string text =
      fmt::format("{} for {} {}", verdicts, count, count == 1 ? "evaluation" : "evaluations");
  return with_limit(text, count, threshold, 0);
}

std::string adx_rising(const ConditionInputs& in, const WarningRules& rules) {
  std::string level = measured("ADX", in.adx, rules.adx_level, 1, 0);
  if (!in.adx) return level;
  const auto rise = difference(in.adx, in.adx_3);
  if (!rise) return level + ", change in 3 h unknown";
  const std::string digits = value_text(*rise, rules.adx_rise, 1, Side::at_least);
  const std::string text = fmt::format("{}{} in 3 h", *rise < 0.0 ? "" : "+", digits);
  return level + ", " + with_limit(text, *rise, rules.adx_rise, 0);
}

std::string half_life_long(const ConditionInputs& in, const WarningRules& rules) {
  if (in.half_life_non_stationary) return "half-life without end: price does not return to a mean";
  if (!in.half_life) return "half-life unknown";
  const std::string digits = value_text(*in.half_life, rules.half_life, 1, Side::at_least);
  return with_limit(fmt::format("half-life {} h", digits), *in.half_life, rules.half_life, 0);
}

std::string slope_text(const ConditionInputs& in, const WarningRules& rules) {
  if (!in.slope) return "slope unknown";
  const auto bound = nearer_bound(in);
  if (!bound) return "nearer bound unknown";
  const auto* const label = *bound == Bound::upper ? "slope in ATR/h towards the upper bound"
                                                   : "slope in ATR/h towards the lower bound";
  return measured(label, slope_to_bound(in), rules.slope, 2, 2);
}

std::string bandwidth_expanding(const ConditionInputs& in, const WarningRules& rules) {
  const std::string level =
      measured("bandwidth ratio", in.bandwidth_ratio, rules.bandwidth_ratio, 2, 1);
  if (!in.bandwidth || !in.bandwidth_6) return level + ", growth in 6 h unknown";
  const double least = rules.bandwidth_growth * *in.bandwidth_6;
  const std::string text = *in.bandwidth_6 > 0.0 ? fmt::format("{:.2f} times that of 6 h ago",
                                                               *in.bandwidth / *in.bandwidth_6)
                                                 : "up from 0 in 6 h";
  return fmt::format("{}, {} ({} {})", level, text, *in.bandwidth >= least ? ">=" : "<",
                     limit_text(rules.bandwidth_growth, 2));
}

std::string closes_outside(const ConditionInputs& in, int low, int up) {
  if (!in.bars_since_start) return "closes since the grid's start unknown";
  if (in.closes_up > 0) return closes_text(in.closes_up, "above", in.upper, up);
  if (in.closes_low > 0) return closes_text(in.closes_low, "below", in.lower, low);
  return fmt::format("close not outside {} to {}", format_price(in.lower), format_price(in.upper));
}

std::string break_likely(const ConditionInputs& in, const LatestRules& rules) {
  const BreakProbability& touch = in.break_probability;
  std::string text =
      measured("break probability of the lower bound", touch.lower, rules.break_low, 2, 2);
  // A threshold above 1 is the way to say "never".
  if (rules.break_up <= 1.0) {
    text += ", " + measured("of the upper bound", touch.upper, rules.break_up, 2, 2);
  }
  return text;
}

std::string trend_into_bound(const ConditionInputs& in, const LatestRules& rules) {
  return fmt::format("{}, {}, {}",
                     trending_text(trending_evaluations(in), "TRANSITION or TREND", rules.persist),
                     measured("break probability of the lower bound", in.break_probability.lower,
                              rules.trend_break, 2, 2),
                     measured("slope in ATR/h", in.slope, -rules.trend_slope, 2, 2, Side::at_most));
}

std::string break_confirmed(const ConditionInputs& in, const ExitRules& rules) {
  const MandatoryRules& mandatory = rules.mandatory;
  std::string text = closes_outside(in, mandatory.confirm_low, mandatory.confirm_up);
  if (!in.bars_since_start || in.closes_low < 1) return text;
  const auto depth = deep_close(in, rules);
  if (!depth) return text + ", depth in ATR unknown";
  return fmt::format("{}, close {} ({} {}: {} ATR below)", text, format_price(in.close),
                     in.close <= *depth ? "<=" : ">", format_price(*depth),
                     limit_text(mandatory.confirm_atr, 1));
}

std::string stop_loss_hit(const ConditionInputs& in) {
  if (!in.stop_loss) return "no stop-loss";
  if (!in.bars_since_start) return "lows since the grid's start unknown";
  return fmt::format("{} at or below the stop-loss {} since the grid's start",
                     in.stop_loss_touched ? "low" : "no low", format_price(*in.stop_loss));
}

std::string stop_loss_near(const ConditionInputs& in, const ExitRules& rules) {
  if (!in.stop_loss) return "no stop-loss";
  const auto near = stop_near(in, rules);
  if (!near) return "distance to the stop-loss in ATR unknown";
  return fmt::format("close {} ({} {}: stop-loss + {} ATR)", format_price(in.close),
                     in.close <= *near ? "<=" : ">", format_price(*near),
                     limit_text(rules.mandatory.stop_near_atr, 0));
}

std::string trend_confirmed(const ConditionInputs& in, const MandatoryRules& rules) {
  const std::string verdicts =
      fmt::format("TREND with confidence >= {}", limit_text(rules.trend_conf, 2));
  const int count = confident_trend_evaluations(in, rules.trend_conf);
  return fmt::format("{}, close {} the range",
                     trending_text(count, verdicts.c_str(), rules.trend_persist),
                     outside(in) ? "outside" : "inside");
}

}  // namespace

std::string describe(ConditionName name, const ConditionInputs& in, const ExitRules& rules) {
  const WarningRules& warning = rules.warning;
  const LatestRules& latest = rules.latest;
  switch (name) {
    case ConditionName::near_bound:
      return measured("break probability", in.break_probability.both, warning.near_bound, 2, 2);
    case ConditionName::loss_rising:
      return measured("loss share", in.loss_share, warning.loss, 2, 2);
    case ConditionName::adx_rising: return adx_rising(in, warning);
    case ConditionName::efficiency_high:
      return measured("efficiency", in.efficiency_ratio, warning.efficiency, 2, 2);
    case ConditionName::autocorrelation_positive:
      return measured("autocorrelation", in.autocorrelation, warning.autocorrelation, 2, 2);
    case ConditionName::half_life_long: return half_life_long(in, warning);
    case ConditionName::slope_to_bound: return slope_text(in, warning);
    case ConditionName::bandwidth_expanding: return bandwidth_expanding(in, warning);
    case ConditionName::regime_weakening:
      return trending_text(trending_evaluations(in), "TRANSITION or TREND", kWeakeningEvaluations);
    case ConditionName::outside_range:
      return closes_outside(in, latest.outside_low, latest.outside_up);
    case ConditionName::break_likely: return break_likely(in, latest);
    case ConditionName::trend_into_bound: return trend_into_bound(in, latest);
    case ConditionName::loss_budget:
      return measured("loss share", in.loss_share, latest.loss, 2, 2);
    case ConditionName::break_confirmed: return break_confirmed(in, rules);
    case ConditionName::stop_loss_hit: return stop_loss_hit(in);
    case ConditionName::stop_loss_near: return stop_loss_near(in, rules);
    case ConditionName::trend_confirmed: return trend_confirmed(in, rules.mandatory);
    case ConditionName::overstayed: return {};  // advance() words it
  }
  return {};
}

}  // namespace gridexit::exit_state
