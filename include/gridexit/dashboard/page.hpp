#pragma once
// The page of one evaluation hour: what an operator reads before acting. A pure function of
// recorded values, so any commit can rebuild its pages byte for byte. It shows and never decides;
// nothing here reads a clock or a file.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::dashboard {

/// Everything that a page shows. Referenced values must outlive the call only.
struct PageInputs {
  const MetricsRecord& record;
  /// Earlier records of the symbol, oldest first; those of the kPageHours before the record are
  /// drawn.
  std::span<const MetricsRecord> history;
  /// 1h bars, ascending; those of the same hours are drawn.
  CandleView candles_1h;
  std::optional<RunningGrid> grid{};
  std::vector<Transition> transitions{};  ///< oldest first
  std::vector<DecisionRecord>
      decisions{};  ///< oldest first, with their action and evaluation records
  std::vector<KpiFigure>
      kpis{};                ///< of the newest KPI document; none: the page says nothing of them
  std::string kpis_as_of{};  ///< its day
  bool simulated = false;    ///< puts the SIMULATED DATA banner on top
  Rules rules{};             ///< thresholds drawn in the charts
  std::optional<UtcTime> previous_hour{};  ///< of the neighbouring pages to link to
  std::optional<UtcTime> next_hour{};
  std::string head{};  ///< commit the record was built on; empty when not recorded
};

/// Hours of history on a page, the record's own included.
inline constexpr int kPageHours = 96;
/// Upper limit of a page's bytes; older decisions, then transitions, are left out to keep it, and
/// the page says so.
inline constexpr std::size_t kPageBytes = std::size_t{20} * 1024;

/// The page for paths::page(symbol, T), with scripts and styles under
/// dashboards/assets/{asset_version()}/.
std::string render_page(const PageInputs& inputs);

/// The same page as one file with scripts and styles inlined; links to other pages are left out.
std::string render_standalone(const PageInputs& inputs);

}  // namespace gridexit::dashboard
