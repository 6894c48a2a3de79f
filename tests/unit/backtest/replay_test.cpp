#include "gridexit/backtest/replay.hpp"

#include <gtest/gtest.h>

#include "gridexit/evaluation/evaluate.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

class Replays : public ::testing::Test {
 protected:
  std::size_t bar_of(UtcTime start) const {
    return static_cast<std::size_t>((start - kFirst) / Hours{1}) - 1;
  }

  Track track_ = small_track();
  Rules rules_;
  Timeline timeline_{track_, rules_};
  Judged market_{track_, timeline_, rules_};
};

TEST_F(Replays, TheNextGridStartsADayAfterTheEnd) {
  const auto sequences = replay(market_, Harness{}, ExitRulesPolicy{});
  ASSERT_EQ(sequences.size(), 3U);
  for (const Sequence& sequence : sequences) {
    ASSERT_GT(sequence.runs.size(), 3U);
    EXPECT_EQ(bar_of(sequence.runs.front().start), 1056U + static_cast<unsigned>(sequence.offset));
    for (std::size_t i = 1; i < sequence.runs.size(); ++i) {
      const kpi::GridRun& before = sequence.runs[i - 1];
      EXPECT_EQ(sequence.runs[i].start, before.start + Hours{before.end() + 24});
    }
    EXPECT_LT(bar_of(sequence.runs.back().start), track_.size() - 100);
  }
}

TEST_F(Replays, GatesStartAGridOnlyWhereTheyArePassed) {
  const Harness harness{.start_by = StartBy::gates};
  const auto sequences = replay(market_, harness, CloseOutside{});
  ASSERT_EQ(sequences.size(), 1U);
  ASSERT_GT(sequences.front().runs.size(), 1U);
  const auto passed = gates_passed(track_, timeline_, rules_, harness.gates_from);
  for (const kpi::GridRun& run : sequences.front().runs) {
    EXPECT_EQ(passed[bar_of(run.start)], 1);
  }
}

TEST_F(Replays, ARunEndsAtItsExitItsStopLossOrItsLastHour) {
  const std::size_t start = 1056;
  const auto grid = shape_grid(track_, start, 0, Harness{}, rules_.setup);
  ASSERT_TRUE(grid);
  const auto left = run_grid(market_, *grid, start, Harness{}, CloseOutside{});
  EXPECT_EQ(kpi::exits(left), std::vector<int>{left.end()});
  const double last = track_.bars.view().close[start + static_cast<std::size_t>(left.end())];
  EXPECT_TRUE(last < grid->lower || last > grid->upper);

  const auto held = run_grid(market_, *grid, start, Harness{}, Hold{});
  EXPECT_TRUE(held.end() == 720 || held.end() == held.price.stop_touch);
  EXPECT_GT(held.end(), left.end());
  EXPECT_EQ(run_grid(market_, *grid, start, {.run_hours = 10}, Hold{}).end(), 10);
  EXPECT_EQ(run_grid(market_, *grid, track_.size() - 5, Harness{}, Hold{}).end(), 4);
}

TEST_F(Replays, AStopLossInTheHourOfTheExitBeatsIt) {
  // The bar of the crash falls from inside the range through the stop-loss.
  const auto crash = [&] {
    std::size_t bar = 1056;
    while (track_.bars.at(bar).close > 0.9 * track_.bars.at(bar).open) ++bar;
    return bar;
  }();
  const auto grid = shape_grid(track_, crash - 1, 0, Harness{}, rules_.setup);
  ASSERT_TRUE(grid);
  const auto run = run_grid(market_, *grid, crash - 1, Harness{}, CloseOutside{});
  EXPECT_EQ(run.end(), 1);
  EXPECT_EQ(run.price.stop_touch, 1);
  EXPECT_TRUE(kpi::exits(run).empty());
  EXPECT_NEAR(run.pnl.back(), -run.risk, 0.3 * run.risk);
}

