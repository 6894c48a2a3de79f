#include "objects.hpp"

#include <array>

namespace gridexit::adapters::git {

std::string to_text(const git_oid& id) {
  std::array<char, GIT_OID_HEXSZ> text{};
  git_oid_fmt(text.data(), &id);
  return {text.data(), text.size()};
}

Result<CommitHandle> load_commit(git_repository* repository, const git_oid& id) {
  CommitHandle commit;
  GX_CHECK(check(git_commit_lookup(out(commit), repository, &id), "read commit", to_text(id)));
  return commit;
}

Result<CommitHandle> head_commit(git_repository* repository) {
  GX_TRY(const std::optional<git_oid> head, find_reference(repository, kBranch));
  if (!head) return CommitHandle{};
  return load_commit(repository, *head);
}

Result<CommitHandle> first_parent(const git_commit* commit) {
  CommitHandle parent;
  if (git_commit_parentcount(commit) == 0) return parent;
  GX_CHECK(check(git_commit_parent(out(parent), commit, 0), "read the parent of commit",
                 to_text(*git_commit_id(commit))));
  return parent;
}

Result<TreeHandle> tree_of(git_repository* repository, const git_commit* commit) {
  TreeHandle tree;
  if (commit != nullptr) {
    GX_CHECK(check(git_commit_tree(out(tree), commit), "read the tree of commit",
                   to_text(*git_commit_id(commit))));
    return tree;
  }
  TreeBuilderHandle builder;
  GX_CHECK(check(git_treebuilder_new(out(builder), repository, nullptr), "make", "an empty tree"));
  git_oid empty{};
  GX_CHECK(check(git_treebuilder_write(&empty, builder.get()), "write", "an empty tree"));
  GX_CHECK(check(git_tree_lookup(out(tree), repository, &empty), "read", "the empty tree"));
  return tree;
}

Result<std::optional<TreeItem>> find_item(const git_tree* tree, std::string_view path) {
  TreeEntryHandle entry;
  const int code = git_tree_entry_bypath(out(entry), tree, std::string(path).c_str());
  if (code == GIT_ENOTFOUND) return std::optional<TreeItem>{};
  GX_CHECK(check(code, "look up", path));
  return std::optional<TreeItem>{
      TreeItem{*git_tree_entry_id(entry.get()), git_tree_entry_filemode(entry.get())}};
}

Result<std::string> load_blob(git_repository* repository, const git_oid& id) {
  BlobHandle blob;
  GX_CHECK(check(git_blob_lookup(out(blob), repository, &id), "read blob", to_text(id)));
  const std::size_t size{git_blob_rawsize(blob.get())};
  return std::string(static_cast<const char*>(git_blob_rawcontent(blob.get())), size);
}

Result<git_oid> save_blob(git_repository* repository, std::string_view content) {
  git_oid id{};
  GX_CHECK(check(git_blob_create_from_buffer(&id, repository, content.data(), content.size()),
                 "write", "a blob"));
  return id;
}

Result<git_oid> save_tree(git_repository* repository, git_tree* tree,
                          const std::vector<TreeChange>& changes) {
  std::vector<git_tree_update> updates;
  updates.reserve(changes.size());
  for (const TreeChange& change : changes) {
    git_tree_update update{};
    update.action = change.item ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE;
    if (change.item) {
      update.id = change.item->id;
      update.filemode = change.item->mode;
    }
    update.path = change.path.c_str();
    updates.push_back(update);
  }
  git_oid id{};
  GX_CHECK(check(git_tree_create_updated(&id, repository, tree, updates.size(), updates.data()),
                 "write", "the new tree"));
  return id;
}

Result<std::vector<TreeChange>> changes_between(git_repository* repository, git_tree* from,
                                                git_tree* to) {
  auto options = defaults(git_diff_options_init, GIT_DIFF_OPTIONS_VERSION);
  // One delta per path: a file that becomes a link is one change, not a removal and an addition.
  options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_SKIP_BINARY_CHECK;
  DiffHandle diff;
  GX_CHECK(check(git_diff_tree_to_tree(out(diff), repository, from, to, &options), "compare",
                 "two trees"));
  std::vector<TreeChange> changes;
  const std::size_t count = git_diff_num_deltas(diff.get());
  changes.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const git_diff_delta* delta = git_diff_get_delta(diff.get(), i);
    TreeChange change{delta->new_file.path, std::nullopt};
    if (delta->status != GIT_DELTA_DELETED) {
      change.item = TreeItem{delta->new_file.id, static_cast<git_filemode_t>(delta->new_file.mode)};
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace gridexit::adapters::git
