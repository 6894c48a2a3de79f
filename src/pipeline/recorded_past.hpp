#pragma once
// All that the repository held at one commit, as an evaluation then could see it. `verify` carries
// it along the history, so that nothing later can slip into an hour's inputs.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::pipeline {

struct RecordedPast {
  // By present path, whichever layout a document lies in (paths::dated).
  std::map<std::string, Grid> grids;
  std::map<std::string, DecisionRecord> decisions;
  std::map<std::string, ExitStateDay> exit_days;
  std::map<std::string, RawDay> raw_days;
  std::map<std::string, FailedHour> failed_hours;
  /// Symbol, then T: where each record is.
  std::map<std::string, std::map<UtcTime, PreviousRecord>> records;

  std::vector<Grid> all_grids() const;
  /// Decisions of the symbol made in [from, before), oldest first.
  std::vector<DecisionRecord> decisions_between(std::string_view symbol, UtcTime from,
                                                UtcTime before) const;
  /// Notifications of the symbol in [from, before), oldest first.
  std::vector<Notified> notified_between(std::string_view symbol, UtcTime from,
                                         UtcTime before) const;
  /// The symbol's newest change of state up to `at`.
  const Transition* newest_transition(std::string_view symbol, UtcTime at) const;
  /// Where the symbol's candles as of `at` are from; empty when there are none.
  std::string source_of(std::string_view symbol, UtcTime at) const;
  /// Bars of the days that touch [from, at), closed at `at`.
  CandleSeries bars(std::string_view symbol, Timeframe timeframe, UtcTime from, UtcTime at) const;
  /// Where the symbol's newest record before `at` is.
  std::optional<PreviousRecord> newest_before(std::string_view symbol, UtcTime at) const;
};

}  // namespace gridexit::pipeline
