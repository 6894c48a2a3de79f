#pragma once
// The sentences of a recommendation: what was found, what to do, and no more than the evidence
// supports (STRATEGY.md section 10). Conditions and gates keep their names, so that the sentences
// can be looked up.

#include <string>
#include <vector>

#include "gridexit/decision/recommend.hpp"

namespace gridexit::decision {

/// For a running grid: conditions met and unknown in the table's order, then what to do and by
/// when.
std::vector<std::string> explain_exit(const ExitEvaluation& exit, UtcTime at,
                                      const ExitRules& rules);

/// One sentence per gate: whether it holds, and its counter.
std::vector<std::string> explain_gates(const GateEvaluation& gates, const GateRules& rules);

/// For a grid to set up: why at this size, until when, and what it does not say.
std::vector<std::string> explain_setup(const Recommendation& recommendation,
                                       const SetupRules& rules);

/// "confidence 0.59 is below 0.60": cut, not rounded, so that the sentence is never absurd.
std::string explain_low_confidence(double confidence, const SetupRules& rules);

}  // namespace gridexit::decision
