// Runs made of records: what a grid's history, exit states, notifications and answers say.

#include "gridexit/kpi/recorded_run.hpp"

#include <gtest/gtest.h>

#include "gridexit/kpi/compute.hpp"
#include "support/series.hpp"

namespace gridexit::kpi {
namespace {

using support::kSeriesStart;

constexpr std::size_t kStartBar = 9;  ///< its close is hour 0

UtcTime hour(int h) {
  return kSeriesStart + Hours{static_cast<int>(kStartBar) + 1 + h};
}

/// One grid of 90 to 110 from hour 0 on, in a market that stands at 100 unless told otherwise.
class RecordedRuns : public ::testing::Test {
 protected:
  RecordedRuns() : closes_(kStartBar + 1 + 400, 100.0) {
    grid_.grid_id = "grid-1";
    grid_.symbol = "ETH-USDT";
    GridVersion version;
    version.from = hour(0);
    version.lower = 90;
    version.upper = 110;
    version.cells = 10;
    version.capital_quote = 1000;
    version.stop_loss = 80;
    grid_.versions = {version};
    grid_.history = {{true, hour(0), "", "ana", std::nullopt}};
  }

  void price(int from, int to, double close) {
    for (int h = from; h <= to; ++h) closes_[kStartBar + static_cast<std::size_t>(h)] = close;
  }
  void stop(UtcTime at) { grid_.history.push_back({false, at, "", "ana", std::nullopt}); }
  void rise(int h, ExitState from, ExitState to) {
    transitions_.push_back({hour(h), "grid-1", from, to, {}, {}, {}});
    notified_.push_back({hour(h), "grid-1", to});
  }
  void advise_stop(int h, std::vector<ActionRecord> answers) {
    DecisionRecord decision;
    decision.symbol = "ETH-USDT";
    decision.grid_id = "grid-1";
    decision.created_at = hour(h);
    decision.recommendation.action = Action::stop_grid;
    decision.action_records = std::move(answers);
    decisions_.push_back(decision);
  }
  static ActionRecord answer(UtcTime at) {
    return {at, "ana", OperatorAction::executed, {}, {}, {}};
  }

  /// As seen when hour `seen` had closed.
  std::vector<RecordedRun> runs(int seen = 400) {
    bars_ = support::series_of(closes_);
    const auto count = kStartBar + 1 + static_cast<std::size_t>(seen);
    return recorded_runs(grid_, {bars_.view().part(0, count), transitions_, notified_, decisions_});
  }
  GridRun only_run(int seen = 400) {
    const auto found = runs(seen);
    EXPECT_EQ(found.size(), 1U);
    EXPECT_TRUE(found.front().run) << found.front().why;
    return *found.front().run;
  }

  std::vector<double> closes_;
  CandleSeries bars_;
  Grid grid_;
  std::vector<Transition> transitions_;
  std::vector<Notified> notified_;
  std::vector<DecisionRecord> decisions_;
};

TEST_F(RecordedRuns, LastFromTheStartToTheLastFullHourBeforeTheStop) {
  stop(hour(30) + Seconds{1800});
  const GridRun run = only_run();
  EXPECT_EQ(run.start, hour(0));
  EXPECT_EQ(run.end(), 30);
  EXPECT_EQ(runs().front().stopped, hour(30) + Seconds{1800});
  EXPECT_LT(run.pnl.front(), 0) << "selling at once costs fee and slippage";
  EXPECT_GT(run.risk, 0);
}

TEST_F(RecordedRuns, ARunningGridEndsWithTheData) {
  EXPECT_EQ(only_run(50).end(), 50);
  EXPECT_FALSE(runs(50).front().stopped);
}

TEST_F(RecordedRuns, EveryStartIsARun) {
  stop(hour(30));
  grid_.history.push_back({true, hour(60), "", "ana", std::nullopt});
  rise(20, ExitState::normal, ExitState::mandatory_exit);
  const auto found = runs(100);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].run->states.back(), ExitState::mandatory_exit);
  EXPECT_EQ(found[1].started, hour(60));
  EXPECT_EQ(found[1].run->end(), 40);
  EXPECT_EQ(found[1].run->states.back(), ExitState::normal) << "each run begins NORMAL";
  EXPECT_EQ(runs(60).size(), 1U) << "what begins when the data end is not there yet";
}

