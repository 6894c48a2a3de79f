// What became of a decision, by what the price, the simulated grid and the operator did afterwards.

#include "gridexit/kpi/follow_up.hpp"

#include <gtest/gtest.h>

#include "support/series.hpp"

namespace gridexit::kpi {
namespace {

using support::kSeriesStart;

constexpr int kDecided = 300;  ///< the decision's hour, in bars since the series began
const UtcTime kAt = kSeriesStart + Hours{kDecided};

/// A grid of 90 to 110 with its stop-loss at 80, in a market that stands at 100 unless told
/// otherwise.
class FollowUp : public ::testing::Test {
 protected:
  FollowUp() : closes_(kDecided + 400, 100.0) {
    GridVersion version;
    version.from = kAt - Hours{100};
    version.lower = 90;
    version.upper = 110;
    version.cells = 10;
    version.capital_quote = 1000;
    version.stop_loss = 80;
    grid_.grid_id = "grid-1";
    grid_.versions = {version};
    grid_.history = {{true, kAt - Hours{100}, "", "ana", std::nullopt}};
    decision_.symbol = "ETH-USDT";
    decision_.created_at = kAt;
    decision_.recommendation.price = 100;
    decision_.recommendation.atr = 1;
  }

  /// The closes of the hours `from` to `to` after the decision; hour 0 ends with it.
  void price(int from, int to, double close) {
    for (int h = from; h <= to; ++h) closes_[static_cast<std::size_t>(kDecided - 1 + h)] = close;
  }
  void answer(double hours, OperatorAction action) {
    const UtcTime at = kAt + Seconds{static_cast<int>(hours * 3600)};
    decision_.action_records.push_back({at, "ana", action, {}, {}, {}});
  }
  EvaluationRecord look(Action action, Horizon horizon = Horizon::h24) {
    decision_.recommendation.action = action;
    bars_ = support::series_of(closes_);
    FollowUpInputs inputs{decision_, horizon, bars_.view(), missing_, known_ ? &grid_ : nullptr,
                          replaced_, 2.0,     rules_};
    return follow_up(inputs, kAt + Hours{200});
  }
  std::string quality(Action action, Horizon horizon = Horizon::h24) {
    return look(action, horizon).recommendation_quality;
  }
  std::string acted(Action action) { return look(action).action_quality; }

