#include "app/render/recorded_text.hpp"

#include <fmt/format.h>

#include <utility>

#include "gridexit/domain/names.hpp"

namespace gridexit::app {

RecordedFacts recorded_facts(const std::vector<pipeline::RecordedMarket>& markets) {
  RecordedFacts facts;
  for (const pipeline::RecordedMarket& market : markets) {
    for (const Transition& change : market.transitions) {
      facts.changes.push_back({change.timestamp, change.grid_id,
                               std::string(to_text(change.from_state)),
                               std::string(to_text(change.to_state))});
    }
    for (const DecisionRecord& decision : market.decisions) {
      for (const ActionRecord& action : decision.action_records) {
        facts.answers.push_back({action.at, decision.decision_id,
                                 std::string(to_text(decision.recommendation.action)),
                                 std::string(to_text(action.action)), action.by});
      }
    }
  }
  return facts;
}

std::string render_recorded(const RecordedFacts& facts) {
  std::string text;
  for (const RecordedChange& change : facts.changes) {
    text += fmt::format("{}  {}  {} -> {}\n", format_hour(change.at), change.grid_id,
                        change.from_state, change.to_state);
  }
  for (const RecordedAnswer& answer : facts.answers) {
    text += fmt::format("{}  {} {}: {} by {}\n", format_hour(answer.at), answer.decision_id,
                        answer.recommended, answer.action, answer.by);
  }
  return text.empty() ? "no grid ran and nothing was answered in the recorded time\n" : text;
}

Value to_value(const RecordedFacts& facts) {
  Value changes = Value::array();
  for (const RecordedChange& change : facts.changes) {
    Value entry = Value::object();
    entry.set("timestamp", format_utc(change.at)).set("grid_id", change.grid_id);
    entry.set("from_state", change.from_state).set("to_state", change.to_state);
    changes.add(std::move(entry));
  }
  Value answers = Value::array();
  for (const RecordedAnswer& answer : facts.answers) {
    Value entry = Value::object();
    entry.set("at", format_utc(answer.at)).set("decision_id", answer.decision_id);
    entry.set("recommended", answer.recommended).set("action", answer.action);
    answers.add(std::move(entry.set("by", answer.by)));
  }
  Value value = Value::object();
  value.set("state_changes", std::move(changes)).set("operator_actions", std::move(answers));
  return value;
}

}  // namespace gridexit::app
