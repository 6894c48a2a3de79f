#pragma once
// libgit2's callbacks of one connection: credentials, what was sent, and what the server said.
// Used only inside the transfer's child process.

#include <git2.h>

#include <cstdint>
#include <string>

#include "gridexit/adapters/git/credentials.hpp"

namespace gridexit::adapters::git {

class Session {
 public:
  explicit Session(const Credentials& credentials) : credentials_(credentials) {}
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// Makes `callbacks` report to this session, which must outlive the transfer.
  void attach(git_remote_callbacks& callbacks);

  std::int64_t bytes_sent() const { return bytes_sent_; }
  /// Why a reference was not updated, with the server's own text; empty when all were.
  std::string refusal() const;

 private:
  static int provide_credential(git_credential** out, const char* url, const char* user,
                                unsigned int allowed, void* session);
  static int note_progress(unsigned int current, unsigned int total, std::size_t bytes,
                           void* session);
  static int note_status(const char* reference, const char* status, void* session);
  static int note_text(const char* text, int length, void* session);

  int make_credential(git_credential** out, const char* user, unsigned int allowed);

  const Credentials& credentials_;
  int credentials_asked_ = 0;
  std::int64_t bytes_sent_ = 0;
  std::string refusal_;
  std::string server_text_;
};

/// Prepares this process for the server's identity checks: known hosts by a HOME inside
/// `git_folder`, trust anchors. Changes the environment, so only a child process calls it.
bool prepare_trust(const Credentials& credentials, const std::string& git_folder);

/// The lines of a known_hosts text without those of RSA keys: libgit2 1.5 offers the server only
/// the type of a host's first line, and fails to agree on a key when that is RSA.
std::string without_rsa_lines(std::string_view known_hosts);

}  // namespace gridexit::adapters::git
