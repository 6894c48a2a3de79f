#pragma once
// UTC instants and their text forms. There is no local time anywhere, and nothing here reads a
// clock.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gridexit {

/// An instant in UTC, to the second.
using UtcTime = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;
using Hours = std::chrono::hours;

/// Parses "2026-02-02T14:00:00Z", "2026-02-02T14:00Z", "2026-02-02T14Z" or "2026-02-02" (midnight).
/// Nothing else.
std::optional<UtcTime> parse_utc(std::string_view text);

/// "2026-02-02T14:00:00Z".
std::string format_utc(UtcTime time);
/// "2026-02-02".
std::string format_date(UtcTime time);
/// "20260202T140000Z", the form inside decision ids.
std::string format_compact(UtcTime time);
/// "2026-02-02T14Z", the form of commit subjects and headings.
std::string format_hour(UtcTime time);

/// The last full hour not after `time`; T of STRATEGY.md section 0.
UtcTime floor_hour(UtcTime time);
/// Midnight UTC of the day that holds `time`.
UtcTime floor_day(UtcTime time);

/// Hours from `from` to `to`, fractional, negative when `to` is earlier.
double hours_between(UtcTime from, UtcTime to);

}  // namespace gridexit
