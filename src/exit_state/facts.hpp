#pragma once
// What judging and wording both derive from the inputs. Private to this module.

#include <optional>

#include "gridexit/exit_state/evaluate.hpp"

namespace gridexit::exit_state {

/// Truth of a condition, and value and threshold of its leading part.
struct Judgement {
  Truth met = Truth::unknown;
  std::optional<double> value;
  std::optional<double> threshold;
};

Judgement judge(ConditionName name, const ConditionInputs& inputs, const ExitRules& rules);

/// The condition's `detail`; never its name.
std::string describe(ConditionName name, const ConditionInputs& inputs, const ExitRules& rules);

/// Evaluations in a row, this one last, that satisfy `test`.
template <class Test>
int evaluations_in_a_row(const std::vector<VerdictMemory>& memory, Test test) {
  int count = 0;
  for (auto entry = memory.rbegin(); entry != memory.rend() && test(*entry); ++entry) ++count;
  return count;
}

inline int trending_evaluations(const ConditionInputs& inputs) {
  return evaluations_in_a_row(
      inputs.memory, [](const VerdictMemory& entry) { return is_trending(entry.verdict); });
}

inline int confident_trend_evaluations(const ConditionInputs& inputs, double confidence) {
  return evaluations_in_a_row(inputs.memory, [confidence](const VerdictMemory& entry) {
    return entry.verdict == Verdict::trend && entry.confidence >= confidence;
  });
}

/// The upper bound if it is the likelier one to be touched, else the lower one; none when that is
/// unknown.
inline std::optional<Bound> nearer_bound(const ConditionInputs& inputs) {
  const BreakProbability& touch = inputs.break_probability;
  if (!touch.lower || !touch.upper) return std::nullopt;
  return *touch.upper > *touch.lower ? Bound::upper : Bound::lower;
}

/// The slope with its sign turned so that positive points to the nearer bound.
inline std::optional<double> slope_to_bound(const ConditionInputs& inputs) {
  const auto bound = nearer_bound(inputs);
  if (!bound || !inputs.slope) return std::nullopt;
  return *bound == Bound::upper ? *inputs.slope : -*inputs.slope;
}

inline std::optional<double> difference(std::optional<double> now, std::optional<double> before) {
  return now && before ? std::optional{*now - *before} : std::nullopt;
}

/// Closes outside in a row since the grid's start, none while there is no bar since then.
inline std::optional<double> closes_below(const ConditionInputs& inputs) {
  return inputs.bars_since_start ? std::optional<double>{inputs.closes_low} : std::nullopt;
}
inline std::optional<double> closes_above(const ConditionInputs& inputs) {
  return inputs.bars_since_start ? std::optional<double>{inputs.closes_up} : std::nullopt;
}

/// The close from which one close below the range is enough: lower - confirm_atr·ATR.
inline std::optional<double> deep_close(const ConditionInputs& inputs, const ExitRules& rules) {
  if (!inputs.atr) return std::nullopt;
  return inputs.lower - rules.mandatory.confirm_atr * *inputs.atr;
}

/// The close at which the stop-loss is near: stop_loss + stop_near_atr·ATR.
inline std::optional<double> stop_near(const ConditionInputs& inputs, const ExitRules& rules) {
  if (!inputs.stop_loss || !inputs.atr) return std::nullopt;
  return *inputs.stop_loss + rules.mandatory.stop_near_atr * *inputs.atr;
}

inline bool outside(const ConditionInputs& inputs) {
  return inputs.close < inputs.lower || inputs.close > inputs.upper;
}

}  // namespace gridexit::exit_state
