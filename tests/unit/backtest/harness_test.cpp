#include "gridexit/backtest/harness.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "market.hpp"

namespace gridexit::backtest {
namespace {

constexpr std::size_t kBar = 1200;

TEST(ShapeGrid, TheProposalIsThatOfSectionSix) {
  const Track track = small_track();
  const SetupRules rules;
  const auto grid = shape_grid(track, kBar, 0, Harness{}, rules);
  ASSERT_TRUE(grid);
  const CandleView bars = track.bars.view();
  double squares = 0;
  for (std::size_t i = kBar - 167; i <= kBar; ++i) {
    squares += std::pow(std::log(bars.close[i] / bars.close[i - 1]), 2);
  }
  const double width = std::clamp(1.5 * std::sqrt(squares / 168) * std::sqrt(72), 0.03, 0.20);
  EXPECT_NEAR(grid->lower, bars.close[kBar] * std::exp(-width), 1e-9);
  EXPECT_NEAR(grid->upper, bars.close[kBar] * std::exp(width), 1e-9);
  EXPECT_NEAR(*grid->stop_loss, grid->lower - 3 * *track.metrics_4h(kBar).atr, 1e-9);
  EXPECT_EQ(grid->from, bars.time[kBar] + Hours{1});
  EXPECT_EQ(grid->capital_quote, 1000);
}

TEST(ShapeGrid, FixedWidthsTakeTurns) {
  const Track track = small_track();
  const Harness harness{.shape = Shape::fixed_widths};
  EXPECT_EQ(harness.width_at(8), 2U);
  EXPECT_EQ(harness.width_at(9), 0U);
  const double close = track.bars.view().close[kBar];
  for (const std::size_t width : {0U, 1U, 2U}) {
    const auto grid = shape_grid(track, kBar, width, harness, SetupRules{});
    ASSERT_TRUE(grid);
    EXPECT_NEAR(grid->lower / close, 1 - harness.half_widths[width], 1e-12);
    EXPECT_NEAR(grid->upper / close, 1 + harness.half_widths[width], 1e-12);
    const double step = std::max(*track.metrics_1h(kBar).atr / close, 3 * 2 * SetupRules{}.fee);
    EXPECT_EQ(grid->cells,
              static_cast<int>(std::log(grid->upper / grid->lower) / std::log(1 + step)));
  }
}

TEST(ShapeGrid, NoneWithoutAnAtrOrRoomForAStopLoss) {
  const Track track = small_track();
  EXPECT_FALSE(shape_grid(track, 50, 0, Harness{}, SetupRules{}));
  SetupRules far;
  far.stop_atr = 1000;
  EXPECT_FALSE(shape_grid(track, kBar, 0, Harness{}, far));
}

}  // namespace
}  // namespace gridexit::backtest
