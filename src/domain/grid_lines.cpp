#include "gridexit/domain/grid_lines.hpp"

#include <algorithm>
#include <cmath>

namespace gridexit {

std::vector<double> grid_lines(double lower, double upper, int cells, Spacing spacing) {
  std::vector<double> lines;
  lines.reserve(static_cast<std::size_t>(cells) + 1);
  for (int i = 0; i <= cells; ++i) {
    lines.push_back(spacing == Spacing::geometric
                        ? lower * std::pow(upper / lower, static_cast<double>(i) / cells)
                        : lower + (upper - lower) * i / cells);
  }
  return lines;
}

std::size_t first_base_cell(std::span<const double> lines, double price) {
  const auto above = std::lower_bound(lines.begin(), lines.end(), price);
  const auto index = static_cast<std::size_t>(above - lines.begin());
  if (index == 0) return 0;
  if (index == lines.size()) return lines.size() - 1;
  return price - lines[index - 1] <= lines[index] - price ? index - 1 : index;
}

double start_cost(std::span<const double> lines, double price, double fee, double slippage) {
  const std::size_t cells = lines.size() - 1;
  const std::size_t first_base = first_base_cell(lines, price);
  double cost = static_cast<double>(cells - first_base) * price * (1 + slippage) * (1 + fee);
  for (std::size_t i = 0; i < first_base; ++i) cost += lines[i] * (1 + fee);
  return cost;
}

double profit_per_grid(const GridVersion& grid) {
  // Arithmetic lines are relatively closest at the top, geometric ones everywhere alike.
  const double buy = grid.spacing == Spacing::geometric
                         ? grid.upper / std::pow(grid.upper / grid.lower, 1.0 / grid.cells)
                         : grid.upper - (grid.upper - grid.lower) / grid.cells;
  return grid.upper / buy * (1 - grid.fee) / (1 + grid.fee) - 1;
}

}  // namespace gridexit
