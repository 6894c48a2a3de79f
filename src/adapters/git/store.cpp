// The state at HEAD and new commits on top of it. A commit outside a batch is a batch of its own:
// one pack is synced to disk, where its twenty objects, each in a file and folder of its own, would
// be forty times.

#include <fmt/format.h>

#include <algorithm>

#include "batch.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "gridexit/base/text.hpp"
#include "objects.hpp"
#include "worktree.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;

// Relative, with plain components only; git's own rules (".git" and the like) are libgit2's matter.
bool is_plain_path(std::string_view path) {
  for (const std::string_view part : split(path, '/')) {
    if (part.empty() || part == "." || part == "..") return false;
  }
  return path.find('\0') == std::string_view::npos;
}

bool is_folder(git_filemode_t mode) {
  return mode == GIT_FILEMODE_TREE;
}

Result<std::vector<TreeChange>> save_files(git_repository* repository,
                                           const std::map<std::string, std::string>& files) {
  std::vector<TreeChange> changes;
  changes.reserve(files.size());
  for (const auto& [path, content] : files) {
    if (!is_plain_path(path)) {
      return Error{
          ErrorCode::internal, fmt::format("'{}' is not a path in a repository", path), "", {}};
    }
    GX_TRY(const git_oid blob, save_blob(repository, content));
    changes.push_back({path, TreeItem{blob, GIT_FILEMODE_BLOB}});
  }
  return changes;
}

Result<SignatureHandle> sign(const OpenOptions& options, UtcTime time) {
  SignatureHandle signature;
  GX_CHECK(
      check(git_signature_new(out(signature), options.author_name.c_str(),
                              options.author_email.c_str(), time.time_since_epoch().count(), 0),
            "sign as", options.author_name));
  return signature;
}

std::string message_of(const ports::ChangeSet& changes) {
  if (changes.body.empty()) return changes.subject + "\n";
  return fmt::format("{}\n\n{}{}", changes.subject, changes.body,
                     changes.body.back() == '\n' ? "" : "\n");
}

// Moves no branch.
Result<git_oid> save_commit(git_repository* repository, const OpenOptions& options,
                            const ports::ChangeSet& changes, const git_oid& tree_id,
                            const git_commit* parent) {
  TreeHandle tree;
  GX_CHECK(check(git_tree_lookup(out(tree), repository, &tree_id), "read", "the new tree"));
  GX_TRY(const SignatureHandle author, sign(options, changes.author_time));
  GX_TRY(const SignatureHandle committer, sign(options, changes.committer_time));
  git_oid id{};
  GX_CHECK(check(git_commit_create(&id, repository, nullptr, author.get(), committer.get(), "UTF-8",
                                   message_of(changes).c_str(), tree.get(),
                                   parent == nullptr ? 0 : 1, &parent),
                 "commit", changes.subject));
  return id;
}

// One commit on top of the batch's tip; none when the tree is the same already.
Result<ports::CommitOutcome> gather(git_repository* repository, const OpenOptions& options,
                                    const ports::ChangeSet& changes, Batch& batch,
                                    std::vector<TreeChange>& updates) {
  GX_TRY(const CommitHandle parent, newest_commit(repository, &batch));
  GX_TRY(const TreeHandle tree, tree_of(repository, parent.get()));
  GX_TRY(updates, save_files(repository, changes.files));
  GX_TRY(const git_oid new_tree, save_tree(repository, tree.get(), updates));
  if (parent && git_oid_equal(&new_tree, git_tree_id(tree.get())) != 0) {
    return ports::CommitOutcome{to_text(*git_commit_id(parent.get())), false};
  }
  GX_CHECK(refuse_local_changes(repository, updates));
  GX_TRY(const git_oid id, save_commit(repository, options, changes, new_tree, parent.get()));
  GX_CHECK(batch.advance(id));
  return ports::CommitOutcome{to_text(id), true};
}

}  // namespace

Result<std::vector<ports::StoredEntry>> GitRepository::list(std::string_view folder) {
  GX_TRY(const CommitHandle head, newest_commit(handle_.get(), batch_.get()));
  std::vector<ports::StoredEntry> entries;
  if (!head) return entries;
  GX_TRY(TreeHandle tree, tree_of(handle_.get(), head.get()));
  if (!folder.empty()) {
    GX_TRY(const std::optional<TreeItem> item, find_item(tree.get(), folder));
    if (!item || !is_folder(item->mode)) return entries;
    GX_CHECK(check(git_tree_lookup(out(tree), handle_.get(), &item->id), "read folder", folder));
  }
  const std::size_t count = git_tree_entrycount(tree.get());
  entries.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
    entries.push_back({git_tree_entry_name(entry), is_folder(git_tree_entry_filemode(entry)),
                       to_text(*git_tree_entry_id(entry))});
  }
  // git sorts a folder as if its name ended in a slash.
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  return entries;
}

Result<ports::CommitOutcome> GitRepository::commit(const ports::ChangeSet& changes) {
  git_repository* repository = handle_.get();
  std::vector<TreeChange> updates;
  if (!batch_) {
    GX_TRY(batch_, Batch::attach(repository));
  }
  if (batch_->is_open()) return gather(repository, options_, changes, *batch_, updates);
  GX_CHECK(batch_->begin());
  auto outcome = gather(repository, options_, changes, *batch_, updates);
  const auto written = batch_->end();
  if (!outcome) return outcome;
  GX_CHECK(written);
  if (outcome->changed) GX_CHECK(check_out(repository, updates));
  return outcome;
}

Result<std::string> GitRepository::head() {
  if (batch_ && batch_->is_open()) return batch_->tip() ? to_text(*batch_->tip()) : std::string();
  GX_TRY(const std::optional<git_oid> id, find_reference(handle_.get(), kBranch));
  return id ? to_text(*id) : std::string();
}

}  // namespace gridexit::adapters
