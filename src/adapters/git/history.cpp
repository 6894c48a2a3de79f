// The few questions about the past that a run asks. Walks first parents and compares one entry per
// commit; bulk reading of history is not done here.

#include <fmt/format.h>

#include <iterator>

#include "batch.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "objects.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;

Result<std::optional<TreeItem>> item_at(git_repository* repository, const git_commit* commit,
                                        std::string_view path) {
  if (commit == nullptr) return std::optional<TreeItem>{};
  GX_TRY(const TreeHandle tree, tree_of(repository, commit));
  return find_item(tree.get(), path);
}

Result<std::optional<ports::StoredFile>> file_at(git_repository* repository,
                                                 const git_commit* commit, std::string_view path) {
  GX_TRY(const std::optional<TreeItem> item, item_at(repository, commit, path));
  if (!item || item->mode == GIT_FILEMODE_TREE || item->mode == GIT_FILEMODE_COMMIT) {
    return std::optional<ports::StoredFile>{};
  }
  GX_TRY(std::string content, load_blob(repository, item->id));
  return std::optional<ports::StoredFile>{{std::move(content), to_text(item->id)}};
}

Result<int> count_commits(git_repository* repository, const git_oid& head) {
  RevwalkHandle walk;
  GX_CHECK(check(git_revwalk_new(out(walk), repository), "walk", "the history"));
  GX_CHECK(check(git_revwalk_push(walk.get(), &head), "walk", "the history"));
  int count = 0;
  git_oid id{};
  int code = 0;
  while ((code = git_revwalk_next(&id, walk.get())) == 0) ++count;
  if (code != GIT_ITEROVER) return failure(code, "walk", "the history");
  return count;
}

}  // namespace

Result<std::optional<ports::StoredFile>> GitRepository::read(std::string_view path) {
  GX_TRY(const CommitHandle head, newest_commit(handle_.get(), batch_.get()));
  return file_at(handle_.get(), head.get(), path);
}

Result<std::optional<ports::StoredFile>> GitRepository::read_at(std::string_view commit,
                                                                std::string_view path) {
  git_oid id{};
  CommitHandle found;
  const bool exists = git_oid_fromstr(&id, std::string(commit).c_str()) == 0 &&
                      git_commit_lookup(out(found), handle_.get(), &id) == 0;
  if (!exists) {
    return Error{ErrorCode::not_found, fmt::format("there is no commit '{}'", commit), "", {}};
  }
  return file_at(handle_.get(), found.get(), path);
}

Result<std::vector<std::string>> GitRepository::commits_of(std::string_view path, int limit) {
  std::vector<std::string> ids;
  GX_TRY(CommitHandle commit, newest_commit(handle_.get(), batch_.get()));
  GX_TRY(std::optional<TreeItem> item, item_at(handle_.get(), commit.get(), path));
  while (commit && std::ssize(ids) < limit) {
    GX_TRY(CommitHandle parent, first_parent(commit.get()));
    GX_TRY(const std::optional<TreeItem> before, item_at(handle_.get(), parent.get(), path));
    if (item != before) ids.push_back(to_text(*git_commit_id(commit.get())));
    commit = std::move(parent);
    item = before;
  }
  return ids;
}

Result<int> GitRepository::unpushed() {
  GX_TRY(const std::optional<std::string> remote, remote_url());
  GX_TRY(const std::optional<git_oid> head, find_reference(handle_.get(), kBranch));
  if (!remote || !head) return 0;
  GX_TRY(std::optional<git_oid> seen, find_reference(handle_.get(), kLastSeen));
  if (!seen) {
    GX_TRY(seen, find_reference(handle_.get(), kTracking));
  }
  if (!seen) return count_commits(handle_.get(), *head);
  std::size_t ahead = 0;
  std::size_t behind = 0;
  GX_CHECK(check(git_graph_ahead_behind(&ahead, &behind, handle_.get(), &*head, &*seen), "compare",
                 "main with the remote"));
  return static_cast<int>(ahead);
}

}  // namespace gridexit::adapters
