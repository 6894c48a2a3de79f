#include "grid_risk.hpp"

#include <algorithm>
#include <cmath>

#include "gridexit/position/assess.hpp"
#include "gridexit/simulation/grid.hpp"

namespace gridexit::evaluation {
namespace {

constexpr UtcTime ceil_hour(UtcTime time) {
  return std::chrono::ceil<Hours>(time);
}

// Simulates the grid from its start to the last bar. None when the bar whose close is the start
// price, or any bar from there on, may be missing at the front of `delivered`.
std::optional<SimulatedPosition> simulate(const RunningGrid& grid, CandleView delivered) {
  const GridVersion& definition = grid.definition;
  const UtcTime first_bar = ceil_hour(grid.start);
  const CandleView since = bars_since(delivered, grid.start);
  const std::size_t before = delivered.size() - since.size();
  const bool reaches_start =
      before > 0 || (definition.entry_price && !since.empty() && since.time.front() == first_bar);
  if (!reaches_start) return std::nullopt;

  const double price =
      definition.entry_price ? *definition.entry_price : delivered.close[before - 1];
  simulation::GridSimulation simulation(simulation::make_setup(definition, price));
  for (std::size_t i = 0; i < since.size(); ++i) {
    simulation.advance(since.open[i], since.high[i], since.low[i], since.close[i]);
  }
  simulation.value_at(delivered.close.back());
  return simulation.position();
}

double step_of(const GridVersion& definition, double close) {
  const double cells = definition.cells;
  return definition.spacing == Spacing::geometric
             ? close * std::pow(definition.upper / definition.lower, 1.0 / cells) - close
             : (definition.upper - definition.lower) / cells;
}

BreakProbability touch_within(const RunningGrid& grid, double close, std::optional<double> atr,
                              double hours) {
  return exit_state::break_probability(close, grid.definition.lower, grid.definition.upper, atr,
                                       hours);
}

}  // namespace

CandleView bars_since(CandleView bars, UtcTime start) {
  const auto first =
      std::lower_bound(bars.time.begin(), bars.time.end(), start) - bars.time.begin();
  const auto index = static_cast<std::size_t>(first);
  return bars.part(index, bars.size() - index);
}

GridRisk assess_grid(const RunningGrid& grid, CandleView delivered, CandleView window,
                     std::optional<double> atr, const std::optional<AccountFigures>& account,
                     UtcTime at) {
  GridRisk risk;
  const GridVersion& definition = grid.definition;
  const double close = window.close.back();
  risk.break_probability_24h = touch_within(grid, close, atr, exit_state::kBreakHours);
  risk.age_hours = hours_between(grid.start, at);
  if (atr) risk.step_atr = step_of(definition, close) / *atr;

  const CandleView since = bars_since(window, grid.start);
  // Before its first bar can have closed, a grid has 0 closes outside; that is known.
  const UtcTime first_close = ceil_hour(grid.start) + length(Timeframe::h1);
  risk.bars_since_start = !since.empty() || at < first_close;
  risk.since.take(since, definition);

  if (const auto simulated = simulate(grid, delivered)) {
    position::AssessInputs inputs{*simulated, definition, close, atr, {}, account};
    inputs.break_probability = {touch_within(grid, close, atr, 6).both,
                                risk.break_probability_24h.both,
                                touch_within(grid, close, atr, 72).both};
    risk.position = position::assess(inputs);
  }
  return risk;
}

}  // namespace gridexit::evaluation
