#include "gridexit/base/number.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace gridexit {

std::string format_number(double value) {
  // Any price fits in, and clearing a buffer for the longest would cost more than writing it.
  std::array<char, 32> usual{};
  const auto [end, failed] =
      std::to_chars(usual.data(), usual.data() + usual.size(), value, std::chars_format::fixed);
  if (failed == std::errc{}) return std::string(usual.data(), end);
  // The longest shortest-form double in fixed notation is 1e-308-like: about 1080 characters.
  std::array<char, 1100> longest{};
  const auto result = std::to_chars(longest.data(), longest.data() + longest.size(), value,
                                    std::chars_format::fixed);
  return std::string(longest.data(), result.ptr);
}

std::string format_fixed(std::optional<double> value, int decimals) {
  if (!value) return "unknown";
  return fmt::format("{:.{}f}", *value, decimals);
}

std::string format_price(double value) {
  const double magnitude = std::fabs(value);
  if (magnitude >= 1000.0) return fmt::format("{:.1f}", value);
  if (magnitude >= 1.0) return fmt::format("{:.3f}", value);
  return fmt::format("{:.4g}", value);
}

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace gridexit
