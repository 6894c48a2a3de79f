#include "gridexit/kpi/compute.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace gridexit::kpi {
namespace {

const UtcTime kStart = *parse_utc("2024-01-05T00Z");

/// A run of `hours` hours in NORMAL, PnL 0, risk 100, that meets nothing.
GridRun quiet(int hours) {
  GridRun run;
  run.symbol = "ETH-USDT";
  run.start = kStart;
  run.states.assign(static_cast<std::size_t>(hours) + 1, ExitState::normal);
  run.pnl.assign(run.states.size(), 0);
  run.risk = 100;
  return run;
}

void set(GridRun& run, int first, int last, ExitState state) {
  std::fill(run.states.begin() + first, run.states.begin() + last + 1, state);
}

/// Warned from `warned` on, left at `left`, where the run ends.
GridRun left_at(int left, int warned) {
  GridRun run = quiet(left);
  set(run, warned, left, ExitState::warning);
  run.states.back() = ExitState::latest_acceptable_exit;
  return run;
}

Kpis of(std::vector<GridRun> runs) {
  return compute(runs, Dependence::separate_runs);
}

TEST(Kpis, NothingToCountHasNoValue) {
  const Kpis none = of({});
  EXPECT_EQ(none.runs, 0);
  for (const Figure& figure : {none.slar, none.prr, none.ttdr, none.fer, none.ert_median,
                               none.eaw_median, none.warning_share, none.wpr_24h}) {
    EXPECT_FALSE(figure.value.has_value());
    EXPECT_EQ(figure.count, 0);
    EXPECT_FALSE(figure.interval.has_value());
  }
}

TEST(Kpis, UnknownTransitionsAreLeftOut) {
  GridRun unknown = left_at(10, 5);
  unknown.price.known = false;
  const Kpis kpis = of({unknown, quiet(10)});
  EXPECT_EQ(kpis.runs, 1);
  EXPECT_EQ(kpis.left_out, 1);
  EXPECT_EQ(kpis.fer.count, 0);
}

TEST(Slar, CountsRunsThatMetTheirStopLoss) {
  GridRun avoided = left_at(10, 5);
  avoided.price = {.transition = 8, .known = true, .stop_touch = 11};
  GridRun beaten = left_at(10, 5);
  beaten.price = {.transition = 8, .known = true, .stop_touch = 10};
  GridRun held = quiet(20);
  held.price = {.transition = 20, .known = true, .stop_touch = 20};
  GridRun later = left_at(10, 5);
  later.price = {.transition = 80, .known = true, .stop_touch = 82};
  GridRun much_later = left_at(10, 5);
  much_later.price = {.transition = 80, .known = true, .stop_touch = 83};
  const Kpis kpis = of({avoided, beaten, held, later, much_later});
  EXPECT_EQ(kpis.slar.count, 4);
  EXPECT_DOUBLE_EQ(*kpis.slar.value, 0.5);
  EXPECT_NEAR(kpis.slar.interval->low, wilson(2, 4)->low, 1e-12);
}

TEST(Prr, ComparesTheExitWithTheBestMomentBeforeIt) {
  GridRun run = left_at(4, 2);
  run.pnl = {0, 20, 10, 5, -10};  // best 20, given back 30 of 120
  EXPECT_DOUBLE_EQ(*of({run}).prr.value, 1 - 30.0 / 120);
  GridRun losing = left_at(2, 1);
  losing.pnl = {-2, -5, -40};  // best at least 0: given back 40 of 100
  EXPECT_DOUBLE_EQ(*of({losing}).prr.value, 1 - 40.0 / 100);
  EXPECT_DOUBLE_EQ(*of({run, losing, quiet(9)}).prr.value, 1 - 70.0 / 220);
  EXPECT_EQ(of({run, losing, quiet(9)}).prr.count, 2);
}

TEST(Ttdr, CountsTheTransitionsOwnHour) {
  GridRun early = left_at(10, 5), same_hour = left_at(10, 5), missed = quiet(40);
  early.price.transition = 11;
  same_hour.price.transition = 10;
  missed.price.transition = 30;
  const Kpis kpis = of({early, same_hour, missed, quiet(5)});
  EXPECT_EQ(kpis.ttdr.count, 3);
  EXPECT_NEAR(*kpis.ttdr.value, 2.0 / 3, 1e-12);
  EXPECT_NEAR(*kpis.ttdr_early.value, 1.0 / 3, 1e-12);
}

TEST(Fer, AnExitIsRightWithATransitionBeforeOrSoonAfter) {
  GridRun before = left_at(10, 5), after = left_at(10, 5), long_after = left_at(10, 5);
  before.price.transition = 3;
  after.price.transition = 82;
  long_after.price.transition = 83;
  const Kpis kpis = of({before, after, long_after, left_at(10, 5)});
  EXPECT_EQ(kpis.fer.count, 4);
  EXPECT_DOUBLE_EQ(*kpis.fer.value, 0.5);
}

TEST(Fer, ALiveRunMayHaveSeveralExits) {
  GridRun run = quiet(200);
  set(run, 10, 12, ExitState::latest_acceptable_exit);
  set(run, 150, 160, ExitState::mandatory_exit);
  run.price.transition = 155;
  const Kpis kpis = of({run});
  EXPECT_EQ(kpis.fer.count, 2);
  EXPECT_DOUBLE_EQ(*kpis.fer.value, 0.5);
  EXPECT_DOUBLE_EQ(*kpis.eaw_median.value, 5) << "from the spell of the exit that led to it";
}

TEST(Ert, MedianAndNinetiethPercentile) {
  GridRun run = left_at(10, 5);
  run.reaction_hours = {0.5};
  GridRun slow = left_at(10, 5);
  slow.reaction_hours = {1, 6};
  const Kpis kpis = of({run, slow});
  EXPECT_EQ(kpis.ert_median.count, 3);
  EXPECT_DOUBLE_EQ(*kpis.ert_median.value, 1);
  EXPECT_DOUBLE_EQ(*kpis.ert_p90.value, 5);
}

TEST(Eaw, CountsTheUnbrokenSpell) {
  GridRun run = left_at(30, 20);
  set(run, 5, 18, ExitState::warning);  // another spell, broken at hour 19
  run.price.transition = 33;
  EXPECT_DOUBLE_EQ(*of({run}).eaw_median.value, 13);
  EXPECT_DOUBLE_EQ(*of({run}).eaw_over_2h.value, 1);
}

TEST(Eaw, IsAtMostSeventyTwoHoursAndZeroWithoutAWarning) {
  GridRun always = left_at(100, 1);
  always.price.transition = 110;
  EXPECT_DOUBLE_EQ(*of({always}).eaw_median.value, 72);
  GridRun never = quiet(50);
  never.price.transition = 40;
  EXPECT_DOUBLE_EQ(*of({never}).eaw_median.value, 0);
  GridRun sudden = left_at(10, 10);
  sudden.price.transition = 10;
  EXPECT_DOUBLE_EQ(*of({sudden}).eaw_median.value, 0);
}

TEST(Eaw, OverTwoHoursIsStrict) {
  GridRun two = left_at(10, 8), three = left_at(10, 7);
  two.price.transition = three.price.transition = 10;
  EXPECT_DOUBLE_EQ(*of({two, three}).eaw_over_2h.value, 0.5);
}

TEST(Eaw, AWarningWithoutAnExitCountsWhenItLastsToTheTransition) {
  GridRun run = quiet(50);
  set(run, 30, 40, ExitState::warning);
  run.price.transition = 40;
  EXPECT_DOUBLE_EQ(*of({run}).eaw_median.value, 10);
  run.price.transition = 41;
  EXPECT_DOUBLE_EQ(*of({run}).eaw_median.value, 0);
}

TEST(WarningShare, IsPartOfTheRunningHours) {
  const Kpis kpis = of({left_at(10, 6), quiet(40)});
  EXPECT_EQ(kpis.warning_share.count, 50);
  EXPECT_DOUBLE_EQ(*kpis.warning_share.value, 0.1);
}

TEST(Mec, IsWhatMissingTheTransitionCost) {
  GridRun missed = quiet(20);
  missed.price.transition = 5;
  missed.pnl[5] = -10;
  missed.pnl[20] = -50;  // the run's end
  EXPECT_DOUBLE_EQ(*of({missed}).mec.value, 40);
  GridRun late = left_at(20, 9);
  late.price.transition = 5;
  late.pnl[5] = -10;
  late.pnl[20] = -25;
  EXPECT_DOUBLE_EQ(*of({late}).mec.value, 15);
  GridRun long_run = quiet(200);
  long_run.price.transition = 5;
  long_run.pnl[77] = -30;  // 72 h later
  EXPECT_DOUBLE_EQ(*of({long_run}).mec.value, 30);
  GridRun stopped = quiet(20);
  stopped.price = {.transition = 5, .known = true, .stop_touch = 9};
  stopped.pnl[9] = -60;
  EXPECT_DOUBLE_EQ(*of({stopped}).mec.value, 60);
  GridRun in_time = left_at(5, 2);
  in_time.price.transition = 5;
  EXPECT_EQ(of({missed, late, long_run, stopped, in_time}).mec.count, 4);
  EXPECT_DOUBLE_EQ(*of({missed, late, long_run, stopped, in_time}).mec.value, 145);
}

TEST(Wpr, CountsSpellsFollowedByTheTransition) {
  GridRun run = quiet(300);
  set(run, 10, 12, ExitState::warning);    // 130 h before
  set(run, 80, 82, ExitState::warning);    // 60 h before
  set(run, 120, 122, ExitState::warning);  // 20 h before
  set(run, 150, 152, ExitState::warning);  // after it
  run.price.transition = 140;
  const Kpis kpis = of({run});
  EXPECT_EQ(kpis.wpr_24h.count, 4);
  EXPECT_DOUBLE_EQ(*kpis.wpr_24h.value, 0.25);
  EXPECT_DOUBLE_EQ(*kpis.wpr_72h.value, 0.5);
}

std::vector<GridRun> two_years_of_runs() {
  std::vector<GridRun> runs;
  for (int month = 0; month < 24; ++month) {
    for (int i = 0; i < 10; ++i) {
      GridRun run = left_at(10, 5);
      run.start = kStart + Hours{730 * month + i};
      if (month % 2 == 0) run.price.transition = 12;  // a month goes well or badly as a whole
      runs.push_back(run);
    }
  }
  return runs;
}

TEST(Dependence, WholeMonthsGiveTheHonestWiderInterval) {
  const std::vector<GridRun> runs = two_years_of_runs();
  const Figure narrow = compute(runs, Dependence::separate_runs).fer;
  const Figure wide = compute(runs, Dependence::overlapping_runs).fer;
  EXPECT_DOUBLE_EQ(*narrow.value, 0.5);
  EXPECT_DOUBLE_EQ(*wide.value, 0.5);
  ASSERT_TRUE(narrow.interval && wide.interval);
  EXPECT_GT(wide.interval->high - wide.interval->low,
            2 * (narrow.interval->high - narrow.interval->low));
}

TEST(Dependence, TheSameRunsGiveTheSameIntervals) {
  const std::vector<GridRun> runs = two_years_of_runs();
  const Figure once = compute(runs, Dependence::overlapping_runs).fer;
  const Figure again = compute(runs, Dependence::overlapping_runs).fer;
  EXPECT_DOUBLE_EQ(once.interval->low, again.interval->low);
  EXPECT_DOUBLE_EQ(once.interval->high, again.interval->high);
}

TEST(Dependence, OneMonthHasNoInterval) {
  const std::vector<GridRun> runs{left_at(10, 5), left_at(10, 5)};
  EXPECT_FALSE(compute(runs, Dependence::overlapping_runs).fer.interval.has_value());
  EXPECT_TRUE(compute(runs, Dependence::separate_runs).fer.interval.has_value());
}

}  // namespace
}  // namespace gridexit::kpi
