// backtest: the exit rules over past markets, beside the baselines; from the repository's records
// or from candle files. Writes nothing.

#include <memory>
#include <utility>

#include "app/backtest/checks.hpp"
#include "app/backtest/material.hpp"
#include "app/backtest/options.hpp"
#include "app/backtest/recorded_grids.hpp"
#include "app/backtest/report.hpp"
#include "app/backtest/shard.hpp"
#include "app/commands/commands.hpp"

namespace gridexit::app {
namespace {

Result<ExitCode> run_backtest(BacktestOptions options, Context& context) {
  GX_CHECK(complete(options));
  if (options.shard) {
    GX_TRY(options.slice, read_shard(*options.shard, context.wiring));
  }
  GX_TRY(const Material material, load_material(options, context));
  if (options.check_lookahead || options.check_warm_up)
    return check_backtest(options, material, context.output);
  if (options.recorded_starts) {
    print_recorded_grids(options, material, context.output);
    return ExitCode::done;
  }
  std::vector<RuleSet> sets;
  if (options.windows || !options.settings.empty()) {
    GX_TRY(sets, rule_sets(material.rules, options.settings));
  }
  Part part = compute_part(options, material, sets, context.output);
  if (options.shard) return publish(part, options.out, context);
  std::vector<Part> parts;
  parts.push_back(std::move(part));
  return publish(assemble(std::move(parts)), options.html, context);
}

Body define(CLI::App& app) {
  auto options = std::make_shared<BacktestOptions>();
  add_backtest_options(app, *options);
  return [options](Context& context) { return run_backtest(*options, context); };
}

}  // namespace

Command backtest_command() {
  return {"backtest",
          "Replay the exit rules over the past, beside what simpler rules would have done",
          "gridexit backtest --repo data\n"
          "gridexit backtest --repo data --symbol ETH-USDT --recompute -o json\n"
          "gridexit backtest --repo data --start recorded\n"
          "gridexit backtest --candles BTC-USDT_1h.csv.gz --start gates\n"
          "gridexit backtest --repo data --set exit_rules.latest.break_low=0.90,0.95 "
          "--walk-forward 90d/30d\n"
          "gridexit backtest --repo data --html report.html\n"
          "gridexit backtest --repo data --set exit_rules.latest.break_low=0.90,0.95 "
          "--shard 1/2 --out parts/",
          define};
}

}  // namespace gridexit::app
