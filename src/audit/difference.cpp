#include "gridexit/audit/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "gridexit/base/text.hpp"

namespace gridexit::audit {
namespace {

struct Line {
  std::size_t indent = 0;
  std::string_view key;  ///< empty for a list's entry without a key
  std::string_view value;
};

Line parse_line(std::string_view text) {
  Line line;
  line.indent = std::min(text.find_first_not_of(" -"), text.size());
  text.remove_prefix(line.indent);
  const std::size_t colon = text.find(':');
  const bool has_key = colon != std::string_view::npos && !text.starts_with('{');
  if (!has_key) {
    line.value = text;
    return line;
  }
  line.key = text.substr(0, colon);
  line.value = trim(text.substr(colon + 1));
  return line;
}

// The keys above a line and its own: "metrics.1h.adx".
std::string key_path(const std::vector<std::string_view>& lines, std::size_t index) {
  Line line = parse_line(lines[index]);
  std::string path(line.key);
  std::size_t indent = line.indent;
  for (std::size_t i = index; i-- > 0 && indent > 0;) {
    line = parse_line(lines[i]);
    if (line.indent >= indent || line.key.empty()) continue;
    indent = line.indent;
    path = path.empty() ? std::string(line.key) : fmt::format("{}.{}", line.key, path);
  }
  return path;
}

std::string_view shown(const std::vector<std::string_view>& lines, std::size_t index) {
  if (index >= lines.size() || trim(lines[index]).empty()) return "nothing";
  const Line line = parse_line(lines[index]);
  return line.value.empty() ? line.key : line.value;
}

std::optional<std::string> lost_rows(std::string_view timeframe, CandleView before,
                                     CandleView after) {
  std::size_t i = 0;
  for (std::size_t j = 0; j < before.size(); ++j) {
    while (i < after.size() && after.time[i] < before.time[j]) ++i;
    const bool there = i < after.size() && after.time[i] == before.time[j];
    if (!there) {
      return fmt::format("the {} bar of {} is gone", timeframe, format_utc(before.time[j]));
    }
    if (!(after.at(i) == before.at(j))) {
      return fmt::format("the {} bar of {} was changed", timeframe, format_utc(before.time[j]));
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> first_difference(std::string_view recorded, std::string_view derived) {
  if (recorded == derived) return std::nullopt;
  const auto left = split(recorded, '\n');
  const auto right = split(derived, '\n');
  std::size_t index = 0;
  while (index < left.size() && index < right.size() && left[index] == right[index]) ++index;
  const bool is_in_left = index < left.size() && !trim(left[index]).empty();
  const auto& lines = is_in_left ? left : right;
  return fmt::format("{}: {} is recorded, {} follows",
                     index < lines.size() ? key_path(lines, index) : std::string(),
                     shown(left, index), shown(right, index));
}

std::optional<std::string> lost_rows(const RawDay& before, const RawDay& after) {
  if (before.symbol != after.symbol || before.date != after.date || before.source != after.source) {
    return "its symbol, date or source was changed";
  }
  constexpr std::array kTimeframes{Timeframe::h1, Timeframe::m15, Timeframe::m1};
  const std::array<std::pair<const CandleSeries*, const CandleSeries*>, 3> series{
      {{&before.h1, &after.h1}, {&before.m15, &after.m15}, {&before.m1, &after.m1}}};
  for (std::size_t i = 0; i < series.size(); ++i) {
    auto lost =
        lost_rows(to_text(kTimeframes[i]), series[i].first->view(), series[i].second->view());
    if (lost) return lost;
  }
  return std::nullopt;
}

}  // namespace gridexit::audit
