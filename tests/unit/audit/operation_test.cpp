#include "gridexit/audit/operation.hpp"

#include <gtest/gtest.h>

#include "gridexit/audit/difference.hpp"

namespace gridexit::audit {
namespace {

const UtcTime kNow = *parse_utc("2026-02-02T14:30:00Z");

TEST(Freshness, ARunningGridIsHeldToHours) {
  EXPECT_EQ(freshness(kNow - Hours{24}, kNow, Duty::watching), Level::ok);
  EXPECT_EQ(freshness(kNow - Hours{25}, kNow, Duty::watching), Level::warning);
  EXPECT_EQ(freshness(kNow - Hours{49}, kNow, Duty::watching), Level::critical);
  EXPECT_EQ(freshness(kNow - Hours{2}, kNow, Duty::guarding_a_grid), Level::ok);
  EXPECT_EQ(freshness(kNow - Hours{3}, kNow, Duty::guarding_a_grid), Level::warning);
  EXPECT_EQ(freshness(kNow - Hours{7}, kNow, Duty::guarding_a_grid), Level::critical);
}

TEST(MissingHours, AreThoseBetweenTheFirstAndTheLast) {
  const UtcTime at = floor_hour(kNow);
  EXPECT_TRUE(missing_hours({}).empty());
  EXPECT_TRUE(missing_hours({at, at + Hours{1}}).empty());
  EXPECT_EQ(missing_hours({at, at + Hours{3}}),
            (std::vector<UtcTime>{at + Hours{1}, at + Hours{2}}));
}

TEST(ExecutedWithoutEffect, NamesAnExitWhoseGridStillRuns) {
  DecisionRecord decision;
  decision.decision_id = "dec-1";
  decision.symbol = "ETH-USDT";
  decision.created_at = kNow - Hours{3};
  decision.recommendation.action = Action::stop_grid;
  Grid grid;
  grid.symbol = "ETH-USDT";
  grid.history = {{true, kNow - Hours{9}, "", "", std::nullopt}};
  EXPECT_TRUE(executed_without_effect({decision}, {grid}).empty()) << "nobody said executed";
  ActionRecord answer;
  answer.action = OperatorAction::executed;
  decision.action_records = {answer};
  EXPECT_EQ(executed_without_effect({decision}, {grid}), std::vector<std::string>{"dec-1"});
  grid.history.push_back({false, kNow - Hours{1}, "", "", std::nullopt});
  EXPECT_TRUE(executed_without_effect({decision}, {grid}).empty());
}

TEST(FirstDifference, NamesTheKeyAndBothValues) {
  EXPECT_EQ(first_difference("a: 1\n", "a: 1\n"), std::nullopt);
  EXPECT_EQ(first_difference("regime:\n  raw: X\n  verdict: TREND\n",
                             "regime:\n  raw: X\n  verdict: RANGE_OK\n"),
            "regime.verdict: TREND is recorded, RANGE_OK follows");
  EXPECT_EQ(first_difference("a: 1\n", "a: 1\nb: 2\n"), "b: nothing is recorded, 2 follows");
}

RawDay day_with(std::initializer_list<double> closes) {
  RawDay day;
  UtcTime time = floor_day(kNow);
  for (const double close : closes) {
    if (close > 0) day.h1.push_back({time, close, close, close, close, 1});
    time += Hours{1};
  }
  return day;
}

TEST(LostRows, RowsMayComeInBetweenButNoneMayGoOrChange) {
  EXPECT_EQ(lost_rows(day_with({1, 0, 3}), day_with({1, 2, 3, 4})), std::nullopt);
  EXPECT_EQ(lost_rows(day_with({1, 2, 3}), day_with({1, 0, 3})),
            "the 1h bar of 2026-02-02T01:00:00Z is gone");
  EXPECT_EQ(lost_rows(day_with({1, 2}), day_with({1, 5})),
            "the 1h bar of 2026-02-02T01:00:00Z was changed");
}

}  // namespace
}  // namespace gridexit::audit
