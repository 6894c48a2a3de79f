#pragma once
// Position risk (STRATEGY.md section 7): what the simulated position means at the present price.

#include <optional>

#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/position.hpp"

namespace gridexit::position {

struct AssessInputs {
  SimulatedPosition simulated;
  GridVersion definition;
  double close = 0;
  std::optional<double> atr;  ///< of 1h
  BreakHorizons break_probability;
  std::optional<AccountFigures> account;
};

/// Everything in the record's `position`. An account that differs by more than 5 % in base or value
/// is said in `difference` and changes nothing else.
PositionRisk assess(const AssessInputs& inputs);

}  // namespace gridexit::position
