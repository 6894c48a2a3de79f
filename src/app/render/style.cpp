#include "app/render/style.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace gridexit::app {
namespace {

std::string_view sequence(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "\x1b[1m";
    case Tone::faint: return "\x1b[2m";
    case Tone::good: return "\x1b[32m";
    case Tone::caution: return "\x1b[33m";
    case Tone::danger: return "\x1b[1;31m";
  }
  return "";
}

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::array kTones{Tone::strong, Tone::faint, Tone::good, Tone::caution, Tone::danger};

// The sequence of our own that the text begins with; empty for any other.
std::string_view own_sequence(std::string_view text) {
  if (text.starts_with(kReset)) return kReset;
  for (const Tone tone : kTones) {
    if (text.starts_with(sequence(tone))) return sequence(tone);
  }
  return {};
}

// How many bytes the control character takes that the text begins with; 0 for any other. The second
// half of them (U+0080 to U+009F) takes two.
std::size_t control_length(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) == '\n' || byte(0) == '\t') return 0;
  if (byte(0) < 0x20 || byte(0) == 0x7F) return 1;
  const bool is_c1 = byte(0) == 0xC2 && text.size() > 1 && byte(1) >= 0x80 && byte(1) < 0xA0;
  return is_c1 ? 2 : 0;
}

}  // namespace

std::string Style::paint(Tone tone, std::string_view text) const {
  if (!enabled || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(sequence(tone)) + std::string(text) + std::string(kReset);
}

std::string harmless(std::string_view text, const Style& style) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::string_view own = style.enabled ? own_sequence(text) : std::string_view();
    const std::size_t control = own.empty() ? control_length(text) : 0;
    if (control > 0) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[control - 1]));
    } else {
      shown += own.empty() ? text.substr(0, 1) : own;
    }
    text.remove_prefix(std::max({own.size(), control, std::size_t{1}}));
  }
  return shown;
}

}  // namespace gridexit::app
