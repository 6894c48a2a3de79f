#pragma once
// The files below a repository's `objects`: loose objects and packs. Every call may throw
// std::filesystem::filesystem_error, which its caller turns into an error.

#include <filesystem>
#include <functional>
#include <vector>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

/// Calls `visit(file)` for every loose object: objects/ab/cdef….
void each_loose(const std::filesystem::path& objects,
                const std::function<void(const std::filesystem::path&)>& visit);

/// The packs that are whole, as the paths of their .pack files, sorted.
std::vector<std::filesystem::path> packs_in(const std::filesystem::path& objects);

/// Whether a pack is of the size that single commits have, a few dozen KB; a week's is larger.
bool is_small_pack(const std::filesystem::path& pack);

/// store.unusable, with what the file system said.
Error not_accessible(const std::filesystem::filesystem_error& error);

}  // namespace gridexit::adapters::git
