// explain: why the recorded decision was taken. Everything shown is read from the record; nothing
// is computed again.

#include <fmt/format.h>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/render/explanation.hpp"
#include "app/session.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<Symbol> symbol;
  std::optional<UtcTime> at;
};

Result<std::string> symbol_of(const Options& options, ports::Store& store) {
  if (options.symbol) return options.symbol->text();
  GX_TRY(const auto symbols, recorded_symbols(store));
  if (symbols.size() == 1) return symbols.front();
  return Error{ErrorCode::usage,
               "--symbol is missing",
               symbols.empty() ? "this repository has no records yet; make one with gridexit run"
                               : "this repository records " + join(symbols, ", "),
               {}};
}

Result<ExitCode> run_explain(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  ports::Store& store = repository->store();
  GX_TRY(const std::string symbol, symbol_of(options, store));
  const UtcTime at = now_or(context, options.at);
  GX_TRY(const auto found, pipeline::newest_record(store, symbol, at, pipeline::Bound::not_after));
  if (!found) {
    return Error{ErrorCode::not_found,
                 fmt::format("{} has no record at or before {}", symbol, format_utc(at)),
                 "make one with gridexit run, or give a later --at",
                 {}};
  }
  Explanation explanation{found->record, paths::metrics(symbol, found->record.timestamp),
                          std::nullopt};
  if (found->reference) explanation.path = found->reference->path;
  if (const auto& id = found->record.recommendation.decision_id) {
    GX_TRY(explanation.decision, require_decision(store, *id));
  }
  if (context.output.is_text()) {
    const bool simulated = found->record.data.source == "simulated";
    context.output.print(render_explanation(
        explanation, {context.output.style(), context.output.columns(), simulated}));
  } else {
    context.output.print_tree(to_value(explanation));
  }
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbol(app, options->symbol, "The market (may be left out when one is recorded)");
  add_time(app, "--at", options->at, "The newest record not after this time (default: the newest)");
  return [options](Context& context) { return run_explain(*options, context); };
}

}  // namespace

Command explain_command() {
  return {
      "explain",
      "Say why the recorded decision was taken: every condition with value, threshold and effect",
      "gridexit explain --repo data --symbol ETH-USDT\n"
      "gridexit explain --repo data --symbol ETH-USDT --at 2026-02-02T14Z -o json",
      define};
}

}  // namespace gridexit::app
