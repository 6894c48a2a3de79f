#pragma once
// libgit2's callbacks of one connection: credentials, what was sent, and what the server said.
// Used only inside the transfer's child process.

#include <git2.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "gridexit/adapters/git/credentials.hpp"
#include "private_home.hpp"

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

  int make_credential(git_credential** out, std::string_view url, const char* user,
                      unsigned int allowed);

  const Credentials& credentials_;
  int credentials_asked_ = 0;
  std::int64_t bytes_sent_ = 0;
  std::string refusal_;
  std::string server_text_;
};

/// Whether whoever carries the requests can read them: plain http, unless it stays on this machine.
bool is_readable_on_the_way(std::string_view url);

/// Prepares this process for the server's identity checks: trust anchors, and known hosts by a HOME
/// of its own; none: the one that is there. Changes the environment, so only a child process calls
/// it.
bool prepare_trust(const Credentials& credentials, const PrivateHome* home);

}  // namespace gridexit::adapters::git
