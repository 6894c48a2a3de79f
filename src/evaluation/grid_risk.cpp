#include "grid_risk.hpp"

#include <algorithm>
#include <cmath>

#include "gridexit/domain/rules.hpp"
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

  simulation::GridSetup setup;
  setup.lines =
      simulation::lines(definition.lower, definition.upper, definition.cells, definition.spacing);
  setup.stop_loss = definition.stop_loss;
  setup.start_price =
      definition.entry_price ? *definition.entry_price : delivered.close[before - 1];
  setup.capital = definition.capital_quote;
  setup.quantity = definition.amount_per_grid;
  setup.fee = definition.fee;
  setup.slippage = kSlippage;
  simulation::GridSimulation simulation(setup);
  for (std::size_t i = 0; i < since.size(); ++i) {
    simulation.advance(since.open[i], since.high[i], since.low[i], since.close[i]);
  }
  return simulation.position();
}

double step_of(const GridVersion& definition, double close) {
  const double cells = definition.cells;
  return definition.spacing == Spacing::geometric
             ? close * std::pow(definition.upper / definition.lower, 1.0 / cells) - close
             : (definition.upper - definition.lower) / cells;
}

// Latest bars in a row for which `outside` holds.
template <class Predicate>
int trailing(CandleView bars, Predicate outside) {
  int count = 0;
  for (std::size_t i = bars.size(); i-- > 0 && outside(bars.close[i]);) ++count;
  return count;
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
  risk.break_probability_24h = touch_within(grid, close, atr, 24);
  risk.age_hours = hours_between(grid.start, at);
  if (atr) risk.step_atr = step_of(definition, close) / *atr;

  const CandleView since = bars_since(window, grid.start);
  // Before its first bar can have closed, a grid has 0 closes outside; that is known.
  const UtcTime first_close = ceil_hour(grid.start) + length(Timeframe::h1);
  risk.bars_since_start = !since.empty() || at < first_close;
  risk.closes_low = trailing(since, [&](double price) { return price < definition.lower; });
  risk.closes_up = trailing(since, [&](double price) { return price > definition.upper; });
  risk.stop_loss_touched =
      definition.stop_loss && std::any_of(since.low.begin(), since.low.end(),
                                          [&](double low) { return low <= *definition.stop_loss; });

  if (const auto simulated = simulate(grid, delivered)) {
    position::AssessInputs inputs{*simulated, definition, close, atr, {}, account};
    inputs.break_probability = {touch_within(grid, close, atr, 6).both,
                                risk.break_probability_24h.both,
                                touch_within(grid, close, atr, 72).both};
    risk.position = position::assess(inputs);
  }
  return risk;
}

exit_state::ConditionInputs condition_inputs(const RunningGrid& grid, const GridRisk& risk,
                                             double close, const TimeframeMetrics& h1,
                                             const std::vector<VerdictMemory>& memory) {
  exit_state::ConditionInputs inputs;
  inputs.close = close;
  inputs.lower = grid.definition.lower;
  inputs.upper = grid.definition.upper;
  inputs.stop_loss = grid.definition.stop_loss;
  inputs.stop_loss_touched = risk.stop_loss_touched;
  inputs.atr = h1.atr;
  inputs.break_probability = risk.break_probability_24h;
  inputs.adx = h1.adx.value;
  inputs.adx_3 = h1.adx.value_3_bars_ago;
  inputs.efficiency_ratio = h1.efficiency_ratio.value;
  inputs.autocorrelation = h1.autocorrelation.value;
  inputs.half_life = h1.ou_half_life.value;
  inputs.half_life_non_stationary = h1.ou_half_life.reason == FailureReason::non_stationary;
  inputs.slope = h1.normalized_slope.value;
  inputs.bandwidth = h1.bollinger_bandwidth.value;
  inputs.bandwidth_6 = h1.bollinger_bandwidth.value_6_bars_ago;
  inputs.bandwidth_ratio = h1.bollinger_bandwidth.bandwidth_ratio;
  inputs.memory = memory;
  inputs.closes_low = risk.closes_low;
  inputs.closes_up = risk.closes_up;
  inputs.bars_since_start = risk.bars_since_start;
  if (risk.position) inputs.loss_share = risk.position->loss_share;
  return inputs;
}

}  // namespace gridexit::evaluation
