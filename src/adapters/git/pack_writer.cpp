#include "pack_writer.hpp"

#include <string>
#include <unordered_map>

namespace gridexit::adapters::git {
namespace {

using PackBuilderHandle = std::unique_ptr<git_packbuilder, Freed<git_packbuilder_free>>;

using Names = std::unordered_map<git_oid, std::string, HashOfId, SameId>;

// The names that trees give to objects: git looks for similar objects among those of like names.
Names names_in_trees(git_repository* repository, const std::vector<git_oid>& ids) {
  Names names;
  for (const git_oid& id : ids) names.emplace(id, "");
  for (const git_oid& id : ids) {
    TreeHandle tree;
    if (git_tree_lookup(out(tree), repository, &id) != 0) continue;
    const std::size_t count = git_tree_entrycount(tree.get());
    for (std::size_t i = 0; i < count; ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
      const auto wanted = names.find(*git_tree_entry_id(entry));
      if (wanted != names.end() && wanted->second.empty())
        wanted->second = git_tree_entry_name(entry);
    }
  }
  return names;
}

}  // namespace

Result<void> write_pack(git_repository* repository, const std::vector<git_oid>& ids) {
  const Names names = names_in_trees(repository, ids);
  PackBuilderHandle builder;
  GX_CHECK(check(git_packbuilder_new(out(builder), repository), "make", "a pack"));
  git_packbuilder_set_threads(builder.get(), 0);  // one for each processor
  for (const git_oid& id : ids) {
    GX_CHECK(check(git_packbuilder_insert(builder.get(), &id, names.at(id).c_str()),
                   "fill a pack with", to_text(id)));
  }
  return check(git_packbuilder_write(builder.get(), nullptr, 0, nullptr, nullptr), "write",
               "a pack");
}

}  // namespace gridexit::adapters::git
