// Reads a part's file. It comes from another machine: nothing in it is trusted, and what it says
// must fit together well enough for the report to count over it.

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "app/backtest/json_node.hpp"
#include "app/backtest/part_file.hpp"
#include "app/backtest/shard.hpp"
#include "gridexit/kpi/targets.hpp"

namespace gridexit::app {
namespace {

constexpr int kMany = std::numeric_limits<int>::max();
// Hours that anything in a run may lie after its start.
constexpr int kMostHours = 1'000'000;

kpi::Figure read_figure(const JsonNode& node) {
  kpi::Figure figure;
  figure.value = node.at("value").maybe_number();
  figure.count = node.at("count").integer(0, kMany);
  const JsonNode interval = node.at("interval_95");
  if (interval.is_null()) return figure;
  const std::vector<double> ends = interval.numbers();
  if (ends.size() != 2) interval.refuse("no pair of numbers");
  if (ends.size() == 2) figure.interval = kpi::Interval{ends[0], ends[1]};
  return figure;
}

backtest::Earnings read_earnings(const JsonNode& node) {
  return {node.at("pnl").number(), node.at("drawdown").number()};
}

backtest::Row read_row(const JsonNode& node) {
  backtest::Row row;
  row.kpis.runs = node.at("runs").integer(0, kMany);
  row.kpis.left_out = node.at("left_out").integer(0, kMany);
  for (const kpi::Description& kpi : kpi::descriptions())
    row.kpis.*kpi.figure = read_figure(node.at(std::string(kpi.name).c_str()));
  row.earnings = read_earnings(node);
  return row;
}

backtest::MarketSpan read_market(const JsonNode& node) {
  backtest::MarketSpan market;
  market.symbol = node.at("symbol").text();
  market.from = node.at("from").time();
  market.to = node.at("to").time();
  market.bars = static_cast<std::size_t>(node.at("hours").integer(0, kMany));
  market.evaluated = static_cast<std::size_t>(node.at("evaluated").integer(0, kMany));
  return market;
}

backtest::PolicyRow read_policy(const JsonNode& node) {
  backtest::PolicyRow row{node.at("policy").text(), read_row(node.at("figures"))};
  if (const JsonNode error = node.at("model_error"); !error.is_null()) {
    row.model_error = backtest::ModelError{read_earnings(error.at("pessimistic")),
                                           read_earnings(error.at("optimistic"))};
  }
  for (const JsonNode& point : node.at("curve").items()) {
    const std::vector<JsonNode> pair = point.items();
    if (pair.size() != 2) point.refuse("no pair of time and PnL");
    if (pair.size() == 2) row.curve.push_back({pair[0].time(), pair[1].number()});
  }
  return row;
}

backtest::Announcement read_announcement(const JsonNode& node) {
  backtest::Announcement seen;
  seen.symbol = node.at("symbol").text();
  seen.started = node.at("started").time();
  seen.transition = node.at("transition").time();
  seen.warned_hours = node.at("warned_hours").integer(0, kMostHours);
  seen.exit_hours = node.at("exit_hours").maybe_integer(-kMostHours, kMostHours);
  return seen;
}

kpi::GridRun read_run(const JsonNode& node, const std::string& symbol) {
  kpi::GridRun run;
  run.symbol = symbol;
  run.start = node.at("start").time();
  const std::string states = node.at("states").text();
  for (const char digit : states) {
    if (digit < '0' || digit > '3') node.at("states").refuse("no row of states");
    run.states.push_back(static_cast<ExitState>(std::clamp(digit - '0', 0, 3)));
  }
  run.pnl = node.at("pnl").numbers();
  if (run.states.empty() || run.states.size() != run.pnl.size())
    node.at("pnl").refuse("not as long as the states");
  run.risk = node.at("risk").number();
  run.price.transition = node.at("transition").maybe_integer(1, kMostHours);
  run.price.known = node.at("known").flag();
  run.price.stop_touch = node.at("stop_touch").maybe_integer(1, kMostHours);
  run.price.observed = node.at("observed").maybe_integer(0, kMostHours);
  run.reaction_hours = node.at("reaction_hours").numbers();
  return run;
}

backtest::Sequence read_sequence(const JsonNode& node) {
  backtest::Sequence sequence;
  sequence.symbol = node.at("symbol").text();
  sequence.offset = node.at("offset").integer(0, kMostHours);
  for (const JsonNode& run : node.at("runs").items())
    sequence.runs.push_back(read_run(run, sequence.symbol));
  return sequence;
}

backtest::Step read_step(const JsonNode& node, const Part& part) {
  backtest::Step step;
  step.tune_from = node.at("tune_from").time();
  step.test_from = node.at("test_from").time();
  step.test_to = node.at("test_to").time();
  const JsonNode chosen = node.at("chosen");
  step.chosen = static_cast<std::size_t>(chosen.integer(0, kMany));
  if (step.chosen >= part.items() || !part.slice.has(step.chosen))
    chosen.refuse("none of this part's rule sets");
  step.tuned = read_row(node.at("tuned"));
  for (const JsonNode& sequence : node.at("tested").items())
    step.tested.push_back(read_sequence(sequence));
  return step;
}

RecordedFacts read_recorded(const JsonNode& node) {
  RecordedFacts facts;
  for (const JsonNode& change : node.at("state_changes").items()) {
    facts.changes.push_back({change.at("timestamp").time(), change.at("grid_id").text(),
                             change.at("from_state").text(), change.at("to_state").text()});
  }
  for (const JsonNode& answer : node.at("operator_actions").items()) {
    facts.answers.push_back({answer.at("at").time(), answer.at("decision_id").text(),
                             answer.at("recommended").text(), answer.at("action").text(),
                             answer.at("by").text()});
  }
  return facts;
}

Asked read_asked(const JsonNode& node) {
  Asked asked;
  for (const JsonNode& setting : node.at("settings").items()) {
    const std::vector<JsonNode> pair = setting.items();
    if (pair.size() != 2) setting.refuse("no pair of name and text");
    if (pair.size() == 2) asked.settings.emplace_back(pair[0].text(), pair[1].text());
  }
  asked.source = node.at("source").text();
  asked.simulated = node.at("simulated").flag();
  for (const JsonNode& market : node.at("markets").items())
    asked.markets.push_back(read_market(market));
  if (const JsonNode recorded = node.at("recorded"); !recorded.is_null())
    asked.recorded = read_recorded(recorded);
  for (const JsonNode& name : node.at("rule_sets").items()) asked.rule_sets.push_back(name.text());
  return asked;
}

// Every step of a slice has the same markets and offsets, so that their runs can be put together.
void check_shape(const JsonNode& node, const std::vector<backtest::Step>& steps) {
  const auto other = [&steps](const backtest::Step& step) {
    return step.tested.size() != steps.front().tested.size();
  };
  if (std::any_of(steps.begin(), steps.end(), other)) node.refuse("not of the same markets");
}

void read_found(const JsonNode& node, Part& part) {
  const std::string kind = node.at("kind").text();
  const bool compared = kind == part_file::kCompared;
  if (compared != part.asked.rule_sets.empty())
    node.at("kind").refuse("not what the rule sets say");
  if (kind == part_file::kWalked) {
    WalkedPart found;
    for (const JsonNode& step : node.at("steps").items())
      found.steps.push_back(read_step(step, part));
    check_shape(node.at("steps"), found.steps);
    part.found = std::move(found);
    return;
  }
  const std::vector<JsonNode> rows = node.at("rows").items();
  if (rows.size() != part.slice.size(part.items())) {
    node.at("rows").refuse(
        fmt::format("unfinished: {} of {} items", rows.size(), part.slice.size(part.items())));
  }
  if (compared) {
    ComparedPart found;
    for (const JsonNode& row : rows) found.rows.push_back(read_policy(row));
    for (const JsonNode& seen : node.at("transitions").items())
      found.announcements.push_back(read_announcement(seen));
    part.found = std::move(found);
    return;
  }
  if (kind != part_file::kSwept) node.at("kind").refuse("unknown");
  SweptPart found;
  for (const JsonNode& row : rows) found.rows.push_back(read_row(row));
  part.found = std::move(found);
}

}  // namespace

Result<Part> read_part(std::string_view text, std::string_view name) {
  const auto refused = [name](const std::string& why) {
    return Error{ErrorCode::document_invalid,
                 fmt::format("{}: no part of a backtest: {}", name, why),
                 "make it again with gridexit backtest --shard I/N --out FILE",
                 {}};
  };
  // Without exceptions: a text that is no JSON is a discarded value.
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return refused("not JSON, or cut off");
  std::string problem;
  const JsonNode node{json, "", problem};
  if (node.at("format").text() != part_file::kFormat) return refused("it is something else");
  node.at("version").integer(part_file::kVersion, part_file::kVersion);
  Part part{read_asked(node.at("asked")), {}, ComparedPart{}};
  part.slice.count = static_cast<std::size_t>(node.at("of").integer(1, kMany));
  const int number = node.at("shard").integer(1, static_cast<int>(part.slice.count));
  part.slice.index = static_cast<std::size_t>(number - 1);
  if (problem.empty()) read_found(node, part);
  if (!problem.empty()) return refused(problem);
  return part;
}

}  // namespace gridexit::app
