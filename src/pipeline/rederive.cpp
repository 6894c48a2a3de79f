#include "rederive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "gridexit/audit/difference.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/codec/documents.hpp"
#include "hour_inputs.hpp"
#include "market.hpp"

namespace gridexit::pipeline {
namespace {

// Found while looking at a delivery; the rows in question are not stored.
constexpr std::array<std::string_view, 5> kDeliveryProblems{
    "out_of_order", "misaligned", "impossible_bar", "duplicate", "coarse_mismatch"};

// What the simulated exchange calls itself.
constexpr std::string_view kSimulatedSource = "simulated";

// More than any account; what a proposal may cost is then limited by the rules alone.
constexpr double kUnlimitedQuote = 1e15;

// The account and the increments that a proposal was made with.
struct Unrecorded {
  std::optional<SymbolRules> symbol_rules;
  std::optional<AccountFigures> account;
};

double increment_of(std::initializer_list<double> values) {
  std::size_t decimals = 0;
  for (const double value : values) {
    const std::string text = format_number(value);
    const std::size_t point = text.find('.');
    if (point != std::string::npos) decimals = std::max(decimals, text.size() - point - 1);
  }
  return std::pow(10.0, -static_cast<double>(decimals));
}

// What the exchange says now comes first; the proposal's own decimals tell what held then.
std::vector<Unrecorded> candidates(const RecordedHour& hour, const HourContext& context) {
  std::vector<Unrecorded> list;
  if (context.symbol_rules) list.push_back({context.symbol_rules, std::nullopt});
  if (hour.decision && hour.decision->recommendation.proposal) {
    const Proposal& proposal = *hour.decision->recommendation.proposal;
    const SymbolRules inferred{increment_of({proposal.lower, proposal.upper, proposal.stop_loss}),
                               increment_of({proposal.amount_per_grid}), 0, 0};
    list.push_back({inferred, std::nullopt});
    // An account may only have lowered what the rules allow.
    const double unlocked = proposal.capital_quote / (proposal.allocation_pct / 100);
    const AccountFigures account{0, kUnlimitedQuote, 0, unlocked};
    if (context.symbol_rules) list.push_back({context.symbol_rules, account});
    list.push_back({inferred, account});
  }
  list.push_back({std::nullopt, std::nullopt});
  return list;
}

// The candles and everything else that decides, as of the hour.
class Inputs {
 public:
  Inputs(const RecordedHour& hour, const HourContext& context, Symbol symbol)
      : in_(std::move(symbol)) {
    const MetricsRecord& record = hour.record;
    in_.at = record.timestamp;
    in_.source = context.past.source_of(record.symbol, record.timestamp);
    in_.origin = origin_of(record, in_.source);
    in_.engine = record.engine;
    in_.config = record.config;
    in_.predecessor = context.predecessor;
    place_grids(in_, grid_situation(context.grids, record.symbol, record.timestamp));
    in_.recent_decisions = context.recent_decisions;
    in_.recent_notified = context.past.notified_between(record.symbol, in_.at - kRecent, in_.at);
    if (record.position) in_.account = record.position->account;
    take_circumstances(record);
    const auto grid_start = in_.grid ? std::optional{in_.grid->start} : std::nullopt;
    const UtcTime first = first_needed_bar(in_.at, context.rules.data, grid_start);
    h1_ = context.past.bars(record.symbol, Timeframe::h1, first, in_.at);
    m15_ = context.past.bars(record.symbol, Timeframe::m15, in_.at - Hours{1}, in_.at);
    in_.delivered_1h = h1_.view();
    in_.context_15m = m15_.view();
  }
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;

  evaluation::HourInputs& values() { return in_; }

 private:
  // Live, replayed or filled in later cannot be told apart by the data; invented can.
  static Origin origin_of(const MetricsRecord& record, const std::string& source) {
    if (source.starts_with(kSimulatedSource)) return Origin::simulated;
    return record.origin == Origin::simulated ? Origin::live : record.origin;
  }

  void take_circumstances(const MetricsRecord& record) {
    for (const DataProblem& problem : record.data.problems) {
      const bool of_delivery = std::find(kDeliveryProblems.begin(), kDeliveryProblems.end(),
                                         problem.code) != kDeliveryProblems.end();
      if (of_delivery) in_.delivery_problems.push_back(problem);
    }
    for (const StepError& error : record.errors) {
      if (error.step != "metrics") in_.errors.push_back(error);
    }
  }

