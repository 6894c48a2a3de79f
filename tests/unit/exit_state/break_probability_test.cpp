#include <gtest/gtest.h>

#include <cmath>

#include "gridexit/exit_state/evaluate.hpp"

namespace gridexit::exit_state {
namespace {

TEST(Touch, IsCertainAtTheBoundAndBeyond) {
  EXPECT_EQ(touch(0.0, 10.0, 1000.0, 24.0), 1.0);
  EXPECT_EQ(touch(-0.1, 10.0, 1000.0, 24.0), 1.0);
  EXPECT_EQ(touch(-0.1, 0.0, 1000.0, 24.0), 1.0) << "even when nothing moves";
}

TEST(Touch, IsImpossibleWhenNothingMoves) {
  EXPECT_EQ(touch(0.01, 0.0, 1000.0, 24.0), 0.0);
}

TEST(Touch, IsTheReflectionPrinciple) {
  // ATR of 16 at 1000: s = 0.01·√24.
  const double s = 0.01 * std::sqrt(24.0);
  EXPECT_NEAR(touch(0.05, 16.0, 1000.0, 24.0), std::erfc(0.05 / (s * std::sqrt(2.0))), 1e-15);
  EXPECT_GT(touch(0.05, 16.0, 1000.0, 72.0), touch(0.05, 16.0, 1000.0, 24.0));
  EXPECT_GT(touch(0.04, 16.0, 1000.0, 24.0), touch(0.05, 16.0, 1000.0, 24.0));
}

TEST(BreakProbability, AddsBothBoundsUpToOne) {
  const BreakProbability middle = break_probability(1000.0, 950.0, 1050.0, 16.0, 24.0);
  EXPECT_NEAR(*middle.lower, touch(std::log(1000.0 / 950.0), 16.0, 1000.0, 24.0), 1e-15);
  EXPECT_NEAR(*middle.upper, touch(std::log(1050.0 / 1000.0), 16.0, 1000.0, 24.0), 1e-15);
  EXPECT_NEAR(*middle.both, *middle.lower + *middle.upper, 1e-15);

  const BreakProbability below = break_probability(940.0, 950.0, 960.0, 16.0, 24.0);
  EXPECT_EQ(below.lower, 1.0);
  EXPECT_EQ(below.both, 1.0);
}

TEST(BreakProbability, IsUnknownWithoutAtr) {
  const BreakProbability unknown = break_probability(1000.0, 950.0, 1050.0, std::nullopt, 24.0);
  EXPECT_FALSE(unknown.both || unknown.lower || unknown.upper);
}

}  // namespace
}  // namespace gridexit::exit_state
