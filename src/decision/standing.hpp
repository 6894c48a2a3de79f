#pragma once
// What earlier decisions still mean: which one stands, whether it was answered, and which cooldown
// follows from it (STRATEGY.md section 6). Only what was there at the evaluation hour is looked at.

#include <optional>
#include <string>

#include "gridexit/decision/recommend.hpp"

namespace gridexit::decision {

/// The decision that stood before this evaluation; none when there is none or it is older than
/// `recent`.
const DecisionRecord* standing_decision(const RecommendInputs& inputs);

/// No setup is recommended before `until`.
struct Cooldown {
  UtcTime until{};
  std::string reason;
};

/// The cooldown in force at `inputs.at`, the longest when there are several.
std::optional<Cooldown> cooldown(const RecommendInputs& inputs, const SetupRules& rules);

/// Whether this recommendation is due a decision record.
bool record_due(const RecommendInputs& inputs, const Recommendation& recommendation,
                const Rules& rules);

}  // namespace gridexit::decision