  std::vector<double> closes_;
  CandleSeries bars_;
  Grid grid_;
  bool known_ = true;
  DecisionRecord decision_;
  std::optional<UtcTime> replaced_;
  int missing_ = 0;
  SetupRules rules_;
};

TEST_F(FollowUp, AStopBeforeABreakIsGoodAndSaysWhatItSaved) {
  price(3, 300, 84);
  const auto record = look(Action::stop_grid);
  EXPECT_EQ(record.horizon, "24h");
  EXPECT_EQ(record.evaluated_at, kAt + Hours{200});
  EXPECT_EQ(record.recommendation_quality, "good");
  ASSERT_TRUE(record.economic_impact_usd);
  EXPECT_GT(*record.economic_impact_usd, 50);
  ASSERT_TRUE(record.note);
  EXPECT_NE(record.note->find("the range broke 3 h later; leaving at once saved"),
            std::string::npos)
      << *record.note;
  EXPECT_NE(record.note->find("USDT (estimated)"), std::string::npos);
}

TEST_F(FollowUp, AStopInTheHourOfTheBreakOrAfterItIsGood) {
  price(0, 300, 89);
  EXPECT_EQ(quality(Action::stop_grid), "good");
  price(-5, 300, 89);
  EXPECT_NE(look(Action::stop_grid).note->find("broken already"), std::string::npos);
}

TEST_F(FollowUp, AStopAfterTheStopLossWasTouchedIsGood) {
  price(-4, -4, 79);
  const auto record = look(Action::stop_grid);
  EXPECT_EQ(record.recommendation_quality, "good");
  EXPECT_EQ(record.economic_impact_usd, 0) << "nothing was left to lose";
}

TEST_F(FollowUp, AnEarlierBreakThatCameBackDoesNotMakeAStopGood) {
  price(-60, -40, 89);
  EXPECT_NE(quality(Action::stop_grid), "good");
}

TEST_F(FollowUp, AStopInARangeThatHeldIsBadWhereLeavingCost) {
  price(-2, 0, 92);
  EXPECT_EQ(quality(Action::stop_grid), "bad");
  EXPECT_LT(*look(Action::stop_grid).economic_impact_usd, 0);
  price(1, 300, 92);
  EXPECT_EQ(quality(Action::stop_grid), "neutral");
}

TEST_F(FollowUp, ABreakCountsWithinItsHorizonOnly) {
  price(60, 300, 89);
  EXPECT_EQ(quality(Action::hold, Horizon::h24), "good");
  EXPECT_EQ(quality(Action::hold, Horizon::h72), "bad") << "12 closes by hour 72";
  EXPECT_EQ(quality(Action::hold, Horizon::d7), "bad");
}

TEST_F(FollowUp, ABreakUnderWayIsUnknownNotGuessed) {
  price(20, 300, 89);
  const auto record = look(Action::stop_grid);
  EXPECT_EQ(record.recommendation_quality, "unknown");
  EXPECT_NE(record.note->find("not confirmed"), std::string::npos);
  EXPECT_TRUE(record.economic_impact_usd) << "the money is known all the same";
}

TEST_F(FollowUp, NothingAfterTheHorizonMatters) {
  const auto before = look(Action::hold);
  price(25, 300, 70);
  const auto after = look(Action::hold);
  EXPECT_EQ(after.recommendation_quality, before.recommendation_quality);
  EXPECT_EQ(after.economic_impact_usd, before.economic_impact_usd);
  EXPECT_EQ(after.note, before.note);
}

TEST_F(FollowUp, AWarningIsGoodBeforeABreakAndElseNeutral) {
  EXPECT_EQ(quality(Action::prepare_exit), "neutral");
  price(5, 300, 89);
  EXPECT_EQ(quality(Action::prepare_exit), "good");
}

TEST_F(FollowUp, HoldIsBadOnlyWhileItStood) {
  price(6, 300, 89);
  EXPECT_EQ(quality(Action::hold), "bad");
  EXPECT_LT(*look(Action::hold).economic_impact_usd, 0);
  replaced_ = kAt + Hours{4};
  EXPECT_EQ(quality(Action::hold), "neutral");
  replaced_ = kAt + Hours{7};
  EXPECT_EQ(quality(Action::hold), "bad");
}

TEST_F(FollowUp, ASetupIsJudgedOnTheGridItProposed) {
  decision_.recommendation.proposal = Proposal{95, 105, 10, Spacing::geometric, 90, 500, 0, 0, 100};
  for (int h = 1; h < 160; ++h) price(h, h, h % 2 == 0 ? 99 : 102);
  const auto held = look(Action::create_grid);
  EXPECT_EQ(held.recommendation_quality, "good");
  EXPECT_GT(*held.economic_impact_usd, 0);
  price(2, 300, 91);
  const auto broke = look(Action::create_probationary_grid);
  EXPECT_EQ(broke.recommendation_quality, "bad");
  EXPECT_LT(*broke.economic_impact_usd, 0);
}

TEST_F(FollowUp, WaitIsJudgedOnTheGridThatWasNotSetUp) {
  price(2, 300, 70);
  const auto spared = look(Action::wait);
  EXPECT_EQ(spared.recommendation_quality, "good");
  EXPECT_GT(*spared.economic_impact_usd, 0);
  for (int h = 1; h < 160; ++h) price(h, h, h % 2 == 0 ? 99 : 102);
  const auto missed = look(Action::wait);
  EXPECT_EQ(missed.recommendation_quality, "bad") << *missed.note;
  EXPECT_LT(*missed.economic_impact_usd, 0);
  EXPECT_NE(missed.note->find("would have earned"), std::string::npos);
}

TEST_F(FollowUp, WhatIsMissingIsSaid) {
  missing_ = 4;
  EXPECT_EQ(quality(Action::hold), "unknown");
  EXPECT_EQ(look(Action::hold).note, "unknown: 4 of 24 candles are missing");
  missing_ = 3;
  EXPECT_EQ(quality(Action::hold), "good");
  known_ = false;
  EXPECT_EQ(look(Action::hold).note, "unknown: no grid is on record for it");
  known_ = true;
  closes_.resize(kDecided + 10);
  EXPECT_NE(look(Action::hold).note->find("unknown: no candles up to"), std::string::npos);
  EXPECT_FALSE(look(Action::hold).economic_impact_usd);
}

TEST_F(FollowUp, OtherCurrenciesAreNoDollars) {
  decision_.symbol = "ETH-BTC";
  const auto record = look(Action::hold);
  EXPECT_FALSE(record.economic_impact_usd);
  EXPECT_NE(record.note->find(" BTC (estimated)"), std::string::npos);
}

TEST_F(FollowUp, AStopWithinThreeHoursIsInTime) {
  EXPECT_EQ(acted(Action::stop_grid), "none");
  answer(3, OperatorAction::executed);
  EXPECT_EQ(acted(Action::stop_grid), "executed_in_time");
  decision_.action_records.clear();
  answer(3.5, OperatorAction::executed);
  EXPECT_EQ(acted(Action::stop_grid), "executed_late");
  decision_.action_records.clear();
  answer(25, OperatorAction::executed);
  EXPECT_EQ(acted(Action::stop_grid), "none") << "after the horizon";
}

TEST_F(FollowUp, TheGridsStopIsAnExecutionWhateverItNamed) {
  grid_.history.push_back({false, kAt + Hours{2}, "", "ana", std::nullopt});
  EXPECT_EQ(acted(Action::stop_grid), "executed_in_time");
  EXPECT_EQ(quality(Action::stop_grid), "neutral") << "judged although the grid is gone";
}

TEST_F(FollowUp, TheLastWordCounts) {
  answer(1, OperatorAction::accepted);
  EXPECT_EQ(acted(Action::stop_grid), "accepted");
  answer(2, OperatorAction::declined);
  EXPECT_EQ(acted(Action::stop_grid), "declined");
}

TEST_F(FollowUp, ASetupIsTakenUpInTimeWhileItIsValid) {
  decision_.recommendation.valid_until = kAt + Hours{4};
  answer(4, OperatorAction::executed);
  EXPECT_EQ(acted(Action::create_grid), "executed_in_time");
  decision_.action_records.clear();
  answer(5, OperatorAction::executed);
  EXPECT_EQ(acted(Action::create_grid), "executed_late");
}

TEST_F(FollowUp, HoldingAndWaitingAskForNothing) {
  EXPECT_EQ(acted(Action::hold), "not_needed");
  EXPECT_EQ(acted(Action::wait), "not_needed");
  EXPECT_EQ(acted(Action::prepare_exit), "not_needed");
}

TEST(DueHorizons, EachOnceAndAlsoLate) {
  DecisionRecord decision;
  decision.created_at = kAt;
  EXPECT_TRUE(due_horizons(decision, kAt + Hours{23}).empty());
  EXPECT_EQ(due_horizons(decision, kAt + Hours{24}), std::vector{Horizon::h24});
  EXPECT_EQ(due_horizons(decision, kAt + Hours{500}),
            (std::vector{Horizon::h24, Horizon::h72, Horizon::d7}));
  decision.evaluation_records = {{"72h", kAt + Hours{80}, "good", "none", {}, {}}};
  EXPECT_EQ(due_horizons(decision, kAt + Hours{500}), (std::vector{Horizon::h24, Horizon::d7}));
}

}  // namespace
}  // namespace gridexit::kpi
