// Packing and pruning. libgit2 has no gc: a pack is written of the objects that no pack holds yet,
// and a loose object is removed only after it was read back from a pack on disk. The pack's index
// gets its name last, so a kill at any moment leaves every object readable.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string_view>

#include "gridexit/adapters/git/repository.hpp"
#include "objects.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;
namespace fs = std::filesystem;

using PackBuilderHandle = std::unique_ptr<git_packbuilder, Freed<git_packbuilder_free>>;
using OdbHandle = std::unique_ptr<git_odb, Freed<git_odb_free>>;
using OdbObjectHandle = std::unique_ptr<git_odb_object, Freed<git_odb_object_free>>;

Error not_accessible(const fs::filesystem_error& error) {
  return {ErrorCode::store_unusable,
          fmt::format("cannot look after the data repository: {}", error.what()),
          "check the owner and permissions of the data repository",
          {}};
}

double age_seconds(const fs::path& file) {
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file);
  return std::chrono::duration<double>(age).count();
}

// Calls `visit(file)` for every loose object: objects/ab/cdef….
void each_loose(const fs::path& objects, const std::function<void(const fs::path&)>& visit) {
  constexpr std::size_t kRestOfId = GIT_OID_HEXSZ - 2;
  for (const fs::directory_entry& folder : fs::directory_iterator(objects)) {
    if (folder.path().filename().native().size() != 2 || !folder.is_directory()) continue;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.path())) {
      if (file.path().filename().native().size() == kRestOfId) visit(file.path());
    }
  }
}

std::optional<git_oid> id_of_loose(const fs::path& file) {
  const std::string text = file.parent_path().filename().string() + file.filename().string();
  git_oid id{};
  if (git_oid_fromstr(&id, text.c_str()) != 0) return std::nullopt;
  return id;
}

// The packs as they are on disk now, and nothing else.
Result<OdbHandle> open_packs(const fs::path& objects) {
  OdbHandle packs;
  GX_CHECK(check(git_odb_new(out(packs)), "open", "the packs"));
  git_odb_backend* backend = nullptr;
  GX_CHECK(check(git_odb_backend_pack(&backend, objects.c_str()), "open", "the packs"));
  GX_CHECK(check(git_odb_add_backend(packs.get(), backend, 1), "open", "the packs"));
  return packs;
}

// Every loose object that no pack holds, whether a branch leads to it or not: what a fetch packed
// may stand between commits that were never packed, so the line of commits is no guide.
std::vector<git_oid> unpacked(const fs::path& objects, git_odb* packs) {
  std::vector<git_oid> ids;
  each_loose(objects, [&](const fs::path& file) {
    const auto id = id_of_loose(file);
    if (id && git_odb_exists(packs, &*id) == 0) ids.push_back(*id);
  });
  return ids;
}

// The names that trees give to objects: git looks for similar objects among those of like names.
std::map<std::string, std::string> names_in_trees(git_repository* repository,
                                                  const std::vector<git_oid>& ids) {
  std::map<std::string, std::string> names;
  for (const git_oid& id : ids) {
    TreeHandle tree;
    if (git_tree_lookup(out(tree), repository, &id) != 0) continue;
    const std::size_t count = git_tree_entrycount(tree.get());
    for (std::size_t i = 0; i < count; ++i) {
      const git_tree_entry* entry = git_tree_entry_byindex(tree.get(), i);
      names.emplace(to_text(*git_tree_entry_id(entry)), git_tree_entry_name(entry));
    }
  }
  return names;
}

Result<int> write_pack(git_repository* repository, const fs::path& objects) {
  GX_TRY(const OdbHandle packs, open_packs(objects));
  const std::vector<git_oid> ids = unpacked(objects, packs.get());
  if (ids.empty()) return 0;
  const auto names = names_in_trees(repository, ids);
  PackBuilderHandle builder;
  GX_CHECK(check(git_packbuilder_new(out(builder), repository), "make", "a pack"));
  for (const git_oid& id : ids) {
    const auto name = names.find(to_text(id));
    GX_CHECK(check(
        git_packbuilder_insert(builder.get(), &id, name == names.end() ? "" : name->second.c_str()),
        "fill a pack with", to_text(id)));
  }
  GX_CHECK(
      check(git_packbuilder_write(builder.get(), nullptr, 0, nullptr, nullptr), "write", "a pack"));
  return static_cast<int>(ids.size());
}

// Removes each loose object that reads back from a pack; reading checks its bytes against its id.
Result<int> remove_packed(const fs::path& objects) {
  GX_TRY(const OdbHandle packs, open_packs(objects));
  std::vector<fs::path> removable;
  each_loose(objects, [&](const fs::path& file) {
    const auto id = id_of_loose(file);
    OdbObjectHandle object;
    if (id && git_odb_read(out(object), packs.get(), &*id) == 0) removable.push_back(file);
  });
  int removed = 0;
  for (const fs::path& file : removable) {
    if (fs::remove(file)) ++removed;
  }
  return removed;
}

void measure_packs(const fs::path& folder, ports::StoreSize& size) {
  if (!fs::exists(folder)) return;
  for (const fs::directory_entry& file : fs::directory_iterator(folder)) {
    size.pack_bytes += static_cast<std::int64_t>(file.file_size());
    if (file.path().extension() != ".pack") continue;
    ++size.packs;
    const double age = age_seconds(file.path());
    size.newest_pack_age_seconds = std::min(size.newest_pack_age_seconds.value_or(age), age);
  }
}

}  // namespace

Result<ports::StoreSize> GitRepository::size() {
  try {
    const fs::path root(git_folder());
    ports::StoreSize size;
    measure_packs(root / "objects/pack", size);
    each_loose(root / "objects", [&size](const fs::path& file) {
      ++size.loose_objects;
      size.loose_bytes += static_cast<std::int64_t>(fs::file_size(file));
    });
    const auto note_lock = [&](const fs::path& file) {
      if (file.extension() != ".lock") return;
      size.locks.push_back({file.lexically_relative(root).string(), age_seconds(file)});
    };
    for (const fs::directory_entry& file : fs::directory_iterator(root)) note_lock(file.path());
    for (const auto& file : fs::recursive_directory_iterator(root / "refs")) note_lock(file.path());
    std::error_code unknown;
    const fs::space_info space = fs::space(root, unknown);
    if (!unknown) size.free_bytes = static_cast<std::int64_t>(space.available);
    return size;
  } catch (const fs::filesystem_error& error) {
    return not_accessible(error);
  }
}

Result<ports::PackOutcome> GitRepository::pack() {
  try {
    const fs::path objects = fs::path(git_folder()) / "objects";
    ports::PackOutcome outcome;
    GX_TRY(outcome.packed_objects, write_pack(handle_.get(), objects));
    GX_TRY(outcome.removed_objects, remove_packed(objects));
    return outcome;
  } catch (const fs::filesystem_error& error) {
    return not_accessible(error);
  }
}

}  // namespace gridexit::adapters
