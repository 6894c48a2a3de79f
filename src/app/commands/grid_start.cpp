// grid start: writes down that a grid was started on the exchange, so that from now on it is judged
// every hour. The definition comes from a file, from options, from a decision's proposal, or is the
// stored one of an earlier start.

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/grid_cautions.hpp"
#include "app/grid_changes.hpp"
#include "app/grid_definition.hpp"
#include "app/options.hpp"
#include "app/render/grid_text.hpp"
#include "app/session.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {
namespace {

struct Options {
  GridOptions grid;
  std::optional<std::string> decision;
  std::optional<std::string> reason;
  std::optional<UtcTime> at;
};

/// Everything that the start is about, gathered before anything is changed.
struct Start {
  Grid grid;  ///< as it will be stored
  std::optional<DecisionRecord> decision;
  bool watched = false;
  std::vector<std::string> cautions;
};

Result<std::optional<DecisionRecord>> proposing_decision(const Options& options,
                                                         ports::Store& store) {
  if (!options.decision) return std::optional<DecisionRecord>();
  GX_TRY(DecisionRecord decision, require_decision(store, *options.decision));
  if (!decision.recommendation.proposal) {
    return Error{
        ErrorCode::conflict,
        fmt::format("decision {} ({}) proposes no grid", decision.decision_id,
                    to_text(decision.recommendation.action)),
        "see gridexit decision list for one that says CREATE_GRID or CREATE_PROBATIONARY_GRID",
        {}};
  }
  return std::optional{std::move(decision)};
}

Result<void> check_no_other_runs(const Start& start, const std::vector<Grid>& others,
                                 CapitalMode mode, UtcTime at) {
  for (const Grid& other : others) {
    const auto since = other.started_at(at);
    const bool same = other.grid_id == start.grid.grid_id;
    if (!since || (!same && mode != CapitalMode::single_grid)) continue;
    return Error{
        ErrorCode::conflict,
        fmt::format("grid {} is running since {}{}", other.grid_id, format_utc(*since),
                    same ? "" : ", and capital.mode SINGLE_GRID allows one running grid in all"),
        fmt::format("stop it first: gridexit grid stop --id {} --reason ...", other.grid_id),
        {}};
  }
  return {};
}

Result<ExitCode> report(const Start& start, const SavedChange& saved, Context& context,
                        UtcTime at) {
  const Grid& grid = start.grid;
  if (!context.output.is_text()) {
    Value warnings = Value::array();
    for (const std::string& caution : start.cautions) warnings.add(caution);
    Value result = Value::object();
    result.set("grid_id", grid.grid_id).set("symbol", grid.symbol).set("started", format_utc(at));
    result.set("decision_id", start.decision ? Value{start.decision->decision_id} : Value{});
    result.set("warnings", std::move(warnings)).set("saved", to_value(saved));
    context.output.print_tree(result);
    return ExitCode::done;
  }
  context.output.print(fmt::format("started {} at {}: {}\n{}\n", grid.grid_id, format_utc(at),
                                   describe_definition(grid.versions.back(), grid.symbol),
                                   describe(saved)));
  for (const std::string& caution : start.cautions) context.output.warn(caution);
  context.output.remark(fmt::format(
      "next: {}when you stop it: {}", start.watched ? "gridexit run judges it every hour; " : "",
      next_command(context, "grid stop --id " + grid.grid_id + " --reason ...")));
  return ExitCode::done;
}

Result<ExitCode> run_start(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_for_change(context));
  ports::Store& store = repository->store();
  GX_TRY(const Settings settings, load_settings(context, repository.get()));
  GX_TRY(const ExchangeChoice exchange,
         choose_exchange(context.common, settings.values.environment, Mixing::forbidden));
  GX_TRY(const auto grids, pipeline::all_grids(store));
  GX_TRY(const UtcTime at, event_time(context, options.at));

  Start start;
  GX_TRY(start.decision, proposing_decision(options, store));
  GX_TRY(start.grid,
         define_grid(options.grid, {grids, start.decision, exchange.kind, at}, context));
  GX_CHECK(check_no_other_runs(start, grids, settings.values.rules.capital.mode, at));

  // A start is recorded also where an earlier record cannot be read.
  const auto newest =
      pipeline::newest_record(store, start.grid.symbol, at, pipeline::Bound::not_after);
  StartSurroundings around{settings.values, exchange.kind, std::nullopt, start.decision};
  if (newest && *newest) around.newest = (*newest)->record;
  start.cautions = start_cautions(start.grid, around, at);
  start.watched = is_watched(start.grid.symbol, settings.values.environment);

  GridEvent event{true, at, options.reason.value_or("started by the operator"),
                  acting_user(context), options.decision};
  start.grid.history.push_back(std::move(event));
  ports::ChangeSet changes;
  GX_CHECK(add_grid(start.grid, changes));
  if (start.decision) {
    start.decision->action_records.push_back(
        {at, acting_user(context), OperatorAction::executed, options.grid.entry_price,
         "grid " + start.grid.grid_id + " started", std::nullopt});
    GX_CHECK(add_decision(*start.decision, changes));
  }
  changes.subject = fmt::format("Start {} ({})", start.grid.grid_id, start.grid.symbol);
  changes.author_time = at;
  GX_TRY(const SavedChange saved, save(context, *repository, std::move(changes)));
  return report(start, saved, context, at);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_argument(app, "FILE", options->grid.file, Need::optional,
               "A grid file; - reads standard input");
  add_text(app, "--id", options->grid.id, "ID",
           "The grid's id (default: eth-grid-1 and so on); a stored grid starts again");
  add_symbol(app, options->grid.symbol, "The market");
  add_positive(app, "--lower", options->grid.lower, "Lower bound");
  add_positive(app, "--upper", options->grid.upper, "Upper bound");
  add_integer(app, "--cells", options->grid.cells, 2, 1000, "Number of cells");
  add_choice(app, "--spacing",
             {{"geometric", [options] { options->grid.spacing = Spacing::geometric; }},
              {"arithmetic", [options] { options->grid.spacing = Spacing::arithmetic; }}},
             "How the lines are spaced (default: geometric)");
  add_positive(app, "--stop-loss", options->grid.stop_loss, "Stop-loss price");
  add_positive(app, "--take-profit", options->grid.take_profit, "Take-profit price");
  add_positive(app, "--capital", options->grid.capital, "Quote amount in the grid");
  add_positive(app, "--entry-price", options->grid.entry_price, "Price at which it was started");
  add_text(
      app, "--decision", options->decision, "ID",
      "Take this decision's proposal, where no FILE defines the grid, and record it as executed");
  add_text(app, "--reason", options->reason, "TEXT", "Why it was started");
  add_time(app, "--at", options->at, "When it was started (default: now)");
  return [options](Context& context) { return run_start(*options, context); };
}

}  // namespace

Command grid_start_command() {
  return {"grid start",
          "Record that a grid was started on the exchange, so that it is judged every hour",
          "gridexit grid start --repo data --symbol ETH-USDT --lower 3000 --upper 3600 --cells 12 "
          "--stop-loss 2880 --capital 800\n"
          "gridexit grid start --repo data --decision dec-ETH-USDT-20260202T140000Z\n"
          "gridexit grid start eth-grid-1.yaml --repo data --reason \"range is back\"",
          define};
}

}  // namespace gridexit::app
