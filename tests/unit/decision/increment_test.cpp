#include "gridexit/decision/increment.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>

#include "gridexit/base/number.hpp"

namespace gridexit::decision {
namespace {

TEST(RoundDown, GoesToTheMultipleBelow) {
  EXPECT_EQ(round_down(69641.37, 0.1), 69641.3);
  EXPECT_EQ(round_down(3412.999, 0.01), 3412.99);
  EXPECT_EQ(round_down(19.9, 5), 15.0);
  EXPECT_EQ(round_down(0.00001239, 0.00000001), 0.00001239);
  EXPECT_EQ(round_down(0.09, 0.1), 0.0);
}

TEST(RoundUp, GoesToTheMultipleAbove) {
  EXPECT_EQ(round_up(69641.31, 0.1), 69641.4);
  EXPECT_EQ(round_up(15.1, 5), 20.0);
  EXPECT_EQ(round_up(0.000012391, 0.00000001), 0.0000124);
}

TEST(Rounding, LeavesMultiplesAloneInSpiteOfBinaryNoise) {
  for (const double increment : {0.1, 0.01, 0.001, 0.00001, 0.5, 5.0}) {
    for (int count = 1; count < 20000; count += 7) {
      const double noisy = count * increment;  // 3 * 0.1 is not 0.3
      const double clean = *parse_number(format_fixed(noisy, 5));
      EXPECT_EQ(round_down(noisy, increment), clean) << count << " x " << increment;
      EXPECT_EQ(round_up(noisy, increment), clean) << count << " x " << increment;
    }
  }
  EXPECT_EQ(round_down(96650.04321, 0.00001), 96650.04321) << "ten digits of quotient";
  EXPECT_EQ(round_up(96650.04321, 0.00001), 96650.04321);
}

TEST(Rounding, StaysWithinOneIncrement) {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> exponent(-4, 5);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::pow(10.0, exponent(random));
    const double increment = 0.0001;
    EXPECT_LE(round_down(value, increment), value * (1 + 1e-9) + 1e-12);
    EXPECT_GT(round_down(value, increment), value - increment * (1 + 1e-6));
    EXPECT_GE(round_up(value, increment), value * (1 - 1e-9) - 1e-12);
    EXPECT_LT(round_up(value, increment), value + increment * (1 + 1e-6));
  }
}

TEST(Rounding, UnknownIncrementRoundsNothing) {
  EXPECT_EQ(round_down(1.23456, 0), 1.23456);
  EXPECT_EQ(round_up(1.23456, -1), 1.23456);
}

}  // namespace
}  // namespace gridexit::decision
