#pragma once
// Colour as meaning: callers name a tone, and nothing is written where colour is off.

#include <string>
#include <string_view>

namespace gridexit::app {

enum class Tone { plain, strong, faint, good, caution, danger };

struct Style {
  bool enabled = false;

  /// The text in that tone; unchanged when colour is off.
  std::string paint(Tone tone, std::string_view text) const;
};

/// The text with control characters made visible ("\\x1b"): they could move the cursor, hide lines
/// or type for the reader. Line ends, tabs and the style's own sequences stay.
std::string harmless(std::string_view text, const Style& style);

}  // namespace gridexit::app
