#include "gridexit/exit_state/inputs.hpp"

#include <gtest/gtest.h>

namespace gridexit::exit_state {
namespace {

GridVersion grid() {
  GridVersion definition;
  definition.lower = 90;
  definition.upper = 110;
  definition.stop_loss = 80;
  return definition;
}

TEST(SinceStart, CountsTheLatestClosesInARow) {
  SinceStart since;
  since.take(88, 89, grid());
  since.take(87, 88, grid());
  EXPECT_EQ(since.closes_low, 2);
  EXPECT_EQ(since.closes_up, 0);
  since.take(105, 111, grid());
  EXPECT_EQ(since.closes_low, 0);
  EXPECT_EQ(since.closes_up, 1);
  since.take(85, 100, grid());
  EXPECT_EQ(since.closes_low + since.closes_up, 0);
  EXPECT_FALSE(since.stop_loss_touched);
}

TEST(SinceStart, ACloseOnABoundIsInside) {
  SinceStart since;
  since.take(90, 90, grid());
  since.take(110, 110, grid());
  EXPECT_EQ(since.closes_low + since.closes_up, 0);
}

TEST(SinceStart, AStopLossOnceTouchedStaysTouched) {
  SinceStart since;
  since.take(80, 95, grid());
  since.take(95, 96, grid());
  EXPECT_TRUE(since.stop_loss_touched);
  GridVersion without = grid();
  without.stop_loss.reset();
  SinceStart never;
  never.take(1, 95, without);
  EXPECT_FALSE(never.stop_loss_touched);
}

TEST(ConditionInputsOf, TakeTheHourAsItIs) {
  TimeframeMetrics h1;
  h1.atr = 2;
  h1.adx.value = 30;
  h1.adx.value_3_bars_ago = 20;
  h1.ou_half_life.reason = FailureReason::non_stationary;
  h1.bollinger_bandwidth.value_6_bars_ago = 0.05;
  const std::vector<VerdictMemory> memory{{Verdict::trend, Verdict::trend, 0.7}};
  const GridVersion definition = grid();
  const auto inputs = condition_inputs({definition, 91, {3, 0, true}, true, 0.25}, h1, memory);
  EXPECT_EQ(inputs.closes_low, 3);
  EXPECT_TRUE(inputs.stop_loss_touched);
  EXPECT_EQ(inputs.loss_share, 0.25);
  EXPECT_EQ(inputs.adx_3, 20);
  EXPECT_TRUE(inputs.half_life_non_stationary);
  EXPECT_EQ(inputs.bandwidth_6, 0.05);
  EXPECT_FALSE(inputs.slope);
  EXPECT_EQ(inputs.memory.size(), 1U);
  EXPECT_EQ(inputs.break_probability.lower, break_probability(91, 90, 110, 2, 24).lower);
}

TEST(ConditionInputsOf, WhatIsMissingStaysUnknown) {
  const GridVersion definition = grid();
  const auto inputs = condition_inputs({definition, 100, {}, false, std::nullopt}, {}, {});
  EXPECT_FALSE(inputs.break_probability.both);
  EXPECT_FALSE(inputs.loss_share);
  EXPECT_FALSE(inputs.bars_since_start);
}

}  // namespace
}  // namespace gridexit::exit_state
