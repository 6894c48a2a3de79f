#pragma once
// A running system in memory: evaluates hour by hour and remembers what a repository would.

#include <optional>
#include <utility>
#include <vector>

#include "gridexit/evaluation/evaluate.hpp"

namespace gridexit::testing {

class Operation {
 public:
  explicit Operation(const CandleSeries& bars, Rules rules = {})
      : bars_(bars), rules_(std::move(rules)) {
    rules_.capital.total_quote = 1000;
  }

  void start_grid(UtcTime at, double lower, double upper, std::optional<double> stop_loss,
                  int cells = 12, std::optional<double> entry_price = std::nullopt) {
    GridVersion version;
    version.from = at;
    version.lower = lower;
    version.upper = upper;
    version.cells = cells;
    version.capital_quote = 1000;
    version.stop_loss = stop_loss;
    version.entry_price = entry_price;
    grid_ = RunningGrid{"grid-1", at, version};
  }
  void stop_grid(UtcTime at) {
    grid_.reset();
    last_stop_ = at;
  }
  /// The operator answers the newest decision.
  void answer(const ActionRecord& action) { decisions_.back().action_records.push_back(action); }

  /// Evaluates one hour; a success becomes the next hour's predecessor.
  Result<evaluation::HourOutcome> evaluate(UtcTime at) {
    evaluation::HourInputs in(Symbol::parse("ETH-USDT").value());
    in.at = at;
    in.delivered_1h = bars_.view();
    in.source = "archive";
    in.engine = {"test", "0"};
    in.config = {"test", false};
    in.predecessor = predecessor_;
    in.grid = grid_;
    in.recent_decisions = decisions_;
    in.recent_notified = notified_;
    in.last_stop = last_stop_;
    in.symbol_rules = SymbolRules{0.01, 0.0000001, 0.0001, 0.1};
    auto outcome = evaluation::evaluate(in, rules_);
    if (outcome) {
      predecessor_ = evaluation::Predecessor{outcome->record, std::nullopt};
      if (outcome->decision) decisions_.push_back(*outcome->decision);
      if (outcome->notified) notified_.push_back(*outcome->notified);
      if (outcome->transition) transitions_.push_back(*outcome->transition);
    }
    return outcome;
  }

  /// Every full hour in (from, to]; hours that fail are counted and left out.
  std::vector<MetricsRecord> run(UtcTime from, UtcTime to) {
    std::vector<MetricsRecord> records;
    for (UtcTime at = from + Hours{1}; at <= to; at += Hours{1}) {
      if (auto outcome = evaluate(at))
        records.push_back(std::move(outcome->record));
      else
        ++failed_hours_;
    }
    return records;
  }

  const std::vector<Transition>& transitions() const { return transitions_; }
  const std::vector<Notified>& notified() const { return notified_; }
  const std::vector<DecisionRecord>& decisions() const { return decisions_; }
  int failed_hours() const { return failed_hours_; }
  const Rules& rules() const { return rules_; }

 private:
  const CandleSeries& bars_;
  Rules rules_;
  std::optional<RunningGrid> grid_;
  std::optional<UtcTime> last_stop_;
  std::optional<evaluation::Predecessor> predecessor_;
  std::vector<DecisionRecord> decisions_;
  std::vector<Notified> notified_;
  std::vector<Transition> transitions_;
  int failed_hours_ = 0;
};

}  // namespace gridexit::testing
