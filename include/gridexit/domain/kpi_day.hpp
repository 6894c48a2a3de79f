#pragma once
// The document `kpis/{YYYY}/{YYYY-MM-DD}.yaml`: the KPIs of STRATEGY.md section 8 over the grids
// that were lived through, as they stood when a UTC day ended, and what that day brought. Written
// once, when the day is complete; never changed.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit {

/// One figure over all runs so far.
struct KpiFigure {
  std::string name;             ///< "fer"
  std::optional<double> value;  ///< none: `reason` says why
  std::optional<double> low;    ///< 95 % interval
  std::optional<double> high;
  int count = 0;                        ///< cases behind it
  std::string target;                   ///< ">= 0.90"; empty: it has none
  std::string verdict{};                ///< "met, not proven"; empty without a target
  std::optional<std::string> reason{};  ///< why there is no value, or no interval
};

/// A grid's run that the figures are counted over, or not yet.
struct KpiRun {
  std::string grid_id;
  std::string symbol;
  UtcTime started{};
  std::optional<UtcTime> stopped;     ///< none: running at the end of the day
  bool counted = false;               ///< its transition is decided
  std::optional<std::string> reason;  ///< why it is not counted
};

/// What one day of one market brought.
struct KpiMarketDay {
  std::string symbol;
  int evaluations = 0;
  int failed_hours = 0;
  int running_hours = 0;       ///< hours of runs that ended in this day
  int hours_above_normal = 0;  ///< of these
  int exits = 0;               ///< rises to LATEST_ACCEPTABLE_EXIT or above
  int notified = 0;            ///< messages queued about the exit state
  int decisions = 0;
  int answers = 0;  ///< action records, whatever decision they answer
};

struct KpiDay {
  std::string schema_version = "2.0";
  std::string date;    ///< "2026-02-02"
  std::string source;  ///< where the candles are from; "simulated" is no market
  EngineVersion engine;
  std::string money = "estimated";  ///< what grids earned is simulated
  int runs = 0;                     ///< counted
  int left_out = 0;                 ///< not counted, see `grids`
  int undecided_exits = 0;          ///< neither right nor false yet
  std::vector<KpiFigure> figures;   ///< in the order of STRATEGY.md section 8
  std::vector<KpiRun> grids;        ///< oldest first
  std::vector<KpiMarketDay> day;    ///< by market
};

}  // namespace gridexit
