#pragma once
// The index of all pages: every symbol's newest evaluation first, then the recent hours.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/regime.hpp"

namespace gridexit::dashboard {

/// One page, as the index lists it.
struct IndexEntry {
  std::string symbol;
  UtcTime timestamp{};             ///< T
  std::optional<ExitState> state;  ///< none while no grid runs
  Action action = Action::wait;
  Verdict verdict = Verdict::range_weak;
  double confidence = 0;
  std::optional<double> price;
  std::optional<double> change_24h_pct;
  bool simulated = false;
};

/// The entry of a record's page.
IndexEntry index_entry(const MetricsRecord& record);

/// Rows of the list of recent pages; older ones are reached from page to page.
inline constexpr std::size_t kIndexRecentPages = 60;

/// Cards that show the last four days too, most urgent first; fewer where the page grows too large.
inline constexpr std::size_t kIndexPictures = 4;

/// dashboards/index.html. Entries in any order; the newest of each symbol makes its row, the most
/// urgent state first.
std::string render_index(const std::vector<IndexEntry>& entries);

}  // namespace gridexit::dashboard
