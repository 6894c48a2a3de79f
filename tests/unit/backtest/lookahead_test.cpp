#include "gridexit/backtest/lookahead.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "gridexit/backtest/recorded.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

Track honest(CandleView bars) {
  return make_track("BTC-USDT", bars, DataRules{});
}

/// As the product computes its recorded hours anew.
Track product(CandleView bars) {
  return recompute_track("BTC-USDT", bars, kFirst + Hours{100}, DataRules{});
}

/// Every ADX as a share of the highest one in `scale`: a mistake that looks harmless.
void normalise(Track& track, const std::vector<double>& scale) {
  for (std::size_t bar = 0; bar < track.size(); ++bar) {
    if (!track.evaluated(bar)) continue;
    auto& adx = track.h1[track.at[bar].h1].adx.value;
    if (adx) adx = 40 * *adx / scale[bar];
  }
}

/// The highest ADX up to each bar.
std::vector<double> highest_so_far(const Track& track) {
  std::vector<double> highest;
  double most = 1;
  for (std::size_t bar = 0; bar < track.size(); ++bar) {
    if (track.evaluated(bar)) most = std::max(most, track.metrics_1h(bar).adx.value.value_or(0));
    highest.push_back(most);
  }
  return highest;
}

TEST(Lookahead, TheBacktestKnowsNoFuture) {
  const CandleSeries bars = small_market();
  EXPECT_TRUE(check_lookahead(bars.view(), honest, Rules{}, Harness{}, 5).empty());
  EXPECT_TRUE(check_lookahead(bars.view(), product, Rules{}, Harness{}, 3).empty());
}

TEST(Lookahead, AProductThatIsNormalisedByTheWholeHistoryIsFound) {
  const TrackFactory knowing = [](CandleView bars) {
    Track track = product(bars);
    normalise(track, std::vector<double>(track.size(), highest_so_far(track).back()));
    return track;
  };
  EXPECT_FALSE(check_lookahead(small_market().view(), knowing, Rules{}, Harness{}, 5).empty());
}

TEST(Lookahead, ATrackThatPeeksIsFound) {
  const CandleSeries bars = small_market();
  const TrackFactory peeking = [](CandleView part) {
    Track track = honest(part);
    for (std::size_t bar = 0; bar + 24 < track.size(); ++bar) track.at[bar] = track.at[bar + 24];
    return track;
  };
  const auto found = check_lookahead(bars.view(), peeking, Rules{}, Harness{}, 5);
  ASSERT_FALSE(found.empty());
  EXPECT_FALSE(found.front().what.empty());
}

TEST(WarmUp, WhatHangsOnTheFirstCandlesIsFound) {
  const TrackFactory remembering = [](CandleView bars) {
    Track track = honest(bars);
    normalise(track, highest_so_far(track));
    return track;
  };
  // The steepest trend of all lies in the part that is left out.
  testing::Story story(kFirst, 100);
  story.range(600, 100).drift(150, 180).range(2200, 180, 0.006);
  const CandleSeries bars = story.bars();
  EXPECT_TRUE(check_lookahead(bars.view(), remembering, Rules{}, Harness{}, 3).empty());
  const auto found = check_warm_up(bars.view(), remembering, Rules{}, Harness{});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.front().cut, kFirst + Hours{1056});
  EXPECT_TRUE(check_warm_up(bars.view(), honest, Rules{}, Harness{}).empty());
}

TEST(WarmUp, TheFirstGridsStartLateEnough) {
  const CandleSeries bars = small_market();
  EXPECT_TRUE(check_warm_up(bars.view(), honest, Rules{}, Harness{}).empty());
  EXPECT_TRUE(check_warm_up(bars.view(), product, Rules{}, Harness{}).empty());
  EXPECT_FALSE(check_warm_up(bars.view(), honest, Rules{}, {.first_bar = 200}).empty());
}

}  // namespace
}  // namespace gridexit::backtest
