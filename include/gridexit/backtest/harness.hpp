#pragma once
// When a backtest starts its grids and what they look like (EVALUATION.md). The defaults are that
// document's; every number in it that is no rule of the product is named here.

#include <cstddef>
#include <optional>
#include <vector>

#include "gridexit/backtest/track.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/simulation/grid.hpp"

namespace gridexit::backtest {

/// By schedule: the first grid at `first_bar` + offset, each later one a fixed time after the end
/// of the one before. By gates: whenever they are passed and no grid runs.
enum class StartBy { schedule, gates };

/// The proposal of section 6, or fixed half-widths in turn.
enum class Shape { proposal, fixed_widths };

struct Harness {
  StartBy start_by = StartBy::schedule;
  Shape shape = Shape::proposal;
  std::vector<int> offsets{0, 8, 16};  ///< one sequence of runs each; by gates only the first
  std::vector<double> half_widths{0.06, 0.08, 0.10};  ///< share of the price; never empty
  std::size_t first_bar = 1056;                       ///< 44 days: every metric has its window
  std::size_t last_bars = 100;                        ///< no start within so many bars of the end
  std::size_t pause = 24;        ///< bars from one end to the next start, by schedule
  std::size_t gates_from = 300;  ///< bar from which the gates count
  int run_hours = 720;
  double capital = 1000;  ///< quote per run
  simulation::Path path = simulation::Path::by_close;

  /// Which half-width the `turn`-th grid of a sequence has (offset included); 0 for the proposal.
  std::size_t width_at(std::size_t turn) const {
    return shape == Shape::fixed_widths ? turn % half_widths.size() : 0;
  }
};

/// The definition of a grid started at the close of `bar`, prices unrounded, in the full
/// allocation; `width` is an index into the half-widths (unused for the proposal). None when an ATR
/// is unknown or there is no room for a stop-loss.
std::optional<GridVersion> shape_grid(const Track& track, std::size_t bar, std::size_t width,
                                      const Harness& harness, const SetupRules& rules);

}  // namespace gridexit::backtest
