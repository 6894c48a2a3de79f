// The file of a part: what the report shows, in the report's own words, and runs where the report
// still has to count over them.

#include "app/backtest/part_file.hpp"
#include "app/backtest/shard.hpp"
#include "app/render/backtest_text.hpp"

namespace gridexit::app {
namespace {

Value texts(const std::vector<std::string>& list) {
  Value value = Value::array();
  for (const std::string& text : list) value.add(text);
  return value;
}

template <class Item>
Value values(const std::vector<Item>& list) {
  Value value = Value::array();
  for (const Item& item : list) value.add(to_value(item));
  return value;
}

Value numbers(const std::vector<double>& list) {
  Value value = Value::array();
  for (const double number : list) value.add(number);
  return value;
}

Value asked_value(const Asked& asked) {
  Value settings = Value::array();
  for (const auto& [name, setting] : asked.settings)
    settings.add(Value::array().add(name).add(setting));
  Value value = Value::object();
  value.set("settings", std::move(settings)).set("source", asked.source);
  value.set("simulated", asked.simulated).set("markets", values(asked.markets));
  value.set("recorded", asked.recorded ? to_value(*asked.recorded) : Value());
  return value.set("rule_sets", texts(asked.rule_sets));
}

Value run_value(const kpi::GridRun& run) {
  std::string states;
  for (const ExitState state : run.states)
    states += static_cast<char>('0' + static_cast<int>(state));
  Value value = Value::object();
  value.set("start", format_utc(run.start)).set("states", states).set("pnl", numbers(run.pnl));
  value.set("risk", run.risk).set("transition", run.price.transition);
  value.set("known", run.price.known).set("stop_touch", run.price.stop_touch);
  value.set("observed", run.price.observed);
  return value.set("reaction_hours", numbers(run.reaction_hours));
}

Value sequence_value(const backtest::Sequence& sequence) {
  Value runs = Value::array();
  for (const kpi::GridRun& run : sequence.runs) runs.add(run_value(run));
  Value value = Value::object();
  value.set("symbol", sequence.symbol).set("offset", sequence.offset);
  return value.set("runs", std::move(runs));
}

Value step_value(const backtest::Step& step) {
  Value tested = Value::array();
  for (const backtest::Sequence& sequence : step.tested) tested.add(sequence_value(sequence));
  Value value = Value::object();
  value.set("tune_from", format_utc(step.tune_from)).set("test_from", format_utc(step.test_from));
  value.set("test_to", format_utc(step.test_to)).set("chosen", static_cast<int>(step.chosen));
  return value.set("tuned", to_value(step.tuned)).set("tested", std::move(tested));
}

void add_found(Value& value, const ComparedPart& found) {
  value.set("kind", part_file::kCompared).set("rows", values(found.rows));
  value.set("transitions", values(found.announcements));
}

void add_found(Value& value, const SweptPart& found) {
  value.set("kind", part_file::kSwept).set("rows", values(found.rows));
}

void add_found(Value& value, const WalkedPart& found) {
  Value steps = Value::array();
  for (const backtest::Step& step : found.steps) steps.add(step_value(step));
  value.set("kind", part_file::kWalked).set("steps", std::move(steps));
}

}  // namespace

std::string write_part(const Part& part) {
  Value value = Value::object();
  value.set("format", part_file::kFormat).set("version", part_file::kVersion);
  value.set("shard", static_cast<int>(part.slice.index) + 1);
  value.set("of", static_cast<int>(part.slice.count)).set("asked", asked_value(part.asked));
  std::visit([&value](const auto& found) { add_found(value, found); }, part.found);
  return render_json_line(value) + "\n";
}

}  // namespace gridexit::app
