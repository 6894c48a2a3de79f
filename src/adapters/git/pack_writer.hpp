#pragma once
// Writes one pack with its index, synced to disk before it returns. The index gets its name when
// the pack is complete, so a kill at any moment leaves a whole pack or none.

#include <vector>

#include "objects.hpp"

namespace gridexit::adapters::git {

/// Packs these objects of the repository, wherever they are now; at least one. Error:
/// store.unusable.
Result<void> write_pack(git_repository* repository, const std::vector<git_oid>& ids);

}  // namespace gridexit::adapters::git
