#pragma once
// A running grid as of this hour: its simulated position and what the exit conditions need to know
// of it.

#include <optional>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/position.hpp"
#include "gridexit/exit_state/inputs.hpp"

namespace gridexit::evaluation {

struct GridRisk {
  BreakProbability break_probability_24h;
  /// None when the bars do not reach back to the grid's start: then the position and the loss are
  /// unknown.
  std::optional<PositionRisk> position;
  exit_state::SinceStart since;
  bool bars_since_start = false;  ///< or none can be there yet
  double age_hours = 0;
  std::optional<double> step_atr;  ///< step of the grid in ATR, for the `spacing` penalty
};

/// `delivered` reaches back to the grid's start where it can; `window` is the filled 1h window.
GridRisk assess_grid(const RunningGrid& grid, CandleView delivered, CandleView window,
                     std::optional<double> atr, const std::optional<AccountFigures>& account,
                     UtcTime at);

/// The bars that opened at or after the grid's start.
CandleView bars_since(CandleView bars, UtcTime start);

}  // namespace gridexit::evaluation
