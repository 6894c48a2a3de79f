#include "gridexit/kpi/statistics.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace gridexit::kpi {
namespace {

TEST(Wilson, KnownIntervals) {
  const auto eight_of_ten = wilson(8, 10);
  ASSERT_TRUE(eight_of_ten.has_value());
  EXPECT_NEAR(eight_of_ten->low, 0.4902, 1e-4);
  EXPECT_NEAR(eight_of_ten->high, 0.9433, 1e-4);
  EXPECT_NEAR(wilson(0, 10)->low, 0, 1e-12);
  EXPECT_NEAR(wilson(0, 10)->high, 0.2775, 1e-4);
  EXPECT_NEAR(wilson(10, 10)->high, 1, 1e-12);
  EXPECT_FALSE(wilson(0, 0).has_value());
}

TEST(Quantile, LinearBetweenNeighbours) {
  EXPECT_DOUBLE_EQ(*quantile({3, 1, 2}, 0.5), 2);
  EXPECT_DOUBLE_EQ(*quantile({4, 1, 3, 2}, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(*quantile({0, 10}, 0.9), 9);
  EXPECT_DOUBLE_EQ(*quantile({5}, 0.9), 5);
  EXPECT_DOUBLE_EQ(*quantile({1, 2, 3}, 1.0), 3);
  EXPECT_FALSE(quantile({}, 0.5).has_value());
}

std::optional<double> mean_index(std::span<const std::size_t> drawn) {
  const double sum = std::accumulate(drawn.begin(), drawn.end(), 0.0);
  return sum / static_cast<double>(drawn.size());
}

TEST(Bootstrap, HoldsTheMeanAndRepeatsItself) {
  const auto interval = bootstrap(101, mean_index, {});
  ASSERT_TRUE(interval.has_value());
  // Mean 50, standard error of the mean about 29.2/sqrt(101) = 2.9.
  EXPECT_NEAR(interval->low, 50 - 1.96 * 2.9, 1.0);
  EXPECT_NEAR(interval->high, 50 + 1.96 * 2.9, 1.0);
  EXPECT_DOUBLE_EQ(bootstrap(101, mean_index, {})->low, interval->low);
  EXPECT_GT(
      std::abs(bootstrap(101, mean_index, {.resamples = 1000, .seed = 1})->low - interval->low), 0);
}

TEST(Bootstrap, NothingFromOneGroupOrFromRareValues) {
  EXPECT_FALSE(bootstrap(0, mean_index, {}).has_value());
  EXPECT_FALSE(bootstrap(1, mean_index, {}).has_value());
  const Resampled never = [](std::span<const std::size_t>) { return std::optional<double>{}; };
  EXPECT_FALSE(bootstrap(10, never, {}).has_value());
}

}  // namespace
}  // namespace gridexit::kpi
