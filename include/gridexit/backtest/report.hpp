#pragma once
// What a backtest answers: the exit rules beside the baselines over the same markets, and how each
// transition was announced. The figures only; words and pages are made of it elsewhere.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridexit/backtest/harness.hpp"
#include "gridexit/backtest/replay.hpp"
#include "gridexit/backtest/slice.hpp"
#include "gridexit/backtest/track.hpp"

namespace gridexit::backtest {

/// What a market holds.
struct MarketSpan {
  std::string symbol;
  UtcTime from{};             ///< open of the first bar
  UtcTime to{};               ///< end of the last bar
  std::size_t bars = 0;       ///< of 1h, filled ones included
  std::size_t evaluated = 0;  ///< hours with metrics
};

/// What the money would have been, had the order of the extremes within each bar been the worse or
/// the better one for the grid (simulation::Path). A candle does not tell, so the difference is no
/// finding but the simulation's own error.
struct ModelError {
  Earnings pessimistic;
  Earnings optimistic;
};

/// The profit of all runs that had ended by then.
struct MoneyPoint {
  UtcTime at{};    ///< end of a run
  double pnl = 0;  ///< quote
};

struct PolicyRow {
  std::string policy;
  Row row;
  std::optional<ModelError> model_error = std::nullopt;  ///< none: not computed
  std::vector<MoneyPoint> curve{};                       ///< of the first offset, by time
};

/// A transition that a run of these rules faced. Whole hours before it; negative ones are late.
struct Announcement {
  std::string symbol;
  UtcTime started{};     ///< the run
  UtcTime transition{};  ///< end of its first hour
  int warned_hours =
      0;  ///< since the spell above NORMAL began that leads to it; 0: none, at most 72
  std::optional<int> exit_hours;  ///< none: no exit
};

struct Comparison {
  std::vector<MarketSpan> markets;
  std::vector<PolicyRow> rows;              ///< the baselines, these rules last
  std::vector<Announcement> announcements;  ///< of these rules from the first offset, by market
};

std::vector<MarketSpan> spans_of(std::span<const Track> tracks);

/// How the run's faced transition was announced; none where it faced none.
std::optional<Announcement> announcement(const kpi::GridRun& run);

/// The money of the first offset's runs under both orders.
ModelError model_error(std::span<const Track> tracks, const Rules& rules, const Harness& harness,
                       const Policy& policy);

/// The profit of the first offset's runs as it added up, over all markets together.
std::vector<MoneyPoint> money_curve(std::span<const Sequence> sequences);

/// Policies that `compare` replays, and so its items of work.
inline constexpr std::size_t kPolicies = 5;

/// Replays every policy: hold, close outside, ADX > 25, random alarms at the rate of these rules'
/// exits, and these rules; the model error of hold, close outside and these rules. The same for any
/// number of threads. Of a slice only its rows come, and the announcements when these rules are
/// among them.
Comparison compare(std::span<const Track> tracks, const Rules& rules, const Harness& harness,
                   unsigned threads, const Slice& slice = {});

}  // namespace gridexit::backtest
