#pragma once
// The state folder on disk: whoever needs it first makes it, for its owner alone.

#include <string>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters {

/// Creates the folder (0700) when it is missing; one that is there keeps its permissions. Error:
/// io.
Result<void> make_private_folder(const std::string& folder);

}  // namespace gridexit::adapters
