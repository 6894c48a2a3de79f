#include <gtest/gtest.h>

#include "gridexit/metrics/compute.hpp"
#include "support/series.hpp"

namespace gridexit::metrics {
namespace {

using support::kSeriesStart;
using support::series_of;
using support::walk;
using support::without;

CandleSeries hours(std::size_t count) {
  return series_of(walk(1, count), 0.001);
}

Window window_of(const CandleSeries& series) {
  return make_window(series.view(), Timeframe::h1, DataRules{});
}

TEST(MakeWindow, TakesTheLastBarsAndNeverMore) {
  const CandleSeries series = hours(300);
  const Window window = window_of(series);
  ASSERT_EQ(window.bars.size(), 260U);
  EXPECT_EQ(window.bars.at(0), series.at(40));
  EXPECT_EQ(window.bars.at(259), series.at(299));
  EXPECT_EQ(window.filled, 0);
  EXPECT_EQ(window.gaps, 0);
  EXPECT_FALSE(window.cut);
}

TEST(MakeWindow, TakesAllWhenThereAreFewer) {
  EXPECT_EQ(window_of(hours(90)).bars.size(), 90U);
  EXPECT_TRUE(window_of(CandleSeries{}).bars.empty());
}

TEST(MakeWindow, FillsAGapWithFlatBars) {
  const CandleSeries full = hours(300);
  const CandleSeries series = without(full.view(), 200, 3);
  const Window window = window_of(series);
  ASSERT_EQ(window.bars.size(), 260U);
  EXPECT_EQ(window.filled, 3);
  EXPECT_EQ(window.gaps, 1);
  const double close = full.at(199).close;
  for (std::size_t i = 200; i < 203; ++i) {
    EXPECT_EQ(window.bars.at(i - 40),
              (Candle{full.at(i).open_time, close, close, close, close, 0}));
  }
  EXPECT_EQ(window.bars.at(203 - 40), full.at(203));
}

TEST(MakeWindow, FillsWithinItselfOnly) {
  // The window begins in the middle of the gap: hours 38 to 41 are missing, and it starts at
  // hour 40.
  const CandleSeries full = hours(300);
  const Window window = window_of(without(full.view(), 38, 4));
  ASSERT_EQ(window.bars.size(), 260U);
  EXPECT_EQ(window.filled, 2);
  EXPECT_EQ(window.gaps, 1);
  EXPECT_EQ(window.bars.at(0).open_time, full.at(40).open_time);
  EXPECT_EQ(window.bars.at(0).close, full.at(37).close);
  EXPECT_EQ(window.bars.at(2), full.at(42));
}

TEST(MakeWindow, DoesNotSeeAGapThatEndsWhereItBegins) {
  const CandleSeries full = hours(300);
  const Window window = window_of(without(full.view(), 36, 4));
  EXPECT_EQ(window.bars.at(0), full.at(40));
  EXPECT_EQ(window.filled, 0);
  EXPECT_EQ(window.gaps, 0);
}

TEST(MakeWindow, FillsUpToTheLongestGapAllowed) {
  const CandleSeries full = hours(300);
  const Window filled = window_of(without(full.view(), 100, 72));
  EXPECT_EQ(filled.filled, 72);
  EXPECT_EQ(filled.bars.size(), 260U);
  EXPECT_FALSE(filled.cut);

  const Window cut = window_of(without(full.view(), 100, 73));
  EXPECT_EQ(cut.filled, 0);
  EXPECT_EQ(cut.gaps, 0);
  EXPECT_TRUE(cut.cut);
  ASSERT_EQ(cut.bars.size(), 300U - 173U);
  EXPECT_EQ(cut.bars.at(0), full.at(173));
}

TEST(MakeWindow, IsNotCutByAGapBeyondItsReach) {
  const CandleSeries full = hours(450);
  const Window window = window_of(without(full.view(), 50, 140));
  EXPECT_EQ(window.bars.size(), 260U);
  EXPECT_FALSE(window.cut);
}

TEST(MakeWindow, DoesNotInventBarsAfterTheNewest) {
  const CandleSeries series = hours(270);
  EXPECT_EQ(window_of(series).bars.view().time.back(), series.view().time.back());
}

TEST(MakeWindow, CountsMissingBarsInItsOwnLength) {
  const CandleSeries full = series_of(walk(2, 200), 0.001, Hours{4});
  const Window window =
      make_window(without(full.view(), 150, 2).view(), Timeframe::h4, DataRules{});
  EXPECT_EQ(window.bars.size(), 200U);
  EXPECT_EQ(window.filled, 2);
}

TEST(DatasetHash, CoversTimesAndPricesButNotVolume) {
  CandleSeries series;
  series.push_back({UtcTime{Seconds{1700000000}}, 1.5, 2, 1, 1.25, 7});
  // SHA-256 of "1h,1700000000,1.5,2,1,1.25\n".
  EXPECT_EQ(dataset_hash(series.view()),
            "e57fc9351c9aba413e550c23d330ef9a0799d19749a65a994af6026d1cbb5049");
  CandleSeries other;
  other.push_back({UtcTime{Seconds{1700000000}}, 1.5, 2, 1, 1.25, 8});
  EXPECT_EQ(dataset_hash(series.view()), dataset_hash(other.view()));
  other.push_back({UtcTime{Seconds{1700003600}}, 1.25, 2, 1, 1.5, 8});
  EXPECT_NE(dataset_hash(series.view()), dataset_hash(other.view()));
}

}  // namespace
}  // namespace gridexit::metrics
