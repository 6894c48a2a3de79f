#pragma once
// Grid definitions (SPEC.md section 5). `history` is the only truth on running or not.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/time.hpp"

namespace gridexit {

enum class Spacing { arithmetic, geometric };

/// One version of a definition, in force from `from`. Exactly one of amount_per_grid (base per
/// cell) and capital_quote (quote in all) is set.
struct GridVersion {
  UtcTime from{};
  double lower = 0;  ///< quote per base
  double upper = 0;  ///< quote per base
  int cells = 0;
  Spacing spacing = Spacing::geometric;
  std::optional<double> amount_per_grid;
  std::optional<double> capital_quote;
  std::optional<double> entry_price;
  double fee = 0.001;  ///< share of each fill
  std::optional<double> stop_loss;
  std::optional<double> take_profit;
};

/// A start or a stop.
struct GridEvent {
  bool enabled = false;
  UtcTime time{};
  std::string reason;
  std::string by;
  std::optional<std::string> decision_id;
};

/// The document `grids/{grid_id}.yaml`.
struct Grid {
  std::string schema_version = "2.0";
  std::string grid_id;
  std::string symbol;
  std::string exchange;
  std::vector<GridVersion> versions;
  std::vector<GridEvent> history;

  /// Runs if and only if its last history entry is an `enabled` one, as seen at `at`.
  bool running_at(UtcTime at) const;
  /// Time of the last start not after `at`; none when it does not run then.
  std::optional<UtcTime> started_at(UtcTime at) const;
  /// The version in force at `at`: the newest whose `from` is not later; none before the first.
  const GridVersion* version_at(UtcTime at) const;
};

/// A running grid, as the rules see it.
struct RunningGrid {
  std::string grid_id;
  UtcTime start{};
  GridVersion definition;
};

}  // namespace gridexit
