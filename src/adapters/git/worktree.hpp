#pragma once
// The working tree of a normal clone: a change of the branch is checked out there too, and never
// over what a person changed. Every call does nothing in a bare repository.

#include <vector>

#include "objects.hpp"

namespace gridexit::adapters::git {

/// Refuses (conflict, naming the paths) when a path to be changed has local changes. A file that
/// already holds its new content is no obstacle.
Result<void> refuse_local_changes(git_repository* repository,
                                  const std::vector<TreeChange>& changes);

/// Puts the changed paths as they are at HEAD into the working tree and the index.
Result<void> check_out(git_repository* repository, const std::vector<TreeChange>& changes);

}  // namespace gridexit::adapters::git
