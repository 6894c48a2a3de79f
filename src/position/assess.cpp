#include "gridexit/position/assess.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gridexit/base/number.hpp"

namespace gridexit::position {
namespace {

constexpr double kToleratedDifference = 0.05;  // section 7

struct Distance {
  double pct = 0;
  std::optional<double> atr;
};

Distance distance(double difference, const AssessInputs& inputs) {
  Distance distance{.pct = difference / inputs.close * 100, .atr = std::nullopt};
  if (inputs.atr && *inputs.atr > 0) distance.atr = difference / *inputs.atr;
  return distance;
}

void measure_distances(PositionRisk& risk, const AssessInputs& inputs) {
  const Distance lower = distance(inputs.close - inputs.definition.lower, inputs);
  const Distance upper = distance(inputs.definition.upper - inputs.close, inputs);
  risk.distance_lower_pct = lower.pct;
  risk.distance_lower_atr = lower.atr;
  risk.distance_upper_pct = upper.pct;
  risk.distance_upper_atr = upper.atr;
  if (!inputs.definition.stop_loss) return;
  const Distance stop = distance(inputs.close - *inputs.definition.stop_loss, inputs);
  risk.distance_stop_pct = stop.pct;
  risk.distance_stop_atr = stop.atr;
}

std::optional<std::string> describe_difference(const AssessInputs& inputs) {
  const SimulatedPosition& estimate = inputs.simulated;
  const AccountFigures& account = *inputs.account;
  // One cell's base is the least that counts as a whole, so that dust beside an estimate of none is
  // no difference.
  const double base_scale = std::max(estimate.base, estimate.quantity_per_cell);
  const double estimated_value = estimate.quote + estimate.base * inputs.close;
  const double account_value = account.quote + account.base * inputs.close;
  const auto differs = [](double actual, double expected, double scale) {
    return std::fabs(actual - expected) > kToleratedDifference * scale;
  };
  std::string text;
  if (differs(account.base, estimate.base, base_scale)) {
    text = fmt::format("account holds {} base, {} estimated", format_price(account.base),
                       format_price(estimate.base));
  }
  if (differs(account_value, estimated_value, estimated_value)) {
    text += fmt::format("{}account is worth {}, {} estimated", text.empty() ? "" : "; ",
                        format_price(account_value), format_price(estimated_value));
  }
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace

PositionRisk assess(const AssessInputs& inputs) {
  const SimulatedPosition& simulated = inputs.simulated;
  PositionRisk risk;
  risk.base = simulated.base;
  risk.quote = simulated.quote;
  if (simulated.base > 0) risk.average_cost = simulated.average_cost;
  risk.capital = simulated.capital;
  risk.pnl = simulated.equity;
  risk.grid_profit = simulated.grid_profit;
  // A filled stop-loss has sold everything: nothing is left that could still change.
  risk.realised_profit = simulated.stopped ? simulated.equity : simulated.grid_profit;
  risk.unrealised_profit = risk.pnl - risk.realised_profit;
  risk.capital_at_risk = simulated.risk;
  if (simulated.risk > 0) risk.loss_share = std::max(0.0, -simulated.equity) / simulated.risk;
  if (inputs.definition.stop_loss) risk.value_at_stop = simulated.value_at_stop;
  measure_distances(risk, inputs);
  risk.break_probability = inputs.break_probability;
  risk.account = inputs.account;
  if (inputs.account) risk.difference = describe_difference(inputs);
  return risk;
}

}  // namespace gridexit::position
