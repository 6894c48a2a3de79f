#include "gridexit/backtest/policy.hpp"

#include <fmt/format.h>

#include <utility>

#include "gridexit/base/number.hpp"

namespace gridexit::backtest {
namespace {

ExitState exit_when(bool leave) {
  return leave ? ExitState::latest_acceptable_exit : ExitState::normal;
}

/// A number in [0, 1) that depends on nothing but its arguments: the finaliser of SplitMix64
/// (Steele, Lea and Flood 2014), whose top 53 bits are uniform.
double uniform(std::uint64_t seed, std::uint64_t bar) {
  std::uint64_t bits = seed + (bar + 1) * 0x9e3779b97f4a7c15U;
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  bits ^= bits >> 31U;
  return static_cast<double>(bits >> 11U) * 0x1p-53;
}

BreakProbability touch_within_a_day(const Judged& market, const GridAtClose& now) {
  return exit_state::break_probability(market.track.bars.view().close[now.bar], now.grid.lower,
                                       now.grid.upper, market.track.metrics_1h(now.bar).atr,
                                       exit_state::kBreakHours);
}

struct NameOf {
  std::string operator()(const Hold&) const { return "hold until stop-loss"; }
  std::string operator()(const CloseOutside&) const { return "exit on a close outside"; }
  std::string operator()(const AdxAbove& policy) const {
    return fmt::format("ADX > {}", format_number(policy.level));
  }
  std::string operator()(const BreakLikely& policy) const {
    return fmt::format("break probability >= {}", format_number(policy.probability));
  }
  std::string operator()(const RandomAlarms&) const { return "random alarms at the same rate"; }
  std::string operator()(const ExitRulesPolicy&) const { return "these rules"; }
};

}  // namespace

std::string name_of(const Policy& policy) {
  return std::visit(NameOf{}, policy);
}

ExitState PolicyState::advance(const GridAtClose& now) {
  // Nothing was evaluated at this close: nobody could have said anything.
  if (!market_.track.evaluated(now.bar)) return before_.state;
  before_.state = std::visit([&](const auto& policy) { return state_after(policy, now); }, policy_);
  return before_.state;
}

ExitState PolicyState::state_after(const CloseOutside&, const GridAtClose& now) const {
  return exit_when(now.since.closes_low > 0 || now.since.closes_up > 0);
}

ExitState PolicyState::state_after(const AdxAbove& policy, const GridAtClose& now) const {
  const auto adx = market_.track.metrics_1h(now.bar).adx.value;
  return exit_when(adx && *adx > policy.level);
}

ExitState PolicyState::state_after(const BreakLikely& policy, const GridAtClose& now) const {
  const auto touch = touch_within_a_day(market_, now).both;
  return exit_when(touch && *touch >= policy.probability);
}

ExitState PolicyState::state_after(const RandomAlarms& policy, const GridAtClose& now) const {
  return exit_when(uniform(policy.seed, now.bar) < policy.hourly_rate);
}

ExitState PolicyState::state_after(const ExitRulesPolicy&, const GridAtClose& now) {
  const exit_state::ConditionInputs inputs = exit_state::condition_inputs(
      {now.grid, market_.track.bars.view().close[now.bar], now.since, true, now.loss_share},
      market_.track.metrics_1h(now.bar), market_.timeline.memory(now.bar));
  before_.continues = market_.timeline.continues(now.bar);
  const ExitRules& rules = market_.rules.exit_rules;
  const ExitEvaluation after =
      exit_state::advance(exit_state::conditions(inputs, rules, exit_state::Wording::none), before_,
                          exit_state::ExitAnswer::none, rules, exit_state::Wording::none);
  before_.calm_count = after.calm_count;
  before_.evaluations_in_state = after.evaluations_in_state;
  return after.state;
}

}  // namespace gridexit::backtest
