#pragma once
// One look, fetch or push, bounded in time: the only code that talks to the remote. What a fetch
// brought is found in the repository (kFetched); accepting it is not decided here.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "child_process.hpp"
#include "gridexit/adapters/git/credentials.hpp"

namespace gridexit::adapters::git {

struct Transfer {
  std::string git_folder;
  std::string url;  ///< the remote's, without credentials
  Credentials credentials;
  Bounds bounds;
};

/// The folder that a remote's address names; nothing when it names a host.
std::optional<std::string> folder_of(std::string_view url);

/// The id of the remote's main; empty when it has none. Changes nothing.
/// Errors: remote.unreachable, remote.rejected (credentials), deadline.exceeded.
Result<std::string> remote_main(const Transfer& transfer);

/// Fetches the remote's main into kFetched; an empty remote leaves that reference alone.
/// Errors: remote.unreachable, remote.rejected (credentials), deadline.exceeded.
Result<void> fetch_main(const Transfer& transfer);

struct Delivery {
  bool accepted = false;   ///< every reference was
  std::string refusal;     ///< why not, in the remote's words
  std::int64_t bytes = 0;  ///< sent; 0 when the remote is a folder
};

/// Pushes main, never by force. A refusal is an answer, not an error.
/// Errors: remote.unreachable, remote.rejected (credentials), deadline.exceeded.
Result<Delivery> push_main(const Transfer& transfer);

}  // namespace gridexit::adapters::git
