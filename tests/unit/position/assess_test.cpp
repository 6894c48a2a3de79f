#include "gridexit/position/assess.hpp"

#include <gtest/gtest.h>

namespace gridexit::position {
namespace {

AssessInputs inputs_at(double close) {
  AssessInputs inputs;
  inputs.simulated.quantity_per_cell = 2;
  inputs.simulated.capital = 1000;
  inputs.simulated.base = 4;
  inputs.simulated.quote = 580;
  inputs.simulated.equity = -20;
  inputs.simulated.grid_profit = 6;
  inputs.simulated.average_cost = 101;
  inputs.simulated.risk = 80;
  inputs.simulated.value_at_stop = 915;
  inputs.definition.lower = 95;
  inputs.definition.upper = 110;
  inputs.definition.cells = 5;
  inputs.definition.stop_loss = 90;
  inputs.close = close;
  inputs.atr = 2;
  return inputs;
}

TEST(Assess, SplitsProfitIntoMatchedAndFloat) {
  const PositionRisk risk = assess(inputs_at(100));
  EXPECT_EQ(risk.source, "estimated");
  EXPECT_DOUBLE_EQ(risk.pnl, -20);
  EXPECT_DOUBLE_EQ(risk.grid_profit, 6);
  EXPECT_DOUBLE_EQ(risk.realised_profit, 6);
  EXPECT_DOUBLE_EQ(risk.unrealised_profit, -26);
  EXPECT_EQ(risk.average_cost, 101);
}

TEST(Assess, WhoHoldsNothingHasNoAverageCost) {
  AssessInputs inputs = inputs_at(111);
  inputs.simulated.base = 0;
  inputs.simulated.average_cost = 0;
  EXPECT_FALSE(assess(inputs).average_cost);
}

TEST(Assess, AfterTheStopEverythingIsRealised) {
  AssessInputs inputs = inputs_at(85);
  inputs.simulated.stopped = true;
  inputs.simulated.base = 0;
  inputs.simulated.equity = -78;
  const PositionRisk risk = assess(inputs);
  EXPECT_DOUBLE_EQ(risk.realised_profit, -78);
  EXPECT_DOUBLE_EQ(risk.unrealised_profit, 0);
  EXPECT_DOUBLE_EQ(risk.grid_profit, 6);
}

TEST(Assess, LossShareIsTheLossOverTheRisk) {
  EXPECT_DOUBLE_EQ(*assess(inputs_at(100)).loss_share, 0.25);
  EXPECT_DOUBLE_EQ(assess(inputs_at(100)).capital_at_risk, 80);
  AssessInputs winning = inputs_at(100);
  winning.simulated.equity = 12;
  EXPECT_DOUBLE_EQ(*assess(winning).loss_share, 0) << "a profit is no negative loss";
}

TEST(Assess, LossShareIsUnknownWithoutARisk) {
  AssessInputs inputs = inputs_at(100);
  inputs.simulated.risk = 0;
  EXPECT_FALSE(assess(inputs).loss_share.has_value());
}

TEST(Assess, DistancesInPerCentOfThePriceAndInAtr) {
  const PositionRisk risk = assess(inputs_at(100));
  EXPECT_DOUBLE_EQ(risk.distance_lower_pct, 5);
  EXPECT_DOUBLE_EQ(risk.distance_upper_pct, 10);
  EXPECT_DOUBLE_EQ(*risk.distance_stop_pct, 10);
  EXPECT_DOUBLE_EQ(*risk.distance_lower_atr, 2.5);
  EXPECT_DOUBLE_EQ(*risk.distance_upper_atr, 5);
  EXPECT_DOUBLE_EQ(*risk.distance_stop_atr, 5);
  EXPECT_LT(assess(inputs_at(94)).distance_lower_pct, 0) << "below the range";
  EXPECT_LT(assess(inputs_at(111)).distance_upper_pct, 0) << "above the range";
}

TEST(Assess, UnknownAtrLeavesPerCentOnly) {
  AssessInputs inputs = inputs_at(100);
  inputs.atr.reset();
  const PositionRisk risk = assess(inputs);
  EXPECT_FALSE(risk.distance_lower_atr.has_value());
  EXPECT_FALSE(risk.distance_upper_atr.has_value());
  EXPECT_FALSE(risk.distance_stop_atr.has_value());
  EXPECT_DOUBLE_EQ(risk.distance_lower_pct, 5);
}

TEST(Assess, WithoutAStopLossNothingIsSaidOfIt) {
  AssessInputs inputs = inputs_at(100);
  inputs.definition.stop_loss.reset();
  const PositionRisk risk = assess(inputs);
  EXPECT_FALSE(risk.value_at_stop.has_value());
  EXPECT_FALSE(risk.distance_stop_pct.has_value());
  EXPECT_FALSE(risk.distance_stop_atr.has_value());
  EXPECT_DOUBLE_EQ(*assess(inputs_at(100)).value_at_stop, 915);
}

TEST(Assess, BreakProbabilitiesArePassedOn) {
  AssessInputs inputs = inputs_at(100);
  inputs.break_probability = {0.1, 0.3, std::nullopt};
  const PositionRisk risk = assess(inputs);
  EXPECT_EQ(risk.break_probability.h6, 0.1);
  EXPECT_EQ(risk.break_probability.h24, 0.3);
  EXPECT_FALSE(risk.break_probability.h72.has_value());
}

TEST(Account, WithinFivePerCentNothingIsSaid) {
  AssessInputs inputs = inputs_at(100);
  inputs.account = AccountFigures{4.19, 580, 0, 0};
  EXPECT_FALSE(assess(inputs).difference.has_value());
  EXPECT_TRUE(assess(inputs).account.has_value());
}

TEST(Account, MoreThanFivePerCentInBaseIsSaidAndChangesNothing) {
  AssessInputs inputs = inputs_at(100);
  inputs.account = AccountFigures{3.7, 610, 0, 0};
  const PositionRisk risk = assess(inputs);
  EXPECT_EQ(risk.difference, "account holds 3.700 base, 4.000 estimated");
  EXPECT_DOUBLE_EQ(risk.base, 4);
  EXPECT_DOUBLE_EQ(risk.pnl, -20);
  EXPECT_EQ(risk.source, "estimated");
}

TEST(Account, MoreThanFivePerCentInValueIsSaid) {
  AssessInputs inputs = inputs_at(100);
  inputs.account = AccountFigures{4, 640, 0, 0};
  EXPECT_EQ(assess(inputs).difference, "account is worth 1040.0, 980.000 estimated");
}

TEST(Account, DustBesideNoBaseIsNoDifference) {
  AssessInputs inputs = inputs_at(115);
  inputs.simulated.base = 0;
  inputs.simulated.quote = 1000;
  inputs.account = AccountFigures{0.01, 1000, 0, 0};
  EXPECT_FALSE(assess(inputs).difference.has_value());
  inputs.account->base = 0.11;
  EXPECT_TRUE(assess(inputs).difference.has_value());
}

}  // namespace
}  // namespace gridexit::position
