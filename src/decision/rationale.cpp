#include "rationale.hpp"

#include <fmt/format.h>

#include <cmath>

#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/reasons.hpp"

namespace gridexit::decision {
namespace {

double cut_to_hundredths(double value) {
  return std::floor(value * 100 + 1e-9) / 100;
}

std::string what_to_do(ExitState state) {
  switch (state) {
    case ExitState::normal: return "nothing to do";
    case ExitState::warning:
      return "prepare the exit; most warnings pass, about one in five is followed by a break "
             "within 24 h";
    case ExitState::latest_acceptable_exit:
      return "act now: the first 3 h cost nothing on average, later ones do, and the worst cases "
             "grow with every hour";
    case ExitState::mandatory_exit:
      return "stop the grid now: this state is left only when the grid is stopped";
  }
  return {};
}

}  // namespace

std::vector<std::string> explain_exit(const ExitEvaluation& exit, UtcTime at,
                                      const ExitRules& rules) {
  std::vector<std::string> sentences = met_reasons(exit);
  for (std::string& unknown : unknown_reasons(exit)) sentences.push_back(std::move(unknown));
  sentences.push_back(what_to_do(exit.state));
  const int hours_left = rules.mandatory.overstay - exit.evaluations_in_state;
  if (exit.state == ExitState::latest_acceptable_exit && hours_left > 0) {
    sentences.push_back(
        fmt::format("escalates to MANDATORY_EXIT at {}", format_hour(at + Hours{hours_left})));
  }
  if (exit.tier < exit.state && exit.state != ExitState::mandatory_exit) {
    sentences.push_back(
        fmt::format("the present tier is {}: {} of {} calm evaluations to step down",
                    to_text(exit.tier), exit.calm_count, rules.calm));
  }
  return sentences;
}

std::vector<std::string> explain_gates(const GateEvaluation& gates, const GateRules& rules) {
  std::vector<std::string> sentences;
  for (const Gate& gate : gates.gates) {
    if (gate.holds && gate.count == 0) {
      sentences.push_back(
          fmt::format("gate {} holds, but counts only after the gate before it", gate.name));
    } else {
      sentences.push_back(fmt::format("gate {} {}, {} of {}", gate.name,
                                      gate.holds ? "holds" : "does not hold", gate.count,
                                      rules.hold));
    }
  }
  return sentences;
}

std::vector<std::string> explain_setup(const Recommendation& recommendation,
                                       const SetupRules& rules) {
  std::vector<std::string> sentences;
  const double confidence = cut_to_hundredths(recommendation.confidence);
  const double share = recommendation.proposal ? recommendation.proposal->allocation_pct : 0;
  if (recommendation.action == Action::create_grid) {
    sentences.push_back(fmt::format("confidence {:.2f} (>= {:.2f}): full allocation", confidence,
                                    rules.confidence_full));
  } else {
    sentences.push_back(
        fmt::format("confidence {:.2f} ({:.2f} to {:.2f}): probationary, {:.1f} % of the full "
                    "allocation, wider "
                    "steps",
                    confidence, rules.confidence_probationary, rules.confidence_full, share));
  }
  if (recommendation.price && recommendation.atr) {
    sentences.push_back(fmt::format(
        "ends at once when a gate no longer holds or the price moves by more than {} from {}",
        format_price(*recommendation.atr), format_price(*recommendation.price)));
  }
  sentences.emplace_back(
      "describes the present, not a forecast: gates passed and high confidence "
      "have not made grids earn more");
  return sentences;
}

std::string explain_low_confidence(double confidence, const SetupRules& rules) {
  return fmt::format("confidence {:.2f} is below {:.2f}", cut_to_hundredths(confidence),
                     rules.confidence_probationary);
}

}  // namespace gridexit::decision
