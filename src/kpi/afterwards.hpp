#pragma once
// What the price, and a simulated grid in it, did between a decision and a horizon's end.

#include <optional>
#include <string>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/grid.hpp"

namespace gridexit::kpi {

struct Afterwards {
  std::string unknown;             ///< why nothing can be said; empty: all below is known
  std::optional<int> broke_after;  ///< hours to the break's first close; <= 0: broken already
  bool under_way = false;          ///< outside at the end, and not for 12 closes yet
  double pnl_then = 0;             ///< quote, all sold at the decision
  double pnl_end = 0;              ///< quote, held on to the end or to the stop-loss
};

/// From `at` to `end` for a grid that was started at `start`. `bars` are gap-free; those after
/// `end` are not looked at.
Afterwards look_back(CandleView bars, const GridVersion& grid, UtcTime start, UtcTime at,
                     UtcTime end);

}  // namespace gridexit::kpi
