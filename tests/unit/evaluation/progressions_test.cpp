// Named progressions of exit states: what a market does, and what the operator is told, hour by
// hour.

#include <gtest/gtest.h>

#include <algorithm>

#include "gridexit/domain/names.hpp"
#include "support/operation.hpp"
#include "support/story.hpp"

namespace gridexit {
namespace {

using testing::Operation;
using testing::Story;

const UtcTime kStart = *parse_utc("2025-01-01T00:00:00Z");
constexpr int kWarmUp = 1100;  // hours: a full window of 4h bars, and some

bool reached(const Operation& operation, ExitState state) {
  return std::any_of(operation.transitions().begin(), operation.transitions().end(),
                     [&](const Transition& change) { return change.to_state == state; });
}

UtcTime first_time(const Operation& operation, ExitState state) {
  for (const Transition& change : operation.transitions()) {
    if (change.to_state == state) return change.timestamp;
  }
  ADD_FAILURE() << "never reached " << to_text(state);
  return {};
}

bool mentions(const Transition& change, std::string_view condition) {
  return std::any_of(change.reasons.begin(), change.reasons.end(), [&](const std::string& reason) {
    return reason.starts_with(std::string(condition) + ":");
  });
}

TEST(Progression, SlowDriftToTheLowerBound) {
  Story story(kStart, 2000);
  story.range(kWarmUp, 2000);
  const UtcTime started = story.now();
  story.range(24, 2000).drift(150, 1850, 0.002);
  Operation operation(story.bars());
  operation.run(started - Hours{12}, started);
  operation.start_grid(started, 1880, 2120, 1800);
  const auto records = operation.run(started, story.now());

  ASSERT_TRUE(reached(operation, ExitState::mandatory_exit));
  const UtcTime warning = first_time(operation, ExitState::warning);
  const UtcTime mandatory = first_time(operation, ExitState::mandatory_exit);
  EXPECT_GE(hours_between(warning, mandatory), 6) << "a drift is announced";
  for (const Transition& change : operation.transitions()) {
    EXPECT_FALSE(change.reasons.empty()) << to_text(change.to_state);
  }
  EXPECT_EQ(records.back().exit_state->state, ExitState::mandatory_exit)
      << "left only when the grid is stopped";
  EXPECT_EQ(records.back().recommendation.action, Action::stop_grid);
}

TEST(Progression, CrashThroughTheStopLoss) {
  Story story(kStart, 2000);
  story.range(kWarmUp + 30, 2000);
  const UtcTime started = story.now() - Hours{30};
  const UtcTime crash = story.now() + Hours{1};
  story.jump(1700).range(5, 1700);
  Operation operation(story.bars());
  operation.start_grid(started, 1900, 2100, 1840);
  operation.run(started, story.now());

  const auto change =
      std::find_if(operation.transitions().begin(), operation.transitions().end(),
                   [&](const Transition& entry) { return entry.timestamp == crash; });
  ASSERT_NE(change, operation.transitions().end()) << "the crash's own hour";
  EXPECT_EQ(change->to_state, ExitState::mandatory_exit) << "states are skipped, not climbed";
  EXPECT_TRUE(mentions(*change, "stop_loss_hit"));
  EXPECT_EQ(operation.notified().back().state, ExitState::mandatory_exit);
  EXPECT_GE(std::count_if(operation.notified().begin(), operation.notified().end(),
                          [&](const Notified& entry) { return entry.timestamp >= crash; }),
            5)
      << "repeated every hour until somebody acts";
}

TEST(Progression, BreakAboveOnlyEndsTheEarning) {
  Story story(kStart, 2000);
  story.range(kWarmUp, 2000);
  const UtcTime started = story.now();
  story.range(24, 2000).drift(30, 2090).jump(2110);
  const UtcTime outside = story.now();
  story.range(7, 2125, 0.001);
  Operation operation(story.bars());
  operation.start_grid(started, 1900, 2100, 1840);
  operation.run(started, story.now());

  EXPECT_EQ(first_time(operation, ExitState::latest_acceptable_exit), outside)
      << "the first close outside";
  const UtcTime mandatory = first_time(operation, ExitState::mandatory_exit);
  EXPECT_EQ(hours_between(outside, mandatory), 5) << "confirm_up: six closes above";
}

TEST(Progression, FalseAlarmAndCalm) {
  Story story(kStart, 2000);
  story.range(kWarmUp, 2000);
  const UtcTime started = story.now();
  story.range(24, 2000).drift(14, 1928, 0.001).drift(8, 2000, 0.001).range(60, 2000);
  Operation operation(story.bars());
  operation.start_grid(started, 1900, 2100, 1840);
  const auto records = operation.run(started, story.now());

  EXPECT_TRUE(reached(operation, ExitState::warning));
  EXPECT_FALSE(reached(operation, ExitState::latest_acceptable_exit));
  EXPECT_FALSE(reached(operation, ExitState::mandatory_exit));
  EXPECT_EQ(records.back().exit_state->state, ExitState::normal);
  EXPECT_EQ(operation.notified().back().state, ExitState::normal) << "NORMAL once, on return";
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (records[i].exit_state->state >= records[i - 1].exit_state->state) continue;
    ASSERT_GE(i, 3U);
    for (std::size_t back = 0; back < 3; ++back) {
      EXPECT_LT(records[i - back].exit_state->tier, records[i - 1].exit_state->state)
          << "three calm hours";
    }
  }
}

TEST(Progression, OutageInAFallingMarket) {
  Story story(kStart, 2000);
  story.range(kWarmUp, 2000);
  const UtcTime started = story.now();
  story.range(24, 2000).drift(30, 1925);
  const UtcTime dark = story.now();
  story.outage(30).jump(1870).drift(6, 1850);
  Operation operation(story.bars());
  operation.start_grid(started, 1900, 2100, 1780);
  operation.run(started, dark);
  const ExitState before =
      operation.transitions().empty() ? ExitState::normal : operation.transitions().back().to_state;
  ASSERT_EQ(operation.failed_hours(), 0);

  operation.run(dark, dark + Hours{30});
  EXPECT_GE(operation.failed_hours(), 26) << "stale data are not evaluated as if they were new";
  const auto after = operation.run(dark + Hours{30}, story.now());
  ASSERT_FALSE(after.empty());
  EXPECT_GE(after.front().exit_state->state, std::max(before, ExitState::latest_acceptable_exit))
      << "the state is kept over the gap, and the close outside is seen at once";
  EXPECT_EQ(after.front().regime.memory.size(), 1U) << "verdict memory starts anew after a gap";
  EXPECT_EQ(after.back().exit_state->state, ExitState::mandatory_exit);
}

}  // namespace
}  // namespace gridexit
