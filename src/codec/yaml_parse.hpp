#pragma once
// YAML text to a tree, on libyaml's event parser. Only what our documents need: one document, maps
// with plain keys, lists, scalars. Whatever could hide something (anchors, aliases, tags, duplicate
// keys, deep nesting) is refused.

#include <cstddef>
#include <string_view>

#include "gridexit/base/result.hpp"
#include "node.hpp"

namespace gridexit::codec {

inline constexpr std::size_t kMaximumBytes = std::size_t{8} * 1024 * 1024;
inline constexpr int kMaximumDepth = 24;

/// Parses the text; `file` names it in errors, which have the given code and quote no content.
Result<Tree> parse_yaml(std::string_view text, std::string_view file, ErrorCode code);

/// The same without the short way for canonical texts; it is the judge of that one.
Result<Tree> parse_with_libyaml(std::string_view text, std::string_view file, ErrorCode code);

}  // namespace gridexit::codec
