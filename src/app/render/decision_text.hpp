#pragma once
// Decisions for people.

#include <string>
#include <vector>

#include "app/render/style.hpp"
#include "gridexit/domain/decision.hpp"

namespace gridexit::app {

/// One row a decision.
std::string render_decisions(const std::vector<DecisionRecord>& decisions, const Style& style);
/// One decision with its reasons, answers and later evaluations.
std::string render_decision(const DecisionRecord& decision, const Style& style);

/// One follow-up in words: "24h  recommendation good, action executed in time: ...".
std::string describe_evaluation(const EvaluationRecord& evaluation);

/// How urgent an action looks.
Tone tone_of(Urgency urgency);

}  // namespace gridexit::app
