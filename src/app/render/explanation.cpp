#include "app/render/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/decision_text.hpp"
#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

std::string effect_of(const Condition& condition, const ExitEvaluation& evaluation) {
  switch (condition.met) {
    case Truth::no: return "none";
    case Truth::not_applicable: return "does not apply";
    case Truth::unknown:
      return condition.tier >= evaluation.state && evaluation.tier < evaluation.state
                 ? "unknown: holds back calming down"
                 : "unknown: neither for nor against";
    case Truth::yes: break;
  }
  if (condition.tier == ExitState::warning) {
    return condition.threat ? "counts for WARNING, as a threat" : "counts for WARNING";
  }
  return "calls for " + std::string(to_text(condition.tier));
}

std::string number_text(std::optional<double> value) {
  return value ? fmt::format("{:.6g}", *value) : std::string("-");
}

std::string why_state(const ExitEvaluation& evaluation) {
  const std::string tier(to_text(evaluation.tier));
  const std::string state(to_text(evaluation.state));
  const auto met =
      std::count_if(evaluation.conditions.begin(), evaluation.conditions.end(),
                    [](const Condition& condition) { return condition.met == Truth::yes; });
  const std::string conditions =
      fmt::format("{} of {} conditions met: tier {}. ", met, evaluation.conditions.size(), tier);
  if (evaluation.state > evaluation.previous) {
    return conditions + fmt::format("It is above {}, so {} was entered at once.",
                                    to_text(evaluation.previous), state);
  }
  if (evaluation.state < evaluation.previous) {
    return conditions + fmt::format("Calm for long enough: one state down from {} to {}.",
                                    to_text(evaluation.previous), state);
  }
  if (evaluation.state == ExitState::mandatory_exit)
    return conditions + state + " is left only when the grid is stopped.";
  if (evaluation.tier < evaluation.state) {
    return conditions + fmt::format("{} stays until more evaluations are calm ({} so far).", state,
                                    evaluation.calm_count);
  }
  return conditions + fmt::format("{} stays.", state);
}

std::string why_verdict(const Regime& regime) {
  const std::string verdict(to_text(regime.verdict));
  if (regime.raw == regime.verdict) {
    return fmt::format("This hour alone says {}, and so does the verdict, for {} h.", verdict,
                       regime.hours_in_verdict);
  }
  return fmt::format(
      "This hour alone says {}; {} stays until the recent hours agree on less danger ({} h so "
      "far).",
      to_text(regime.raw), verdict, regime.hours_in_verdict);
}

std::string heading(std::string_view text, const Style& style) {
  return "\n" + style.paint(Tone::strong, text) + "\n";
}

std::string lines_of(std::string_view text, int width) {
  std::string out;
  for (const std::string& line : wrap(text, static_cast<std::size_t>(width) - 2))
    out += "  " + line + "\n";
  return out;
}

std::string_view word_of(Truth met) {
  switch (met) {
    case Truth::yes: return "yes";
    case Truth::no: return "no";
    case Truth::unknown: return "unknown";
    case Truth::not_applicable: return "n.a.";
  }
  return "";
}

std::string render_conditions(const ExitEvaluation& evaluation, const Style& style) {
  Table table({"CONDITION", "MET", "VALUE", "THRESHOLD", "EFFECT"});
  for (const Condition& condition : evaluation.conditions) {
    const Tone tone = condition.met == Truth::yes       ? Tone::danger
                      : condition.met == Truth::unknown ? Tone::caution
                                                        : Tone::faint;
    std::string effect = effect_of(condition, evaluation);
    // One figure of several, or one that has to fall, would look as if it were met.
    const bool seems_met = condition.value && condition.threshold &&
                           *condition.value >= *condition.threshold && !condition.detail.empty();
    if (condition.met == Truth::no && seems_met) effect += ": " + condition.detail;
    table.add({{std::string(to_text(condition.name)), tone},
               {std::string(word_of(condition.met)), tone},
               {number_text(condition.value)},
               {number_text(condition.threshold)},
               {std::move(effect), tone}});
  }
  return table.render(style);
}

Value to_value(const ExitEvaluation& evaluation) {
  Value conditions = Value::array();
  for (const Condition& condition : evaluation.conditions) {
    Value row = Value::object();
    row.set("name", to_text(condition.name)).set("tier", to_text(condition.tier));
    row.set("met", to_text(condition.met))
        .set("value", condition.value)
        .set("threshold", condition.threshold);
    row.set("detail", condition.detail).set("effect", effect_of(condition, evaluation));
    conditions.add(std::move(row));
  }
  Value value = Value::object();
  value.set("grid_id", evaluation.grid_id).set("state", to_text(evaluation.state));
  value.set("previous", to_text(evaluation.previous)).set("tier", to_text(evaluation.tier));
  value.set("why", why_state(evaluation)).set("conditions", std::move(conditions));
  return value;
}

