// run: the hourly pipeline. Everything that matters happens in pipeline::run; this fits it to the
// command line, and says on one line per symbol what became of it.

#include "gridexit/pipeline/run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/run_telemetry.hpp"
#include "app/session.hpp"
#include "app/upkeep.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<UtcTime> at;
  bool notify = false;
};

// The figures that scripts act upon.
void add_outcome(const MetricsRecord& record, Value& row) {
  row.set("close", record.price.close).set("verdict", to_text(record.regime.verdict));
  row.set("confidence", record.confidence.value);
  row.set("state", record.exit_state ? Value{to_text(record.exit_state->state)} : Value{});
  row.set("action", to_text(record.recommendation.action));
  row.set("decision_id", record.recommendation.decision_id);
}

bool is_simulated(const pipeline::RunReport& report) {
  return std::any_of(report.symbols.begin(), report.symbols.end(), [](const auto& symbol) {
    return symbol.record && symbol.record->data.source == "simulated";
  });
}

Value to_value(const pipeline::RunReport& report) {
  Value symbols = Value::array();
  for (const pipeline::SymbolReport& symbol : report.symbols) {
    Value row = Value::object();
    row.set("symbol", symbol.symbol).set("summary", symbol.summary);
    row.set("recorded", symbol.recorded).set("fresh", symbol.fresh);
    if (symbol.record) add_outcome(*symbol.record, row);
    row.set("failure", symbol.failure ? Value{to_text(symbol.failure->code)} : Value{});
    symbols.add(std::move(row));
  }
  Value problems = Value::array();
  for (const std::string& problem : report.problems) problems.add(problem);
  Value value = Value::object();
  value.set("at", format_utc(report.at))
      .set("symbols", std::move(symbols))
      .set("problems", std::move(problems));
  value.set("pushed", report.push.pushed)
      .set("undelivered", report.undelivered)
      .set("head", report.head);
  value.set("simulated", is_simulated(report)).set("exit_code", report.exit_code);
  return value;
}

void print_report(const pipeline::RunReport& report, Output& output) {
  if (!output.is_text()) {
    output.print_tree(to_value(report));
    return;
  }
  if (is_simulated(report)) output.print("SIMULATED DATA - not a market\n");
  for (const pipeline::SymbolReport& symbol : report.symbols) {
    output.print(symbol.summary + "\n");
  }
  if (report.push.has_remote && !report.push.pushed)
    output.remark("not pushed; the next run repeats it");
  if (report.undelivered > 0) {
    output.remark(fmt::format("{} messages wait; the next run delivers them", report.undelivered));
  }
}

Result<ExitCode> run_run(const Options& options, Context& context) {
  pipeline::RunInputs inputs;
  inputs.at = options.at;
  inputs.notify_replay = options.notify;
  inputs.engine = engine_version();
  inputs.stop_requested = context.wiring.stop_requested();
  if (context.common.config) inputs.configuration = find_configuration(context, nullptr);
  if (context.common.exchange) GX_CHECK(parse_exchange(*context.common.exchange));
  GX_TRY(const std::string path, repository_path(context));
  GX_TRY(const auto place, context.wiring.open_for_run(path));
  inputs.store_error = place->store_error();

  Wiring& wiring = context.wiring;
  pipeline::RunPorts ports{
      wiring.clock(),
      place->store(),
      place->remote(),
      place->state(),
      context.log,
      [&wiring](const ports::ConfigurationText& text) { return wiring.parse_for_run(text); },
      [&](const Environment& environment, ports::Log& log) {
        return wiring.connect(choose_exchange(context.common, environment, Mixing::forbidden),
                              environment, path, log);
      }};
  const pipeline::RunReport report = pipeline::run(inputs, ports);
  print_report(report, context.output);
  if (ports::Telemetry* telemetry = wiring.telemetry()) {
    send_telemetry(*telemetry, report, options.at.has_value(), place->maintenance(), context.log);
  }
  // Last, and still under the run lock: what the operator waits for is done.
  if (place->maintenance() != nullptr) pack_when_due(*place->maintenance(), context.log);
  return static_cast<ExitCode>(report.exit_code);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_time(app, "--at", options->at, "Replay this hour (refused before the newest record)");
  add_switch(app, "--notify", options->notify, "Send messages even when TIME is over 2 hours ago");
  return [options](Context& context) { return run_run(*options, context); };
}

}  // namespace

Command run_command() {
  return {"run", "Run the hourly pipeline: evaluate, record, notify and push every enabled symbol",
          "gridexit run --repo data\n"
          "gridexit run --repo demo --at 2026-02-02T14Z\n"
          "gridexit run --repo data --log-format json -q",
          define};
}

}  // namespace gridexit::app
