// grid propose: the grid that the rules would set up now, whether or not they recommend one. `-o
// yaml` prints a grid file that `grid start` takes.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/grid_changes.hpp"
#include "app/grid_definition.hpp"
#include "app/one_hour.hpp"
#include "app/options.hpp"
#include "app/render/grid_text.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/decision/recommend.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/integrity/check.hpp"
#include "gridexit/metrics/compute.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<Symbol> symbol;
  std::optional<UtcTime> at;
  std::optional<double> capital;
};

/// What the proposal rests on.
struct Basis {
  MetricsRecord record;
  decision::ProposalOutcome outcome;
  std::optional<std::string> reservation;  ///< why the rules do not recommend a grid now
};

std::optional<std::string> reservation_of(const MetricsRecord& record, const SetupRules& setup) {
  const double confidence = record.confidence.value;
  if (record.exit_state) return "a grid is running";
  if (!record.gate_evaluation.passed) return "the restart gates are not passed";
  if (confidence < setup.confidence_probationary) {
    return fmt::format("confidence {} is below {}", format_fixed(confidence, 2),
                       format_number(setup.confidence_probationary));
  }
  return std::nullopt;
}

Result<Basis> propose(const OneHour& hour, const Options& options) {
  const Rules& rules = hour.rules();
  GX_TRY(auto outcome, hour.evaluate(std::nullopt));
  Basis basis{std::move(outcome.record), {}, std::nullopt};
  basis.reservation = reservation_of(basis.record, rules.setup);
  if (!basis.record.price.close) {
    return Error{ErrorCode::data_unusable,
                 "the price is unknown, so nothing can be proposed",
                 "see gridexit evaluate",
                 {}};
  }
  // The window that the evaluation saw: checked, and filled from the bar before a gap.
  const Hours reach{rules.data.window + rules.data.max_fill};
  GX_TRY(const CandleSeries candles,
         hour.exchange().candles(hour.symbol(), Timeframe::h1, hour.at() - reach, hour.at()));
  const auto checked = integrity::check(candles.view(), hour.at(), rules.data);
  const auto window = metrics::make_window(checked.bars.view(), Timeframe::h1, rules.data);
  GX_TRY(const SymbolRules symbol_rules, hour.exchange().symbol_rules(hour.symbol()));

  decision::ProposalInputs inputs;
  inputs.close = *basis.record.price.close;
  inputs.atr_1h = basis.record.h1.atr;
  inputs.atr_4h = basis.record.h4.atr;
  inputs.window_1h = window.bars.view();
  inputs.symbol_rules = symbol_rules;
  inputs.capital.equity = options.capital.value_or(rules.capital.total_quote);
  // Below the least confidence the rules propose nothing; what is shown then is the smallest step
  // up from it.
  const double confidence =
      std::max(basis.record.confidence.value, rules.setup.confidence_probationary);
  basis.outcome = decision::propose(inputs, confidence, rules.setup, rules.capital);
  return basis;
}

Grid as_grid(const Symbol& symbol, const Proposal& proposal, const std::vector<Grid>& known,
             const std::string& exchange, UtcTime at) {
  Grid grid;
  grid.grid_id = next_grid_id(known, symbol.text());
  grid.symbol = symbol.text();
  grid.exchange = exchange;
  grid.versions.push_back(definition_of(proposal));
  grid.versions.back().from = at;
  return grid;
}

void print(const Basis& basis, const Proposal& proposal, const OneHour& hour, Output& output) {
  const std::string& symbol = hour.symbol().text();
  if (hour.exchange().info().simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(fmt::format(
      "{} {}  {}\n  {}\n  {} % per grid after fees, {} % of the full allocation\n", symbol,
      format_hour(basis.record.timestamp), format_price(*basis.record.price.close),
      describe_proposal(proposal, symbol), format_fixed(proposal.profit_per_grid_pct, 2),
      format_fixed(proposal.allocation_pct, 0)));
}

std::string next_step(const Proposal& proposal, const std::string& symbol) {
  return fmt::format(
      "grid start --symbol {} --lower {} --upper {} --cells {} --stop-loss {} --capital {}", symbol,
      format_number(proposal.lower), format_number(proposal.upper), proposal.cells,
      format_number(proposal.stop_loss), format_fixed(proposal.capital_quote, 2));
}

Result<ExitCode> run_propose(const Options& options, Context& context) {
  Output& output = context.output;
  GX_TRY(const Symbol symbol, require_symbol(options.symbol));
  GX_TRY(const UtcTime at, chosen_hour(context, options.at));
  GX_TRY(const OneHour hour, OneHour::open(context, symbol, at));
  GX_TRY(const std::vector<Grid> known, hour.grids());
  GX_TRY(const Basis basis, propose(hour, options));
  if (basis.reservation) output.warn("not recommended now: " + *basis.reservation);
  if (!basis.outcome.proposal) {
    return Error{ErrorCode::conflict,
                 "no proposal for " + symbol.text() + ": " + basis.outcome.reason,
                 "see gridexit evaluate, or give another --capital",
                 {}};
  }
  const Proposal& proposal = *basis.outcome.proposal;
  const auto assumed = options.capital ? std::nullopt : hour.assumed_capital();
  if (!output.is_text()) {
    if (assumed) output.warn(*assumed);  // a grid file has no place for it
    const Grid grid = as_grid(symbol, proposal, known, hour.choice().kind, basis.record.timestamp);
    output.print(codec::write_as(
        grid, output.format() == OutputFormat::json ? codec::Format::json : codec::Format::yaml));
    return ExitCode::done;
  }
  print(basis, proposal, hour, output);
  if (assumed) output.print("  " + *assumed + "\n");
  output.remark("next: set it up on the exchange, then " +
                next_command(context, next_step(proposal, symbol.text())));
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbol(app, options->symbol, "The market");
  add_positive(
      app, "--capital", options->capital,
      "Quote amount there is (default: capital.total_quote; 1000 without a configuration)");
  add_time(app, "--at", options->at, "As of this hour instead of the present one");
  return [options](Context& context) { return run_propose(*options, context); };
}

}  // namespace

Command grid_propose_command() {
  return {"grid propose", "Work out bounds, cells and stop-loss for a grid at the present price",
          "gridexit grid propose --symbol ETH-USDT --capital 2500\n"
          "gridexit grid propose --symbol ETH-USDT --repo data -o yaml > eth-grid-2.yaml",
          define};
}

}  // namespace gridexit::app
