#pragma once
// Objects and references of the repository in the terms of the store: entries by path, new trees
// made from an existing one, the references that gridexit keeps. Knows no remote and no files.

#include <cstddef>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "handles.hpp"

namespace gridexit::adapters::git {

inline constexpr const char* kBranch = "refs/heads/main";
inline constexpr const char* kRemote = "origin";
/// The remote's head that was last accepted. Not refs/remotes/origin/main: an operator's own fetch
/// moves that one by force and would hide that the history was rewritten.
inline constexpr const char* kLastSeen = "refs/gridexit/last-seen";
/// Where a clone made by git keeps the remote's head; every fetch moves it.
inline constexpr const char* kTracking = "refs/remotes/origin/main";
/// Where a fetch puts the remote's head before it is accepted.
inline constexpr const char* kFetched = "refs/gridexit/fetched";

/// A file (or link, or folder) of a tree.
struct TreeItem {
  git_oid id{};
  git_filemode_t mode = GIT_FILEMODE_UNREADABLE;

  bool operator==(const TreeItem& other) const {
    return mode == other.mode && git_oid_equal(&id, &other.id) != 0;
  }
};

/// What a path becomes; no item: it is removed.
struct TreeChange {
  std::string path;
  std::optional<TreeItem> item;
};

std::string to_text(const git_oid& id);

/// For ids as keys; an id is a hash already.
struct HashOfId {
  std::size_t operator()(const git_oid& id) const {
    std::size_t hash = 0;
    std::memcpy(&hash, id.id, sizeof hash);
    return hash;
  }
};
struct SameId {
  bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_equal(&a, &b) != 0; }
};

/// Looks a reference up; nothing when it does not exist.
Result<std::optional<git_oid>> find_reference(git_repository* repository, const char* name);
/// Sets it, whatever it was.
Result<void> set_reference(git_repository* repository, const char* name, const git_oid& target);
/// Sets it when it still is `expected` (nothing: does not exist yet), else conflict.
Result<void> move_reference(git_repository* repository, const char* name, const git_oid& target,
                            const std::optional<git_oid>& expected);
Result<void> remove_reference(git_repository* repository, const char* name);

/// The commit of HEAD; a null handle in a repository without commits.
Result<CommitHandle> head_commit(git_repository* repository);
Result<CommitHandle> load_commit(git_repository* repository, const git_oid& id);
/// The first parent; a null handle for a root commit.
Result<CommitHandle> first_parent(const git_commit* commit);
/// The tree of a commit; the empty tree for a null commit.
Result<TreeHandle> tree_of(git_repository* repository, const git_commit* commit);

/// The entry at a path; nothing when it does not exist.
Result<std::optional<TreeItem>> find_item(const git_tree* tree, std::string_view path);
Result<std::string> load_blob(git_repository* repository, const git_oid& id);
Result<git_oid> save_blob(git_repository* repository, std::string_view content);
/// Writes the tree that follows from `tree` by the changes; each path at most once.
Result<git_oid> save_tree(git_repository* repository, git_tree* tree,
                          const std::vector<TreeChange>& changes);
/// What leads from one tree to the other, by path.
Result<std::vector<TreeChange>> changes_between(git_repository* repository, git_tree* from,
                                                git_tree* to);

}  // namespace gridexit::adapters::git
