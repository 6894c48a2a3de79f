#pragma once
// A calm grid in the middle of its range, with every input known: what the tests of conditions
// start from.

#include <optional>
#include <vector>

#include "gridexit/exit_state/evaluate.hpp"

namespace gridexit::exit_state {

inline ConditionInputs calm_inputs() {
  ConditionInputs in;
  in.close = 1000.0;
  in.lower = 900.0;
  in.upper = 1100.0;
  in.stop_loss = 850.0;
  in.atr = 10.0;
  in.break_probability = {0.06, 0.03, 0.03};
  in.adx = 15.0;
  in.adx_3 = 15.0;
  in.efficiency_ratio = 0.1;
  in.autocorrelation = -0.1;
  in.half_life = 10.0;
  in.slope = 0.01;
  in.bandwidth = 0.02;
  in.bandwidth_6 = 0.02;
  in.bandwidth_ratio = 1.0;
  in.memory = {{Verdict::range_ok, Verdict::range_ok, 0.8},
               {Verdict::range_ok, Verdict::range_ok, 0.8}};
  in.loss_share = 0.0;
  return in;
}

inline Condition condition(const ConditionInputs& inputs, ConditionName name,
                           const ExitRules& rules = {}) {
  for (const Condition& found : conditions(inputs, rules)) {
    if (found.name == name) return found;
  }
  return {};
}

inline Truth met(const ConditionInputs& inputs, ConditionName name, const ExitRules& rules = {}) {
  return condition(inputs, name, rules).met;
}

/// Evaluations with one verdict and confidence.
inline std::vector<VerdictMemory> evaluations(int count, Verdict verdict, double confidence = 0.7) {
  std::vector<VerdictMemory> memory;
  for (int i = 0; i < count; ++i) memory.push_back({verdict, verdict, confidence});
  return memory;
}

}  // namespace gridexit::exit_state
