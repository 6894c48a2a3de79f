#include "gridexit/backtest/track.hpp"

#include <gtest/gtest.h>

#include "gridexit/metrics/compute.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

TEST(Track, FillsEveryGapHoweverLong) {
  testing::Story story(kFirst, 100);
  story.range(10, 100).outage(200).range(10, 90);
  const CandleSeries filled = fill_all_gaps(story.bars().view());
  ASSERT_EQ(filled.size(), 220U);
  const double before = story.bars().at(9).close;
  EXPECT_EQ(filled.at(10), (Candle{kFirst + Hours{10}, before, before, before, before, 0}));
  EXPECT_EQ(filled.at(209).close, before);
  EXPECT_EQ(filled.at(210), story.bars().at(10));
  EXPECT_TRUE(fill_all_gaps({}).empty());
}

TEST(Track, MetricsAreThoseOfTheLastWindow) {
  const Track track = small_track();
  const CandleView bars = track.bars.view();
  for (const std::size_t bar : {99U, 300U, 1500U, 2000U}) {
    const auto window = bars.part(0, bar + 1).last(260);
    EXPECT_EQ(track.metrics_1h(bar).adx.value, metrics::compute(window, Timeframe::h1).adx.value);
  }
}

TEST(Track, TheNewestClosedFourHourBarCounts) {
  const Track track = small_track();
  const CandleView bars = track.bars.view();
  const CandleSeries coarse = aggregate(bars, Timeframe::h4, bars.time.back() + Hours{1});
  // Bar 1999 closes at a multiple of 4 h; the three after it still see the same 4h bar.
  const auto expected = metrics::compute(coarse.view().part(0, 500).last(260), Timeframe::h4);
  for (std::size_t bar = 1999; bar < 2003; ++bar) {
    EXPECT_EQ(track.metrics_4h(bar).atr, expected.atr) << bar;
  }
  EXPECT_NE(track.metrics_4h(1998).atr, expected.atr);
  EXPECT_NE(track.metrics_4h(2003).atr, expected.atr);
}

TEST(Track, BeforeTheFirstFourHourBarThereIsNone) {
  const Track track = small_track();
  EXPECT_FALSE(track.metrics_4h(0).adx.ok());
  EXPECT_EQ(track.metrics_4h(0).adx.reason, FailureReason::insufficient_data);
}

}  // namespace
}  // namespace gridexit::backtest
