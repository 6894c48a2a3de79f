// The line of commits for an audit. Two trees are compared by walking only the folders whose ids
// differ: with a folder for each day that is a handful of small trees a commit, where libgit2's
// own diff takes ten times as long over a year of hours.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "batch.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "objects.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;

constexpr std::size_t kShortestPrefix = 7;

std::map<std::string, TreeItem> entries_of(const git_tree* tree) {
  std::map<std::string, TreeItem> entries;
  if (tree == nullptr) return entries;
  const std::size_t count = git_tree_entrycount(tree);
  for (std::size_t i = 0; i < count; ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(tree, i);
    entries.emplace(git_tree_entry_name(entry),
                    TreeItem{*git_tree_entry_id(entry), git_tree_entry_filemode(entry)});
  }
  return entries;
}

bool is_folder(const TreeItem* item) {
  return item != nullptr && item->mode == GIT_FILEMODE_TREE;
}

class TreeComparison {
 public:
  TreeComparison(git_repository* repository, const std::vector<std::string>& ignored)
      : repository_(repository), ignored_(ignored) {}

  Result<void> compare(const git_tree* before, const git_tree* after, const std::string& prefix) {
    const auto old_entries = entries_of(before);
    const auto new_entries = entries_of(after);
    for (const auto& [name, item] : old_entries) {
      if (!new_entries.contains(name)) GX_CHECK(differ(prefix + name, &item, nullptr));
    }
    for (const auto& [name, item] : new_entries) {
      const auto known = old_entries.find(name);
      const TreeItem* earlier = known == old_entries.end() ? nullptr : &known->second;
      if (earlier == nullptr || !(*earlier == item))
        GX_CHECK(differ(prefix + name, earlier, &item));
    }
    return {};
  }

  std::vector<ports::FileChange> sorted() && {
    std::sort(changes_.begin(), changes_.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return std::move(changes_);
  }

 private:
  Result<void> differ(const std::string& path, const TreeItem* before, const TreeItem* after) {
    if (std::find(ignored_.begin(), ignored_.end(), path) != ignored_.end()) return {};
    const auto file = [](const TreeItem* item) {
      return item != nullptr && !is_folder(item) ? to_text(item->id) : std::string();
    };
    if (!file(before).empty() || !file(after).empty()) {
      const bool is_plain =
          after == nullptr || is_folder(after) || after->mode == GIT_FILEMODE_BLOB;
      changes_.push_back({path, file(before), file(after), is_plain});
    }
    GX_TRY(const TreeHandle old_tree, folder(before));
    GX_TRY(const TreeHandle new_tree, folder(after));
    if (!old_tree && !new_tree) return {};
    return compare(old_tree.get(), new_tree.get(), path + "/");
  }

  Result<TreeHandle> folder(const TreeItem* item) {
    TreeHandle tree;
    if (!is_folder(item)) return tree;
    GX_CHECK(
        check(git_tree_lookup(out(tree), repository_, &item->id), "read tree", to_text(item->id)));
    return tree;
  }

  git_repository* repository_;
  const std::vector<std::string>& ignored_;
  std::vector<ports::FileChange> changes_;
};

Result<git_oid> parse_id(std::string_view text) {
  git_oid id{};
  GX_CHECK(check(git_oid_fromstr(&id, std::string(text).c_str()), "read the id", text));
  return id;
}

Result<TreeHandle> tree_at(git_repository* repository, std::string_view commit) {
  if (commit.empty()) return TreeHandle{};
  GX_TRY(const git_oid id, parse_id(commit));
  GX_TRY(const CommitHandle handle, load_commit(repository, id));
  return tree_of(repository, handle.get());
}

}  // namespace

Result<ports::HistoryLine> GitRepository::line() {
  ports::HistoryLine line;
  GX_TRY(CommitHandle commit, newest_commit(handle_.get(), batch_.get()));
  while (commit) {
    line.commits.push_back(to_text(*git_commit_id(commit.get())));
    const unsigned int parents = git_commit_parentcount(commit.get());
    if (parents == 0) break;
    for (unsigned int i = 1; i < parents; ++i) {
      line.merged[line.commits.back()].push_back(to_text(*git_commit_parent_id(commit.get(), i)));
    }
    const git_oid parent = *git_commit_parent_id(commit.get(), 0);
    if (git_commit_lookup(out(commit), handle_.get(), &parent) != 0) {
      line.cut = fmt::format("commit {} is not here, the parent of {}", to_text(parent),
                             line.commits.back());
      break;
    }
  }
  if (git_repository_is_shallow(handle_.get()) != 0) {
    line.cut = "this is a shallow clone: older commits are not here";
  }
  std::reverse(line.commits.begin(), line.commits.end());
  return line;
}

Result<std::vector<ports::FileChange>> GitRepository::changes(
    std::string_view from, std::string_view to, const std::vector<std::string>& ignored) {
  GX_TRY(const TreeHandle before, tree_at(handle_.get(), from));
  GX_TRY(const TreeHandle after, tree_at(handle_.get(), to));
  TreeComparison comparison(handle_.get(), ignored);
  GX_CHECK(comparison.compare(before.get(), after.get(), ""));
  return std::move(comparison).sorted();
}

Result<std::string> GitRepository::content(std::string_view blob) {
  GX_TRY(const git_oid id, parse_id(blob));
  return load_blob(handle_.get(), id);
}

Result<std::optional<std::string>> GitRepository::find_commit(std::string_view prefix) {
  git_oid id{};
  CommitHandle commit;
  const bool is_prefix = prefix.size() >= kShortestPrefix && prefix.size() <= GIT_OID_HEXSZ &&
                         git_oid_fromstrn(&id, prefix.data(), prefix.size()) == 0;
  if (!is_prefix) return std::optional<std::string>{};
  const int code = git_commit_lookup_prefix(out(commit), handle_.get(), &id, prefix.size());
  if (code != 0) return std::optional<std::string>{};
  return std::optional{to_text(*git_commit_id(commit.get()))};
}

Result<std::optional<std::string>> GitRepository::resolve(const std::string& name) {
  ObjectHandle named;
  if (git_revparse_single(out(named), handle_.get(), name.c_str()) != 0)
    return std::optional<std::string>{};
  ObjectHandle commit;
  if (git_object_peel(out(commit), named.get(), GIT_OBJECT_COMMIT) != 0)
    return std::optional<std::string>{};
  return std::optional{to_text(*git_object_id(commit.get()))};
}

Result<std::unique_ptr<ports::History>> GitRepository::reopen() const {
  GX_TRY(auto again, open(options_));
  return std::unique_ptr<ports::History>(std::move(again));
}

}  // namespace gridexit::adapters
