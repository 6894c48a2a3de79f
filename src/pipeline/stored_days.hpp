#pragma once
// The raw days of one symbol in memory while new rows come in: for the hourly run and for backfill.
// Rows are only ever added: a stored row wins over a later answer.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::pipeline {

class StoredDays {
 public:
  /// `source` is what new days say where their candles are from.
  StoredDays(const Symbol& symbol, std::string source, std::vector<RawDay> stored);

  /// Adds the rows that a day does not have yet, less those that cannot be true.
  void add(Timeframe timeframe, CandleView rows);

  /// All rows, oldest first.
  CandleSeries all(Timeframe timeframe) const;
  /// The day that begins at `date`; null while it has no rows.
  const RawDay* find(UtcTime date) const;

  /// path -> the day, for the days that got rows.
  std::map<std::string, RawDay> changed() &&;

 private:
  const Symbol& symbol_;
  std::string source_;
  std::map<std::string, RawDay> days_;  // by path, and paths sort as dates do
  std::set<std::string> changed_;
};

/// The day's rows of 1h, 15m or 1m.
const CandleSeries& rows_of(const RawDay& day, Timeframe timeframe);

}  // namespace gridexit::pipeline
