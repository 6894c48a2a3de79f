#pragma once
// Candle files: CSV with the header `time,open,high,low,close,volume,turnover`, plain or gzip.
// Strict about what each row is; what the rows say together (order, duplicates, gaps, impossible
// bars) is left to the integrity gate.

#include <string>
#include <string_view>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"

namespace gridexit::adapters {

/// The bars of `text` in its order. time: unix seconds of the open; prices finite and positive;
/// volume finite and not negative; turnover may be empty and is not kept. `file` names the source
/// in errors. Error: data.unusable with file:line, column, value and remedy.
Result<CandleSeries> parse_candle_csv(std::string_view text, std::string_view file);

/// Reads and parses a `.csv` or `.csv.gz`. Errors: data.unavailable (cannot be opened),
/// data.unusable.
Result<CandleSeries> load_candle_file(const std::string& path);

}  // namespace gridexit::adapters
