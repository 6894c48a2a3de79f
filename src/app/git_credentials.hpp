#pragma once
// From the repository's settings to what its remote's transport is given. Files that ssh itself
// would take are found here, so that the git adapter never looks around in a home folder.

#include <string>

#include "gridexit/adapters/git/credentials.hpp"
#include "gridexit/domain/environment.hpp"

namespace gridexit::app {

/// `home` may be empty: then only what the settings name is used. A known-hosts file that was named
/// and cannot be read knows no host.
adapters::Credentials git_credentials(const RepositorySettings& settings, const std::string& home);

}  // namespace gridexit::app
