#pragma once
// Pushover counts characters (code points), not bytes.

#include <cstddef>
#include <string>
#include <string_view>

namespace gridexit::adapters {

/// The text as valid UTF-8 of at most `limit` code points (at least 1); a cut text ends with an
/// ellipsis within the limit. Bytes that are not UTF-8 become U+FFFD.
std::string limited_to(std::string_view text, std::size_t limit);

/// The same for a text of several lines: what is cut is before the last line, which says where to
/// read on. A last line of more than a third of the limit gets no such care.
std::string shortened(std::string_view text, std::size_t limit);

}  // namespace gridexit::adapters
