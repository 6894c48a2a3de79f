#pragma once
// The hours of a page as columns on one hourly axis. Columns of rounded numbers repeat almost byte
// for byte in the next hour's page, which is what makes a year of pages pack well.

#include "gridexit/dashboard/page.hpp"
#include "json.hpp"

namespace gridexit::dashboard {

/// Digits after the point with which a page shows a metric; the data block holds no more, so that a
/// figure is rounded once.
int decimals(MetricKey key);

/// Columns of kPageHours entries, the last one the record's own hour; null, or '-' in text columns,
/// where nothing is known. A bar stands at the hour in which it closed.
Json hourly_columns(const PageInputs& inputs);

}  // namespace gridexit::dashboard
