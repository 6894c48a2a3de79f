#include "gridexit/integrity/check.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "support/series.hpp"

namespace gridexit::integrity {
namespace {

using support::kSeriesStart;
using support::series_of;
using support::walk;
using support::without;

CandleSeries hours(std::size_t count) {
  return series_of(walk(5, count), 0.001);
}

UtcTime end_of(std::size_t bars) {
  return kSeriesStart + Hours{bars};
}

CheckedCandles check_at(const CandleSeries& series, UtcTime at) {
  return check(series.view(), at, DataRules{});
}

std::vector<std::string> codes(const CheckedCandles& checked) {
  std::vector<std::string> result;
  for (const DataProblem& problem : checked.problems) result.push_back(problem.code);
  return result;
}

using Codes = std::vector<std::string>;

bool same_bars(CandleView a, CandleView b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a.at(i) != b.at(i)) return false;
  }
  return true;
}

/// A copy with one bar changed.
template <class Change>
CandleSeries changed(const CandleSeries& series, std::size_t at, Change change) {
  CandleSeries result;
  for (std::size_t i = 0; i < series.size(); ++i) {
    Candle bar = series.at(i);
    if (i == at) change(bar);
    result.push_back(bar);
  }
  return result;
}

TEST(Check, PassesSoundBarsAsTheyAre) {
  const CandleSeries series = hours(300);
  const CheckedCandles checked = check_at(series, end_of(300));
  EXPECT_TRUE(same_bars(checked.bars.view(), series.view()));
  EXPECT_TRUE(checked.problems.empty());
  EXPECT_EQ(checked.staleness_minutes, 0);
  EXPECT_FALSE(checked.unusable.has_value());
}

TEST(Check, DropsUnclosedBarsWithoutAWord) {
  const CheckedCandles checked = check_at(hours(300), end_of(298));
  EXPECT_EQ(checked.bars.size(), 298U);
  EXPECT_TRUE(checked.problems.empty());
}

TEST(Check, PutsBarsInOrder) {
  const CandleSeries series = hours(50);
  CandleSeries newest_first;
  for (std::size_t i = 50; i > 0; --i) newest_first.push_back(series.at(i - 1));
  const CheckedCandles checked = check_at(newest_first, end_of(50));
  EXPECT_TRUE(same_bars(checked.bars.view(), series.view()));
  EXPECT_EQ(codes(checked), Codes{"out_of_order"});
  EXPECT_TRUE(is_mended(checked.problems.front()));
}

TEST(Check, KeepsTheFirstOfTwoBarsOfTheSameTime) {
  CandleSeries series = hours(50);
  const Candle twice = series.at(49);
  series.push_back(twice);
  const CheckedCandles same = check_at(series, end_of(50));
  EXPECT_EQ(codes(same), Codes{"duplicate"});
  EXPECT_EQ(same.bars.size(), 50U);

  Candle other = twice;
  other.high *= 2.0;
  series.push_back(other);
  const CheckedCandles contradicting = check_at(series, end_of(50));
  EXPECT_EQ(codes(contradicting), (Codes{"duplicate", "duplicate"}));
  EXPECT_NE(contradicting.problems[1].message.find("other values"), std::string::npos);
  EXPECT_EQ(contradicting.bars.at(49), twice);
}

TEST(Check, LeavesOutMisalignedBars) {
  CandleSeries series = hours(50);
  Candle between = series.at(49);
  between.open_time -= Seconds{60};
  series.push_back(between);
  const CheckedCandles checked = check_at(series, end_of(50));
  EXPECT_EQ(codes(checked), (Codes{"out_of_order", "misaligned"}));
  EXPECT_EQ(checked.bars.size(), 50U);
  EXPECT_FALSE(is_mended(checked.problems[1]));
}

