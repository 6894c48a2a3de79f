// grid propose: the grid that the rules would set up now, whether or not they recommend one. `-o
// yaml` prints a grid file that `grid start` takes.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/grid_changes.hpp"
#include "app/options.hpp"
#include "app/render/grid_text.hpp"
#include "app/session.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/decision/recommend.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/pipeline/evaluate_once.hpp"
#include "gridexit/pipeline/history.hpp"

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

Result<Basis> propose(const Symbol& symbol, const Options& options, Context& context,
                      const Settings& settings, ports::Exchange& exchange, Repository* repository) {
  const UtcTime at = floor_hour(now_or(context, options.at));
  const Rules& rules = settings.values.rules;
  pipeline::EvaluateOnce wanted(symbol);
  wanted.at = at;
  wanted.engine = engine_version();
  wanted.config = settings.version;
  GX_TRY(auto hour, repository != nullptr
                        ? pipeline::evaluate_recorded(wanted, exchange, repository->store(), rules)
                        : pipeline::evaluate_once(wanted, exchange, rules));
  Basis basis{std::move(hour.record), {}, std::nullopt};
  basis.reservation = reservation_of(basis.record, rules.setup);
  if (!basis.record.price.close) {
    return Error{ErrorCode::data_unusable,
                 "the price is unknown, so nothing can be proposed",
                 "see gridexit evaluate",
                 {}};
  }
  const auto window = Hours{rules.data.window};
  GX_TRY(const CandleSeries candles, exchange.candles(symbol, Timeframe::h1, at - window, at));
  GX_TRY(const SymbolRules symbol_rules, exchange.symbol_rules(symbol));

  decision::ProposalInputs inputs;
  inputs.close = *basis.record.price.close;
  inputs.atr_1h = basis.record.h1.atr;
  inputs.atr_4h = basis.record.h4.atr;
  inputs.window_1h = candles.view();
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
  GridVersion version;
  version.from = at;
  version.lower = proposal.lower;
  version.upper = proposal.upper;
  version.cells = proposal.cells;
  version.spacing = proposal.spacing;
  version.stop_loss = proposal.stop_loss;
  version.capital_quote = proposal.capital_quote;
  grid.versions.push_back(version);
  return grid;
}

Result<ExitCode> run_propose(const Options& options, Context& context) {
  GX_TRY(const Symbol symbol, require_symbol(options.symbol));
  std::unique_ptr<Repository> repository;
  std::vector<Grid> known;
  if (context.common.repo) {
    GX_TRY(repository, open_repository(context, Access::read));
    GX_TRY(known, pipeline::all_grids(repository->store()));
  }
  GX_TRY(const Settings settings, load_settings_for(context, repository.get(), symbol));
  GX_TRY(const ExchangeChoice choice,
         choose_exchange(context.common, settings.values.environment,
                         repository ? Mixing::forbidden : Mixing::harmless));
  GX_TRY(const auto exchange,
         context.wiring.make_exchange(choice, settings.values.environment.exchange));
  GX_TRY(const Basis basis,
         propose(symbol, options, context, settings, *exchange, repository.get()));
  if (basis.reservation) context.output.warn("not recommended now: " + *basis.reservation);
  if (!basis.outcome.proposal) {
    return Error{ErrorCode::conflict,
                 "no proposal for " + symbol.text() + ": " + basis.outcome.reason,
                 "see gridexit evaluate, or give another --capital",
                 {}};
  }
  const Proposal& proposal = *basis.outcome.proposal;
  if (!context.output.is_text()) {
    const Grid grid = as_grid(symbol, proposal, known, choice.kind, basis.record.timestamp);
    context.output.print(codec::write_as(grid, context.output.format() == OutputFormat::json
                                                   ? codec::Format::json
                                                   : codec::Format::yaml));
    return ExitCode::done;
  }
  if (exchange->info().simulated) context.output.print("SIMULATED DATA - not a market\n");
  context.output.print(fmt::format(
      "{} {}  {}\n  {}\n  {} % per grid after fees, {} % of the full allocation\n", symbol.text(),
      format_hour(basis.record.timestamp), format_price(*basis.record.price.close),
      describe_proposal(proposal, symbol.text()), format_fixed(proposal.profit_per_grid_pct, 2),
      format_fixed(proposal.allocation_pct, 0)));
  context.output.remark(fmt::format(
      "next: set it up on the exchange, then gridexit grid start --symbol {} --lower {} --upper {} "
      "--cells {} "
      "--stop-loss {} --capital {}",
      symbol.text(), format_number(proposal.lower), format_number(proposal.upper), proposal.cells,
      format_number(proposal.stop_loss), format_fixed(proposal.capital_quote, 2)));
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbol(app, options->symbol, "The market");
  add_positive(app, "--capital", options->capital,
               "Quote amount there is (default: capital.total_quote)");
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
