#pragma once
// From arguments to a command that is ready to run. Touches no file and prints nothing.

#include <string>
#include <variant>
#include <vector>

#include "app/command.hpp"

namespace gridexit::app {

/// A command with its options filled in.
struct Invocation {
  const Command* command = nullptr;
  CommonOptions common;
  Body body;
};

/// Text that was asked for instead of a command: --help, --version.
struct Answer {
  std::string text;
};

/// A wrong command line: what is wrong and what to do, and the common options as far as they were
/// read (an error has the format that was asked for).
struct Refusal {
  Error error;
  CommonOptions common;
};

using Parsed = std::variant<Invocation, Answer, Refusal>;

/// Parses everything after the program's name; `columns` is the width for help.
Parsed parse(const std::vector<std::string>& args, int columns);

}  // namespace gridexit::app
