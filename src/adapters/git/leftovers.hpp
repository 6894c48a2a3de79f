#pragma once
// What a killed process may leave in a git folder: lock files, which libgit2 obeys for ever, and
// temporary objects and packs, which nobody else deletes.

#include <string>
#include <vector>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

/// Removes them and returns their names relative to the folder. The caller knows that no other
/// process is at work there. Error: store.unusable.
Result<std::vector<std::string>> remove_leftovers(const std::string& git_folder);

}  // namespace gridexit::adapters::git
