#include "gridexit/domain/candles.hpp"

#include <gtest/gtest.h>

namespace gridexit {
namespace {

const UtcTime kStart = *parse_utc("2026-02-02T00:00:00Z");

CandleSeries hours(int count) {
  CandleSeries series;
  for (int i = 0; i < count; ++i) {
    const double price = 100 + i;
    series.push_back({kStart + Hours{i}, price, price + 2, price - 2, price + 1, 1});
  }
  return series;
}

TEST(Aggregate, TakesOpenOfTheFirstExtremesAndCloseOfTheLast) {
  const CandleSeries coarse = aggregate(hours(8).view(), Timeframe::h4, kStart + Hours{8});
  ASSERT_EQ(coarse.size(), 2U);
  EXPECT_EQ(coarse.at(0), (Candle{kStart, 100, 105, 98, 104, 4}));
  EXPECT_EQ(coarse.at(1), (Candle{kStart + Hours{4}, 104, 109, 102, 108, 4}));
}

TEST(Aggregate, LeavesOutABarThatIsNotClosed) {
  EXPECT_EQ(aggregate(hours(7).view(), Timeframe::h4, kStart + Hours{7}).size(), 1U);
  EXPECT_EQ(aggregate(hours(7).view(), Timeframe::h4, kStart + Hours{8}).size(), 2U)
      << "of the bars that are there";
}

TEST(CandleSeries, RangesAreHalfOpen) {
  const CandleSeries series = hours(5);
  const CandleView middle = series.between(kStart + Hours{1}, kStart + Hours{3});
  ASSERT_EQ(middle.size(), 2U);
  EXPECT_EQ(middle.time.front(), kStart + Hours{1});
  EXPECT_TRUE(series.between(kStart + Hours{3}, kStart + Hours{3}).empty());
  EXPECT_EQ(series.closed_at(kStart + Hours{3}, Timeframe::h1).size(), 3U);
  EXPECT_EQ(series.view().last(99).size(), 5U);
}

TEST(Timeframe, FloorsToItsOwnMultiples) {
  const UtcTime time = *parse_utc("2026-02-02T14:47:31Z");
  EXPECT_EQ(format_utc(floor_to(time, Timeframe::m1)), "2026-02-02T14:47:00Z");
  EXPECT_EQ(format_utc(floor_to(time, Timeframe::m5)), "2026-02-02T14:45:00Z");
  EXPECT_EQ(format_utc(floor_to(time, Timeframe::m15)), "2026-02-02T14:45:00Z");
  EXPECT_EQ(format_utc(floor_to(time, Timeframe::h4)), "2026-02-02T12:00:00Z");
  for (const Timeframe timeframe : kTimeframes) {
    EXPECT_EQ(floor_to(kStart, timeframe), kStart) << to_text(timeframe);
  }
}

}  // namespace
}  // namespace gridexit
