#pragma once
// Help texts from the command tree: usage, options in groups, examples.

#include <string>

#include "app/command_tree.hpp"

namespace gridexit::app {

/// The help of one node, wrapped to `columns` (within 60 and 100), with a final newline.
std::string render_help(const CommandTree& tree, const CommandTree::Node& node, int columns);

}  // namespace gridexit::app
