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
  const auto steps = walk_forward(tracks, rule_sets(), Harness{}, kWindows, 2);
  ASSERT_GT(steps.size(), 1U);
  EXPECT_EQ(steps.front().tune_from, kFirst + Hours{1057});
  for (std::size_t i = 0; i < steps.size(); ++i) {
    EXPECT_EQ(steps[i].test_from, steps[i].tune_from + kWindows.tune);
    EXPECT_EQ(steps[i].test_to, steps[i].test_from + kWindows.test);
    if (i > 0) {
      EXPECT_EQ(steps[i].test_from, steps[i - 1].test_to);
    }
  }
  EXPECT_LE(steps.back().test_to, tracks[0].bars.view().time.back() + Hours{1});
}

TEST(WalkForward, ChoosesByWhatWasKnownAndReportsWhatCameAfter) {
  const std::vector<Track> tracks{small_track(3), small_track(4)};
  const auto sets = rule_sets();
  const auto steps = walk_forward(tracks, sets, Harness{}, kWindows, 1);
  std::size_t expected_runs = 0;
  for (const Step& step : steps) {
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
  for (const Sequence& sequence : out_of_sample(steps)) {
    for (const kpi::GridRun& run : sequence.runs) {
      EXPECT_GE(run.start, steps.front().test_from);
      EXPECT_LT(run.start, steps.back().test_to);
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
  EXPECT_TRUE(walk_forward(tracks, {}, Harness{}, kWindows, 1).empty());
  EXPECT_TRUE(walk_forward({}, rule_sets(), Harness{}, kWindows, 1).empty());
}

TEST(WalkForward, SlicesTogetherChooseWhatOneAloneChooses) {
  const std::vector<Track> tracks{small_track(3), small_track(4)};
  auto sets = rule_sets();
  sets.push_back(sets[1]);  // a tie, which goes to the earlier one wherever it is
  const auto whole = walk_forward(tracks, sets, Harness{}, kWindows, 1);
  for (const std::size_t count : {2U, 3U, 5U}) {
    std::vector<std::vector<Step>> slices;
    for (std::size_t i = count; i-- > 0;)
      slices.push_back(walk_forward(tracks, sets, Harness{}, kWindows, 1, {i, count}));
    const auto joined = best_of(std::move(slices));
    ASSERT_EQ(joined.size(), whole.size());
    for (std::size_t k = 0; k < whole.size(); ++k) EXPECT_EQ(joined[k].chosen, whole[k].chosen);
    EXPECT_EQ(earnings(out_of_sample(joined)).pnl, earnings(out_of_sample(whole)).pnl);
  }
}

}  // namespace
}  // namespace gridexit::backtest