TEST_F(RecordedRuns, StatesAreThoseRecorded) {
  rise(5, ExitState::normal, ExitState::warning);
  rise(9, ExitState::warning, ExitState::latest_acceptable_exit);
  transitions_.push_back({hour(7), "grid-2", {}, ExitState::mandatory_exit, {}, {}, {}});
  std::swap(transitions_[1], transitions_[2]);
  const GridRun run = only_run();
  EXPECT_EQ(run.states[4], ExitState::normal);
  EXPECT_EQ(run.states[5], ExitState::warning);
  EXPECT_EQ(run.states[8], ExitState::warning);
  EXPECT_EQ(run.states[9], ExitState::latest_acceptable_exit);
  EXPECT_EQ(exits(run), std::vector<int>{9});
}

TEST_F(RecordedRuns, AnExitRecordedWithTheStartStillCounts) {
  rise(0, ExitState::normal, ExitState::latest_acceptable_exit);
  EXPECT_EQ(exits(only_run()), std::vector<int>{1});
}

TEST_F(RecordedRuns, TheStopLossEndsTheRunWhateverTheOperatorWrites) {
  price(40, 60, 79);
  stop(hour(50));
  const GridRun run = only_run();
  EXPECT_EQ(run.end(), 40);
  EXPECT_EQ(run.price.stop_touch, 40);
}

TEST_F(RecordedRuns, TheReactionIsFromTheMessageToTheFirstAnswerOfItOrItsRepetition) {
  rise(10, ExitState::normal, ExitState::latest_acceptable_exit);
  advise_stop(10, {});
  advise_stop(12, {answer(hour(12) + Seconds{1800}), answer(hour(15))});
  EXPECT_EQ(only_run().reaction_hours, std::vector<double>{2.5});
  EXPECT_TRUE(only_run(12).reaction_hours.empty()) << "not answered yet";
}

TEST_F(RecordedRuns, NoMessageNoReaction) {
  rise(10, ExitState::normal, ExitState::latest_acceptable_exit);
  notified_.clear();
  advise_stop(10, {answer(hour(11))});
  EXPECT_TRUE(only_run().reaction_hours.empty());
}

TEST_F(RecordedRuns, WhatMayStillComeTrueIsNotJudgedYet) {
  rise(10, ExitState::normal, ExitState::latest_acceptable_exit);
  const auto early = kpi::compute(std::vector{only_run(81)}, Dependence::separate_runs);
  EXPECT_EQ(early.fer.count, 0);
  EXPECT_EQ(early.undecided_exits, 1);
  EXPECT_EQ(early.wpr_24h.count, 1);
  EXPECT_EQ(early.wpr_72h.count, 0);
  const auto later = kpi::compute(std::vector{only_run(82)}, Dependence::separate_runs);
  EXPECT_EQ(later.fer.count, 1);
  EXPECT_EQ(later.fer.value, 1);
  EXPECT_EQ(later.undecided_exits, 0);
  EXPECT_EQ(later.wpr_72h.count, 1);
}

TEST_F(RecordedRuns, ABreakIsARightExitAsSoonAsItIsConfirmed) {
  rise(10, ExitState::normal, ExitState::latest_acceptable_exit);
  price(12, 60, 85);
  EXPECT_EQ(kpi::compute(std::vector{only_run(20)}, Dependence::separate_runs).left_out, 1);
  const auto confirmed = kpi::compute(std::vector{only_run(24)}, Dependence::separate_runs);
  EXPECT_EQ(confirmed.fer.count, 1);
  EXPECT_EQ(confirmed.fer.value, 0);
  EXPECT_EQ(confirmed.ttdr.value, 1);
}

TEST_F(RecordedRuns, ASilentBreakCostsOnceTheRunIsOver) {
  price(12, 200, 85);
  const auto open = kpi::compute(std::vector{only_run(40)}, Dependence::separate_runs);
  EXPECT_EQ(open.ttdr.value, 0);
  EXPECT_EQ(open.mec.count, 0) << "what it will have cost is not known yet";
  stop(hour(41));
  const auto over = kpi::compute(std::vector{only_run(60)}, Dependence::separate_runs);
  EXPECT_EQ(over.mec.count, 1);
}

TEST_F(RecordedRuns, WithoutCandlesBeforeTheStartThereIsNoRun) {
  grid_.history.front().time = kSeriesStart - Hours{5};
  const auto found = runs();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found.front().run);
  EXPECT_NE(found.front().why.find("no candles"), std::string::npos);
}

}  // namespace
}  // namespace gridexit::kpi
