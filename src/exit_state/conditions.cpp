// The list of conditions with their tiers, and the tier that they amount to.

#include <algorithm>
#include <array>

#include "facts.hpp"

namespace gridexit::exit_state {
namespace {

struct Row {
  ConditionName name;
  ExitState tier;
  bool threat;
};

constexpr std::array<Row, kConditionCount - 1> kTable{{
    {ConditionName::near_bound, ExitState::warning, true},
    {ConditionName::loss_rising, ExitState::warning, true},
    {ConditionName::adx_rising, ExitState::warning, false},
    {ConditionName::efficiency_high, ExitState::warning, false},
    {ConditionName::autocorrelation_positive, ExitState::warning, false},
    {ConditionName::half_life_long, ExitState::warning, false},
    {ConditionName::slope_to_bound, ExitState::warning, false},
    {ConditionName::bandwidth_expanding, ExitState::warning, false},
    {ConditionName::regime_weakening, ExitState::warning, false},
    {ConditionName::outside_range, ExitState::latest_acceptable_exit, false},
    {ConditionName::break_likely, ExitState::latest_acceptable_exit, false},
    {ConditionName::trend_into_bound, ExitState::latest_acceptable_exit, false},
    {ConditionName::loss_budget, ExitState::latest_acceptable_exit, false},
    {ConditionName::break_confirmed, ExitState::mandatory_exit, false},
    {ConditionName::stop_loss_hit, ExitState::mandatory_exit, false},
    {ConditionName::stop_loss_near, ExitState::mandatory_exit, false},
    {ConditionName::trend_confirmed, ExitState::mandatory_exit, false},
}};

bool holds_in(const std::vector<Condition>& conditions, ExitState tier) {
  return std::any_of(conditions.begin(), conditions.end(), [tier](const Condition& condition) {
    return condition.tier == tier && condition.met == Truth::yes;
  });
}

}  // namespace

std::vector<Condition> conditions(const ConditionInputs& inputs, const ExitRules& rules,
                                  Wording wording) {
  std::vector<Condition> result;
  result.reserve(kConditionCount);
  for (const Row& row : kTable) {
    const Judgement judgement = judge(row.name, inputs, rules);
    Condition& condition = result.emplace_back();
    condition.name = row.name;
    condition.tier = row.tier;
    condition.threat = row.threat;
    condition.met = judgement.met;
    condition.value = judgement.value;
    condition.threshold = judgement.threshold;
    if (wording == Wording::full) condition.detail = describe(row.name, inputs, rules);
  }
  return result;
}

ExitState tier(const std::vector<Condition>& conditions, const ExitRules& rules) {
  for (const ExitState high : {ExitState::mandatory_exit, ExitState::latest_acceptable_exit}) {
    if (holds_in(conditions, high)) return high;
  }
  int met = 0;
  bool threatened = false;
  bool threats_unknown = true;
  for (const Condition& condition : conditions) {
    if (condition.tier != ExitState::warning) continue;
    if (condition.met == Truth::yes) ++met;
    if (!condition.threat) continue;
    if (condition.met == Truth::yes) threatened = true;
    if (condition.met != Truth::unknown) threats_unknown = false;
  }
  const bool threat_enough = threatened || !rules.warning.need_threat || threats_unknown;
  return met >= rules.warning.min_conditions && threat_enough ? ExitState::warning
                                                              : ExitState::normal;
}

}  // namespace gridexit::exit_state
