#include "gridexit/backtest/timeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "gridexit/backtest/recorded.hpp"
#include "gridexit/regime/classify.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

TEST(Timeline, TheMarketMovesTheVerdict) {
  const Track track = small_track();
  const Timeline timeline(track, Rules{});
  std::array<int, 4> hours{};
  for (std::size_t bar = 1056; bar < track.size(); ++bar) {
    ++hours[static_cast<std::size_t>(timeline.verdict(bar).verdict)];
  }
  EXPECT_GT(hours[0], 0);
  EXPECT_GT(hours[3], 0);
}

TEST(Timeline, MemoryEndsWithTheBarAndIsAsLongAsAnyRuleLooksBack) {
  const Rules rules;
  const Track track = small_track();
  const Timeline timeline(track, rules);
  EXPECT_EQ(timeline.memory(0).size(), 1U);
  EXPECT_FALSE(timeline.continues(0));
  ASSERT_EQ(timeline.memory(1500).size(), regime::memory_length(rules));
  EXPECT_TRUE(timeline.continues(1500));
  EXPECT_EQ(timeline.memory(1500).back(), timeline.verdict(1500));
  EXPECT_EQ(timeline.memory(1500).front(), timeline.verdict(1495));
}

TEST(Timeline, OnlyYoungVerdictsAndDisagreementLowerConfidence) {
  Rules rules;
  const Track track = small_track();
  rules.confidence.young = 0;
  rules.confidence.disagree = 0;
  const Timeline timeline(track, rules);
  // With 30 bars most scores are missing, which would cost 0.05 each.
  EXPECT_GE(timeline.verdict(30).confidence, 0.5);
  rules.confidence.young = 0.15;
  EXPECT_LT(Timeline(track, rules).verdict(30).confidence, timeline.verdict(30).confidence);
}

/// The small market with evaluations missing at some bars.
Track with_missing(std::size_t from, std::size_t to) {
  const Track whole = small_track();
  TrackRecorder recorder("BTC-USDT", whole.bars.view());
  for (std::size_t bar = 0; bar < whole.size(); ++bar) {
    if (bar >= from && bar < to) continue;
    recorder.add(whole.bars.view().time[bar] + Hours{1}, whole.metrics_1h(bar),
                 whole.metrics_4h(bar));
  }
  return std::move(recorder).finish();
}

TEST(Timeline, MemoryOutlivesAGapOfThreeHoursAndNoLonger) {
  const Rules rules;
  const Track short_gap = with_missing(1500, 1502);
  EXPECT_TRUE(Timeline(short_gap, rules).continues(1502));
  const Track long_gap = with_missing(1500, 1503);
  const Timeline timeline(long_gap, rules);
  EXPECT_FALSE(timeline.continues(1503));
  EXPECT_EQ(timeline.memory(1503).size(), 1U);
  EXPECT_EQ(timeline.verdict(1503).verdict, timeline.verdict(1503).raw);
}

TEST(GatesPassed, NeedAllThreeForThreeHoursEach) {
  const Track track = small_track();
  const Rules rules;
  const Timeline timeline(track, rules);
  const auto passed = gates_passed(track, timeline, rules, 300);
  const auto first = std::find(passed.begin(), passed.end(), 1) - passed.begin();
  ASSERT_LT(first, static_cast<std::ptrdiff_t>(passed.size()));
  // Seven evaluations at least: the gates count one after the other, three evaluations each.
  EXPECT_GE(first, 306);
  const auto later = gates_passed(track, timeline, rules, static_cast<std::size_t>(first) - 2);
  EXPECT_EQ(later[static_cast<std::size_t>(first)], 0);
}

}  // namespace
}  // namespace gridexit::backtest
