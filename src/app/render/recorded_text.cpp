#include "app/render/recorded_text.hpp"

#include <fmt/format.h>

#include <utility>

#include "gridexit/domain/names.hpp"

namespace gridexit::app {

std::string render_recorded(const std::vector<pipeline::RecordedMarket>& markets) {
  std::string text;
  for (const pipeline::RecordedMarket& market : markets) {
    for (const Transition& change : market.transitions) {
      text += fmt::format("{}  {}  {} -> {}\n", format_hour(change.timestamp), change.grid_id,
                          to_text(change.from_state), to_text(change.to_state));
    }
    for (const DecisionRecord& decision : market.decisions) {
      for (const ActionRecord& action : decision.action_records) {
        text +=
            fmt::format("{}  {} {}: {} by {}\n", format_hour(action.at), decision.decision_id,
                        to_text(decision.recommendation.action), to_text(action.action), action.by);
      }
    }
  }
  return text.empty() ? "no grid ran and nothing was answered in the recorded time\n" : text;
}

Value recorded_value(const std::vector<pipeline::RecordedMarket>& markets) {
  Value states = Value::array();
  Value actions = Value::array();
  for (const pipeline::RecordedMarket& market : markets) {
    for (const Transition& change : market.transitions) {
      Value entry = Value::object();
      entry.set("timestamp", format_utc(change.timestamp)).set("grid_id", change.grid_id);
      entry.set("from_state", to_text(change.from_state)).set("to_state", to_text(change.to_state));
      states.add(std::move(entry));
    }
    for (const DecisionRecord& decision : market.decisions) {
      for (const ActionRecord& action : decision.action_records) {
        Value entry = Value::object();
        entry.set("at", format_utc(action.at)).set("decision_id", decision.decision_id);
        entry.set("recommended", to_text(decision.recommendation.action));
        entry.set("action", to_text(action.action)).set("by", action.by);
        actions.add(std::move(entry));
      }
    }
  }
  Value value = Value::object();
  value.set("state_changes", std::move(states)).set("operator_actions", std::move(actions));
  return value;
}

}  // namespace gridexit::app