TEST(Check, LeavesOutImpossibleBars) {
  const CandleSeries series = hours(50);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto expect_impossible = [&series](auto change) {
    const CheckedCandles checked = check_at(changed(series, 20, change), end_of(50));
    EXPECT_EQ(codes(checked), (Codes{"impossible_bar", "gap_filled"}));
    EXPECT_EQ(checked.bars.size(), 49U);
    EXPECT_FALSE(is_mended(checked.problems.front()));
    EXPECT_NE(checked.problems.front().message.find("2025-03-01T20"), std::string::npos)
        << checked.problems.front().message;
  };
  expect_impossible([](Candle& bar) { bar.open = 0.0; });
  expect_impossible([](Candle& bar) { bar.low = -1.0; });
  expect_impossible([nan](Candle& bar) { bar.close = nan; });
  expect_impossible([](Candle& bar) { bar.high = std::numeric_limits<double>::infinity(); });
  expect_impossible([](Candle& bar) { bar.high = bar.open * 0.9; });
  expect_impossible([](Candle& bar) { bar.low = bar.close * 1.1; });
  expect_impossible([](Candle& bar) { std::swap(bar.low, bar.high); });
  expect_impossible([](Candle& bar) { bar.volume = -1.0; });
}

TEST(Check, TellsGapsThatAreFilledFromThoseThatCut) {
  const CandleSeries series = hours(300);
  const CheckedCandles filled = check_at(without(series.view(), 200, 72), end_of(300));
  EXPECT_EQ(codes(filled), Codes{"gap_filled"});
  EXPECT_EQ(filled.bars.size(), 228U) << "a gap stays a gap here";
  EXPECT_NE(filled.problems.front().message.find("72 bars missing after 2025-03-09T07Z"),
            std::string::npos)
      << filled.problems.front().message;
  EXPECT_TRUE(is_mended(filled.problems.front()));

  const CheckedCandles cut = check_at(without(series.view(), 200, 73), end_of(300));
  EXPECT_EQ(codes(cut), Codes{"history_cut"});
  EXPECT_FALSE(is_mended(cut.problems.front()));
}

TEST(Check, ReportsOnlyWhereAWindowCanReach) {
  // 260 bars of 4 h reach 1,040 hours back.
  const CandleSeries series = hours(1200);
  EXPECT_TRUE(codes(check_at(without(series.view(), 150, 5), end_of(1200))).empty());
  EXPECT_EQ(codes(check_at(without(series.view(), 170, 5), end_of(1200))), Codes{"gap_filled"});
  const CandleSeries spoiled = changed(series, 20, [](Candle& bar) { bar.low = 0.0; });
  const CheckedCandles checked = check_at(spoiled, end_of(1200));
  EXPECT_TRUE(checked.problems.empty());
  EXPECT_EQ(checked.bars.size(), 1199U) << "the bar is left out all the same";
}

TEST(Check, MeasuresAnOldGapInTheBarsThatReachIt) {
  // 100 hours are too many 1h bars to fill, but only 25 of 4h, and the 1h window does not reach
  // them.
  const CandleSeries series = hours(1200);
  EXPECT_EQ(codes(check_at(without(series.view(), 600, 100), end_of(1200))), Codes{"gap_filled"});
  EXPECT_EQ(codes(check_at(without(series.view(), 600, 300), end_of(1200))), Codes{"history_cut"});
}

TEST(Check, CountsTheBarsOfTheTimeframeThatAGapReaches) {
  const CandleSeries series = hours(1200);
  // 294 missing hours that begin and end within 4h bars leave 72 of those missing: they are filled.
  EXPECT_EQ(codes(check_at(without(series.view(), 601, 294), end_of(1200))), Codes{"gap_filled"});
}

TEST(Check, SaysHowOldTheNewestBarIs) {
  const CandleSeries series = hours(300);
  const CheckedCandles late = check_at(series, end_of(303));
  EXPECT_EQ(late.staleness_minutes, 180);
  EXPECT_EQ(codes(late), Codes{"stale"});
  EXPECT_FALSE(is_mended(late.problems.front()));
  EXPECT_FALSE(late.unusable.has_value());

  const CheckedCandles too_late = check_at(series, end_of(304));
  EXPECT_EQ(too_late.staleness_minutes, 240);
  ASSERT_TRUE(too_late.unusable.has_value());
  EXPECT_NE(too_late.unusable->find("2025-03-13T12Z"), std::string::npos) << *too_late.unusable;
}

TEST(Check, CanDoNothingWithoutBars) {
  EXPECT_TRUE(check_at(CandleSeries{}, end_of(1)).unusable.has_value());
  EXPECT_TRUE(check_at(hours(10), kSeriesStart).unusable.has_value()) << "none of them is closed";
}

}  // namespace
}  // namespace gridexit::integrity