TEST_F(Replays, OffsetsMakeNoRunsOfTheirOwn) {
  Harness alone;
  alone.offsets = {16};
  const auto together = replay(market_, Harness{}, ExitRulesPolicy{});
  const auto single = replay(market_, alone, ExitRulesPolicy{});
  ASSERT_EQ(together[2].runs.size(), single[0].runs.size());
  for (std::size_t i = 0; i < single[0].runs.size(); ++i) {
    EXPECT_EQ(together[2].runs[i].start, single[0].runs[i].start);
    EXPECT_EQ(together[2].runs[i].states, single[0].runs[i].states);
    EXPECT_EQ(together[2].runs[i].pnl, single[0].runs[i].pnl);
  }
}

Sequence sequence_of(const char* symbol, int offset, std::vector<std::vector<double>> pnl) {
  Sequence sequence{symbol, offset, {}};
  for (std::size_t i = 0; i < pnl.size(); ++i) {
    kpi::GridRun run;
    run.start = kFirst + Hours{24 * i};
    run.states.assign(pnl[i].size(), ExitState::normal);
    run.pnl = std::move(pnl[i]);
    sequence.runs.push_back(std::move(run));
  }
  return sequence;
}

TEST(EarningsOf, ProfitsAddUpAndTheDrawdownIsOfTheWorstMarket) {
  const std::vector<Sequence> sequences{
      sequence_of("A", 0, {{0, 10, 4}, {-1, -7, 5}}),  // curve 0 10 4 | 3 -3 9
      sequence_of("A", 8, {{0, -500}}), sequence_of("B", 0, {{-2, 1}, {0, 3}})};
  const Earnings all = earnings(sequences);
  EXPECT_NEAR(all.pnl, 9 + 4, 1e-12);
  EXPECT_NEAR(all.drawdown, 13, 1e-12);
  EXPECT_NEAR(earnings(std::span(sequences).last(1)).drawdown, 2, 1e-12);
}

TEST(AlarmRate, IsExitsPerHour) {
  Sequence sequence = sequence_of("A", 0, {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}});
  EXPECT_EQ(alarm_rate({}), 0);
  sequence.runs[0].states.back() = ExitState::latest_acceptable_exit;
  EXPECT_NEAR(alarm_rate(std::span(&sequence, 1)), 1.0 / 9, 1e-12);
}

// The hours of a run, evaluated one by one as the product does, must pass through the same states.
TEST_F(Replays, StatesAreThoseOfTheProduct) {
  const std::size_t start = 1400;
  const auto definition = shape_grid(track_, start, 0, Harness{}, rules_.setup);
  ASSERT_TRUE(definition);
  const kpi::GridRun run = run_grid(market_, *definition, start, Harness{}, ExitRulesPolicy{});
  ASSERT_GT(run.end(), 5);
  ASSERT_GT(kpi::spells(run).size(), 0U);

  const CandleSeries delivered = small_market();
  evaluation::HourInputs inputs(*Symbol::parse("BTC-USDT"));
  for (UtcTime at = definition->from - Hours{60}; at <= definition->from + Hours{run.end()};
       at += Hours{1}) {
    inputs.at = at;
    inputs.delivered_1h = delivered.closed_at(at, Timeframe::h1);
    if (at > definition->from) inputs.grid = RunningGrid{"g", definition->from, *definition};
    auto outcome = evaluation::evaluate(inputs, rules_);
    ASSERT_TRUE(outcome) << format_utc(at);
    if (inputs.grid) {
      const auto hour = static_cast<std::size_t>((at - definition->from) / Hours{1});
      EXPECT_EQ(outcome->record.exit_state->state, run.states[hour]) << hour;
      EXPECT_NEAR(outcome->record.position->pnl, run.pnl[hour], 1e-9) << hour;
    }
    inputs.predecessor = evaluation::Predecessor{std::move(outcome->record), std::nullopt};
  }
}

}  // namespace
}  // namespace gridexit::backtest
