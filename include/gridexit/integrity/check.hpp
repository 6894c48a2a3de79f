#pragma once
// The data-integrity gate (SPEC.md section 4, step 5): what is wrong with delivered candles, and
// what can be mended. Runs before anything is computed; pure.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::integrity {

/// Problem codes. Mended: gap_filled, out_of_order, duplicate. Not mended: history_cut, misaligned,
/// impossible_bar, stale, coarse_mismatch (the exchange's 4h differs from aggregated 1h).
bool is_mended(const DataProblem& problem);

struct CheckedCandles {
  CandleSeries bars;  ///< ascending, unique, aligned, possible, closed at T; gaps stay gaps
  std::vector<DataProblem> problems;    ///< in the order of discovery; times named
  int staleness_minutes = 0;            ///< from the end of the newest bar to T; 0 = fresh
  std::optional<std::string> unusable;  ///< why nothing can be evaluated; none when it can
};

/// Checks the delivered 1h bars as of `at`. Only problems within the bars that the windows use are
/// reported
/// (`data.window` 1h bars and as many 4h bars); unclosed bars are dropped without a word. Same-time
/// bars: the first is kept, and a second with other values is a problem too.
CheckedCandles check(CandleView delivered_1h, UtcTime at, const DataRules& rules);

/// Compares the exchange's own closed 4h bars with aggregated ones; relative tolerance 1e-9 on O,
/// H, L, C.
std::vector<DataProblem> compare_coarse(CandleView exchange_4h, CandleView aggregated_4h);

}  // namespace gridexit::integrity
