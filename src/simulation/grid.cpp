#include "gridexit/simulation/grid.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "gridexit/domain/rules.hpp"

namespace gridexit::simulation {

GridSetup make_setup(const GridVersion& definition, double start_close) {
  return {
      .lines = grid_lines(definition.lower, definition.upper, definition.cells, definition.spacing),
      .stop_loss = definition.stop_loss,
      .start_price = definition.entry_price.value_or(start_close),
      .capital = definition.capital_quote,
      .quantity = definition.amount_per_grid,
      .fee = definition.fee,
      .slippage = kSlippage,
      .path = Path::by_close};
}

GridSimulation::GridSimulation(GridSetup setup) : setup_(std::move(setup)) {
  assert(setup_.lines.size() >= 2 && setup_.capital.has_value() != setup_.quantity.has_value());
  const double price = setup_.start_price;
  const double cost = start_cost(setup_.lines, price, setup_.fee, setup_.slippage);
  first_base_ = first_base_cell(setup_.lines, price);
  first_initial_ = first_base_;
  quantity_ = setup_.quantity.value_or(setup_.capital.value_or(0) / cost);
  capital_ = setup_.capital.value_or(quantity_ * cost);
  quote_ = capital_ - base() * price * (1 + setup_.slippage) * (1 + setup_.fee);
  price_ = price;
}

void GridSimulation::advance(double open, double high, double low, double close) {
  ++bars_;
  price_ = close;
  if (stopped_) return;
  const bool low_first =
      setup_.path == Path::low_first || (setup_.path == Path::by_close && close >= open);
  const std::array path{open, low_first ? low : high, low_first ? high : low, close};
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (setup_.stop_loss && path[i] <= *setup_.stop_loss) {
      stop_at(i == 0 ? open : *setup_.stop_loss);
      return;
    }
    move_to(path[i]);
  }
}

// Both loops compare with the target only: the next buy lies strictly below the price before the
// move and the next sell strictly above it, so at most one of them runs, and a line just filled
// never fills again on the way.
void GridSimulation::move_to(double price) {
  while (first_base_ > 0 && setup_.lines[first_base_ - 1] >= price) {
    --first_base_;
    quote_ -= quantity_ * cell_cost(first_base_);
    ++fills_;
  }
  while (first_base_ < cells() && setup_.lines[first_base_ + 1] <= price) {
    const double proceeds = setup_.lines[first_base_ + 1] * (1 - setup_.fee);
    grid_profit_ += quantity_ * (proceeds - cell_cost(first_base_));
    quote_ += quantity_ * proceeds;
    ++first_base_;
    ++fills_;
    first_initial_ = std::max(first_initial_, first_base_);
  }
}

void GridSimulation::stop_at(double price) {
  move_to(price);
  quote_ += market_sale(base(), price);
  first_base_ = cells();
  stopped_ = true;
}

double GridSimulation::base() const {
  return quantity_ * static_cast<double>(cells() - first_base_);
}

double GridSimulation::market_sale(double base, double price) const {
  return base * price * (1 - setup_.slippage) * (1 - setup_.fee);
}

/// Quote per base, fees included, of what the cell holds or would buy.
double GridSimulation::cell_cost(std::size_t cell) const {
  return cell >= first_initial_ ? setup_.start_price * (1 + setup_.slippage) * (1 + setup_.fee)
                                : setup_.lines[cell] * (1 + setup_.fee);
}

double GridSimulation::equity() const {
  return quote_ + market_sale(base(), price_) - capital_;
}

double GridSimulation::risk() const {
  if (!setup_.stop_loss) return capital_;
  return capital_ - market_sale(quantity_ * static_cast<double>(cells()), *setup_.stop_loss);
}

double GridSimulation::value_at_stop() const {
  if (stopped_) return quote_;
  if (!setup_.stop_loss) return 0;
  double quote = quote_;
  std::size_t first = first_base_;
  for (; first > 0 && setup_.lines[first - 1] >= *setup_.stop_loss; --first) {
    quote -= quantity_ * cell_cost(first - 1);
  }
  return quote + market_sale(quantity_ * static_cast<double>(cells() - first), *setup_.stop_loss);
}

std::vector<bool> GridSimulation::holds() const {
  std::vector<bool> holds(cells(), false);
  std::fill(holds.begin() + static_cast<std::ptrdiff_t>(first_base_), holds.end(), true);
  return holds;
}

SimulatedPosition GridSimulation::position() const {
  double cost = 0;
  for (std::size_t cell = first_base_; cell < cells(); ++cell) cost += cell_cost(cell);
  const std::size_t held = cells() - first_base_;
  return {.quantity_per_cell = quantity_,
          .capital = capital_,
          .base = base(),
          .quote = quote_,
          .equity = equity(),
          .grid_profit = grid_profit_,
          .average_cost = held == 0 ? 0 : cost / static_cast<double>(held),
          .risk = risk(),
          .value_at_stop = value_at_stop(),
          .fills = fills_,
          .bars = bars_,
          .stopped = stopped_};
}

}  // namespace gridexit::simulation
