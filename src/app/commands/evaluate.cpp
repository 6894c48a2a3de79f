// evaluate: one hour of one market, printed for a person. Needs neither keys nor a repository, and
// writes nothing.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/grid_definition.hpp"
#include "app/one_hour.hpp"
#include "app/options.hpp"
#include "app/render/evaluation_text.hpp"
#include "gridexit/codec/documents.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<Symbol> symbol;
  std::optional<UtcTime> at;
  std::optional<std::string> grid;
  bool exit_code = false;
};

// A grid that is left out of the evaluation would make the hour look harmless.
Result<void> check_running(const Grid& grid, const std::string& file, UtcTime at) {
  if (grid.running_at(at)) return {};
  const bool stopped =
      std::any_of(grid.history.begin(), grid.history.end(),
                  [at](const auto& event) { return !event.enabled && event.time <= at; });
  return Error{
      ErrorCode::usage,
      fmt::format(
          "{}: {} is not running at {}: its history {}", file, grid.grid_id, format_hour(at),
          stopped ? "says that it was stopped" : "has no `enabled` entry at or before that hour"),
      fmt::format("write its start into the file, such as history: [{{enabled: \"{}\", "
                  "reason: started, by: me}}]",
                  format_utc(at)),
      {}};
}

Result<std::optional<Grid>> read_grid(const Options& options, const Symbol& symbol, UtcTime at,
                                      Context& context) {
  if (!options.grid) return std::optional<Grid>();
  GX_TRY(auto grid, read_grid_file(context, *options.grid));
  for (const std::string& warning : grid.warnings) context.output.warn(warning);
  GX_CHECK(
      agree("the symbol", {{"--symbol", symbol.text()}, {*options.grid, grid.document.symbol}}));
  GX_CHECK(check_running(grid.document, *options.grid, at));
  return std::optional{std::move(grid.document)};
}

void print(const evaluation::HourOutcome& outcome, const OneHour& hour, Output& output) {
  if (!output.is_text()) {
    output.print(codec::write_as(outcome.record, output.format() == OutputFormat::json
                                                     ? codec::Format::json
                                                     : codec::Format::yaml));
    return;
  }
  RenderOptions look{output.style(), output.columns(), hour.exchange().info().simulated};
  if (outcome.decision) look.decision = &*outcome.decision;
  output.print(render_evaluation(outcome.record, look));
  const bool proposes = outcome.decision && outcome.decision->recommendation.proposal;
  const auto assumed = proposes ? hour.assumed_capital() : std::nullopt;
  if (assumed) output.print(*assumed + "\n");
}

ExitCode code_of(const MetricsRecord& record, const Options& options, const Context& context) {
  constexpr int least_scored = 4;
  if (record.h1.scored() < least_scored) {
    context.output.warn(fmt::format("only {} of 6 metrics have a score on 1h", record.h1.scored()));
    return ExitCode::metrics;
  }
  if (!options.exit_code || !record.exit_state) return ExitCode::done;
  switch (record.exit_state->state) {
    case ExitState::normal: return ExitCode::done;
    case ExitState::warning: return ExitCode::state_warning;
    case ExitState::latest_acceptable_exit: return ExitCode::state_latest_acceptable_exit;
    case ExitState::mandatory_exit: return ExitCode::state_mandatory_exit;
  }
  return ExitCode::unexpected;
}

Result<ExitCode> run_evaluate(const Options& options, Context& context) {
  GX_TRY(const Symbol symbol, require_symbol(options.symbol));
  GX_TRY(const UtcTime at, chosen_hour(context, options.at));
  GX_TRY(auto grid, read_grid(options, symbol, at, context));
  GX_TRY(const OneHour hour, OneHour::open(context, symbol, at));
  GX_TRY(const evaluation::HourOutcome outcome, hour.evaluate(std::move(grid)));
  print(outcome, hour, context.output);
  return code_of(outcome.record, options, context);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbol(app, options->symbol, "The market to evaluate");
  add_time(app, "--at", options->at, "Evaluate this hour instead of the present one");
  add_text(app, "--grid", options->grid, "FILE", "A grid file: judge its exit state too");
  add_switch(app, "--exit-code", options->exit_code,
             "Exit with 10 for WARNING, 11 for LATEST_ACCEPTABLE_EXIT, 12 for MANDATORY_EXIT");
  return [options](Context& context) { return run_evaluate(*options, context); };
}

}  // namespace

Command evaluate_command() {
  return {"evaluate",
          "Evaluate one market now, for a person to read; needs no keys and no repository",
          "gridexit evaluate --symbol ETH-USDT\n"
          "gridexit evaluate --symbol ETH-USDT --exchange simulated:7 --at 2026-02-02T14Z\n"
          "gridexit evaluate --symbol ETH-USDT --grid eth-grid-1.yaml --exit-code",
          define};
}

}  // namespace gridexit::app
