#include "gridexit/backtest/lookahead.hpp"

#include <gtest/gtest.h>

#include "gridexit/backtest/recorded.hpp"
#include "market.hpp"

namespace gridexit::backtest {
namespace {

Track honest(CandleView bars) {
  return make_track("BTC-USDT", bars, DataRules{});
}

TEST(Lookahead, TheBacktestKnowsNoFuture) {
  const CandleSeries bars = small_market();
  EXPECT_TRUE(check_lookahead(bars.view(), honest, Rules{}, Harness{}, 5).empty());
  const TrackFactory product = [](CandleView part) {
    return recompute_track("BTC-USDT", part, part.time.front(), DataRules{});
  };
  EXPECT_TRUE(check_lookahead(bars.view(), product, Rules{}, Harness{}, 3).empty());
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

TEST(WarmUp, TheFirstGridsStartLateEnough) {
  const CandleSeries bars = small_market();
  EXPECT_TRUE(check_warm_up(bars.view(), honest, Rules{}, Harness{}).empty());
  EXPECT_FALSE(check_warm_up(bars.view(), honest, Rules{}, {.first_bar = 200}).empty());
}

}  // namespace
}  // namespace gridexit::backtest
