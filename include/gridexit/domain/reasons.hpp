#pragma once
// The conditions of an evaluation as sentences. Transitions, decisions and messages all say the
// same ones in the same order: the most urgent tier first, for it decides.

#include <string>
#include <vector>

#include "gridexit/domain/exit_state.hpp"

namespace gridexit {

/// "name: detail" of every met condition.
std::vector<std::string> met_reasons(const ExitEvaluation& exit);

/// "name unknown: detail" of every condition that could not be judged.
std::vector<std::string> unknown_reasons(const ExitEvaluation& exit);

}  // namespace gridexit
