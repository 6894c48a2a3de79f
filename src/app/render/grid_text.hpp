#pragma once
// Grids for people: a line, a table, a page of facts.

#include <string>
#include <vector>

#include "app/render/style.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"

namespace gridexit::app {

/// "3000 to 3600, 12 geometric cells, stop-loss 2880, 800 USDT".
std::string describe_definition(const GridVersion& version, const std::string& symbol);
std::string describe_proposal(const Proposal& proposal, const std::string& symbol);

/// One row a grid, as seen at `at`.
std::string render_grids(const std::vector<Grid>& grids, UtcTime at, const Style& style);
/// The definition in force and the whole history of one grid.
std::string render_grid(const Grid& grid, UtcTime at, const Style& style);

}  // namespace gridexit::app
