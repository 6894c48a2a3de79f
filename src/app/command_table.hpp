#pragma once
// The one list of commands. Parsing, help, completion and the tests walk it; a command that is not
// here does not exist. Order is the order of the help text.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"

namespace gridexit::app {

/// All commands.
std::span<const Command> command_table();

/// A first word with commands below it ("grid").
struct CommandGroup {
  std::string_view name;
  std::string_view summary;
};
std::span<const CommandGroup> command_groups();

/// The words that may stand first, in the table's order, each once.
std::vector<std::string> first_words();

}  // namespace gridexit::app
