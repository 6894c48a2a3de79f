#pragma once
// Small text functions that several modules need.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gridexit {

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string_view trim(std::string_view text);

/// The candidate nearest to `word` (at most 2 edits, 3 for words over 8 letters), for "did you
/// mean".
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

}  // namespace gridexit
