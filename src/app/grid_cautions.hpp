#pragma once
// What the operator should know of a valid definition. Nothing here refuses: the grid may run on
// the exchange already, and then it must be on record.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/ports/configuration.hpp"

namespace gridexit::app {

/// Of the definition alone.
std::vector<std::string> cautions(const GridVersion& version);

/// Whether `gridexit run` evaluates the symbol.
bool is_watched(const std::string& symbol, const Environment& environment);

/// What a start can be compared with.
struct StartSurroundings {
  const ports::Configuration& configuration;
  std::string data_kind;                   ///< of the repository: "kucoin", "archive", "simulated"
  std::optional<MetricsRecord> newest;     ///< the symbol's record before the start
  std::optional<DecisionRecord> decision;  ///< whose proposal is taken up
};

/// Of the definition, and of the place and time it starts in.
std::vector<std::string> start_cautions(const Grid& grid, const StartSurroundings& around,
                                        UtcTime at);

}  // namespace gridexit::app
