#pragma once
// Many rule sets over the same tracks: `backtest --set key=v1,v2,...`. The tracks are made once;
// each rule set is judged and replayed by itself, on as many threads as allowed.

#include <compare>
#include <cstddef>
#include <span>
#include <vector>

#include "gridexit/backtest/harness.hpp"
#include "gridexit/backtest/replay.hpp"
#include "gridexit/backtest/slice.hpp"

namespace gridexit::backtest {

/// The sequences of one rule set over several markets, under its own exit rules.
std::vector<Sequence> replay_all(std::span<const Track> tracks, const Rules& rules,
                                 const Harness& harness, const Policy& policy = ExitRulesPolicy{});

/// One row per rule set of the slice, in their order, without intervals: these are for the few that
/// are shown.
std::vector<Row> sweep(std::span<const Track> tracks, std::span<const Rules> rule_sets,
                       const Harness& harness, unsigned threads, const Slice& slice = {});

/// What rule sets are ranked by; the greater the better. First the targets of STRATEGY.md section 8
/// that can be met by leaving well (SLAR, TTDR, FER), then early exits against false ones, then
/// money, which is mostly noise.
struct Merit {
  int targets = 0;      ///< of 3
  double balance = -1;  ///< ttdr_early - FER; -1 where there is nothing to count
  double pnl = 0;

  auto operator<=>(const Merit&) const = default;
};
Merit merit(const Row& row);

/// Indices of the rows by merit, the best first; equal ones in their order.
std::vector<std::size_t> ranking(std::span<const Row> rows);

/// Rows that no other beats in false exits, early exits and money together, by rising FER. Rows
/// without exits or transitions are left out.
std::vector<std::size_t> pareto_front(std::span<const Row> rows);

}  // namespace gridexit::backtest
