#include <gtest/gtest.h>

#include "unit/exit_state/inputs.hpp"

namespace gridexit::exit_state {
namespace {

constexpr ExitState normal = ExitState::normal;
constexpr ExitState warning = ExitState::warning;
constexpr ExitState latest = ExitState::latest_acceptable_exit;
constexpr ExitState mandatory = ExitState::mandatory_exit;

/// Conditions that amount to a tier, with one of some tier unknown.
std::vector<Condition> amounting_to(ExitState tier, std::optional<ExitState> unknown = {}) {
  auto all = conditions(calm_inputs(), ExitRules{}, Wording::none);
  const auto set = [&all](ConditionName name, Truth met) {
    all[static_cast<std::size_t>(name)].met = met;
  };
  if (tier == warning) {
    set(ConditionName::near_bound, Truth::yes);
    set(ConditionName::adx_rising, Truth::yes);
  }
  if (tier == latest) set(ConditionName::outside_range, Truth::yes);
  if (tier == mandatory) set(ConditionName::break_confirmed, Truth::yes);
  if (unknown == warning) set(ConditionName::efficiency_high, Truth::unknown);
  if (unknown == latest) set(ConditionName::loss_budget, Truth::unknown);
  if (unknown == mandatory) set(ConditionName::stop_loss_near, Truth::unknown);
  return all;
}

/// One grid over consecutive evaluations.
struct Grid {
  StateBefore before;
  ExitAnswer answer = ExitAnswer::none;

  ExitEvaluation next(ExitState tier, std::optional<ExitState> unknown = {}) {
    const ExitEvaluation result = advance(amounting_to(tier, unknown), before, answer, ExitRules{});
    before = {result.state, result.calm_count, result.evaluations_in_state, true};
    return result;
  }
  ExitState state_after(std::initializer_list<ExitState> tiers) {
    for (const ExitState tier : tiers) next(tier);
    return before.state;
  }
};

TEST(Advance, RisesAtOnceAndMaySkip) {
  Grid grid;
  const ExitEvaluation result = grid.next(latest);
  EXPECT_EQ(result.previous, normal);
  EXPECT_EQ(result.state, latest);
  EXPECT_EQ(result.tier, latest);
  EXPECT_EQ(result.evaluations_in_state, 0);
  EXPECT_EQ(grid.next(mandatory).state, mandatory);
}

TEST(Advance, FallsOneStepAfterThreeCalmEvaluations) {
  Grid grid;
  EXPECT_EQ(grid.state_after({latest, normal, normal}), latest);
  EXPECT_EQ(grid.before.calm_count, 2);
  EXPECT_EQ(grid.state_after({normal}), warning);
  EXPECT_EQ(grid.before.calm_count, 0) << "counting starts anew";
  EXPECT_EQ(grid.state_after({normal, normal}), warning);
  EXPECT_EQ(grid.state_after({normal}), normal);
}

TEST(Advance, StartsCountingAnewWhenTheTierReturns) {
  Grid grid;
  EXPECT_EQ(grid.state_after({warning, normal, normal, warning, normal, normal}), warning);
  EXPECT_EQ(grid.state_after({normal}), normal);
}

TEST(Advance, NeitherCountsNorResetsWhatItCannotSee) {
  Grid grid;
  grid.state_after({latest, normal});
  for (const ExitState unknown : {latest, mandatory}) {
    EXPECT_EQ(grid.next(normal, unknown).calm_count, 1);
  }
  EXPECT_EQ(grid.next(normal, warning).calm_count, 2) << "an unknown below the state is no matter";
  EXPECT_EQ(grid.next(latest, mandatory).calm_count, 0) << "the state's own tier always resets";
}

TEST(Advance, StaysInMandatoryExit) {
  Grid grid;
  EXPECT_EQ(grid.state_after({mandatory, normal, normal, normal, normal, normal}), mandatory);
  EXPECT_EQ(grid.before.evaluations_in_state, 5);
}

TEST(Advance, EscalatesAStayThatIsTooLong) {
  Grid grid;
  grid.next(latest);
  for (int i = 1; i < 24; ++i) {
    const ExitEvaluation result = grid.next(latest);
    EXPECT_EQ(result.state, latest) << i;
    EXPECT_EQ(result.conditions.back().value, i);
  }
  const ExitEvaluation result = grid.next(latest);
  EXPECT_EQ(result.state, mandatory);
  EXPECT_EQ(result.tier, mandatory);
  EXPECT_EQ(result.conditions.back().name, ConditionName::overstayed);
  EXPECT_EQ(result.conditions.back().met, Truth::yes);
  EXPECT_EQ(result.conditions.back().value, 24.0);
  EXPECT_EQ(result.conditions.back().threshold, 24.0);
}

TEST(Advance, CountsTheStayInTheStateWhateverTheTier) {
  Grid grid;
  for (int i = 0; i < 23; ++i) grid.next(latest);
  EXPECT_EQ(grid.next(normal).state, latest);
  EXPECT_EQ(grid.next(normal).state, mandatory) << "calm, but 24 evaluations after entering";
}

TEST(Advance, DoesNotEscalateWhatTheOperatorHasAnswered) {
  Grid grid;
  grid.answer = ExitAnswer::executed_or_declined_until_later;
  for (int i = 0; i < 30; ++i) EXPECT_EQ(grid.next(latest).state, latest);
  grid.answer = ExitAnswer::none;
  EXPECT_EQ(grid.next(latest).state, mandatory) << "the stay has been counted on";
}

TEST(Advance, CountsTheStayFromTheLastEntry) {
  Grid grid;
  for (int i = 0; i < 20; ++i) grid.next(latest);
  grid.state_after({normal, normal, normal});
  EXPECT_EQ(grid.before.state, warning);
  grid.next(latest);
  for (int i = 1; i < 24; ++i) EXPECT_EQ(grid.next(latest).state, latest) << i;
  EXPECT_EQ(grid.next(latest).state, mandatory);
}

TEST(Advance, KeepsTheStateAfterAGapAsIfEnteredNow) {
  Grid grid;
  for (int i = 0; i < 20; ++i) grid.next(latest);
  grid.state_after({normal, normal});
  grid.before.continues = false;
  const ExitEvaluation result = grid.next(normal);
  EXPECT_EQ(result.state, latest);
  EXPECT_EQ(result.previous, latest);
  EXPECT_EQ(result.evaluations_in_state, 0);
  EXPECT_EQ(result.calm_count, 1) << "this evaluation is the first that counts";
  for (int i = 1; i < 24; ++i) EXPECT_EQ(grid.next(latest).state, latest) << i;
  EXPECT_EQ(grid.next(latest).state, mandatory);
}

TEST(Advance, AddsTheLastConditionWithItsWords) {
  const auto detail = [](const StateBefore& before, ExitAnswer answer) {
    return advance(amounting_to(latest), before, answer, ExitRules{}).conditions.back().detail;
  };
  EXPECT_EQ(detail({latest, 0, 4, true}, ExitAnswer::none),
            "5 evaluations in LATEST_ACCEPTABLE_EXIT (< 24)");
  EXPECT_EQ(detail({latest, 0, 23, true}, ExitAnswer::executed_or_declined_until_later),
            "24 evaluations in LATEST_ACCEPTABLE_EXIT (>= 24), answered by the operator");
  EXPECT_EQ(detail({}, ExitAnswer::none), "not in LATEST_ACCEPTABLE_EXIT before this evaluation");
}

}  // namespace
}  // namespace gridexit::exit_state
