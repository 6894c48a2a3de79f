#pragma once
// `${NAME}` in configuration values.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/codec/settings.hpp"
#include "node.hpp"
#include "reader.hpp"

namespace gridexit::codec {

/// The name, when the text is one `${NAME}` and nothing else.
std::optional<std::string_view> whole_variable(std::string_view text);

/// Replaces every `${NAME}` in the tree's scalars but the secrets'. What can't be replaced is a
/// problem.
std::vector<Problem> expand_variables(Tree& tree, std::string_view file,
                                      const std::vector<SettingKey>& keys, const Outside& outside);

/// Puts the overrides into the tree, lists as YAML flow text.
std::vector<Problem> apply_overrides(Tree& tree, const std::vector<SettingKey>& keys,
                                     const std::vector<Override>& overrides);

}  // namespace gridexit::codec
