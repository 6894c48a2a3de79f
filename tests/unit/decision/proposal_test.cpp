#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>

#include "gridexit/decision/increment.hpp"
#include "gridexit/decision/recommend.hpp"

namespace gridexit::decision {
namespace {

/// Closes that alternate by exactly `step` in log: σ = step.
CandleSeries alternating(double close, double step, int bars) {
  CandleSeries series;
  for (int i = 0; i < bars; ++i) {
    const bool last_parity = (bars - 1 - i) % 2 == 0;
    const double price = last_parity ? close : close * std::exp(step);
    series.push_back({UtcTime{Hours{i}}, price, price, price, price, 1});
  }
  return series;
}

class ProposalTest : public testing::Test {
 protected:
  explicit ProposalTest(double step = 0.005) : bars_(alternating(100, step, 260)) {
    inputs_.close = 100;
    inputs_.atr_1h = 1;
    inputs_.atr_4h = 2;
    inputs_.window_1h = bars_.view();
    inputs_.capital.equity = 10000;
  }

  void set_sigma(double sigma) {
    bars_ = alternating(100, sigma, 260);
    inputs_.window_1h = bars_.view();
  }
  ProposalOutcome proposed(double confidence) const {
    return propose(inputs_, confidence, setup_, capital_);
  }

