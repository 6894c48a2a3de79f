// backtest: the exit rules over past markets, beside the baselines; from the repository's records
// or from candle files. Writes nothing.

#include <fmt/format.h>

#include <memory>
#include <utility>

#include "app/backtest/checks.hpp"
#include "app/backtest/material.hpp"
#include "app/backtest/options.hpp"
#include "app/backtest/recorded_grids.hpp"
#include "app/commands/commands.hpp"
#include "app/render/backtest_text.hpp"
#include "app/render/recorded_text.hpp"
#include "app/render/sweep_text.hpp"
#include "app/rule_sets.hpp"
#include "gridexit/backtest/report.hpp"

namespace gridexit::app {
namespace {

void print_comparison(const backtest::Comparison& comparison, const Material& material,
                      Output& output) {
  if (!output.is_text()) {
    Value value = to_value(comparison);
    value.set("source", material.source).set("simulated", material.simulated);
    value.set("recorded", recorded_value(material.recorded));
    output.print_tree(value);
    return;
  }
  const Style style = output.style();
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_comparison(comparison, style) + "\n");
  output.print(render_model_error(comparison.rows, style) + "\n");
  output.print(render_targets(comparison.rows.back().row, style) + "\n");
  output.print(render_announcements(comparison.announcements, style));
  if (!material.recorded.empty())
    output.print("\nrecorded and done:\n" + render_recorded(material.recorded));
}

std::vector<Rules> rules_in(const std::vector<RuleSet>& sets) {
  std::vector<Rules> rules;
  for (const RuleSet& set : sets) rules.push_back(set.rules);
  return rules;
}

std::vector<std::string> names_of(const std::vector<RuleSet>& sets) {
  std::vector<std::string> names;
  for (const RuleSet& set : sets) names.push_back(set.name);
  return names;
}

void print_sweep(const std::vector<RuleSet>& sets, const BacktestOptions& options,
                 const Material& material, Output& output) {
  output.progress(fmt::format("replaying {} rule sets", sets.size()));
  const Swept swept{names_of(sets), backtest::sweep(material.tracks, rules_in(sets),
                                                    options.harness, threads_of(options))};
  output.progress("");
  if (!output.is_text()) {
    output.print_tree(to_value(swept).set("simulated", material.simulated));
    return;
  }
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_sweep(swept, output.style()));
}

void print_walk_forward(const std::vector<RuleSet>& sets, const backtest::WalkForward& windows,
                        const BacktestOptions& options, const Material& material, Output& output) {
  output.progress(fmt::format("choosing among {} rule sets, window by window", sets.size()));
  Walked walked{names_of(sets),
                backtest::walk_forward(material.tracks, rules_in(sets), options.harness, windows,
                                       threads_of(options)),
                {},
                {}};
  const auto outside = backtest::out_of_sample(walked.steps);
  walked.outside = backtest::summarise(outside);
  walked.curve = backtest::money_curve(outside);
  output.progress("");
  if (!output.is_text()) {
    output.print_tree(to_value(walked).set("simulated", material.simulated));
    return;
  }
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_walk_forward(walked, output.style()));
}

Result<ExitCode> run_backtest(BacktestOptions options, Context& context) {
  GX_CHECK(complete(options));
  GX_TRY(const Material material, load_material(options, context));
  if (options.check_lookahead || options.check_warm_up)
    return check_backtest(options, material, context.output);
  if (options.recorded_starts) {
    print_recorded_grids(options, material, context.output);
    return ExitCode::done;
  }
  if (options.windows || !options.settings.empty()) {
    GX_TRY(const std::vector<RuleSet> sets, rule_sets(material.rules, options.settings));
    if (options.windows) {
      print_walk_forward(sets, *options.windows, options, material, context.output);
    } else {
      print_sweep(sets, options, material, context.output);
    }
    return ExitCode::done;
  }
  context.output.progress("replaying");
  const backtest::Comparison comparison =
      backtest::compare(material.tracks, material.rules, options.harness, threads_of(options));
  context.output.progress("");
  print_comparison(comparison, material, context.output);
  return ExitCode::done;
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
          "--walk-forward 90d/30d",
          define};
}

}  // namespace gridexit::app
