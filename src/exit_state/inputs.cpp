#include "gridexit/exit_state/inputs.hpp"

namespace gridexit::exit_state {

void SinceStart::take(double low, double close, const GridVersion& grid) {
  closes_low = close < grid.lower ? closes_low + 1 : 0;
  closes_up = close > grid.upper ? closes_up + 1 : 0;
  stop_loss_touched = stop_loss_touched || (grid.stop_loss && low <= *grid.stop_loss);
}

void SinceStart::take(CandleView bars, const GridVersion& grid) {
  for (std::size_t i = 0; i < bars.size(); ++i) take(bars.low[i], bars.close[i], grid);
}

ConditionInputs condition_inputs(const GridNow& grid, const TimeframeMetrics& h1,
                                 std::span<const VerdictMemory> memory) {
  ConditionInputs inputs;
  inputs.close = grid.close;
  inputs.lower = grid.definition.lower;
  inputs.upper = grid.definition.upper;
  inputs.stop_loss = grid.definition.stop_loss;
  inputs.stop_loss_touched = grid.since.stop_loss_touched;
  inputs.atr = h1.atr;
  inputs.break_probability = break_probability(grid.close, grid.definition.lower,
                                               grid.definition.upper, h1.atr, kBreakHours);
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
  inputs.memory.assign(memory.begin(), memory.end());
  inputs.closes_low = grid.since.closes_low;
  inputs.closes_up = grid.since.closes_up;
  inputs.bars_since_start = grid.bars_since_start;
  inputs.loss_share = grid.loss_share;
  return inputs;
}

}  // namespace gridexit::exit_state
