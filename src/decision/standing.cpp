#include "standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace gridexit::decision {
namespace {

using std::chrono::minutes;

bool is_setup(Action action) {
  return action == Action::create_grid || action == Action::create_probationary_grid;
}

/// The operator's newest answer until `at`.
const ActionRecord* last_answer(const DecisionRecord& decision, UtcTime at) {
  const auto& records = decision.action_records;
  const auto found = std::find_if(records.rbegin(), records.rend(),
                                  [at](const ActionRecord& record) { return record.at <= at; });
  return found == records.rend() ? nullptr : &*found;
}

/// C has left the neighbourhood in which a setup was proposed.
bool price_moved(const Recommendation& recommendation, double close) {
  return recommendation.price && recommendation.atr &&
         std::fabs(close - *recommendation.price) > *recommendation.atr;
}

bool expired(const Recommendation& recommendation, UtcTime at) {
  return recommendation.valid_until && at >= *recommendation.valid_until;
}

/// What starts a cooldown: a setup that the operator declined or let pass.
struct SetupEnd {
  UtcTime time{};
  std::string_view how;
};

/// When a setup that nobody answered came to its end; `successor` is the decision after it, if any.
std::optional<SetupEnd> unanswered_end(const DecisionRecord& setup, const DecisionRecord* successor,
                                       const RecommendInputs& inputs) {
  // Followed by another setup it was replaced, followed by a running grid it was taken up.
  const bool replaced = successor != nullptr && successor->recommendation.action != Action::wait;
  if (replaced) return std::nullopt;
  UtcTime ended = successor != nullptr ? successor->created_at : inputs.at;
  const bool gates_hold = inputs.gates && inputs.gates->passed;
  const bool over_now = !gates_hold || price_moved(setup.recommendation, inputs.close);
  if (expired(setup.recommendation, ended)) {
    return SetupEnd{.time = *setup.recommendation.valid_until, .how = "expired unanswered"};
  }
  if (successor == nullptr && !over_now) return std::nullopt;
  const bool moved_away = successor == nullptr && gates_hold;
  return SetupEnd{
      .time = ended,
      .how = moved_away ? "ended: the price moved by more than 1 ATR" : "ended unanswered"};
}

std::optional<SetupEnd> setup_end(const DecisionRecord& setup, const DecisionRecord* successor,
                                  const RecommendInputs& inputs) {
  const ActionRecord* answer = last_answer(setup, inputs.at);
  if (answer == nullptr) return unanswered_end(setup, successor, inputs);
  if (answer->action != OperatorAction::declined) return std::nullopt;
  return SetupEnd{.time = answer->at, .how = "was declined"};
}

/// Whether the operator has dealt with an exit recommendation. To stop means to have stopped: an
/// `accepted` that was not followed by `executed` leaves the grid running, and a refusal counts as
/// long as it says (as for `overstayed`).
bool settles(const ActionRecord& answer, Action action, UtcTime at) {
  if (answer.at > at) return false;
  const bool declined = answer.action == OperatorAction::declined;
  if (declined && answer.until) return *answer.until > at;
  return answer.action == OperatorAction::executed || action != Action::stop_grid;
}

/// A repetition does not void the answer that was given to the decision before it: all decisions of
/// the unbroken row that ends with the standing one count.
bool exit_answered(const DecisionRecord& standing, const RecommendInputs& inputs) {
  for (auto decision = inputs.recent.rbegin(); decision != inputs.recent.rend(); ++decision) {
    if (decision->created_at > standing.created_at) continue;
    const Recommendation& recommendation = decision->recommendation;
    if (recommendation.action != standing.recommendation.action ||
        recommendation.urgency != standing.recommendation.urgency ||
        decision->grid_id != standing.grid_id) {
      return false;
    }
    for (const ActionRecord& answer : decision->action_records) {
      if (settles(answer, recommendation.action, inputs.at)) return true;
    }
  }
  return false;
}

Hours reminder_gap(ExitState state, const ReminderRules& rules) {
  switch (state) {
    case ExitState::normal:
    case ExitState::warning: return Hours{rules.warning};
    case ExitState::latest_acceptable_exit: return Hours{rules.latest};
    case ExitState::mandatory_exit: return Hours{rules.mandatory};
  }
  return Hours{rules.warning};
}

bool exit_repeats(const DecisionRecord& standing, const RecommendInputs& inputs,
                  const ReminderRules& rules) {
  return expired(standing.recommendation, inputs.at) && !exit_answered(standing, inputs) &&
         inputs.at - standing.created_at >= reminder_gap(inputs.exit_state->state, rules);
}

/// A setup recommended again although the standing one is over. An executed one waits for its grid
/// to start.
bool setup_repeats(const DecisionRecord& standing, const RecommendInputs& inputs) {
  const ActionRecord* answer = last_answer(standing, inputs.at);
  if (answer != nullptr && answer->action == OperatorAction::executed) return false;
  if (price_moved(standing.recommendation, inputs.close)) return true;
  if (answer != nullptr) return answer->action == OperatorAction::declined;
  return expired(standing.recommendation, inputs.at);
}

}  // namespace