  CandleSeries bars_;
  ProposalInputs inputs_;
  SetupRules setup_;
  CapitalRules capital_;
};

TEST_F(ProposalTest, GeometryFollowsVolatility) {
  const auto shape = geometry(inputs_, 1.0, setup_);
  ASSERT_TRUE(shape.has_value());
  const double width = 1.5 * 0.005 * std::sqrt(72.0);  // 0.0636
  EXPECT_NEAR(shape->lower, 100 * std::exp(-width), 1e-9);
  EXPECT_NEAR(shape->upper, 100 * std::exp(width), 1e-9);
  EXPECT_EQ(shape->cells, static_cast<int>(2 * width / std::log(1.01)));  // step 1 ATR = 1 %
  EXPECT_NEAR(shape->stop_loss, shape->lower - 6, 1e-9);
  EXPECT_NEAR(shape->step, 100 * std::exp(2 * width / shape->cells) - 100, 1e-9);
}

TEST_F(ProposalTest, HalfWidthIsClamped) {
  set_sigma(0.0001);
  EXPECT_NEAR(std::log(geometry(inputs_, 1, setup_)->upper / 100), 0.03, 1e-12);
  set_sigma(0.1);
  EXPECT_NEAR(std::log(geometry(inputs_, 1, setup_)->upper / 100), 0.20, 1e-12);
}

TEST_F(ProposalTest, StepIsAtLeastThreeRoundTripFees) {
  inputs_.atr_1h = 0.01;
  const auto shape = geometry(inputs_, 1, setup_);
  EXPECT_EQ(shape->cells,
            static_cast<int>(std::log(shape->upper / shape->lower) / std::log(1.006)));
}

TEST_F(ProposalTest, CellsAreClamped) {
  inputs_.atr_1h = 20;
  EXPECT_EQ(geometry(inputs_, 1, setup_)->cells, 4);
  inputs_.atr_1h = 0.01;
  setup_.fee = 0.0001;
  EXPECT_EQ(geometry(inputs_, 1, setup_)->cells, 60);
}

TEST_F(ProposalTest, OnlyTheLast168ReturnsCount) {
  CandleSeries wild = alternating(100, 0.2, 92);
  wild.append(alternating(100, 0.005, 169).view());
  inputs_.window_1h = wild.view();
  const auto calm = geometry(inputs_, 1, setup_);
  ASSERT_TRUE(calm.has_value());
  EXPECT_NEAR(std::log(calm->upper / 100), 1.5 * 0.005 * std::sqrt(72.0), 1e-9);
}

TEST_F(ProposalTest, NothingWithoutItsInputs) {
  const CandleSeries exactly = alternating(100, 0.005, 169),
                     short_of_one = alternating(100, 0.005, 168);
  inputs_.window_1h = exactly.view();
  EXPECT_TRUE(geometry(inputs_, 1, setup_).has_value());
  inputs_.window_1h = short_of_one.view();
  EXPECT_FALSE(geometry(inputs_, 1, setup_).has_value());
  EXPECT_NE(proposed(0.9).reason.find("168"), std::string::npos);
  inputs_.window_1h = exactly.view();
  inputs_.atr_1h.reset();
  EXPECT_FALSE(geometry(inputs_, 1, setup_).has_value());
  inputs_.atr_1h = 1;
  inputs_.atr_4h.reset();
  EXPECT_FALSE(proposed(0.9).proposal.has_value());
}

TEST_F(ProposalTest, FullAllocationLeavesTheReserve) {
  const auto outcome = proposed(0.80);
  ASSERT_TRUE(outcome.proposal.has_value()) << outcome.reason;
  EXPECT_DOUBLE_EQ(outcome.proposal->capital_quote, 8000);
  EXPECT_DOUBLE_EQ(outcome.proposal->allocation_pct, 100);
  EXPECT_EQ(outcome.proposal->spacing, Spacing::geometric);
  EXPECT_EQ(outcome.proposal->cells, geometry(inputs_, 1.0, setup_)->cells);
}

TEST_F(ProposalTest, ProbationaryIsSmallerWithWiderSteps) {
  const auto at_60 = proposed(0.60), at_70 = proposed(0.70);
  EXPECT_NEAR(at_60.proposal->capital_quote, 4000, 1e-9);
  EXPECT_NEAR(at_70.proposal->allocation_pct, 55, 1e-9);
  EXPECT_EQ(at_60.proposal->cells, geometry(inputs_, 1.25, setup_)->cells);
  EXPECT_LT(at_60.proposal->cells, proposed(0.80).proposal->cells);
}

TEST_F(ProposalTest, RunningGridsAndTheUnlockedBalanceLimitIt) {
  inputs_.capital.held_by_running_grids = 3000;
  EXPECT_DOUBLE_EQ(proposed(0.9).proposal->capital_quote, 5000);
  inputs_.capital.unlocked_quote = 1200;
  EXPECT_DOUBLE_EQ(proposed(0.9).proposal->capital_quote, 1200);
  inputs_.capital.unlocked_quote = 6000;
  EXPECT_DOUBLE_EQ(proposed(0.9).proposal->capital_quote, 5000);
}

TEST_F(ProposalTest, SingleGridMeansOne) {
  inputs_.capital.another_grid_runs = true;
  EXPECT_FALSE(proposed(0.9).proposal.has_value());
  EXPECT_NE(proposed(0.9).reason.find("SINGLE_GRID"), std::string::npos);
}

TEST_F(ProposalTest, PricesAreRoundedAwayFromTheMarket) {
  inputs_.symbol_rules.price_increment = 0.1;
  const auto shape = geometry(inputs_, 1, setup_);
  const auto proposal = proposed(0.9).proposal;
  EXPECT_EQ(proposal->lower, round_down(shape->lower, 0.1));
  EXPECT_EQ(proposal->upper, round_up(shape->upper, 0.1));
  EXPECT_EQ(proposal->stop_loss, round_down(shape->stop_loss, 0.1));
  EXPECT_LE(proposal->lower, shape->lower);
  EXPECT_GE(proposal->upper, shape->upper);
  EXPECT_LE(proposal->stop_loss, shape->stop_loss);
}

TEST_F(ProposalTest, WithoutSymbolRulesNothingIsRounded) {
  const auto shape = geometry(inputs_, 1, setup_);
  EXPECT_DOUBLE_EQ(proposed(0.9).proposal->lower, shape->lower);
  EXPECT_DOUBLE_EQ(proposed(0.9).proposal->upper, shape->upper);
}

TEST_F(ProposalTest, ProfitPerGridIsAfterBothFees) {
  const auto proposal = proposed(0.9).proposal;
  const double ratio = std::pow(proposal->upper / proposal->lower, 1.0 / proposal->cells);
  EXPECT_NEAR(proposal->profit_per_grid_pct, (ratio * 0.999 / 1.001 - 1) * 100, 1e-12);
  EXPECT_GT(proposal->profit_per_grid_pct, 0);
}

TEST_F(ProposalTest, TheAmountPerGridSpendsTheCapital) {
  const auto proposal = proposed(0.9).proposal;
  // Half the cells are bought at 100, the others reserve less: so each gets a little over capital /
  // (cells · 100).
  const double even = proposal->capital_quote / (proposal->cells * 100.0);
  EXPECT_GT(proposal->amount_per_grid, even);
  EXPECT_LT(proposal->amount_per_grid, even * 1.03);
}

TEST_F(ProposalTest, CellsShrinkToTheSmallestOrder) {
  const int wanted = proposed(0.9).proposal->cells;
  inputs_.symbol_rules.base_increment = 0.001;
  inputs_.symbol_rules.base_min_size = 8000.0 / 100 / 6;  // about six cells' worth
  const auto proposal = proposed(0.9).proposal;
  ASSERT_TRUE(proposal.has_value());
  EXPECT_LT(proposal->cells, wanted);
  EXPECT_EQ(proposal->cells, 6);
  EXPECT_GE(proposal->amount_per_grid, inputs_.symbol_rules.base_min_size);
}

TEST_F(ProposalTest, MinimumFundsAreMeasuredAtTheLowerLine) {
  inputs_.symbol_rules.min_funds = 1400;  // six orders: 1,281 at the lower line, 1,456 at the upper
  const auto proposal = proposed(0.9).proposal;
  ASSERT_TRUE(proposal.has_value());
  EXPECT_GE(proposal->amount_per_grid * proposal->lower, 1400);
  EXPECT_EQ(proposal->cells, 5);
}

TEST_F(ProposalTest, BelowFourCellsTheReasonNamesAnEquityThatIsEnough) {
  inputs_.symbol_rules = {0.1, 0.0001, 0.5, 10};
  inputs_.capital.equity = 100;
  const auto outcome = proposed(0.65);
  ASSERT_FALSE(outcome.proposal.has_value());
  EXPECT_NE(outcome.reason.find("minimum of 4 cells"), std::string::npos) << outcome.reason;
  const std::string mark = "to at least ";
  const auto at = outcome.reason.find(mark);
  ASSERT_NE(at, std::string::npos) << outcome.reason;
  inputs_.capital.equity = std::stod(outcome.reason.substr(at + mark.size()));
  const auto followed = proposed(0.65);
  ASSERT_TRUE(followed.proposal.has_value()) << followed.reason;
  EXPECT_EQ(followed.proposal->cells, 4);
  inputs_.capital.equity -= 0.1;
  EXPECT_FALSE(proposed(0.65).proposal.has_value());
}

TEST_F(ProposalTest, NoCapitalIsAShortageToo) {
  inputs_.capital.equity = 0;
  EXPECT_FALSE(proposed(0.9).proposal.has_value());
  EXPECT_NE(proposed(0.9).reason.find("capital 0.00"), std::string::npos) << proposed(0.9).reason;
  inputs_.capital.equity = 1000;
  inputs_.capital.unlocked_quote = 0;
  inputs_.symbol_rules.min_funds = 1;
  EXPECT_NE(proposed(0.9).reason.find("free at least"), std::string::npos) << proposed(0.9).reason;
}

TEST_F(ProposalTest, NoStopLossBelowZero) {
  inputs_.atr_4h = 40;
  EXPECT_FALSE(proposed(0.9).proposal.has_value());
  EXPECT_NE(proposed(0.9).reason.find("stop-loss"), std::string::npos);
}

class ProposalBounds : public ProposalTest, public testing::WithParamInterface<std::uint64_t> {};

TEST_P(ProposalBounds, HoldForAnyMarket) {
  std::mt19937_64 random(GetParam());
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 200; ++i) {
    set_sigma(std::pow(10.0, -4 + 3 * unit(random)));
    inputs_.atr_1h = std::pow(10.0, -2 + 2.5 * unit(random));
    inputs_.atr_4h = *inputs_.atr_1h * (1 + unit(random));
    inputs_.symbol_rules.price_increment = 0.001;
    inputs_.symbol_rules.base_min_size = unit(random);
    const auto outcome = proposed(unit(random));
    if (!outcome.proposal) {
      EXPECT_FALSE(outcome.reason.empty());
      continue;
    }
    const Proposal& proposal = *outcome.proposal;
    EXPECT_LT(proposal.lower, 100);
    EXPECT_GT(proposal.upper, 100);
    EXPECT_LT(proposal.stop_loss, proposal.lower);
    EXPECT_GT(proposal.stop_loss, 0);
    EXPECT_GE(std::log(100 / proposal.lower), 0.03);
    EXPECT_LE(std::log(100 / proposal.lower), 0.20 + 2e-5);
    EXPECT_GE(proposal.cells, 4);
    EXPECT_LE(proposal.cells, 60);
    EXPECT_GT(proposal.amount_per_grid, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ProposalBounds, testing::Range<std::uint64_t>(1, 6));

}  // namespace
}  // namespace gridexit::decision
