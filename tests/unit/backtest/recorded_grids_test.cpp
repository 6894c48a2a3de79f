// Grids that ran, beside what holding, these rules and the operator made of them.

#include "gridexit/backtest/recorded_grids.hpp"

#include <gtest/gtest.h>

#include "market.hpp"

namespace gridexit::backtest {
namespace {

class RecordedGrids : public ::testing::Test {
 protected:
  static constexpr std::size_t kStart = 1410;  ///< shortly before the crash

  void SetUp() override {
    tracks_.push_back(small_track());
    const auto shaped = shape_grid(tracks_[0], kStart, 0, Harness{}, rules_.setup);
    ASSERT_TRUE(shaped);
    grid_.grid_id = "grid-1";
    grid_.symbol = "BTC-USDT";
    grid_.versions = {*shaped};
    start_ = shaped->from;
    grid_.history = {{true, start_, "", "ana", std::nullopt}};
  }

  void stop(int hour) { grid_.history.push_back({false, at(hour), "", "ana", std::nullopt}); }
  void exit_on_record(int hour) {
    transitions_.push_back(
        {at(hour), "grid-1", ExitState::normal, ExitState::latest_acceptable_exit, {}, {}, {}});
  }
  void executed(int hour) {
    DecisionRecord decision;
    decision.grid_id = "grid-1";
    decision.created_at = at(hour - 1);
    decision.recommendation.action = Action::stop_grid;
    decision.action_records = {{at(hour), "ana", OperatorAction::executed, {}, {}, {}}};
    decisions_.push_back(decision);
  }
  UtcTime at(int hour) const { return start_ + Hours{hour}; }

  RecordedComparison compare() const {
    const kpi::RecordedLife life{tracks_[0].bars.view(), transitions_, {}, decisions_};
    const std::vector<RecordedLives> lives{{kpi::recorded_runs(grid_, life), decisions_}};
    return compare_recorded(tracks_, lives, rules_, Harness{});
  }

  kpi::GridRun simulated(const Policy& policy) const {
    const Timeline timeline(tracks_[0], rules_);
    return run_grid({tracks_[0], timeline, rules_}, grid_.versions[0], kStart, Harness{}, policy);
  }

  Rules rules_;
  std::vector<Track> tracks_;
  Grid grid_;
  UtcTime start_{};
  std::vector<Transition> transitions_;
  std::vector<DecisionRecord> decisions_;
};

TEST_F(RecordedGrids, AreValuedAtEachWayToLeave) {
  exit_on_record(10);
  stop(14);
  const RecordedComparison comparison = compare();
  ASSERT_EQ(comparison.grids.size(), 1U);
  const RecordedGrid& grid = comparison.grids.front();
  const kpi::GridRun held = simulated(Hold{});
  const kpi::GridRun ruled = simulated(ExitRulesPolicy{});
  EXPECT_EQ(grid.symbol, "BTC-USDT");
  ASSERT_TRUE(grid.recorded_exit && grid.operator_stop && grid.held);
  EXPECT_EQ(grid.recorded_exit->at, at(10));
  EXPECT_EQ(grid.recorded_exit->pnl, held.pnl[10]);
  EXPECT_EQ(grid.operator_stop->at, at(14));
  EXPECT_EQ(grid.operator_stop->pnl, held.pnl[14]);
  EXPECT_EQ(grid.held->pnl, held.pnl.back());
  ASSERT_TRUE(grid.rules_exit);
  EXPECT_EQ(grid.rules_exit->at, at(ruled.end()));
  EXPECT_EQ(grid.rules_exit->pnl, ruled.pnl.back());
  EXPECT_EQ(grid.pnl_as_told(), held.pnl[10]);
}

TEST_F(RecordedGrids, StandBesideTheSimplerRulesInTheSameTable) {
  exit_on_record(10);
  stop(14);
  const RecordedComparison comparison = compare();
  ASSERT_EQ(comparison.table.rows.size(), 4U);
  EXPECT_EQ(comparison.table.rows[2].policy, "as recorded");
  EXPECT_EQ(comparison.table.rows[3].policy, "these rules");
  EXPECT_EQ(comparison.table.rows[0].row.earnings.pnl, simulated(Hold{}).pnl.back());
  EXPECT_EQ(comparison.table.rows[2].row.earnings.pnl, simulated(Hold{}).pnl[14]);
  EXPECT_EQ(comparison.table.rows[2].row.kpis.fer.count, 1);
}

TEST_F(RecordedGrids, AreLeftWhenTheOperatorSaysSo) {
  exit_on_record(10);
  executed(11);
  stop(20);
  const RecordedGrid grid = compare().grids.front();
  EXPECT_EQ(grid.operator_stop->at, at(11));
  EXPECT_EQ(grid.operator_stop->pnl, simulated(Hold{}).pnl[11]);
}

TEST_F(RecordedGrids, StillRunningAreFollowedToTheEndOfTheData) {
  grid_.versions[0].stop_loss.reset();
  const RecordedGrid grid = compare().grids.front();
  EXPECT_FALSE(grid.operator_stop);
  EXPECT_FALSE(grid.recorded_exit);
  EXPECT_EQ(grid.until, HeldUntil::end_of_data);
  EXPECT_EQ(grid.held->at, tracks_[0].bars.view().time.back() + Hours{1});
  EXPECT_EQ(grid.pnl_as_lived(), grid.held->pnl);
}

TEST_F(RecordedGrids, EndAtTheirStopLossWhenHeld) {
  stop(5);
  const RecordedGrid grid = compare().grids.front();
  EXPECT_EQ(grid.until, HeldUntil::stop_loss);
  EXPECT_NEAR(grid.held->pnl, -grid.risk, 0.3 * grid.risk);
}

TEST_F(RecordedGrids, OfWhichTooLittleIsKnownSayWhy) {
  grid_.history.front().time = kFirst - Hours{5};
  const RecordedComparison comparison = compare();
  ASSERT_EQ(comparison.grids.size(), 1U);
  EXPECT_FALSE(comparison.grids.front().judged());
  EXPECT_FALSE(comparison.grids.front().why.empty());
  EXPECT_EQ(comparison.table.rows.front().row.kpis.runs, 0);
}

}  // namespace
}  // namespace gridexit::backtest
