// grid stop: writes down that a grid was stopped on the exchange, and with it that the standing
// recommendation to stop was executed.

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/grid_changes.hpp"
#include "app/options.hpp"
#include "app/session.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<std::string> id;
  std::optional<std::string> reason;
  std::optional<std::string> decision;
  std::optional<double> price;
  std::optional<UtcTime> at;
};

Result<Grid> running_grid(const Options& options, ports::Store& store, UtcTime at) {
  if (options.id) {
    GX_TRY(Grid grid, require_grid(store, *options.id));
    GX_CHECK(check_event_time(grid, at));
    if (grid.running_at(at)) return grid;
    return Error{ErrorCode::conflict,
                 fmt::format("grid {} is not running at {}", grid.grid_id, format_utc(at)),
                 "see gridexit grid list",
                 {}};
  }
  GX_TRY(const auto grids, pipeline::all_grids(store));
  const Grid* found = nullptr;
  for (const Grid& grid : grids) {
    if (!grid.running_at(at)) continue;
    if (found != nullptr) {
      return Error{
          ErrorCode::usage, "--id is missing, and several grids run", "see gridexit grid list", {}};
    }
    found = &grid;
  }
  if (found == nullptr) {
    return Error{ErrorCode::conflict,
                 fmt::format("no grid is running at {}", format_utc(at)),
                 "see gridexit grid list",
                 {}};
  }
  GX_CHECK(check_event_time(*found, at));
  return *found;
}

// The decision that the stop answers: the named one, else a STOP_GRID that stands for this grid.
Result<std::optional<DecisionRecord>> answered_decision(const Options& options, ports::Store& store,
                                                        const Grid& grid, UtcTime at) {
  std::optional<std::string> id = options.decision;
  if (!id) {
    GX_TRY(const auto newest,
           pipeline::newest_record(store, grid.symbol, at, pipeline::Bound::not_after));
    if (!newest || newest->record.recommendation.action != Action::stop_grid) {
      return std::optional<DecisionRecord>();
    }
    id = newest->record.recommendation.decision_id;
    if (!id) return std::optional<DecisionRecord>();
  }
  GX_TRY(DecisionRecord decision, require_decision(store, *id));
  if (decision.grid_id == grid.grid_id) {
    GX_CHECK(check_answerable(decision, OperatorAction::executed));
    return std::optional{std::move(decision)};
  }
  if (!options.decision) return std::optional<DecisionRecord>();
  return Error{ErrorCode::conflict,
               fmt::format("decision {} is not about grid {}", decision.decision_id, grid.grid_id),
               fmt::format("it is about {}", decision.grid_id.value_or("no grid")),
               {}};
}

Result<ExitCode> report(const Grid& grid, const std::optional<DecisionRecord>& decision,
                        const SavedChange& saved, Context& context, UtcTime at) {
  if (!context.output.is_text()) {
    Value result = Value::object();
    result.set("grid_id", grid.grid_id).set("symbol", grid.symbol).set("stopped", format_utc(at));
    result.set("decision_id", decision ? Value{decision->decision_id} : Value{});
    result.set("saved", to_value(saved));
    context.output.print_tree(result);
    return ExitCode::done;
  }
  context.output.print(
      fmt::format("stopped {} at {}{}\n{}\n", grid.grid_id, format_utc(at),
                  decision ? "; decision " + decision->decision_id + " is executed" : std::string(),
                  describe(saved)));
  context.output.remark(
      fmt::format("next: gridexit run watches the restart gates of {}; a proposal any time: {}",
                  grid.symbol, next_command(context, "grid propose --symbol " + grid.symbol)));
  return ExitCode::done;
}

Result<ExitCode> run_stop(const Options& options, Context& context) {
  if (!options.reason) {
    return Error{ErrorCode::usage,
                 "--reason is missing",
                 "say why, such as --reason \"close below the range\"",
                 {}};
  }
  GX_TRY(const auto repository, open_for_change(context));
  ports::Store& store = repository->store();
  GX_TRY(const UtcTime at, event_time(context, options.at));
  GX_TRY(Grid grid, running_grid(options, store, at));
  GX_TRY(auto decision, answered_decision(options, store, grid, at));

  const std::string user = acting_user(context);
  GridEvent event{false, at, *options.reason, user, std::nullopt};
  if (decision) event.decision_id = decision->decision_id;
  grid.history.push_back(std::move(event));
  ports::ChangeSet changes;
  GX_CHECK(add_grid(grid, changes));
  if (decision) {
    decision->action_records.push_back(
        {at, user, OperatorAction::executed, options.price, options.reason, std::nullopt});
    GX_CHECK(add_decision(*decision, changes));
  }
  changes.subject = fmt::format("Stop {} ({})", grid.grid_id, grid.symbol);
  changes.body = *options.reason;
  changes.author_time = at;
  GX_TRY(const SavedChange saved, save(context, *repository, std::move(changes)));
  return report(grid, decision, saved, context, at);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_text(app, "--id", options->id, "ID", "The grid (may be left out when one runs)");
  add_text(app, "--reason", options->reason, "TEXT", "Why it was stopped");
  add_text(app, "--decision", options->decision, "ID",
           "The decision this answers (default: the standing STOP_GRID)");
  add_positive(app, "--price", options->price, "Price at which it was closed");
  add_time(app, "--at", options->at, "When it was stopped (default: now)");
  return [options](Context& context) { return run_stop(*options, context); };
}

}  // namespace

Command grid_stop_command() {
  return {"grid stop",
          "Record that a grid was stopped on the exchange, and the decision this executed",
          "gridexit grid stop --repo data --id eth-grid-1 --reason \"close below the range\" "
          "--price 2987.5\n"
          "gridexit grid stop --repo data --reason \"taking profit\" --at 2026-02-02T15Z",
          define};
}

}  // namespace gridexit::app
