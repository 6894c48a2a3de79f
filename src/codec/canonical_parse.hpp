#pragma once
// The short way for texts that this program wrote itself. A year of history is thousands of
// records, and libyaml takes most of the time to read one; our own form is a small part of YAML
// that a fraction of that suffices for.

#include <optional>
#include <string_view>

#include "node.hpp"

namespace gridexit::codec {

/// The tree that libyaml would give, line for line; nothing whenever the text is anything but our
/// canonical form, sound or not. Then parse_yaml judges it.
std::optional<Tree> parse_canonical(std::string_view text);

}  // namespace gridexit::codec
