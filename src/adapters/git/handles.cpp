#include "handles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "gridexit/base/disk.hpp"

namespace gridexit::adapters::git {

Result<void> initialise_library() {
  // libgit2 writes without fsync by default; a commit must survive the loss of power.
  static const bool started =
      git_libgit2_init() > 0 && git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1) == 0;
  if (started) return {};
  return Error{ErrorCode::internal, "libgit2 cannot be initialised", "", {}};
}

Error failure(int code, std::string_view verb, std::string_view object) {
  const int system_error = errno;
  Error error{ErrorCode::store_unusable, fmt::format("cannot {} {}", verb, object), "", {}};
  if (const std::string reason = last_message(); !reason.empty()) {
    error.message += ": " + reason;
    error.hint = disk_remedy(reason);
  } else if (const std::string_view remedy = disk_remedy(system_error); !remedy.empty()) {
    // libgit2 says nothing of a write that found no room.
    error.message += ": " + std::generic_category().message(system_error);
    error.hint = remedy;
  }
  if (code == GIT_EMODIFIED) {
    error.code = ErrorCode::conflict;
    error.hint = "another program moved the branch meanwhile; run again";
  } else if (code == GIT_ELOCKED) {
    error.hint = "another git process is at work, or a killed one left its lock file";
  }
  return error;
}

Result<void> check(int code, std::string_view verb, std::string_view object) {
  if (code < 0) return failure(code, verb, object);
  return {};
}

std::string last_message() {
  const git_error* error = git_error_last();
  if (error == nullptr || error->message == nullptr) return {};
  std::string text = without_credentials(error->message);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string without_credentials(std::string_view text) {
  std::string masked;
  while (true) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) return masked.append(text);
    masked.append(text.substr(0, scheme + 3));
    text.remove_prefix(scheme + 3);
    const std::string_view authority = text.substr(0, text.find_first_of("/ '\"\n"));
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
      text.remove_prefix(at + 1);
    }
  }
}

}  // namespace gridexit::adapters::git
