#pragma once
// Two checks of the backtest itself: that nothing in it knows the future (`--check-lookahead`), and
// that its first grids start late enough for every window to be full. Both repeat the work on fewer
// candles and demand the very same outcome.

#include <functional>
#include <string>
#include <vector>

#include "gridexit/backtest/harness.hpp"
#include "gridexit/backtest/track.hpp"
#include "gridexit/base/time.hpp"

namespace gridexit::backtest {

/// A track from candles: make_track, or recompute_track.
using TrackFactory = std::function<Track(CandleView)>;

/// The first thing that came out differently with the candles cut.
struct Difference {
  UtcTime cut{};  ///< where they were cut off
  std::string what;
};

/// Cuts the future off at `samples` hours spread evenly over the time in which grids start. Every
/// verdict and confidence up to the cut, and every run that began before it up to its end or the
/// cut, must stay the same to the last bit. One difference at most per cut; none is what is wanted.
std::vector<Difference> check_lookahead(CandleView delivered_1h, const TrackFactory& make,
                                        const Rules& rules, const Harness& harness, int samples);

/// Leaves out the first `harness.first_bar` candles, and demands the same verdicts and confidences
/// from as many bars after the cut on.
std::vector<Difference> check_warm_up(CandleView delivered_1h, const TrackFactory& make,
                                      const Rules& rules, const Harness& harness);

}  // namespace gridexit::backtest
