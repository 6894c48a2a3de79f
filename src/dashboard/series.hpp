#pragma once
// The hours of a page as columns on one hourly axis. Columns of rounded numbers repeat almost byte
// for byte in the next hour's page, which is what makes a year of pages pack well.

#include "gridexit/dashboard/page.hpp"
#include "json.hpp"

namespace gridexit::dashboard {

/// Columns of kPageHours entries, the last one the record's own hour; null, or '-' in text columns,
/// where nothing is known. A bar stands at the hour in which it closed.
Json hourly_columns(const PageInputs& inputs);

}  // namespace gridexit::dashboard
