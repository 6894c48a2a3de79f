#include "gridexit/backtest/walk_forward.hpp"

#include <gtest/gtest.h>

#include "market.hpp"

namespace gridexit::backtest {
namespace {

constexpr WalkForward kWindows{.tune = std::chrono::days{30}, .test = std::chrono::days{10}};

std::vector<Rules> rule_sets() {
  std::vector<Rules> sets(3);
  sets[1].exit_rules.latest.break_low = 0.7;
  sets[2].exit_rules.latest.break_low = 0.4;
  return sets;
}

TEST(WalkForward, WindowsFollowEachOtherAndStayWithinTheData) {
  const std::vector<Track> tracks{small_track()};
  const auto report = walk_forward(tracks, rule_sets(), Harness{}, kWindows, 2);
  ASSERT_GT(report.steps.size(), 1U);
  EXPECT_EQ(report.tried, 3U);
  EXPECT_EQ(report.steps.front().tune_from, kFirst + Hours{1057});
  for (std::size_t i = 0; i < report.steps.size(); ++i) {
    EXPECT_EQ(report.steps[i].test_from, report.steps[i].tune_from + kWindows.tune);
    EXPECT_EQ(report.steps[i].test_to, report.steps[i].test_from + kWindows.test);
    if (i > 0) {
      EXPECT_EQ(report.steps[i].test_from, report.steps[i - 1].test_to);
    }
  }
  EXPECT_LE(report.steps.back().test_to, tracks[0].bars.view().time.back() + Hours{1});
}

TEST(WalkForward, ChoosesByWhatWasKnownAndReportsWhatCameAfter) {
  const std::vector<Track> tracks{small_track(3), small_track(4)};
  const auto sets = rule_sets();
  const auto report = walk_forward(tracks, sets, Harness{}, kWindows, 1);
  std::size_t expected_runs = 0;
  for (const Step& step : report.steps) {
    std::vector<Row> rows;
    for (const Rules& rules : sets) {
      rows.push_back(summarise(
          settled_within(replay_all(tracks, rules, Harness{}), step.tune_from, step.test_from),
          {.resamples = 0}));
    }
    EXPECT_EQ(step.chosen, ranking(rows).front());
    for (const Sequence& sequence : started_within(replay_all(tracks, sets[step.chosen], Harness{}),
                                                   step.test_from, step.test_to)) {
      expected_runs += sequence.runs.size();
    }
  }
  std::size_t runs = 0;
  for (const Sequence& sequence : report.out_of_sample) {
    for (const kpi::GridRun& run : sequence.runs) {
      EXPECT_GE(run.start, report.steps.front().test_from);
      EXPECT_LT(run.start, report.steps.back().test_to);
      ++runs;
    }
  }
  EXPECT_EQ(runs, expected_runs);
  EXPECT_GT(runs, 0U);
}

TEST(SettledWithin, NeedsTheHoursInWhichATransitionStillCounts) {
  Sequence sequence{"A", 0, {}};
  kpi::GridRun& run = sequence.runs.emplace_back();
  run.start = kFirst;
  run.states.assign(11, ExitState::normal);
  const auto settled = [&](int hours) {
    const auto part = settled_within(std::span(&sequence, 1), kFirst, kFirst + Hours{hours});
    return part.front().runs.size();
  };
  EXPECT_EQ(settled(10 + 72 + 12), 1U);
  EXPECT_EQ(settled(10 + 72 + 11), 0U);
}

TEST(WalkForward, NothingToTryAndNoTimeAreNoSteps) {
  const std::vector<Track> tracks{small_track()};
  EXPECT_TRUE(walk_forward(tracks, {}, Harness{}, kWindows, 1).steps.empty());
  EXPECT_TRUE(walk_forward({}, rule_sets(), Harness{}, kWindows, 1).steps.empty());
}

}  // namespace
}  // namespace gridexit::backtest
