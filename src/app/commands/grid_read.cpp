// grid list, grid show, grid validate: what grids there are, and whether a grid file is one.
// Nothing is changed.

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/grid_cautions.hpp"
#include "app/grid_definition.hpp"
#include "app/options.hpp"
#include "app/render/grid_text.hpp"
#include "app/session.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<std::string> argument;  ///< id or file
  std::optional<UtcTime> at;
};

Value to_value(const Grid& grid) {
  return Value::document(codec::write_as(grid, codec::Format::json),
                         codec::write_as(grid, codec::Format::yaml));
}

void warn_of(const pipeline::Oddities& odd, Output& output) {
  for (const std::string& warning : odd.warnings) output.warn(warning);
  for (const auto& [path, error] : odd.unreadable) output.warn(error.text());
}

Result<ExitCode> run_list(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  pipeline::Oddities odd;
  GX_TRY(const auto grids, pipeline::all_grids(repository->store(), &odd));
  warn_of(odd, context.output);
  const UtcTime at = now_or(context, options.at);
  if (!context.output.is_text()) {
    Value list = Value::array();
    for (const Grid& grid : grids) {
      Value row = Value::object();
      row.set("grid_id", grid.grid_id)
          .set("running", grid.running_at(at))
          .set("grid", to_value(grid));
      list.add(std::move(row));
    }
    context.output.print_tree(list);
    return ExitCode::done;
  }
  if (grids.empty()) {
    context.output.print("no grids\n");
    context.output.remark("next: " + next_command(context, "grid propose --symbol SYMBOL") +
                          ", or gridexit grid start --help");
    return ExitCode::done;
  }
  context.output.print(render_grids(grids, at, context.output.style()));
  return ExitCode::done;
}

Result<ExitCode> run_show(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  pipeline::Oddities odd;
  GX_TRY(const Grid grid, require_grid(repository->store(), options.argument.value_or(""), &odd));
  warn_of(odd, context.output);
  if (context.output.is_text()) {
    context.output.print(render_grid(grid, now_or(context, options.at), context.output.style()));
  } else {
    context.output.print_tree(to_value(grid));
  }
  return ExitCode::done;
}

Value list_of(const std::vector<std::string>& texts) {
  Value list = Value::array();
  for (const std::string& text : texts) list.add(text);
  return list;
}

// A script gets its result on stdout too when the file is no grid; what else went wrong is an
// error.
Result<ExitCode> refuse(const Error& error, Context& context) {
  if (context.output.is_text() || error.code != ErrorCode::usage) return error;
  std::vector<std::string> problems;
  for (const std::string_view problem : split(error.message, '\n')) problems.emplace_back(problem);
  Value result = Value::object();
  result.set("valid", false).set("problems", list_of(problems));
  context.output.print_tree(result);
  return ExitCode::usage;
}

Result<ExitCode> run_validate(const Options& options, Context& context) {
  const std::string file = options.argument.value_or("");
  auto read = read_grid_file(context, file);
  if (!read) return refuse(read.error(), context);
  const Grid& grid = read->document;
  std::vector<std::string> warnings = std::move(read->warnings);
  for (std::string& caution : cautions(grid.versions.back()))
    warnings.push_back(std::move(caution));
  if (context.output.is_text()) {
    for (const std::string& warning : warnings) context.output.warn(warning);
    context.output.print(
        fmt::format("valid: {} defines {} ({})\n", file, grid.grid_id, grid.symbol));
    context.output.remark("next: " + next_command(context, "grid start " + file));
    return ExitCode::done;
  }
  Value result = Value::object();
  result.set("valid", true).set("grid_id", grid.grid_id).set("warnings", list_of(warnings));
  context.output.print_tree(result);
  return ExitCode::done;
}

Body define_list(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_time(app, "--at", options->at, "As seen at this time instead of now");
  return [options](Context& context) { return run_list(*options, context); };
}

Body define_show(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_argument(app, "ID", options->argument, Need::required, "The grid's id");
  add_time(app, "--at", options->at, "As seen at this time instead of now");
  return [options](Context& context) { return run_show(*options, context); };
}

Body define_validate(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_argument(app, "FILE", options->argument, Need::required,
               "A grid file; - reads standard input");
  return [options](Context& context) { return run_validate(*options, context); };
}

}  // namespace

Command grid_list_command() {
  return {"grid list", "List all grids and which of them run",
          "gridexit grid list --repo data\n"
          "gridexit grid list --repo data -o json",
          define_list};
}

Command grid_show_command() {
  return {"grid show", "Show one grid: its definition and its starts and stops",
          "gridexit grid show eth-grid-1 --repo data\n"
          "gridexit grid show eth-grid-1 --repo data -o yaml > eth-grid-1.yaml",
          define_show};
}

Command grid_validate_command() {
  return {"grid validate", "Check a grid file before it is started",
          "gridexit grid validate eth-grid-1.yaml\n"
          "gridexit grid show eth-grid-1 --repo data -o yaml | gridexit grid validate -",
          define_validate};
}

}  // namespace gridexit::app
