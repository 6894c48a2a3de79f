#include "reapply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gridexit::adapters::git {
namespace {

// The local commits after `base`, oldest first.
Result<std::vector<CommitHandle>> local_commits(git_repository* repository, const git_oid& base,
                                                const git_oid& head) {
  std::vector<CommitHandle> commits;
  GX_TRY(CommitHandle commit, load_commit(repository, head));
  while (commit && git_oid_equal(git_commit_id(commit.get()), &base) == 0) {
    GX_TRY(CommitHandle parent, first_parent(commit.get()));
    commits.push_back(std::move(commit));
    commit = std::move(parent);
  }
  std::reverse(commits.begin(), commits.end());
  return commits;
}

bool is_file(const std::optional<TreeItem>& item) {
  return item && (item->mode == GIT_FILEMODE_BLOB || item->mode == GIT_FILEMODE_BLOB_EXECUTABLE);
}

Result<std::string> content_of(git_repository* repository, const std::optional<TreeItem>& item) {
  if (!item) return std::string();
  return load_blob(repository, item->id);
}

// What a path that one commit changed from `base` to `ours` becomes where it is `theirs` now.
Result<std::optional<TreeItem>> merge_item(git_repository* repository, const std::string& path,
                                           const std::optional<TreeItem>& base,
                                           const std::optional<TreeItem>& ours,
                                           const std::optional<TreeItem>& theirs,
                                           const ports::MergeFile& merge) {
  if (theirs == base || theirs == ours) return ours;
  // One side removed what the other changed: data are kept.
  if (!ours) return theirs;
  if (!theirs) return ours;
  if (!is_file(ours) || !is_file(theirs) || (base && !is_file(base))) {
    return Error{ErrorCode::conflict,
                 fmt::format("{} was changed here and on the remote and is not a plain file", path),
                 "merge the remote's main by hand",
                 {}};
  }
  GX_TRY(const std::string base_content, content_of(repository, base));
  GX_TRY(const std::string our_content, content_of(repository, ours));
  GX_TRY(const std::string their_content, content_of(repository, theirs));
  GX_TRY(const std::string merged, merge(path, base_content, our_content, their_content));
  GX_TRY(const git_oid blob, save_blob(repository, merged));
  return std::optional<TreeItem>{{blob, theirs->mode}};
}

// The tree that the commit's changes make of the tip's; the tip's own when it has them already.
Result<git_oid> reapplied_tree(git_repository* repository, const git_commit* commit,
                               const git_commit* tip, const ports::MergeFile& merge) {
  GX_TRY(const CommitHandle parent, first_parent(commit));
  GX_TRY(const TreeHandle before, tree_of(repository, parent.get()));
  GX_TRY(const TreeHandle after, tree_of(repository, commit));
  GX_TRY(const TreeHandle onto, tree_of(repository, tip));
  GX_TRY(std::vector<TreeChange> changes, changes_between(repository, before.get(), after.get()));
  std::vector<TreeChange> needed;
  for (TreeChange& change : changes) {
    GX_TRY(const auto base, find_item(before.get(), change.path));
    GX_TRY(const auto theirs, find_item(onto.get(), change.path));
    GX_TRY(change.item, merge_item(repository, change.path, base, change.item, theirs, merge));
    if (change.item != theirs) needed.push_back(std::move(change));
  }
  if (needed.empty()) return *git_tree_id(onto.get());
  return save_tree(repository, onto.get(), needed);
}

Result<git_oid> copy_commit(git_repository* repository, const git_commit* commit,
                            const git_oid& tree_id, const git_commit* parent) {
  TreeHandle tree;
  GX_CHECK(check(git_tree_lookup(out(tree), repository, &tree_id), "read", "the new tree"));
  git_oid id{};
  GX_CHECK(
      check(git_commit_create(&id, repository, nullptr, git_commit_author(commit),
                              git_commit_committer(commit), git_commit_message_encoding(commit),
                              git_commit_message_raw(commit), tree.get(), 1, &parent),
            "re-apply commit", to_text(*git_commit_id(commit))));
  return id;
}

}  // namespace

Result<Reapplied> reapply(git_repository* repository, const git_oid& base, const git_oid& head,
                          const git_oid& onto, const ports::MergeFile& merge) {
  GX_TRY(const std::vector<CommitHandle> commits, local_commits(repository, base, head));
  Reapplied result{onto, 0};
  for (const CommitHandle& commit : commits) {
    GX_TRY(const CommitHandle tip, load_commit(repository, result.tip));
    GX_TRY(const git_oid tree, reapplied_tree(repository, commit.get(), tip.get(), merge));
    if (git_oid_equal(&tree, git_commit_tree_id(tip.get())) != 0) continue;
    GX_TRY(result.tip, copy_commit(repository, commit.get(), tree, tip.get()));
    ++result.commits;
  }
  return result;
}

}  // namespace gridexit::adapters::git
