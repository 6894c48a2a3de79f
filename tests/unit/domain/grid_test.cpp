#include "gridexit/domain/grid.hpp"

#include <gtest/gtest.h>

#include "gridexit/domain/grid_lines.hpp"

namespace gridexit {
namespace {

const UtcTime kStart = *parse_utc("2026-02-02T14:20:00Z");

Grid grid_with(std::vector<GridEvent> history) {
  Grid grid;
  grid.grid_id = "grid-1";
  grid.versions.resize(2);
  grid.versions[0].from = kStart;
  grid.versions[1].from = kStart + Hours{10};
  grid.history = std::move(history);
  return grid;
}

TEST(Grid, RunsIfAndOnlyIfItsLastEventIsAStart) {
  const Grid grid = grid_with({{true, kStart, "", "", {}},
                               {false, kStart + Hours{5}, "", "", {}},
                               {true, kStart + Hours{8}, "", "", {}}});
  EXPECT_FALSE(grid.running_at(kStart - Seconds{1}));
  EXPECT_TRUE(grid.running_at(kStart));
  EXPECT_FALSE(grid.running_at(kStart + Hours{5}));
  EXPECT_EQ(grid.started_at(kStart + Hours{9}), kStart + Hours{8}) << "the present run's start";
  EXPECT_FALSE(grid_with({}).running_at(kStart));
}

TEST(Grid, TheNewestVersionThatHasBegunIsInForce) {
  const Grid grid = grid_with({});
  EXPECT_EQ(grid.version_at(kStart - Seconds{1}), nullptr);
  EXPECT_EQ(grid.version_at(kStart + Hours{9}), &grid.versions[0]);
  EXPECT_EQ(grid.version_at(kStart + Hours{10}), &grid.versions[1]);
}

TEST(Grid, ItsLeastProfitIsThatOfItsRelativelyClosestLines) {
  GridVersion grid;
  grid.lower = 100;
  grid.upper = 121;
  grid.cells = 2;
  EXPECT_NEAR(profit_per_grid(grid), 1.1 * 0.999 / 1.001 - 1, 1e-12);
  grid.spacing = Spacing::arithmetic;  // lines at 100, 110.5 and 121
  EXPECT_NEAR(profit_per_grid(grid), 121 / 110.5 * 0.999 / 1.001 - 1, 1e-12);
  grid.cells = 1000;
  EXPECT_LT(profit_per_grid(grid), 0) << "fees take more than 0.02 %";
}

}  // namespace
}  // namespace gridexit