const DecisionRecord* standing_decision(const RecommendInputs& inputs) {
  if (!inputs.standing_id) return nullptr;
  const auto found = std::find_if(
      inputs.recent.begin(), inputs.recent.end(),
      [&](const DecisionRecord& decision) { return decision.decision_id == *inputs.standing_id; });
  return found == inputs.recent.end() ? nullptr : &*found;
}

std::optional<Cooldown> cooldown(const RecommendInputs& inputs, const SetupRules& rules) {
  std::optional<Cooldown> longest;
  const auto consider = [&](UtcTime until, std::string reason) {
    if (until <= inputs.at || (longest && longest->until >= until)) return;
    longest = Cooldown{.until = until, .reason = std::move(reason)};
  };
  if (inputs.last_stop && *inputs.last_stop <= inputs.at) {
    consider(*inputs.last_stop + minutes{rules.cooldown_after_stop_minutes},
             fmt::format("a grid was stopped at {}", format_utc(*inputs.last_stop)));
  }
  const DecisionRecord* successor = nullptr;
  for (auto decision = inputs.recent.rbegin(); decision != inputs.recent.rend(); ++decision) {
    if (decision->created_at >= inputs.at) continue;
    if (is_setup(decision->recommendation.action)) {
      if (const auto end = setup_end(*decision, successor, inputs)) {
        consider(end->time + minutes{rules.cooldown_after_setup_minutes},
                 fmt::format("the setup of {} {}", format_hour(decision->created_at), end->how));
      }
    }
    successor = &*decision;
  }
  return longest;
}

bool record_due(const RecommendInputs& inputs, const Recommendation& recommendation,
                const Rules& rules) {
  const DecisionRecord* standing = standing_decision(inputs);
  const std::optional<Action> before =
      standing != nullptr ? standing->recommendation.action : inputs.standing_action;
  if (!inputs.standing_id || before != recommendation.action) return true;
  if (inputs.exit_state && inputs.exit_state->state > inputs.exit_state->previous) return true;
  if (inputs.exit_state && standing != nullptr && standing->grid_id != inputs.exit_state->grid_id) {
    return true;
  }
  switch (recommendation.action) {
    case Action::hold:
    case Action::wait: return false;
    // Too old to be among the recent ones: said again rather than not at all.
    case Action::prepare_exit:
    case Action::stop_grid:
      return standing == nullptr || exit_repeats(*standing, inputs, rules.reminders);
    case Action::create_probationary_grid:
    case Action::create_grid: return standing == nullptr || setup_repeats(*standing, inputs);
  }
  return true;
}

}  // namespace gridexit::decision
