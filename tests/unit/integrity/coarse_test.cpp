#include <gtest/gtest.h>

#include "gridexit/integrity/check.hpp"
#include "support/series.hpp"

namespace gridexit::integrity {
namespace {

CandleSeries four_hours() {
  return support::series_of({100.0, 101.0, 102.0, 103.0}, 0.01, Hours{4});
}

CandleSeries with(double Candle::*price, double factor) {
  CandleSeries series;
  const CandleSeries sound = four_hours();
  for (std::size_t i = 0; i < sound.size(); ++i) {
    Candle bar = sound.at(i);
    if (i == 2) bar.*price *= factor;
    series.push_back(bar);
  }
  return series;
}

TEST(CompareCoarse, IsContentWithEqualBars) {
  EXPECT_TRUE(compare_coarse(four_hours().view(), four_hours().view()).empty());
  EXPECT_TRUE(compare_coarse(with(&Candle::high, 1.0 + 1e-10).view(), four_hours().view()).empty());
  EXPECT_TRUE(compare_coarse(with(&Candle::volume, 2.0).view(), four_hours().view()).empty());
}

TEST(CompareCoarse, NamesTheFirstBarThatDiffers) {
  for (const auto price : {&Candle::open, &Candle::high, &Candle::low, &Candle::close}) {
    const auto problems = compare_coarse(with(price, 1.0 + 1e-8).view(), four_hours().view());
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().code, "coarse_mismatch");
    EXPECT_NE(problems.front().message.find("2025-03-01T08Z"), std::string::npos);
    EXPECT_FALSE(is_mended(problems.front()));
  }
}

TEST(CompareCoarse, ComparesBarsOfTheSameTimeOnly) {
  const CandleSeries ours = four_hours();
  const CandleSeries theirs = with(&Candle::close, 2.0);
  EXPECT_TRUE(compare_coarse(theirs.view().part(0, 2), ours.view().part(1, 3)).empty());
  EXPECT_TRUE(compare_coarse({}, ours.view()).empty());
  EXPECT_TRUE(compare_coarse(theirs.view(), {}).empty());
  EXPECT_EQ(compare_coarse(theirs.view().part(2, 2), ours.view()).size(), 1U);
}

}  // namespace
}  // namespace gridexit::integrity
