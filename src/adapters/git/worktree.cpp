#include "worktree.hpp"

#include <fmt/format.h>

#include "gridexit/base/text.hpp"

namespace gridexit::adapters::git {
namespace {

// Whether the file in the working tree is what the change would write there anyway.
bool holds_new_content(git_repository* repository, const TreeChange& change) {
  git_oid id{};
  return change.item &&
         git_repository_hashfile(&id, repository, change.path.c_str(), GIT_OBJECT_BLOB, nullptr) ==
             0 &&
         git_oid_equal(&id, &change.item->id) != 0;
}

Result<bool> is_changed_locally(git_repository* repository, const TreeChange& change) {
  unsigned int status = 0;
  const int code = git_status_file(&status, repository, change.path.c_str());
  if (code == GIT_ENOTFOUND) return false;  // neither in HEAD, nor the index, nor on disk
  if (code == GIT_EAMBIGUOUS) return true;  // a folder stands there
  GX_CHECK(check(code, "examine", change.path));
  return status != GIT_STATUS_CURRENT && !holds_new_content(repository, change);
}

// A checkout leaves the index alone where a file held its new content before.
Result<void> update_index(git_repository* repository, const std::vector<TreeChange>& changes) {
  IndexHandle index;
  GX_CHECK(check(git_repository_index(out(index), repository), "open", "the index"));
  for (const TreeChange& change : changes) {
    const char* path = change.path.c_str();
    GX_CHECK(check(change.item ? git_index_add_bypath(index.get(), path)
                               : git_index_remove_bypath(index.get(), path),
                   "update the index for", change.path));
  }
  return check(git_index_write(index.get()), "write", "the index");
}

}  // namespace

Result<void> refuse_local_changes(git_repository* repository,
                                  const std::vector<TreeChange>& changes) {
  if (git_repository_is_bare(repository) != 0) return {};
  std::vector<std::string> changed;
  for (const TreeChange& change : changes) {
    GX_TRY(const bool is_changed, is_changed_locally(repository, change));
    if (is_changed) changed.push_back(change.path);
  }
  if (changed.empty()) return {};
  return Error{ErrorCode::conflict,
               fmt::format("local changes in {} would be overwritten", join(changed, ", ")),
               "commit them with git, or undo them with git checkout",
               {}};
}

Result<void> check_out(git_repository* repository, const std::vector<TreeChange>& changes) {
  if (git_repository_is_bare(repository) != 0 || changes.empty()) return {};
  std::vector<std::string> paths;
  paths.reserve(changes.size());
  for (const TreeChange& change : changes) paths.push_back(change.path);
  std::vector<char*> pointers;
  pointers.reserve(paths.size());
  for (std::string& path : paths) pointers.push_back(path.data());
  auto options = defaults(git_checkout_options_init, GIT_CHECKOUT_OPTIONS_VERSION);
  options.checkout_strategy = GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
  options.paths = {pointers.data(), pointers.size()};
  GX_CHECK(check(git_checkout_head(repository, &options), "check out", "the changed files"));
  return update_index(repository, changes);
}

}  // namespace gridexit::adapters::git
