#pragma once
// What the remote's transport may need to prove who we are and to know who the server is. Nothing
// here is ever printed: not in logs, error texts or the repository.

#include <string>

#include "gridexit/domain/environment.hpp"

namespace gridexit::adapters {

/// All parts are optional; a remote in a folder needs none.
struct Credentials {
  /// Private key file for ssh remotes: ed25519 or ecdsa. RSA keys don't work with this libssh2,
  /// which signs them with SHA-1 only.
  std::string ssh_key_path;
  /// The private key itself, when there is no file; it wins over the path.
  Secret ssh_key;
  Secret ssh_passphrase;
  /// Lines of a known_hosts file; empty: the one in $HOME/.ssh. A host without a line is refused.
  std::string known_hosts;
  /// User name that goes with the token, when the URL has none.
  std::string https_user = "git";
  Secret https_token;
  /// Trust anchors for https in PEM form, instead of the system's; empty: the system's.
  std::string ca_file;
};

}  // namespace gridexit::adapters
