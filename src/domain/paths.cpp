#include "gridexit/domain/paths.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "gridexit/base/text.hpp"

namespace gridexit::paths {
namespace {

constexpr std::string_view kDecisionPrefix = "dec-";
constexpr std::size_t kDecisionStamp = 16;  // 20260202T140000Z

std::string date_of(UtcTime at) {
  return format_date(at);
}
std::string year_of(const std::string& date) {
  return date.substr(0, 4);
}
std::string month_of(const std::string& date) {
  return date.substr(5, 2);
}
std::string day_of(const std::string& date) {
  return date.substr(8, 2);
}

// "2026/02/02"
std::string day_folder(UtcTime at) {
  const std::string date = date_of(at);
  return fmt::format("{}/{}/{}", year_of(date), month_of(date), day_of(date));
}

// "2026/02"
std::string month_folder(UtcTime at) {
  return day_folder(at).substr(0, 7);
}

// "2026-02-02-14", or "2026-02-02-1430" off the hour
std::string hour_name(UtcTime at) {
  const std::string compact = format_compact(at);  // 20260202T143000Z
  const std::string minutes = compact.substr(11, 2);
  return date_of(at) + "-" + compact.substr(9, 2) + (minutes == "00" ? "" : minutes);
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The day that a name begins with.
std::optional<UtcTime> day_of_name(std::string_view name) {
  constexpr std::size_t length = 10;  // 2026-02-02
  return name.size() < length ? std::nullopt : parse_utc(name.substr(0, length));
}

}  // namespace

std::string metrics_folder(std::string_view symbol) {
  return fmt::format("metrics/{}", symbol);
}

std::string metrics_day_folder(std::string_view symbol, UtcTime day) {
  return fmt::format("{}/{}", metrics_folder(symbol), day_folder(day));
}

std::string metrics(std::string_view symbol, UtcTime at) {
  return fmt::format("{}/{}.yaml", metrics_day_folder(symbol, at), hour_name(at));
}

std::string failed_hour(std::string_view symbol, UtcTime at) {
  return fmt::format("{}/{}.failed.yaml", metrics_day_folder(symbol, at), hour_name(at));
}

std::string decision_day_folder(UtcTime day) {
  return "decisions/" + day_folder(day);
}

std::string decision(std::string_view symbol, UtcTime at) {
  return fmt::format("{}/dec-{}-{}.yaml", decision_day_folder(at), symbol,
                     format_compact(at).substr(9, 6));
}

std::string exit_states(std::string_view symbol, UtcTime day) {
  return fmt::format("exit_states/{}/{}/{}.yaml", symbol, month_folder(day), date_of(day));
}

std::string raw_data(std::string_view symbol, UtcTime day) {
  return fmt::format("raw_data/{}/{}/{}.json", symbol, month_folder(day), date_of(day));
}

std::string kpi_folder(UtcTime day) {
  return "kpis/" + year_of(date_of(day));
}

std::string kpi(UtcTime day) {
  return fmt::format("{}/{}.yaml", kpi_folder(day), date_of(day));
}

std::string grid(std::string_view grid_id) {
  return fmt::format("{}/{}.yaml", kGridFolder, grid_id);
}

std::string page(std::string_view symbol, UtcTime at) {
  return fmt::format("dashboards/{}/{}/{}.html", symbol, day_folder(at), hour_name(at));
}

std::string decision_id(std::string_view symbol, UtcTime at) {
  return fmt::format("dec-{}-{}", symbol, format_compact(at));
}

std::optional<UtcTime> time_of_decision(std::string_view decision_id) {
  if (!decision_id.starts_with(kDecisionPrefix) ||
      decision_id.size() < kDecisionPrefix.size() + 2 + kDecisionStamp) {
    return std::nullopt;
  }
  const std::string_view text = decision_id.substr(decision_id.size() - kDecisionStamp);
  if (decision_id[decision_id.size() - kDecisionStamp - 1] != '-') return std::nullopt;
  const std::string iso =
      fmt::format("{}-{}-{}T{}:{}:{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2),
                  text.substr(9, 2), text.substr(11, 2), text.substr(13, 3));
  const auto at = parse_utc(iso);
  return at && format_compact(*at) == text ? at : std::nullopt;
}

std::optional<std::string> decision_from_id(std::string_view decision_id) {
  const auto at = time_of_decision(decision_id);
  if (!at) return std::nullopt;
  return decision(
      decision_id.substr(kDecisionPrefix.size(),
                         decision_id.size() - kDecisionPrefix.size() - 1 - kDecisionStamp),
      *at);
}

// No symbol and no name is a number: the numbers are the dated folders.
std::string flat(std::string_view path) {
  std::vector<std::string> kept;
  std::vector<std::string> date;
  for (const std::string_view part : split(path, '/'))
    (is_number(part) ? date : kept).emplace_back(part);
  if (kept.front() == "decisions" && !date.empty()) kept.insert(kept.begin() + 1, join(date, "-"));
  return join(kept, "/");
}

std::string dated(std::string_view path) {
  const auto parts = split(path, '/');
  const std::string_view top = parts.front();
  const std::string_view name = parts.back();
  const bool of_symbol = parts.size() == 3;
  if (top == "decisions" && of_symbol) {
    if (const auto day = day_of_name(parts[1]))
      return fmt::format("{}/{}", decision_day_folder(*day), name);
  }
  const auto day = of_symbol || parts.size() == 2 ? day_of_name(name) : std::nullopt;
  if (day && of_symbol && top == "metrics")
    return fmt::format("{}/{}", metrics_day_folder(parts[1], *day), name);
  if (day && of_symbol && (top == "exit_states" || top == "raw_data"))
    return fmt::format("{}/{}/{}/{}", top, parts[1], month_folder(*day), name);
  if (day && !of_symbol && top == "kpis") return fmt::format("{}/{}", kpi_folder(*day), name);
  return std::string(path);
}

std::optional<UtcTime> hour_of_metrics_name(std::string_view name) {
  constexpr std::string_view ending = ".yaml";
  if (name.size() != 13 + ending.size() || !name.ends_with(ending)) return std::nullopt;
  return parse_utc(fmt::format("{}T{}Z", name.substr(0, 10), name.substr(11, 2)));
}

}  // namespace gridexit::paths
