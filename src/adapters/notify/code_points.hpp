#pragma once
// Pushover counts characters (code points), not bytes.

#include <cstddef>
#include <string>
#include <string_view>

namespace gridexit::adapters {

/// The text as valid UTF-8 of at most `limit` code points (at least 1); a cut text ends with an
/// ellipsis within the limit. Bytes that are not UTF-8 become U+FFFD.
std::string limited_to(std::string_view text, std::size_t limit);

}  // namespace gridexit::adapters
