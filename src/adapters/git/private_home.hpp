#pragma once
// The known hosts for libssh2, which reads $HOME/.ssh/known_hosts and nothing else. They go into a
// folder of this transfer alone, not into the repository: looking at a remote writes nothing there,
// and a read-only volume can be looked at.

#include <string>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters::git {

class PrivateHome {
 public:
  /// Makes the folder where temporary files go ($TMPDIR, else /tmp). Error: remote.unreachable.
  static Result<PrivateHome> make(const std::string& known_hosts);

  PrivateHome(PrivateHome&& other) noexcept;
  PrivateHome& operator=(PrivateHome&& other) noexcept;
  PrivateHome(const PrivateHome&) = delete;
  PrivateHome& operator=(const PrivateHome&) = delete;
  /// Removes the folder.
  ~PrivateHome();

  const std::string& path() const { return path_; }

 private:
  explicit PrivateHome(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

/// The lines of a known_hosts text without those of RSA keys: libgit2 1.5 offers the server only
/// the type of a host's first line, and fails to agree on a key when that is RSA.
std::string without_rsa_lines(std::string_view known_hosts);

}  // namespace gridexit::adapters::git
