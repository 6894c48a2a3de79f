#pragma once
// Heads that were quoted outside the repository, looked for in its history.

#include <set>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/ports/history.hpp"

namespace gridexit::pipeline {

/// Whether what the quoted commit held is still there. A commit that is here but not on the line
/// was put on top of the remote's commits by a push; its id proves what it held, so what it held
/// must still be there: every record, every entry, and its configuration among those that were ever
/// in force (`configurations`, blob ids).
Result<bool> anchor_stands(ports::History& history, const std::string& anchor,
                           const std::vector<std::string>& line,
                           const std::set<std::string>& configurations);

}  // namespace gridexit::pipeline
