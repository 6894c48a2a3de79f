#include "gridexit/backtest/sweep.hpp"

#include <gtest/gtest.h>

#include "market.hpp"

namespace gridexit::backtest {
namespace {

Row row(double fer, double early, double pnl, double slar = 0.95, double ttdr = 0.95) {
  Row row;
  row.kpis.fer.value = fer;
  row.kpis.ttdr_early.value = early;
  row.kpis.slar.value = slar;
  row.kpis.ttdr.value = ttdr;
  row.earnings.pnl = pnl;
  return row;
}

TEST(Sweep, IsTheSameOnAnyNumberOfThreads) {
  const std::vector<Track> tracks{small_track(3), small_track(4)};
  std::vector<Rules> rule_sets(6);
  for (std::size_t i = 0; i < rule_sets.size(); ++i) {
    rule_sets[i].exit_rules.latest.break_low = 0.5 + 0.1 * static_cast<double>(i);
  }
  const auto one = sweep(tracks, rule_sets, Harness{}, 1);
  const auto three = sweep(tracks, rule_sets, Harness{}, 3);
  ASSERT_EQ(one.size(), 6U);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].kpis.runs, three[i].kpis.runs);
    EXPECT_EQ(one[i].kpis.fer.value, three[i].kpis.fer.value);
    EXPECT_EQ(one[i].earnings.pnl, three[i].earnings.pnl);
  }
  EXPECT_NE(one.front().kpis.fer.value, one.back().kpis.fer.value);
}

TEST(Sweep, EachRuleSetIsReplayedByItself) {
  const std::vector<Track> tracks{small_track()};
  std::vector<Rules> rule_sets(2);
  rule_sets[1].regime.trend_1h = 0.6;
  rule_sets[1].setup.width_sigma = 2.5;
  const auto rows = sweep(tracks, rule_sets, Harness{}, 2);
  const Row alone = summarise(replay_all(tracks, rule_sets[1], Harness{}), {.resamples = 0});
  EXPECT_EQ(rows[1].earnings.pnl, alone.earnings.pnl);
  EXPECT_NE(rows[0].earnings.pnl, rows[1].earnings.pnl);
}

TEST(Ranking, TargetsThenEarlyAgainstFalseExitsThenMoney) {
  const std::vector<Row> rows{row(0.35, 0.95, 900),  // misses a target
                              row(0.25, 0.60, 10), row(0.20, 0.60, -50), row(0.25, 0.60, 20),
                              Row{}};
  EXPECT_EQ(ranking(rows), (std::vector<std::size_t>{2, 3, 1, 0, 4}));
}

TEST(ParetoFront, KeepsWhatNothingBeatsInAllThree) {
  const std::vector<Row> rows{row(0.30, 0.70, 0),   row(0.20, 0.50, 0),  row(0.30, 0.60, 0),
                              row(0.40, 0.40, 100), row(0.20, 0.50, -1), Row{}};
  EXPECT_EQ(pareto_front(rows), (std::vector<std::size_t>{1, 0, 3}));
}

}  // namespace
}  // namespace gridexit::backtest
