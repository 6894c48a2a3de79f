#include "gridexit/base/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace gridexit {
namespace {

// Reads exactly `digits` decimal digits at the front of `text` and removes them.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

struct Parts {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Seconds> clock;
};

Parts split(UtcTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day{day}, std::chrono::hh_mm_ss<Seconds>{time - day}};
}

}  // namespace

std::optional<UtcTime> parse_utc(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const auto date = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)} /
                    std::chrono::day{static_cast<unsigned>(*day)};
  if (!date.ok()) return std::nullopt;
  const UtcTime midnight = std::chrono::sys_days{date};
  if (text.empty()) return midnight;
  if (!take(text, 'T')) return std::nullopt;
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23) return std::nullopt;
  int minute = 0;
  int second = 0;
  if (take(text, ':')) {
    const auto read_minute = take_number(text, 2);
    if (!read_minute || *read_minute > 59) return std::nullopt;
    minute = *read_minute;
    if (take(text, ':')) {
      const auto read_second = take_number(text, 2);
      if (!read_second || *read_second > 59) return std::nullopt;
      second = *read_second;
    }
  }
  if (!take(text, 'Z') || !text.empty()) return std::nullopt;
  return midnight + Hours{*hour} + std::chrono::minutes{minute} + Seconds{second};
}

std::string format_date(UtcTime time) {
  const Parts parts = split(time);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.date.year()),
                     static_cast<unsigned>(parts.date.month()),
                     static_cast<unsigned>(parts.date.day()));
}

std::string format_utc(UtcTime time) {
  const Parts parts = split(time);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", format_date(time), parts.clock.hours().count(),
                     parts.clock.minutes().count(), parts.clock.seconds().count());
}

std::string format_compact(UtcTime time) {
  const Parts parts = split(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(parts.date.year()),
                     static_cast<unsigned>(parts.date.month()),
                     static_cast<unsigned>(parts.date.day()), parts.clock.hours().count(),
                     parts.clock.minutes().count(), parts.clock.seconds().count());
}

std::string format_hour(UtcTime time) {
  return fmt::format("{}T{:02}Z", format_date(time), split(time).clock.hours().count());
}

UtcTime floor_hour(UtcTime time) {
  return std::chrono::floor<Hours>(time);
}

UtcTime floor_day(UtcTime time) {
  return std::chrono::floor<std::chrono::days>(time);
}

double hours_between(UtcTime from, UtcTime to) {
  return static_cast<double>((to - from).count()) / 3600.0;
}

}  // namespace gridexit
