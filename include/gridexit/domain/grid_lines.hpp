#pragma once
// Where a grid's orders lie and what its start costs (STRATEGY.md section 9). Shared by the
// simulation, which trades the lines, and by the setup proposal, which must know how much base each
// cell gets.

#include <cstddef>
#include <span>
#include <vector>

#include "gridexit/domain/grid.hpp"

namespace gridexit {

/// Lines p_0..p_n of n cells: geometric lower·(upper/lower)^(i/n), arithmetic lower + (upper -
/// lower)·i/n.
std::vector<double> grid_lines(double lower, double upper, int cells, Spacing spacing);

/// The first cell that holds base when the grid starts at `price`: it and all above hold base, all
/// below hold quote. The cell around the price holds base when the price is nearer to its lower
/// line, or equally near. The number of cells when none holds base.
std::size_t first_base_cell(std::span<const double> lines, double price);

/// Quote needed at the start for one base per cell: base bought at market for the cells above,
/// orders reserved with their fee for those below. So q = capital / start_cost.
double start_cost(std::span<const double> lines, double price, double fee, double slippage);

/// What the least profitable cell keeps of a buy and a sell after fees, share of the money in it;
/// negative when fees take more than the cell earns. For geometric grids that of section 6.
double profit_per_grid(const GridVersion& grid);

}  // namespace gridexit
