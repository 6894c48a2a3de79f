// The exit state over time: up at once, down one step after enough calm evaluations, and never out
// of MANDATORY_EXIT.

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/exit_state/evaluate.hpp"

namespace gridexit::exit_state {
namespace {

/// Evaluations in the state so far, this one included unless it entered (or, after a gap, counts as
/// entering).
int evaluations_so_far(const StateBefore& before) {
  return before.continues ? before.evaluations_in_state + 1 : 0;
}

Condition overstayed(const StateBefore& before, ExitAnswer answer, const MandatoryRules& rules,
                     Wording wording) {
  const bool in_latest = before.state == ExitState::latest_acceptable_exit;
  const int stayed = in_latest ? evaluations_so_far(before) : 0;
  const bool too_long = in_latest && stayed >= rules.overstay;
  const bool answered = answer != ExitAnswer::none;
  Condition condition;
  condition.name = ConditionName::overstayed;
  condition.tier = ExitState::mandatory_exit;
  condition.met = too_long && !answered ? Truth::yes : Truth::no;
  condition.value = stayed;
  condition.threshold = rules.overstay;
  if (wording == Wording::none) return condition;
  condition.detail = in_latest ? fmt::format("{} evaluations in LATEST_ACCEPTABLE_EXIT ({} {}){}",
                                             stayed, too_long ? ">=" : "<", rules.overstay,
                                             answered ? ", answered by the operator" : "")
                               : "not in LATEST_ACCEPTABLE_EXIT before this evaluation";
  return condition;
}

/// Whether an unknown condition of the state's tier or above forbids calling this evaluation calm.
bool is_blocked(const std::vector<Condition>& conditions, ExitState state) {
  return std::any_of(conditions.begin(), conditions.end(), [state](const Condition& condition) {
    return condition.tier >= state && condition.met == Truth::unknown;
  });
}

ExitState one_down(ExitState state) {
  return static_cast<ExitState>(static_cast<int>(state) - 1);
}

void enter(ExitEvaluation& evaluation, ExitState state) {
  evaluation.state = state;
  evaluation.calm_count = 0;
  evaluation.evaluations_in_state = 0;
}

}  // namespace

ExitEvaluation advance(std::vector<Condition> conditions, const StateBefore& before,
                       ExitAnswer answer, const ExitRules& rules, Wording wording) {
  ExitEvaluation result;
  result.conditions = std::move(conditions);
  result.conditions.push_back(overstayed(before, answer, rules.mandatory, wording));
  result.tier = tier(result.conditions, rules);
  result.previous = before.state;
  result.state = before.state;
  result.evaluations_in_state = evaluations_so_far(before);
  result.calm_count = before.continues ? before.calm_count : 0;

  if (result.tier > result.state) {
    enter(result, result.tier);
  } else if (result.tier == result.state || result.state == ExitState::mandatory_exit) {
    result.calm_count = 0;
  } else if (!is_blocked(result.conditions, result.state)) {
    ++result.calm_count;
    if (result.calm_count >= rules.calm) enter(result, one_down(result.state));
  }
  return result;
}

}  // namespace gridexit::exit_state