  evaluation::HourInputs in_;
  CandleSeries h1_;
  CandleSeries m15_;
};

ExitStateDay entries_of(const evaluation::HourOutcome& outcome, const ExitStateDay& like) {
  ExitStateDay entries = like;
  entries.transitions.clear();
  entries.notified.clear();
  if (outcome.transition) entries.transitions.push_back(*outcome.transition);
  if (outcome.notified) entries.notified.push_back(*outcome.notified);
  return entries;
}

std::string decision_text(const std::optional<DecisionRecord>& decision) {
  return decision ? codec::write(*decision) : std::string();
}

// The account's limit went through a division; it is the recorded capital but for the last digit.
void settle_capital(evaluation::HourOutcome& outcome, const RecordedHour& hour) {
  constexpr double kRounding = 1e-12;
  if (!outcome.decision || !outcome.decision->recommendation.proposal || !hour.decision ||
      !hour.decision->recommendation.proposal) {
    return;
  }
  double& derived = outcome.decision->recommendation.proposal->capital_quote;
  const double recorded = hour.decision->recommendation.proposal->capital_quote;
  if (std::fabs(derived - recorded) <= kRounding * recorded) derived = recorded;
}

std::optional<Mismatch> compare(const RecordedHour& hour, const evaluation::HourOutcome& outcome) {
  if (const auto differs = audit::first_difference(hour.text, codec::write(outcome.record))) {
    const bool other_data =
        outcome.record.data.dataset_hash != hour.record.data.dataset_hash ||
        outcome.record.data.grid_dataset_hash != hour.record.data.grid_dataset_hash;
    if (other_data) {
      return Mismatch{audit::FindingKind::dataset_mismatch,
                      "its dataset hash is not that of the candles in raw_data"};
    }
    return Mismatch{audit::FindingKind::not_derivable,
                    "does not follow from its data: " + *differs};
  }
  if (const auto differs =
          audit::first_difference(decision_text(hour.decision), decision_text(outcome.decision))) {
    const std::string what = !hour.decision      ? "a decision is due and missing"
                             : !outcome.decision ? "no decision is due, but one is recorded"
                                                 : "the decision does not follow: " + *differs;
    return Mismatch{audit::FindingKind::not_derivable, what};
  }
  if (const auto differs = audit::first_difference(
          codec::write(hour.entries), codec::write(entries_of(outcome, hour.entries)))) {
    return Mismatch{audit::FindingKind::not_derivable,
                    "its entries in exit_states do not follow: " + *differs};
  }
  return std::nullopt;
}

std::optional<Mismatch> attempt(const RecordedHour& hour, evaluation::HourInputs& inputs,
                                const Rules& rules, bool& gates_passed) {
  auto outcome = evaluation::evaluate(inputs, rules);
  if (!outcome) {
    return Mismatch{audit::FindingKind::dataset_mismatch,
                    "cannot be evaluated from raw_data: " + outcome.error().message};
  }
  gates_passed = outcome->record.gate_evaluation.passed;
  if (inputs.account && !inputs.grid) settle_capital(*outcome, hour);
  return compare(hour, *outcome);
}

}  // namespace

std::optional<Mismatch> rederive(const RecordedHour& hour, const HourContext& context) {
  auto symbol = Symbol::parse(hour.record.symbol);
  if (!symbol) return Mismatch{audit::FindingKind::invalid_document, symbol.error().message};
  Inputs inputs(hour, context, *std::move(symbol));
  std::optional<Mismatch> first;
  bool gates_passed = false;
  for (const Unrecorded& unrecorded : candidates(hour, context)) {
    inputs.values().symbol_rules = unrecorded.symbol_rules;
    if (unrecorded.account) inputs.values().account = unrecorded.account;
    auto mismatch = attempt(hour, inputs.values(), context.rules, gates_passed);
    if (!mismatch) return std::nullopt;
    if (!first) first = std::move(mismatch);
    if (!gates_passed) return first;  // increments and account decide about proposals only
  }
  const bool has_proposal = hour.decision && hour.decision->recommendation.proposal;
  if (!context.symbol_rules && !has_proposal && first->kind == audit::FindingKind::not_derivable) {
    first->kind = audit::FindingKind::not_proven;
    first->text += " (this may be due to the exchange's increments, which are unknown here)";
  }
  return first;
}

}  // namespace gridexit::pipeline
