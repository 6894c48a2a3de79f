#include "app/render/decision_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/render/grid_text.hpp"
#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

std::string answer_of(const DecisionRecord& decision) {
  if (decision.action_records.empty()) return "-";
  const ActionRecord& last = decision.action_records.back();
  return fmt::format("{} {}", to_text(last.action), format_utc(last.at));
}

std::string describe_action(const ActionRecord& action) {
  std::string line =
      fmt::format("{}  {} by {}", format_utc(action.at), to_text(action.action), action.by);
  if (action.price) line += " at " + format_number(*action.price);
  if (action.until) line += ", until " + format_utc(*action.until);
  if (action.note) line += ": " + *action.note;
  return line;
}

// "good after 24h": the newest look back.
std::string outcome_of(const DecisionRecord& decision) {
  if (decision.evaluation_records.empty()) return "-";
  const EvaluationRecord& last = decision.evaluation_records.back();
  return fmt::format("{} after {}", last.recommendation_quality, last.horizon);
}

}  // namespace

std::string describe_evaluation(const EvaluationRecord& evaluation) {
  std::string acted = evaluation.action_quality;
  std::replace(acted.begin(), acted.end(), '_', ' ');
  std::string line = fmt::format("{:<4} recommendation {}, action {}", evaluation.horizon,
                                 evaluation.recommendation_quality, acted);
  // The note tells the money, too.
  if (evaluation.note) return line + ": " + *evaluation.note;
  if (evaluation.economic_impact_usd)
    line += fmt::format(", {:+.2f} USD", *evaluation.economic_impact_usd);
  return line;
}

Tone tone_of(Urgency urgency) {
  switch (urgency) {
    case Urgency::low: return Tone::good;
    case Urgency::normal: return Tone::caution;
    case Urgency::high:
    case Urgency::emergency: return Tone::danger;
  }
  return Tone::plain;
}

std::string render_decisions(const std::vector<DecisionRecord>& decisions, const Style& style) {
  Table table({"DECISION", "ACTION", "URGENCY", "CONFIDENCE", "ANSWER", "OUTCOME"});
  for (const DecisionRecord& decision : decisions) {
    const Recommendation& said = decision.recommendation;
    table.add({{decision.decision_id},
               {std::string(to_text(said.action)), tone_of(said.urgency)},
               {std::string(to_text(said.urgency)), tone_of(said.urgency)},
               {format_fixed(said.confidence, 2)},
               {answer_of(decision)},
               {outcome_of(decision)}});
  }
  return table.render(style);
}

std::string render_decision(const DecisionRecord& decision, const Style& style) {
  const Recommendation& said = decision.recommendation;
  std::string out =
      fmt::format("{}  {}, urgency {}\n", style.paint(Tone::strong, decision.decision_id),
                  style.paint(tone_of(said.urgency), to_text(said.action)), to_text(said.urgency));
  out += fmt::format("  {}{}, confidence {}, {}\n", decision.symbol,
                     decision.grid_id ? ", grid " + *decision.grid_id : "",
                     format_fixed(said.confidence, 2),
                     said.valid_until ? "valid until " + format_utc(*said.valid_until)
                                      : std::string("valid until the next decision"));
  if (said.proposal)
    out += fmt::format("  proposal: {}\n", describe_proposal(*said.proposal, decision.symbol));
  out += "\nreasons\n";
  for (const std::string& reason : said.rationale) out += "  " + reason + "\n";
  if (said.rationale.empty()) out += "  none recorded\n";
  out += "\nanswers\n";
  for (const ActionRecord& action : decision.action_records)
    out += "  " + describe_action(action) + "\n";
  if (decision.action_records.empty()) out += "  none yet\n";
  if (!decision.evaluation_records.empty()) {
    out += "\nlooking back\n";
    for (const EvaluationRecord& evaluation : decision.evaluation_records) {
      out += "  " + describe_evaluation(evaluation) + "\n";
    }
  }
  out += fmt::format("\nfrom {}\n  data {}\n  configuration {}, engine {}\n",
                     decision.lineage.metrics_file, decision.lineage.dataset_hash,
                     decision.lineage.config_version, decision.lineage.engine_version);
  return out;
}

}  // namespace gridexit::app
