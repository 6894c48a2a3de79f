#pragma once
// The past of one symbol into a data repository: its candles, one commit a day, and the records of
// past hours, one commit an hour. Everything follows from the exchange and the repository alone, so
// a backfill that was killed and is run again makes the same history as one that was not.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/ports/exchange.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// How far back from its end a backfill goes by itself, in days. The finer timeframes never go
/// further; the 1h candles reach as far as they are asked to.
inline constexpr int kBackfillDays1h = 270;
inline constexpr int kBackfillDays15m = 120;
inline constexpr int kBackfillDays1m = 21;

struct BackfillInputs {
  explicit BackfillInputs(Symbol name) : symbol(std::move(name)) {}

  Symbol symbol;
  std::optional<UtcTime> from;  ///< first hour; none: 270 days before `to`
  UtcTime to{};                 ///< last hour, full
  bool evaluate = false;        ///< records too, and the candles that the first of them needs
  EngineVersion engine;
  ConfigVersion config;
  /// Called now and then with what is done, such as "candles", and how far; may be empty.
  std::function<void(std::string_view what, std::size_t done, std::size_t all)> progress;
};

struct BackfillReport {
  UtcTime from{};
  UtcTime to{};
  int days = 0;                          ///< that got new candles
  int recorded = 0;                      ///< hours that got their record
  int present = 0;                       ///< hours that had one
  int before_recorded = 0;               ///< left out: the same day has a later record
  int unusable = 0;                      ///< left out: nothing can be evaluated then
  std::string last_unusable;             ///< the newest of these, and why
  std::vector<std::string> unavailable;  ///< finer timeframes that the exchange does not have
};

/// Loads and records what is missing. Each commit's author and committer time is the hour it speaks
/// of (of a day's candles: the end of what it holds at most), not the clock's. Nothing is pushed.
/// Errors: those of the exchange for 1h candles, conflict (the repository holds another kind of
/// data), store_unusable. What was committed before stays and is not done again.
Result<BackfillReport> backfill(ports::Store& store, ports::Exchange& exchange, const Rules& rules,
                                const BackfillInputs& inputs);

}  // namespace gridexit::pipeline
