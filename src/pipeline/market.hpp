#pragma once
// The candles of one symbol for one evaluation: what the repository holds, and what the exchange
// has since. Rows are only ever added: a stored row wins over a later answer.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/ports/exchange.hpp"

namespace gridexit::pipeline {

struct Market {
  CandleSeries h1;
  CandleSeries m15;  ///< of the last day, context only
  CandleSeries
      exchange_4h;  ///< the exchange's own, to check the aggregated ones; empty when not to be had
  CandleSeries recorded_1h;  ///< as the repository holds them once the days below are committed
  std::string source;
  std::map<std::string, RawDay>
      changed_days;  ///< path -> the day with its new rows, to be committed
};

/// The first 1h bar that an evaluation at `at` may need: behind the 4h window with the longest gap
/// that is filled before it, and the grid's start. So the same bars decide whoever asks.
UtcTime first_needed_bar(UtcTime at, const DataRules& rules, std::optional<UtcTime> grid_start);

/// Loads and completes the candles as of `at`. `stored` are the raw days that touch the needed
/// range, oldest first. Errors: those of Exchange::candles for 1h; failures of 15m, 4h and 1m are
/// left out, for they never decide.
Result<Market> load_market(ports::Exchange& exchange, const Symbol& symbol, UtcTime at,
                           UtcTime first_needed, std::vector<RawDay> stored);

}  // namespace gridexit::pipeline
