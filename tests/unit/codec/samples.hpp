#pragma once
// One full document of each type, as a run would make it: every optional thing set once, every list
// filled.

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::codec::samples {

UtcTime at();                         ///< 2026-02-02T14:00:00Z
MetricsRecord record_with_grid();     ///< a grid runs, one metric failed
MetricsRecord record_without_grid();  ///< gates instead
ExitStateDay exit_state_day();
DecisionRecord decision();
Grid grid();
FailedHour failed_hour();
KpiDay kpi_day();
RawDay raw_day();
Rules rules();              ///< the defaults with capital
Environment environment();  ///< the defaults with two symbols

}  // namespace gridexit::codec::samples
