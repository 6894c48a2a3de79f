#include "gridexit/backtest/harness.hpp"

#include <algorithm>
#include <cmath>

#include "gridexit/decision/recommend.hpp"

namespace gridexit::backtest {
namespace {

/// Bounds at a fixed share of the price instead of the proposal's; steps and stop-loss by the same
/// rules.
void set_half_width(decision::Geometry& geometry, double half_width,
                    const decision::ProposalInputs& inputs, const SetupRules& rules) {
  const double stop_distance = rules.stop_atr * *inputs.atr_4h;
  geometry.lower = inputs.close * (1 - half_width);
  geometry.upper = inputs.close * (1 + half_width);
  geometry.stop_loss = geometry.lower - stop_distance;
  const double step = std::max(*inputs.atr_1h / inputs.close, rules.step_fees * 2 * rules.fee);
  const double cells = std::floor(std::log(geometry.upper / geometry.lower) / std::log(1 + step));
  geometry.cells = static_cast<int>(std::clamp(cells, static_cast<double>(rules.cells_min),
                                               static_cast<double>(rules.cells_max)));
}

}  // namespace

std::optional<GridVersion> shape_grid(const Track& track, std::size_t bar, std::size_t width,
                                      const Harness& harness, const SetupRules& rules) {
  if (!track.evaluated(bar)) return std::nullopt;
  const CandleView bars = track.bars.view();
  decision::ProposalInputs inputs;
  inputs.close = bars.close[bar];
  inputs.atr_1h = track.metrics_1h(bar).atr;
  inputs.atr_4h = track.metrics_4h(bar).atr;
  inputs.window_1h = bars.part(0, bar + 1).last(static_cast<std::size_t>(rules.sigma_bars) + 1);
  std::optional<decision::Geometry> geometry = decision::geometry(inputs, 1.0, rules);
  if (!geometry) return std::nullopt;
  if (harness.shape == Shape::fixed_widths) {
    set_half_width(*geometry, harness.half_widths[width], inputs, rules);
  }
  if (!(geometry->stop_loss > 0)) return std::nullopt;

  GridVersion definition;
  definition.from = bars.time[bar] + length(Timeframe::h1);
  definition.lower = geometry->lower;
  definition.upper = geometry->upper;
  definition.cells = geometry->cells;
  definition.capital_quote = harness.capital;
  definition.fee = rules.fee;
  definition.stop_loss = geometry->stop_loss;
  return definition;
}

}  // namespace gridexit::backtest
