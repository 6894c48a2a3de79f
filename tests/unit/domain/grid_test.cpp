#include "gridexit/domain/grid.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace gridexit