Value to_value(const GateEvaluation& evaluation) {
  Value gates = Value::array();
  for (const Gate& gate : evaluation.gates) {
    Value values = Value::object();
    for (const auto& [name, value] : gate.values) values.set(name, value);
    Value row = Value::object();
    row.set("name", gate.name)
        .set("holds", gate.holds)
        .set("count", gate.count)
        .set("values", std::move(values));
    gates.add(std::move(row));
  }
  Value value = Value::object();
  value.set("passed", evaluation.passed).set("gates", std::move(gates));
  return value;
}

Value to_value(const Confidence& confidence) {
  Value penalties = Value::array();
  for (const Penalty& penalty : confidence.penalties) {
    Value row = Value::object();
    row.set("name", penalty.name).set("amount", penalty.amount).set("reason", penalty.reason);
    penalties.add(std::move(row));
  }
  Value value = Value::object();
  value.set("value", confidence.value)
      .set("base", confidence.base)
      .set("penalties", std::move(penalties));
  return value;
}

}  // namespace

std::string render_explanation(const Explanation& explanation, const RenderOptions& given) {
  const MetricsRecord& record = explanation.record;
  RenderOptions options = given;
  options.width = std::clamp(given.width, 60, 120);
  options.recorded = true;
  if (explanation.decision && explanation.decision->created_at == record.timestamp) {
    options.decision = &*explanation.decision;
  }
  std::string out = render_headline(record, options) + render_action(record, options);
  if (record.exit_state) {
    out += heading("why this state", options.style) +
           lines_of(why_state(*record.exit_state), options.width);
    out += render_conditions(*record.exit_state, options.style);
  } else {
    out += heading("why this recommendation", options.style);
    out += "  No grid runs; " + render_gates(record.gate_evaluation, options);
  }
  out += heading("why this verdict", options.style) +
         lines_of(why_verdict(record.regime), options.width);
  out += render_metrics(record, options);
  out += heading("why this confidence", options.style);
  out += fmt::format("  {}  agreement of the metrics\n", format_fixed(record.confidence.base, 2));
  for (const Penalty& penalty : record.confidence.penalties) {
    out += fmt::format(" -{}  {}: {}\n", format_fixed(penalty.amount, 2), penalty.name,
                       penalty.reason);
  }
  out += fmt::format("  {}  in all; no promise about what comes\n",
                     format_fixed(record.confidence.value, 2));
  if (explanation.decision && !explanation.decision->evaluation_records.empty()) {
    out += heading("what became of it", options.style) +
           fmt::format("  {}\n", explanation.decision->decision_id);
    for (const EvaluationRecord& seen : explanation.decision->evaluation_records)
      out += lines_of(describe_evaluation(seen), options.width);
  }
  out += "\n" + render_data_quality(record, options);
  return out + fmt::format("recorded in {} ({}), configuration {}\n", explanation.path,
                           to_text(record.origin), record.config.version.substr(0, 10));
}

Value to_value(const Explanation& explanation) {
  const MetricsRecord& record = explanation.record;
  Value regime = Value::object();
  regime.set("verdict", to_text(record.regime.verdict)).set("raw", to_text(record.regime.raw));
  regime.set("hours_in_verdict", record.regime.hours_in_verdict)
      .set("why", why_verdict(record.regime));

  Value recommendation = Value::object();
  recommendation.set("action", to_text(record.recommendation.action));
  recommendation.set("decision_id", record.recommendation.decision_id);
  Value rationale = Value::array();
  if (explanation.decision) {
    for (const std::string& reason : explanation.decision->recommendation.rationale)
      rationale.add(reason);
  }
  recommendation.set("rationale", std::move(rationale));
  Value outcomes = Value::array();
  if (explanation.decision) {
    for (const EvaluationRecord& seen : explanation.decision->evaluation_records)
      outcomes.add(describe_evaluation(seen));
  }
  recommendation.set("outcomes", std::move(outcomes));

  Value value = Value::object();
  value.set("symbol", record.symbol)
      .set("timestamp", format_utc(record.timestamp))
      .set("record", explanation.path);
  value.set("recommendation", std::move(recommendation));
  value.set("exit_state", record.exit_state ? to_value(*record.exit_state) : Value{});
  value.set("gate_evaluation", to_value(record.gate_evaluation));
  value.set("regime", std::move(regime)).set("confidence", to_value(record.confidence));
  return value;
}

}  // namespace gridexit::app
