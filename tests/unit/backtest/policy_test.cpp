#include "gridexit/backtest/policy.hpp"

#include <gtest/gtest.h>

#include "gridexit/backtest/harness.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

class Policies : public ::testing::Test {
 protected:
  static constexpr std::size_t kBar = 1300;

  ExitState after(const Policy& policy, GridAtClose now) {
    now.bar = kBar;
    PolicyState state(market_, policy);
    return state.advance(now);
  }

  GridVersion grid(double lower, double upper) const {
    GridVersion definition;
    definition.lower = lower;
    definition.upper = upper;
    definition.cells = 10;
    definition.stop_loss = close_ / 3;
    return definition;
  }

  Track track_ = small_track();
  Rules rules_;
  Timeline timeline_{track_, rules_};
  Judged market_{track_, timeline_, rules_};
  double close_ = track_.bars.view().close[kBar];
  GridVersion wide_ = grid(close_ / 2, close_ * 2);
  GridVersion tight_ = grid(close_ * 0.9999, close_ * 1.5);
};

constexpr ExitState kExit = ExitState::latest_acceptable_exit;

TEST_F(Policies, HoldNeverLeaves) {
  EXPECT_EQ(after(Hold{}, {.grid = tight_, .since = {.closes_low = 9}, .loss_share = 0.9}),
            ExitState::normal);
}

TEST_F(Policies, CloseOutsideLeavesAtTheFirst) {
  EXPECT_EQ(after(CloseOutside{}, {.grid = wide_}), ExitState::normal);
  EXPECT_EQ(after(CloseOutside{}, {.grid = wide_, .since = {.closes_low = 1}}), kExit);
  EXPECT_EQ(after(CloseOutside{}, {.grid = wide_, .since = {.closes_up = 1}}), kExit);
}

TEST_F(Policies, AdxMustExceedTheLevel) {
  const double adx = *track_.metrics_1h(kBar).adx.value;
  EXPECT_EQ(after(AdxAbove{adx}, {.grid = wide_}), ExitState::normal);
  EXPECT_EQ(after(AdxAbove{adx - 0.01}, {.grid = wide_}), kExit);
}

TEST_F(Policies, BreakProbabilityOfEitherBound) {
  EXPECT_EQ(after(BreakLikely{0.9}, {.grid = wide_}), ExitState::normal);
  EXPECT_EQ(after(BreakLikely{0.9}, {.grid = tight_}), kExit);
}

TEST_F(Policies, TheRulesAreThoseOfTheRuleSet) {
  EXPECT_EQ(after(ExitRulesPolicy{}, {.grid = wide_}), ExitState::normal);
  EXPECT_EQ(after(ExitRulesPolicy{}, {.grid = wide_, .loss_share = 0.59}), ExitState::warning);
  EXPECT_EQ(after(ExitRulesPolicy{}, {.grid = wide_, .loss_share = 0.60}), kExit);
  EXPECT_EQ(after(ExitRulesPolicy{}, {.grid = wide_, .since = {.closes_low = 2}}),
            ExitState::mandatory_exit);
  EXPECT_EQ(after(ExitRulesPolicy{}, {.grid = wide_, .since = {.stop_loss_touched = true}}),
            ExitState::mandatory_exit);
  rules_.exit_rules.latest.loss = 0.5;
  EXPECT_EQ(after(ExitRulesPolicy{}, {.grid = wide_, .loss_share = 0.59}), kExit);
}

TEST_F(Policies, RandomAlarmsKeepTheirRateAndTheirSeed) {
  const RandomAlarms alarms{.hourly_rate = 0.1, .seed = 5};
  const auto alarm_at = [&](const RandomAlarms& policy, std::size_t bar) {
    const Policy any = policy;
    PolicyState state(market_, any);
    return state.advance({.grid = wide_, .bar = bar}) == kExit;
  };
  int count = 0;
  int different = 0;
  for (std::size_t bar = 0; bar < 2000; ++bar) {
    count += alarm_at(alarms, bar) ? 1 : 0;
    different += alarm_at(alarms, bar) != alarm_at({.hourly_rate = 0.1, .seed = 6}, bar) ? 1 : 0;
    EXPECT_EQ(alarm_at(alarms, bar), alarm_at(alarms, bar));
  }
  EXPECT_NEAR(count, 200, 60);
  EXPECT_GT(different, 200);
}

TEST_F(Policies, HaveTheNamesOfTheTable) {
  EXPECT_EQ(name_of(ExitRulesPolicy{}), "these rules");
  EXPECT_EQ(name_of(AdxAbove{}), "ADX > 25");
  EXPECT_EQ(name_of(BreakLikely{0.9}), "break probability >= 0.9");
}

}  // namespace
}  // namespace gridexit::backtest
