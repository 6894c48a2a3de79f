#pragma once
// Restart gates (STRATEGY.md section 5): three gates in order, each with a counter from 0 to
// `gates.hold`.

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gridexit {

inline constexpr int kGateCount = 3;

struct Gate {
  std::string name;  ///< "directional_energy_decay", "mean_reversion_return", "tradable_volatility"
  bool holds = false;
  int count = 0;
  /// Inputs by name, in a fixed order; none where unknown.
  std::vector<std::pair<std::string, std::optional<double>>> values;
};

struct GateEvaluation {
  std::vector<Gate> gates;  ///< empty while a grid runs
  bool passed = false;
};

}  // namespace gridexit
