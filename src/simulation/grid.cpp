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
  held_.first_base = first_base_cell(setup_.lines, price);
  held_.first_initial = held_.first_base;
  quantity_ = setup_.quantity.value_or(setup_.capital.value_or(0) / cost);
  capital_ = setup_.capital.value_or(quantity_ * cost);
  held_.quote = capital_ - base() * price * (1 + setup_.slippage) * (1 + setup_.fee);
  price_ = price;
}

void GridSimulation::advance(double open, double high, double low, double close) {
  ++bars_;
  price_ = close;
  if (held_.stopped) return;
  const bool low_first =
      setup_.path == Path::low_first || (setup_.path != Path::high_first && close >= open);
  const double first = low_first ? low : high;
  const double second = low_first ? high : low;
  if (setup_.path == Path::pessimistic || setup_.path == Path::optimistic) {
    walk_both(open, first, second, close);
  } else {
    walk(open, first, second, close);
  }
}

void GridSimulation::walk_both(double open, double first, double second, double close) {
  const Holdings before = held_;
  walk(open, first, second, close);
  // Without a fill no line was reached, in whatever order.
  if (held_.fills == before.fills && !held_.stopped) return;
  const Holdings by_rule = held_;
  const double pnl_by_rule = equity();
  held_ = before;
  walk(open, second, first, close);
  const double gained = equity() - pnl_by_rule;
  if (setup_.path == Path::pessimistic ? gained >= 0 : gained <= 0) held_ = by_rule;
}

void GridSimulation::walk(double open, double first, double second, double close) {
  const std::array path{open, first, second, close};
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
  while (held_.first_base > 0 && setup_.lines[held_.first_base - 1] >= price) {
    --held_.first_base;
    held_.quote -= quantity_ * cell_cost(held_.first_base);
    ++held_.fills;
  }
  while (held_.first_base < cells() && setup_.lines[held_.first_base + 1] <= price) {
    const double proceeds = setup_.lines[held_.first_base + 1] * (1 - setup_.fee);
    held_.grid_profit += quantity_ * (proceeds - cell_cost(held_.first_base));
    held_.quote += quantity_ * proceeds;
    ++held_.first_base;
    ++held_.fills;
    held_.first_initial = std::max(held_.first_initial, held_.first_base);
  }
}

void GridSimulation::stop_at(double price) {
  move_to(price);
  held_.quote += market_sale(base(), price);
  held_.first_base = cells();
  held_.stopped = true;
}

double GridSimulation::base() const {
  return quantity_ * static_cast<double>(cells() - held_.first_base);
}

double GridSimulation::market_sale(double base, double price) const {
  return base * price * (1 - setup_.slippage) * (1 - setup_.fee);
}

/// Quote per base, fees included, of what the cell holds or would buy.
double GridSimulation::cell_cost(std::size_t cell) const {
  return cell >= held_.first_initial ? setup_.start_price * (1 + setup_.slippage) * (1 + setup_.fee)
                                     : setup_.lines[cell] * (1 + setup_.fee);
}

double GridSimulation::equity() const {
  return held_.quote + market_sale(base(), price_) - capital_;
}

double GridSimulation::risk() const {
  if (!setup_.stop_loss) return capital_;
  return capital_ - market_sale(quantity_ * static_cast<double>(cells()), *setup_.stop_loss);
}

double GridSimulation::value_at_stop() const {
  if (held_.stopped) return held_.quote;
  if (!setup_.stop_loss) return 0;
  double quote = held_.quote;
  std::size_t first = held_.first_base;
  for (; first > 0 && setup_.lines[first - 1] >= *setup_.stop_loss; --first) {
    quote -= quantity_ * cell_cost(first - 1);
  }
  return quote + market_sale(quantity_ * static_cast<double>(cells() - first), *setup_.stop_loss);
}

std::vector<bool> GridSimulation::holds() const {
  std::vector<bool> holds(cells(), false);
  std::fill(holds.begin() + static_cast<std::ptrdiff_t>(held_.first_base), holds.end(), true);
  return holds;
}

SimulatedPosition GridSimulation::position() const {
  double cost = 0;
  for (std::size_t cell = held_.first_base; cell < cells(); ++cell) cost += cell_cost(cell);
  const std::size_t held = cells() - held_.first_base;
  return {.quantity_per_cell = quantity_,
          .capital = capital_,
          .base = base(),
          .quote = held_.quote,
          .equity = equity(),
          .grid_profit = held_.grid_profit,
          .average_cost = held == 0 ? 0 : cost / static_cast<double>(held),
          .risk = risk(),
          .value_at_stop = value_at_stop(),
          .fills = held_.fills,
          .bars = bars_,
          .stopped = held_.stopped};
}

}  // namespace gridexit::simulation
