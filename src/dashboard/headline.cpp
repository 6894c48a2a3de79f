#include "headline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/domain/names.hpp"
#include "html.hpp"
#include "words.hpp"

namespace gridexit::dashboard {
namespace {

std::optional<ExitState> state_of(const MetricsRecord& record) {
  return record.exit_state ? std::optional{record.exit_state->state} : std::nullopt;
}

const DecisionRecord* standing_decision(const PageInputs& inputs) {
  const auto& id = inputs.record.recommendation.decision_id;
  if (!id) return nullptr;
  const auto found =
      std::find_if(inputs.decisions.begin(), inputs.decisions.end(),
                   [&id](const DecisionRecord& decision) { return decision.decision_id == *id; });
  return found == inputs.decisions.end() ? nullptr : &*found;
}

std::string reason(std::string_view name, std::string_view detail) {
  return fmt::format("<li><b>{}</b> {}</li>", escape(label(name)), escape(detail));
}

// The conditions that decided in full, those of lower tiers by name: the page lists all of them
// further down.
std::string met_conditions(const ExitEvaluation& exit) {
  std::string decisive;
  std::string others;
  const auto tier = exit.tier == ExitState::normal ? ExitState::warning : exit.tier;
  for (const Condition& condition : exit.conditions) {
    if (condition.met != Truth::yes) continue;
    if (condition.tier >= tier) {
      decisive += reason(to_text(condition.name), condition.detail);
    } else {
      others += (others.empty() ? "" : ", ") + label(to_text(condition.name));
    }
  }
  if (!others.empty()) others = "<li><b>Also met</b> " + escape(others) + "</li>";
  return decisive + others;
}

std::string gate_reasons(const GateEvaluation& evaluation, int hold) {
  std::string items;
  for (const Gate& gate : evaluation.gates) {
    std::string standing = "does not hold";
    if (gate.holds && gate.count == 0) standing = "holds, but counts only after the gate before it";
    if (gate.holds && gate.count > 0) {
      standing = fmt::format("holds, counted {} of {} evaluations", gate.count, hold);
    }
    items += reason(gate.name, standing);
  }
  return items;
}

std::string reasons(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  std::string items = record.exit_state
                          ? met_conditions(*record.exit_state)
                          : gate_reasons(record.gate_evaluation, inputs.rules.gates.hold);
  if (const DecisionRecord* decision = standing_decision(inputs); items.empty() && decision) {
    for (const std::string& line : decision->recommendation.rationale) {
      items += fmt::format("<li>{}</li>", escape(line));
    }
  }
  if (items.empty()) items = "<li>No exit condition is met.</li>";
  return "<ul>" + items + "</ul>";
}

// The operator's answers to decisions made since the present state was entered.
std::vector<ActionRecord> answers_in_state(const PageInputs& inputs) {
  const UtcTime entered =
      inputs.record.timestamp - Hours{inputs.record.exit_state->evaluations_in_state};
  std::vector<ActionRecord> answers;
  for (const DecisionRecord& decision : inputs.decisions) {
    if (decision.created_at < entered) continue;
    answers.insert(answers.end(), decision.action_records.begin(), decision.action_records.end());
  }
  return answers;
}

// When LATEST_ACCEPTABLE_EXIT turns into MANDATORY_EXIT by itself (condition `overstayed`).
std::string escalation(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const int left = std::max(
      0, inputs.rules.exit_rules.mandatory.overstay - record.exit_state->evaluations_in_state);
  UtcTime at = record.timestamp + Hours{left};
  std::string unless = "Without an answer it becomes";
  for (const ActionRecord& answer : answers_in_state(inputs)) {
    if (answer.action == OperatorAction::executed) {
      return "<p class=\"escalation\">An exit is recorded as executed. The grid counts as running "
             "until it is "
             "stopped here too: <code>gridexit grid stop</code></p>";
    }
    if (answer.action == OperatorAction::declined && answer.until &&
        *answer.until > record.timestamp) {
      unless = fmt::format("Declined until {}. Without another answer it becomes",
                           readable(*answer.until));
      at = std::max(at, floor_hour(*answer.until + Hours{1} - Seconds{1}));
    }
  }
  return fmt::format(
      "<p class=\"escalation\">{} <b>MANDATORY_EXIT</b> at <time>{}</time>, in {} h.</p>", unless,
      readable(at), (at - record.timestamp) / Hours{1});
}

// Why the state is above the tier of this hour, when it would rise by itself, and what is unknown.
std::string outlook(const PageInputs& inputs) {
  if (!inputs.record.exit_state) return "";
  const ExitEvaluation& exit = *inputs.record.exit_state;
  std::string text;
  if (exit.state != ExitState::mandatory_exit && exit.tier < exit.state) {
    text += fmt::format(
        "<p>This hour alone would be {}; the state falls after {} calmer evaluations in "
        "a row (so far {}).</p>",
        to_text(exit.tier), inputs.rules.exit_rules.calm, exit.calm_count);
  }
  if (exit.state == ExitState::latest_acceptable_exit) text += escalation(inputs);
  const auto unknown =
      std::count_if(exit.conditions.begin(), exit.conditions.end(),
                    [](const Condition& condition) { return condition.met == Truth::unknown; });
  if (unknown > 0) {
    text +=
        fmt::format("<p class=\"unknown\">{} of {} conditions unknown: their input is missing.</p>",
                    unknown, exit.conditions.size());
  }
  return text;
}

std::string decision_line(const PageInputs& inputs) {
  const auto& id = inputs.record.recommendation.decision_id;
  if (!id) return "";
  const DecisionRecord* decision = standing_decision(inputs);
  std::string until;
  if (decision && decision->recommendation.valid_until) {
    until = ", stands until " + readable(*decision->recommendation.valid_until);
  }
  std::string urgency;
  if (decision) urgency = fmt::format(", urgency {}", to_text(decision->recommendation.urgency));
  return fmt::format("<p class=\"decision\">Decision <code>{}</code>{}{}</p>", escape(*id), urgency,
                     until);
}

std::string notice(std::string_view tone, std::string_view title, const std::string& text) {
  return fmt::format("<div class=\"notice {}\" role=\"note\"><b>{}</b> {}</div>", tone, title,
                     escape(text));
}

// A gap that was filled is worth a note; anything that could not be mended is worth an alarm.
std::string data_notice(const DataFacts& data) {
  const bool mended =
      std::all_of(data.problems.begin(), data.problems.end(), [](const DataProblem& problem) {
        return problem.code == "gap_filled" || problem.code == "out_of_order" ||
               problem.code == "duplicate";
      });
  if (!mended)
    return notice("failed", "Market data", "The data have problems, listed under Data quality.");
  return notice("quiet", "Market data",
                "Gaps or disorder in the candles, all mended; listed under Data quality.");
}

// A half-life that does not exist is a finding about the market, not a failure.
std::string error_notice(const StepError& error) {
  const bool finding = error.code == to_text(FailureReason::non_stationary);
  std::string text = error.step + ": " + error.message;
  if (error.message.find(error.code) == std::string::npos) text += " (" + error.code + ")";
  return notice(finding ? "quiet" : "failed", finding ? "Note" : "Failed", text);
}

}  // namespace

std::string render_notices(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  std::string notices;
  if (inputs.simulated) {
    notices += notice("simulated", "SIMULATED DATA",
                      "An invented market, for demonstration. Not for trading.");
  }
  if (record.origin == Origin::replay || record.origin == Origin::backfill) {
    notices += notice("quiet", label(to_text(record.origin)),
                      "Evaluated after the hour had passed; nobody was told then.");
  }
  if (record.config.fallback) {
    notices +=
        notice("failed", "Configuration",
               "Not all of the present one is valid: the last valid one decided, or this one "
               "without its invalid overrides.");
  }
  if (!record.data.ok) notices += data_notice(record.data);
  for (const StepError& error : record.errors) notices += error_notice(error);
  return notices;
}

std::string render_headline(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const auto state = state_of(record);
  const Action action = record.recommendation.action;
  const std::string eyebrow =
      inputs.grid ? "Exit state, grid " + escape(inputs.grid->grid_id) : "The restart gates decide";
  const std::string code = state ? fmt::format("<code>{}</code> · ", to_text(*state)) : "";
  return fmt::format(
      "<section class=\"headline {}\" id=\"decision\" aria-labelledby=\"state\"><div>"
      "<p class=\"eyebrow\">{}</p><h1 id=\"state\">{}</h1>"
      "<p class=\"order\">{}</p><p class=\"codes\">{}<code>{}</code></p><p>{}</p>{}{}</div>"
      "<div class=\"why\"><h2>Why</h2>{}</div></section>",
      tone(state), eyebrow, title(state), order(action, state), code, to_text(action),
      advice(action, state), outlook(inputs), decision_line(inputs), reasons(inputs));
}

}  // namespace gridexit::dashboard
