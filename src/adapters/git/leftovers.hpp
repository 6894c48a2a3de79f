#pragma once
// What a killed process may leave in a git folder: lock files, which libgit2 obeys for ever, and
// temporary objects and packs, which nobody else deletes.

#include <chrono>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

/// Older than this, a file in a folder that others write to as well is nobody's: no push or commit
/// takes so long. The same bound as that of `doctor` for a stale lock.
inline constexpr std::chrono::seconds kForeignLeftoverAge{600};

/// Removes those that are at least as old, and returns their names relative to the folder. With 0
/// the caller knows that no other process is at work there. Error: store.unusable.
Result<std::vector<std::string>> remove_leftovers(
    const std::string& git_folder, std::chrono::seconds age_min = std::chrono::seconds{0});

}  // namespace gridexit::adapters::git
