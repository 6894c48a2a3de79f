#pragma once
// One made-up year-and-a-bit in small for all tests of this folder: calm ranges, drifts through
// them, a crash, and an exchange outage.

#include "gridexit/backtest/track.hpp"
#include "support/story.hpp"

namespace gridexit::backtest {

inline constexpr UtcTime kFirst{Seconds{1'609'459'200}};  // 2021-01-01

/// About 2,700 bars, of which grids may start from the 1,056th on.
inline CandleSeries small_market(std::uint64_t seed = 3) {
  testing::Story story(kFirst, 100, seed);
  story.range(1200, 100).drift(60, 112).range(200, 112).drift(40, 96).outage(5).range(300, 97);
  story.jump(84).range(250, 86).drift(120, 105).range(500, 104, 0.006);
  return story.bars();
}

inline Track small_track(std::uint64_t seed = 3) {
  return make_track("BTC-USDT", small_market(seed).view(), DataRules{});
}

}  // namespace gridexit::backtest
