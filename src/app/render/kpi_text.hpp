#pragma once
// A day's KPIs for a person.

#include <string>

#include "app/render/style.hpp"
#include "gridexit/domain/kpi_day.hpp"

namespace gridexit::app {

std::string render_kpi_day(const KpiDay& day, const Style& style);

}  // namespace gridexit::app
