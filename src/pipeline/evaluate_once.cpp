#include "gridexit/pipeline/evaluate_once.hpp"

#include <algorithm>

#include "gridexit/pipeline/history.hpp"
#include "hour_inputs.hpp"
#include "market.hpp"

namespace gridexit::pipeline {
namespace {

constexpr Hours kReplay{48};
constexpr Hours kReplayWithGrid{720};

// Where the replay begins: the first evaluation that a running system would have made.
UtcTime replay_start(const EvaluateOnce& what) {
  if (!what.grid) return what.at - kReplay;
  const auto started = what.grid->started_at(what.at);
  const UtcTime first = started ? std::chrono::ceil<Hours>(*started) : what.at - kReplay;
  return std::clamp(first, what.at - kReplayWithGrid, what.at);
}

evaluation::HourInputs base_inputs(const EvaluateOnce& what, const ports::ExchangeInfo& info) {
  evaluation::HourInputs in(what.symbol);
  in.origin = info.simulated ? Origin::simulated : Origin::replay;
  in.source = info.source;
  in.engine = what.engine;
  in.config = what.config;
  return in;
}

// What an hour leaves for the next one, as the repository would have kept it.
void remember(evaluation::HourInputs& in, const evaluation::HourOutcome& outcome) {
  in.predecessor = evaluation::Predecessor{outcome.record, std::nullopt};
  if (outcome.decision) in.recent_decisions.push_back(*outcome.decision);
  if (outcome.notified) in.recent_notified.push_back(*outcome.notified);
}

// As if the past of the hour had been read from a repository.
void begin_hour(evaluation::HourInputs& in, UtcTime at, const std::vector<Grid>& grids,
                const EvaluationRules& rules) {
  in.at = at;
  place_grids(in, grid_situation(grids, in.symbol.text(), at));
  const UtcTime since = decisions_since(in.predecessor, at, rules);
  std::erase_if(in.recent_decisions,
                [since](const DecisionRecord& decision) { return decision.created_at < since; });
  std::erase_if(in.recent_notified,
                [at](const Notified& entry) { return entry.timestamp < floor_day(at - kRecent); });
}

}  // namespace

Result<evaluation::HourOutcome> evaluate_once(const EvaluateOnce& what, ports::Exchange& exchange,
                                              const Rules& rules) {
  const UtcTime start = replay_start(what);
  const auto grid_start = what.grid ? what.grid->started_at(what.at) : std::nullopt;
  const UtcTime first = first_needed_bar(start, rules.data, grid_start);
  GX_TRY(const CandleSeries bars, exchange.candles(what.symbol, Timeframe::h1, first, what.at));
  const auto context = exchange.candles(what.symbol, Timeframe::m15, what.at - Hours{1}, what.at);
  const auto coarse = exchange.candles(what.symbol, Timeframe::h4, what.at - kReplay, what.at);
  const auto symbol_rules = exchange.symbol_rules(what.symbol);

  evaluation::HourInputs in = base_inputs(what, exchange.info());
  in.delivered_1h = bars.view();
  if (symbol_rules) in.symbol_rules = *symbol_rules;
  std::vector<Grid> grids;
  if (what.grid) grids.push_back(*what.grid);
  for (UtcTime hour = start; hour < what.at; hour += Hours{1}) {
    begin_hour(in, hour, grids, rules.evaluation);
    if (const auto outcome = evaluation::evaluate(in, rules)) remember(in, *outcome);
  }
  begin_hour(in, what.at, grids, rules.evaluation);
  if (context) in.context_15m = context->view();
  if (coarse) in.exchange_4h = coarse->view();
  return evaluation::evaluate(in, rules);
}

Result<evaluation::HourOutcome> evaluate_recorded(const EvaluateOnce& what,
                                                  ports::Exchange& exchange, ports::Store& store,
                                                  const Rules& rules) {
  const std::string& symbol = what.symbol.text();
  GX_TRY(std::vector<Grid> grids, all_grids(store));
  if (what.grid) grids = {*what.grid};
  evaluation::HourInputs in = base_inputs(what, exchange.info());
  in.at = what.at;
  place_grids(in, grid_situation(grids, in.symbol.text(), in.at));
  GX_TRY(in.predecessor, newest_record(store, symbol, what.at, Bound::before));
  GX_TRY(in.recent_decisions,
         decisions_between(store, symbol,
                           decisions_since(in.predecessor, what.at, rules.evaluation), what.at));
  GX_TRY(const auto days, exit_state_days(store, symbol, what.at - kRecent, what.at));
  in.recent_notified = notified_in(days);
  const auto grid_start = in.grid ? std::optional{in.grid->start} : std::nullopt;
  const UtcTime first = first_needed_bar(what.at, rules.data, grid_start);
  GX_TRY(std::vector<RawDay> stored, raw_days(store, symbol, first, what.at));
  GX_TRY(const Market market,
         load_market(exchange, what.symbol, what.at, first, std::move(stored)));
  in.delivered_1h = market.h1.view();
  in.exchange_4h = market.exchange_4h.view();
  in.context_15m = market.m15.view();
  if (const auto symbol_rules = exchange.symbol_rules(what.symbol)) in.symbol_rules = *symbol_rules;
  return evaluation::evaluate(in, rules);
}

}  // namespace gridexit::pipeline
