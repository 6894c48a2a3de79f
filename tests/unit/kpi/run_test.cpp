#include "gridexit/kpi/run.hpp"

#include <gtest/gtest.h>

#include <map>

namespace gridexit::kpi {
namespace {

constexpr Bounds kBounds{90, 110, 80};

/// Bars at 100 but for those given, by hour.
CandleSeries market(int hours, const std::map<int, double>& closes,
                    const std::map<int, double>& lows = {}) {
  CandleSeries series;
  for (int hour = 0; hour < hours; ++hour) {
    const double close = closes.count(hour) != 0 ? closes.at(hour) : 100;
    const double low = lows.count(hour) != 0 ? lows.at(hour) : close;
    series.push_back({UtcTime{Hours{hour}}, close, close, low, close, 1});
  }
  return series;
}

std::map<int, double> from_to(int first, int last, double price) {
  std::map<int, double> closes;
  for (int hour = first; hour <= last; ++hour) closes[hour] = price;
  return closes;
}

TEST(PriceOutcome, ACloseOutsideWithTwelveMoreIsATransition) {
  const auto outcome = price_outcome(market(200, from_to(10, 22, 89)).view(), 0, 100, kBounds);
  EXPECT_EQ(outcome.transition, 10);
  EXPECT_TRUE(outcome.known);
  EXPECT_FALSE(outcome.stop_touch.has_value());
  EXPECT_EQ(price_outcome(market(200, from_to(10, 22, 111)).view(), 0, 100, kBounds).transition,
            10);
}

TEST(PriceOutcome, ElevenMoreAreNone) {
  const auto outcome = price_outcome(market(200, from_to(10, 21, 89)).view(), 0, 100, kBounds);
  EXPECT_FALSE(outcome.transition.has_value());
  EXPECT_TRUE(outcome.known);
}

TEST(PriceOutcome, OnTheBoundIsInside) {
  EXPECT_FALSE(price_outcome(market(200, from_to(10, 40, 90)).view(), 0, 100, kBounds).transition);
  EXPECT_FALSE(price_outcome(market(200, from_to(10, 40, 110)).view(), 0, 100, kBounds).transition);
}

TEST(PriceOutcome, TheOtherSideBreaksTheCount) {
  auto closes = from_to(10, 40, 89);
  closes[15] = 111;
  EXPECT_EQ(price_outcome(market(200, closes).view(), 0, 100, kBounds).transition, 16);
}

TEST(PriceOutcome, TheStopLossIsATransitionAtItsHour) {
  const auto outcome = price_outcome(market(200, {}, {{30, 80}}).view(), 0, 100, kBounds);
  EXPECT_EQ(outcome.transition, 30);
  EXPECT_EQ(outcome.stop_touch, 30);
}

TEST(PriceOutcome, TheStopLossCompletesARunningCount) {
  const auto outcome =
      price_outcome(market(200, from_to(10, 14, 89), {{15, 79}}).view(), 0, 100, kBounds);
  EXPECT_EQ(outcome.transition, 10) << "whatever the close of hour 15";
  EXPECT_EQ(outcome.stop_touch, 15);
  const auto above =
      price_outcome(market(200, from_to(10, 14, 111), {{15, 79}}).view(), 0, 100, kBounds);
  EXPECT_EQ(above.transition, 10) << "of either side";
}

TEST(PriceOutcome, LooksSeventyTwoHoursBeyondTheRun) {
  EXPECT_EQ(price_outcome(market(300, from_to(172, 190, 89)).view(), 0, 100, kBounds).transition,
            172);
  EXPECT_FALSE(
      price_outcome(market(300, from_to(173, 190, 89)).view(), 0, 100, kBounds).transition);
}

TEST(PriceOutcome, HoursCountFromTheStartBar) {
  const CandleSeries bars = market(200, from_to(10, 40, 89));
  EXPECT_EQ(price_outcome(bars.view(), 7, 100, kBounds).transition, 3);
  EXPECT_EQ(price_outcome(bars.view(), 10, 100, kBounds).transition, 1)
      << "the start bar is not looked at";
}

TEST(PriceOutcome, IsUnknownWhenTheDataEndWithinTheCount) {
  EXPECT_FALSE(price_outcome(market(22, from_to(10, 21, 89)).view(), 0, 100, kBounds).known);
  EXPECT_TRUE(price_outcome(market(23, from_to(10, 22, 89)).view(), 0, 100, kBounds).known);
  EXPECT_TRUE(price_outcome(market(22, {}).view(), 0, 100, kBounds).known);
  const auto stopped =
      price_outcome(market(15, from_to(10, 13, 89), {{14, 80}}).view(), 0, 100, kBounds);
  EXPECT_TRUE(stopped.known);
  EXPECT_EQ(stopped.transition, 10);
}

GridRun run_of(std::initializer_list<int> states) {
  GridRun run;
  for (const int state : states) run.states.push_back(static_cast<ExitState>(state));
  run.pnl.assign(run.states.size(), 0);
  return run;
}

TEST(Exits, AreRisesToLatestOrMandatoryFromBelow) {
  EXPECT_EQ(exits(run_of({0, 1, 2, 3, 2, 1, 0, 3})), (std::vector<int>{2, 7}));
  EXPECT_TRUE(exits(run_of({0, 1, 1, 0})).empty());
}

TEST(Exits, TheStopLossWithinTheSameHourComesFirst) {
  GridRun run = run_of({0, 1, 1, 3});
  run.price.stop_touch = 3;
  EXPECT_TRUE(exits(run).empty());
  run.price.stop_touch = 4;
  EXPECT_EQ(exits(run), (std::vector<int>{3}));
}

TEST(Spells, AreUnbroken) {
  EXPECT_EQ(spells(run_of({0, 1, 2, 1, 0, 0, 1})), (std::vector<int>{1, 6}));
  EXPECT_TRUE(spells(run_of({0, 0})).empty());
}

TEST(Faced, WithinTheRunOrSoonAfterItsExit) {
  GridRun run = run_of({0, 1, 2});
  run.price.transition = 74;
  EXPECT_EQ(faced_transition(run), 74);
  run.price.transition = 75;
  EXPECT_FALSE(faced_transition(run).has_value()) << "a transition long after the exit";
  GridRun held = run_of({0, 0, 0});
  held.price.transition = 2;
  EXPECT_EQ(faced_transition(held), 2);
  held.price.transition = 3;
  EXPECT_FALSE(faced_transition(held).has_value()) << "after a run without an exit";
}

}  // namespace
}  // namespace gridexit::kpi
