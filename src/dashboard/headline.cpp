#include "headline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gridexit/base/number.hpp"
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

std::string met_conditions(const ExitEvaluation& exit) {
  std::string items;
  // The most urgent tier first: it is the one that decided.
  for (const ExitState tier :
       {ExitState::mandatory_exit, ExitState::latest_acceptable_exit, ExitState::warning}) {
    for (const Condition& condition : exit.conditions) {
      if (condition.tier != tier || condition.met != Truth::yes) continue;
      items += reason(to_text(condition.name), condition.detail);
    }
  }
  return items;
}

std::string failing_gates(const GateEvaluation& evaluation) {
  std::string items;
  for (const Gate& gate : evaluation.gates) {
    items += reason(gate.name, fmt::format("{}, held {} evaluations in a row",
                                           gate.holds ? "holds" : "does not hold", gate.count));
  }
  return items;
}

std::string reasons(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  std::string items = record.exit_state ? met_conditions(*record.exit_state)
                                        : failing_gates(record.gate_evaluation);
  if (const DecisionRecord* decision = standing_decision(inputs); items.empty() && decision) {
    for (const std::string& line : decision->recommendation.rationale) {
      items += fmt::format("<li>{}</li>", escape(line));
    }
  }
  if (items.empty()) items = "<li>No exit condition is met.</li>";
  return "<ul>" + items + "</ul>";
}

// Why the state is above the tier of this hour, and when it would rise by itself.
std::string outlook(const MetricsRecord& record, const Rules& rules) {
  if (!record.exit_state) return "";
  const ExitEvaluation& exit = *record.exit_state;
  std::string text;
  if (exit.state != ExitState::mandatory_exit && exit.tier < exit.state) {
    text += fmt::format(
        "<p>This hour alone would be {}; the state falls after {} calmer evaluations in "
        "a row (so far {}).</p>",
        to_text(exit.tier), rules.exit_rules.calm, exit.calm_count);
  }
  if (exit.state == ExitState::latest_acceptable_exit) {
    const int left = std::max(0, rules.exit_rules.mandatory.overstay - exit.evaluations_in_state);
    text += fmt::format(
        "<p class=\"escalation\">Without an answer it becomes <b>MANDATORY_EXIT</b> at "
        "<time>{}</time>, in {} h.</p>",
        readable(record.timestamp + Hours{left}), left);
  }
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

std::string fact(std::string_view term, const std::string& value, const std::string& note) {
  return fmt::format("<div><dt>{}</dt><dd>{}<small>{}</small></dd></div>", term, escape(value),
                     escape(note));
}

std::string percent(std::optional<double> share) {
  return share ? fmt::format("{:.0f} %", *share * 100.0) : "unknown";
}

// "4.1 % (2.3 ATR) away", or "crossed by 0.4 % (0.2 ATR)"
std::string distance(std::optional<double> pct, std::optional<double> atr) {
  if (!pct) return "distance unknown";
  const std::string in_atr = atr ? fmt::format(" ({:.1f} ATR)", std::fabs(*atr)) : "";
  const std::string size = fmt::format("{:.1f} %{}", std::fabs(*pct), in_atr);
  return *pct < 0 ? "crossed by " + size : size + " away";
}

std::string grid_facts(const RunningGrid& grid, const MetricsRecord& record) {
  const auto& position = record.position;
  std::string facts;
  if (record.exit_state) {
    const BreakProbability& chance = record.exit_state->break_probability_24h;
    facts += fact("Break within 24 h", percent(chance.both),
                  fmt::format("lower {}, upper {}", percent(chance.lower), percent(chance.upper)));
  }
  using Optional = std::optional<double>;
  facts += fact("Lower bound", format_price(grid.definition.lower),
                distance(position ? Optional{position->distance_lower_pct} : std::nullopt,
                         position ? position->distance_lower_atr : std::nullopt));
  facts += fact("Upper bound", format_price(grid.definition.upper),
                distance(position ? Optional{position->distance_upper_pct} : std::nullopt,
                         position ? position->distance_upper_atr : std::nullopt));
  if (!grid.definition.stop_loss) return facts + fact("Stop-loss", "none", "not set for this grid");
  return facts + fact("Stop-loss", format_price(*grid.definition.stop_loss),
                      distance(position ? position->distance_stop_pct : std::nullopt,
                               position ? position->distance_stop_atr : std::nullopt));
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
    notices += notice("failed", "Configuration",
                      "The present one is invalid; the last valid one decided.");
  }
  if (!record.data.ok)
    notices +=
        notice("failed", "Market data", "The data have problems, listed under Data quality.");
  for (const StepError& error : record.errors) {
    notices += notice("failed", "Failed",
                      fmt::format("{}: {} ({})", error.step, error.message, error.code));
  }
  return notices;
}

std::string render_headline(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const auto state = state_of(record);
  const Action action = record.recommendation.action;
  const std::string grid =
      inputs.grid ? fmt::format("grid {}", escape(inputs.grid->grid_id)) : "restart gates";
  const std::string code = state ? fmt::format("<code>{}</code> · ", to_text(*state)) : "";
  return fmt::format(
      "<section class=\"headline {}\" id=\"decision\" aria-labelledby=\"state\"><div>"
      "<p class=\"eyebrow\">Exit state, {}</p><h1 id=\"state\">{}</h1>"
      "<p class=\"order\">{}</p><p class=\"codes\">{}<code>{}</code></p><p>{}</p>{}{}</div>"
      "<div class=\"why\"><h2>Why</h2>{}</div></section>",
      tone(state), grid, title(state), order(action, state), code, to_text(action),
      advice(action, state), outlook(record, inputs.rules), decision_line(inputs), reasons(inputs));
}

std::string render_facts(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const PriceFacts& price = record.price;
  const std::string change = price.change_24h_pct
                                 ? fmt::format("{:+.1f} % in 24 h", *price.change_24h_pct)
                                 : "change unknown";
  std::string facts = fact("Price", price.close ? format_price(*price.close) : "unknown", change);
  if (inputs.grid) facts += grid_facts(*inputs.grid, record);
  facts += fact("Regime", std::string{to_text(record.regime.verdict)},
                fmt::format("for {} h, 1h verdict {}", record.regime.hours_in_verdict,
                            to_text(record.regime.raw)));
  facts += fact("Confidence", format_fixed(record.confidence.value, 2),
                "agreement about the present, no promise");
  return "<dl class=\"facts\">" + facts + "</dl>";
}

std::string render_provenance(const PageInputs& inputs) {
  const MetricsRecord& record = inputs.record;
  const std::string built_on = inputs.head.empty() ? "not recorded" : escape(inputs.head);
  return fmt::format(
      "<dl><dt>Engine</dt><dd>{} <code>{}</code></dd><dt>Configuration</dt><dd><code>{}</code></dd>"
      "<dt>Built on head</dt><dd><code>{}</code></dd><dt>Origin</dt><dd>{}</dd></dl>",
      escape(record.engine.version), escape(record.engine.commit), escape(record.config.version),
      built_on, to_text(record.origin));
}

}  // namespace gridexit::dashboard
