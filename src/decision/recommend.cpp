#include "gridexit/decision/recommend.hpp"

#include <fmt/format.h>

#include <chrono>
#include <iterator>

#include "rationale.hpp"
#include "standing.hpp"

namespace gridexit::decision {
namespace {

using std::chrono::minutes;

constexpr minutes kValidInTrend{15};       // section 6
constexpr minutes kValidInTransition{30};  // section 6

struct Answer {
  Action action = Action::hold;
  Urgency urgency = Urgency::low;
};

Answer answer_to(const RecommendInputs& inputs, const EscalationRules& rules) {
  switch (inputs.exit_state->state) {
    case ExitState::normal: return {Action::hold, Urgency::low};
    case ExitState::warning: {
      const bool urgent = inputs.verdict == Verdict::trend && inputs.confidence >= rules.confidence;
      return {Action::prepare_exit, urgent ? Urgency::high : Urgency::normal};
    }
    case ExitState::latest_acceptable_exit: return {Action::stop_grid, Urgency::high};
    case ExitState::mandatory_exit: return {Action::stop_grid, Urgency::emergency};
  }
  return {Action::stop_grid, Urgency::emergency};
}

void manage(Recommendation& recommendation, const RecommendInputs& inputs, const Rules& rules) {
  const Answer answer = answer_to(inputs, rules.escalation);
  recommendation.type = RecommendationType::grid_manage;
  recommendation.action = answer.action;
  recommendation.urgency = answer.urgency;
  if (inputs.verdict == Verdict::trend) recommendation.valid_until = inputs.at + kValidInTrend;
  if (inputs.verdict == Verdict::transition) {
    recommendation.valid_until = inputs.at + kValidInTransition;
  }
  recommendation.rationale = explain_exit(*inputs.exit_state, inputs.at, rules.exit_rules);
}

/// Why no grid is to be set up although the gates are passed; none when one is.
std::optional<std::string> obstacle(const RecommendInputs& inputs, const SetupRules& rules) {
  if (inputs.confidence < rules.confidence_probationary) {
    return explain_low_confidence(inputs.confidence, rules);
  }
  if (const auto pause = cooldown(inputs, rules)) {
    return fmt::format("cooldown until {}: {}", format_utc(pause->until), pause->reason);
  }
  if (!inputs.proposal.proposal) return inputs.proposal.reason;
  return std::nullopt;
}

void set_up(Recommendation& recommendation, const RecommendInputs& inputs, const Rules& rules) {
  recommendation.type = RecommendationType::grid_setup;
  recommendation.action = Action::wait;
  recommendation.urgency = Urgency::low;
  if (!inputs.gates) {
    recommendation.rationale = {"gates unknown: not evaluated"};
    return;
  }
  recommendation.rationale = explain_gates(*inputs.gates, rules.gates);
  if (!inputs.gates->passed) return;
  if (auto reason = obstacle(inputs, rules.setup)) {
    recommendation.rationale.push_back(std::move(*reason));
    return;
  }
  recommendation.action = inputs.confidence >= rules.setup.confidence_full
                              ? Action::create_grid
                              : Action::create_probationary_grid;
  recommendation.urgency = Urgency::normal;
  recommendation.valid_until = inputs.at + Hours{rules.setup.valid_hours};
  recommendation.proposal = inputs.proposal.proposal;
  auto sentences = explain_setup(recommendation, rules.setup);
  recommendation.rationale.insert(recommendation.rationale.end(),
                                  std::make_move_iterator(sentences.begin()),
                                  std::make_move_iterator(sentences.end()));
}

}  // namespace

RecommendOutcome recommend(const RecommendInputs& inputs, const Rules& rules) {
  RecommendOutcome outcome;
  Recommendation& recommendation = outcome.recommendation;
  recommendation.confidence = inputs.confidence;
  recommendation.price = inputs.close;
  recommendation.atr = inputs.atr;
  if (inputs.exit_state) {
    manage(recommendation, inputs, rules);
  } else {
    set_up(recommendation, inputs, rules);
  }
  outcome.write_record = record_due(inputs, recommendation, rules);
  if (outcome.write_record) return outcome;
  outcome.standing_id = inputs.standing_id;
  if (const DecisionRecord* standing = standing_decision(inputs)) {
    recommendation.valid_until = standing->recommendation.valid_until;
  }
  return outcome;
}

}  // namespace gridexit::decision
