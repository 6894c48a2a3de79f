#pragma once
// One code point of UTF-8 at a time, strictly.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gridexit::codec {

struct CodePoint {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  ///< 0: not UTF-8
};

/// The code point at the front of `text`, which is not empty. Overlong forms and surrogates are
/// refused.
CodePoint decode_utf8(std::string_view text);

/// Whether it is written as an escape: control characters, line separators and what YAML does not
/// print.
bool needs_escape(std::uint32_t code);

}  // namespace gridexit::codec
