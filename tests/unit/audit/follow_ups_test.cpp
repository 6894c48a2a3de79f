// Follow-ups and daily KPIs in a real repository: when the hourly run writes them, and that the
// audit makes them again.

#include <gtest/gtest.h>

#include "gridexit/domain/kpi_day.hpp"
#include "unit/audit/history_fixture.hpp"

namespace gridexit {
namespace {

using audit::FindingKind;

constexpr int kCrash = 5;  ///< the hour of the STOP_GRID in `live_through_a_crash`

class FollowUps : public testing::HistoryFixture {
 protected:
  /// The market goes on, but nobody evaluates it until that hour after the first.
  void skip_to(int hour) {
    hour_ = first_hour_ + Hours{hour};
    while (story_.now() < hour_) story_.range(1, story_.price());
  }
  void skip_to_and_run(int hour) {
    skip_to(hour);
    run_hours(1);
  }
  std::string crash_path() const {
    return paths::decision("ETH-USDT", first_hour_ + Hours{kCrash});
  }
  DecisionRecord crash_decision() {
    const std::string path = crash_path();
    return codec::read<DecisionRecord>(content(*store_, path), path)->document;
  }
  std::vector<EvaluationRecord> follow_ups() { return crash_decision().evaluation_records; }
};

using DailyKpis = FollowUps;

TEST_F(FollowUps, ComeOnceAtEachHorizon) {
  live_through_a_crash();
  ASSERT_EQ(crash_decision().recommendation.action, Action::stop_grid);
  skip_to_and_run(kCrash + 23);
  EXPECT_TRUE(follow_ups().empty());
  run_hours(1);
  ASSERT_EQ(follow_ups().size(), 1U);
  EXPECT_EQ(follow_ups()[0].horizon, "24h");
  EXPECT_EQ(follow_ups()[0].evaluated_at, first_hour_ + Hours{kCrash + 24});
  EXPECT_EQ(follow_ups()[0].recommendation_quality, "good") << *follow_ups()[0].note;
  EXPECT_EQ(follow_ups()[0].action_quality, "none");
  run_hours(2);
  EXPECT_EQ(follow_ups().size(), 1U);
  skip_to_and_run(kCrash + 72);
  ASSERT_EQ(follow_ups().size(), 2U);
  EXPECT_EQ(follow_ups()[1].horizon, "72h");
  skip_to_and_run(kCrash + 168);
  ASSERT_EQ(follow_ups().size(), 3U);
  EXPECT_EQ(follow_ups()[2].horizon, "7d");
  run_hours(2);
  EXPECT_EQ(follow_ups().size(), 3U);
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(FollowUps, ThoseOfMissedHoursComeWithTheNextRun) {
  live_through_a_crash();
  skip_to_and_run(24 * 30);
  ASSERT_EQ(follow_ups().size(), 3U) << "all three are due";
  for (const EvaluationRecord& record : follow_ups()) {
    EXPECT_EQ(record.evaluated_at, first_hour_ + Hours{24 * 30});
    EXPECT_EQ(record.recommendation_quality, "good") << *record.note;
  }
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(FollowUps, AStoppedGridsDecisionsAreFollowedToo) {
  live_through_a_crash();
  auto grid = codec::read<Grid>(content(*store_, paths::grid("grid-1")), "grid")->document;
  grid.history.push_back({false, first_hour_ + Hours{8}, "left", "operator", std::nullopt});
  commit(*store_, {{paths::grid("grid-1"), codec::write(grid)}}, "stop grid-1");
  skip_to_and_run(kCrash + 24);
  ASSERT_EQ(follow_ups().size(), 1U);
  EXPECT_EQ(follow_ups()[0].action_quality, "executed_in_time");
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(FollowUps, AnAnswerRecordedAfterwardsDoesNotSpoilTheProof) {
  live_through_a_crash();
  skip_to_and_run(kCrash + 24);
  DecisionRecord decision = crash_decision();
  decision.action_records.push_back({decision.created_at + Hours{1}, "ana",
                                     OperatorAction::executed, std::nullopt, std::nullopt,
                                     std::nullopt});
  commit(*store_, {{crash_path(), codec::write(decision)}}, "answered late");
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(FollowUps, AFollowUpThatSaysSomethingElseIsNamed) {
  live_through_a_crash();
  skip_to_and_run(kCrash + 24);
  rewrite(replacing(crash_path(), "recommendation_quality: good", "recommendation_quality: bad"));
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, crash_path())) << text_of(verify());
}

TEST_F(FollowUps, AFollowUpWithoutAnEvaluationIsNamed) {
  live_through_a_crash();
  DecisionRecord decision = crash_decision();
  decision.evaluation_records = {{"24h", decision.created_at + Hours{24}, "good", "none", 1.0, {}}};
  commit(*store_, {{crash_path(), codec::write(decision)}}, "by hand");
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, crash_path())) << text_of(verify());
}

TEST_F(DailyKpis, AreWrittenOnceWhenTheDayIsOver) {
  live_through_a_crash();
  const std::string path = paths::kpi(first_hour_);
  skip_to_and_run(23);
  EXPECT_FALSE(*store_->read(path)) << "the day is not over";
  run_hours(1);
  const std::string written = content(*store_, path);
  const auto day = codec::read<KpiDay>(written, path);
  ASSERT_TRUE(day) << day.error().message;
  EXPECT_EQ(day->document.date, format_date(first_hour_));
  ASSERT_EQ(day->document.grids.size(), 1U);
  EXPECT_TRUE(day->document.grids[0].counted);
  ASSERT_EQ(day->document.day.size(), 1U);
  EXPECT_EQ(day->document.day[0].evaluations, 11);
  EXPECT_EQ(day->document.day[0].exits, 1);
  run_hours(3);
  EXPECT_EQ(content(*store_, path), written);
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(DailyKpis, DaysThatNobodyEvaluatedAreMadeUpFor) {
  live_through_a_crash();
  skip_to_and_run(4 * 24 + 3);
  for (int day = 0; day < 4; ++day)
    EXPECT_TRUE(*store_->read(paths::kpi(first_hour_ + Hours{24 * day}))) << day;
  EXPECT_FALSE(*store_->read(paths::kpi(hour_)));
}

TEST_F(DailyKpis, AChangedOneIsNamed) {
  live_through_a_crash();
  skip_to_and_run(24);
  const std::string path = paths::kpi(first_hour_);
  tamper_on_top(path, "s/^runs: .*/runs: 7/");
  EXPECT_TRUE(has(verify(), FindingKind::record_changed, path)) << text_of(verify());
}

TEST_F(DailyKpis, WithoutAGridThereAreNone) {
  run_hours(2);
  skip_to_and_run(30);
  EXPECT_FALSE(*store_->read(paths::kpi(first_hour_)));
}

}  // namespace
}  // namespace gridexit
