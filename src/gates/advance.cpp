// The way back into a market after an exit: three gates, passed in order and each for several
// evaluations, so that a grid is proposed only once the trend's energy is spent, price returns to
// its mean, and there is something to earn.

#include "gridexit/gates/advance.hpp"

#include <algorithm>
#include <cmath>

namespace gridexit::gates {
namespace {

/// Evaluations in a row, this one last, without TREND or TRANSITION.
int quiet_evaluations(const std::vector<VerdictMemory>& memory) {
  const auto last_trending =
      std::find_if(memory.rbegin(), memory.rend(),
                   [](const VerdictMemory& entry) { return is_trending(entry.verdict); });
  return static_cast<int>(last_trending - memory.rbegin());
}

/// A gate whose inputs are listed; does it know all of them?
bool all_known(const Gate& gate) {
  return std::all_of(gate.values.begin(), gate.values.end(),
                     [](const auto& value) { return value.second.has_value(); });
}

Gate directional_energy_decay(const TimeframeMetrics& h1, const std::vector<VerdictMemory>& memory,
                              const GateRules& rules) {
  const auto adx = h1.adx.value;
  const auto before = h1.adx.value_6_bars_ago;
  const auto slope = h1.normalized_slope.value;
  const int quiet = quiet_evaluations(memory);
  Gate gate;
  gate.name = "directional_energy_decay";
  gate.values = {{"adx", adx},
                 {"adx_6_bars_ago", before},
                 {"normalized_slope", slope},
                 {"quiet_evaluations", static_cast<double>(quiet)}};
  gate.holds = all_known(gate) && (*adx <= rules.adx || *adx < *before) &&
               std::fabs(*slope) <= rules.slope && quiet >= rules.quiet_hours;
  return gate;
}

Gate mean_reversion_return(const TimeframeMetrics& h1, const GateRules& rules) {
  const auto half_life = h1.ou_half_life.value;
  const auto autocorrelation = h1.autocorrelation.value;
  const auto efficiency = h1.efficiency_ratio.value;
  Gate gate;
  gate.name = "mean_reversion_return";
  gate.values = {{"ou_half_life", half_life},
                 {"autocorrelation", autocorrelation},
                 {"efficiency_ratio", efficiency}};
  gate.holds = all_known(gate) && *half_life >= rules.half_life_min &&
               *half_life <= rules.half_life_max && *autocorrelation <= rules.autocorrelation &&
               *efficiency <= rules.efficiency;
  return gate;
}

Gate tradable_volatility(const TimeframeMetrics& h1, std::optional<double> close, double fee,
                         const GateRules& rules) {
  const auto ratio = h1.bollinger_bandwidth.bandwidth_ratio;
  const auto bandwidth = h1.bollinger_bandwidth.value;
  const auto before = h1.bollinger_bandwidth.value_6_bars_ago;
  const auto atr_share =
      h1.atr && close && *close > 0.0 ? std::optional{*h1.atr / *close} : std::nullopt;
  const double round_trip = 2.0 * fee;
  Gate gate;
  gate.name = "tradable_volatility";
  gate.values = {{"bandwidth_ratio", ratio},
                 {"bollinger_bandwidth", bandwidth},
                 {"bandwidth_6_bars_ago", before},
                 {"atr_share", atr_share}};
  gate.holds = all_known(gate) && *ratio >= rules.bandwidth_min && *ratio <= rules.bandwidth_max &&
               *bandwidth <= rules.bandwidth_growth * *before &&
               *atr_share >= rules.atr_fees * round_trip;
  return gate;
}

}  // namespace

GateEvaluation advance(const TimeframeMetrics& h1, std::optional<double> close, double fee,
                       const std::vector<VerdictMemory>& memory, const Counters& before,
                       const GateRules& rules) {
  GateEvaluation result;
  result.gates.push_back(directional_energy_decay(h1, memory, rules));
  result.gates.push_back(mean_reversion_return(h1, rules));
  result.gates.push_back(tradable_volatility(h1, close, fee, rules));

  bool reached = true;
  for (std::size_t i = 0; i < result.gates.size(); ++i) {
    Gate& gate = result.gates[i];
    gate.count = reached && gate.holds ? std::min(before[i] + 1, rules.hold) : 0;
    reached = reached && gate.holds && gate.count >= rules.hold;
  }
  result.passed = reached;
  return result;
}

}  // namespace gridexit::gates
