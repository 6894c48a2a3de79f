#include "app/render/style.hpp"

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

}  // namespace

std::string Style::paint(Tone tone, std::string_view text) const {
  if (!enabled || tone == Tone::plain || text.empty()) return std::string(text);
  return std::string(sequence(tone)) + std::string(text) + "\x1b[0m";
}

}  // namespace gridexit::app
