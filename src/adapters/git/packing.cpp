// Packing and pruning. libgit2 has no gc: a pack is written of the objects that are loose or in the
// small packs of single commits, and these are removed only after they were read back from a pack
// that stays. So a kill at any moment leaves every object readable.

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include "gridexit/adapters/git/repository.hpp"
#include "object_files.hpp"
#include "objects.hpp"
#include "pack_writer.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;
namespace fs = std::filesystem;

using OdbHandle = std::unique_ptr<git_odb, Freed<git_odb_free>>;
using OdbObjectHandle = std::unique_ptr<git_odb_object, Freed<git_odb_object_free>>;
using Ids = std::unordered_set<git_oid, HashOfId, SameId>;

std::optional<git_oid> id_of_loose(const fs::path& file) {
  const std::string text = file.parent_path().filename().string() + file.filename().string();
  git_oid id{};
  if (git_oid_fromstr(&id, text.c_str()) != 0) return std::nullopt;
  return id;
}

// These packs as they are on disk now, and nothing else.
Result<OdbHandle> open_packs(const std::vector<fs::path>& packs) {
  OdbHandle database;
  GX_CHECK(check(git_odb_new(out(database)), "open", "the packs"));
  for (fs::path index : packs) {
    git_odb_backend* backend = nullptr;
    index.replace_extension(".idx");
    GX_CHECK(check(git_odb_backend_one_pack(&backend, index.c_str()), "open", "the packs"));
    GX_CHECK(check(git_odb_add_backend(database.get(), backend, 1), "open", "the packs"));
  }
  return database;
}

int add_id(const git_oid* id, void* ids) {
  static_cast<Ids*>(ids)->insert(*id);
  return 0;
}

Result<Ids> ids_in(const std::vector<fs::path>& packs) {
  Ids ids;
  GX_TRY(const OdbHandle database, open_packs(packs));
  GX_CHECK(check(git_odb_foreach(database.get(), add_id, &ids), "list", "the packs"));
  return ids;
}

// Every loose object that no pack holds, whether a branch leads to it or not: what a fetch packed
// may stand between commits that were never packed, so the line of commits is no guide.
Result<void> add_unpacked(const fs::path& objects, Ids& ids) {
  GX_TRY(const OdbHandle database, open_packs(packs_in(objects)));
  each_loose(objects, [&](const fs::path& file) {
    const auto id = id_of_loose(file);
    if (id && git_odb_exists(database.get(), &*id) == 0) ids.insert(*id);
  });
  return {};
}

// Packs to be put together; a single one gains nothing.
std::vector<fs::path> small_packs(const fs::path& objects) {
  std::vector<fs::path> packs = packs_in(objects);
  std::erase_if(packs, [](const fs::path& pack) { return !is_small_pack(pack); });
  if (packs.size() < 2) packs.clear();
  return packs;
}

// Reading checks an object's bytes against its id.
bool reads_back(git_odb* database, const git_oid& id) {
  OdbObjectHandle object;
  return git_odb_read(out(object), database, &id) == 0;
}

// Removes each loose object that reads back from a pack.
Result<int> remove_packed(const fs::path& objects) {
  GX_TRY(const OdbHandle database, open_packs(packs_in(objects)));
  std::vector<fs::path> removable;
  each_loose(objects, [&](const fs::path& file) {
    const auto id = id_of_loose(file);
    if (id && reads_back(database.get(), *id)) removable.push_back(file);
  });
  int removed = 0;
  for (const fs::path& file : removable) {
    if (fs::remove(file)) ++removed;
  }
  return removed;
}

// Removes each of these packs whose objects all read back from the others.
Result<void> remove_packs(const fs::path& objects, const std::vector<fs::path>& packs) {
  std::vector<fs::path> others = packs_in(objects);
  std::erase_if(others, [&](const fs::path& pack) {
    return std::find(packs.begin(), packs.end(), pack) != packs.end();
  });
  GX_TRY(const OdbHandle database, open_packs(others));
  for (const fs::path& pack : packs) {
    GX_TRY(const Ids ids, ids_in({pack}));
    const bool held = std::all_of(
        ids.begin(), ids.end(), [&](const git_oid& id) { return reads_back(database.get(), id); });
    if (!held) continue;
    // The index last: without its pack it is a leftover that nobody reads, and that is removed.
    fs::path index = pack;
    fs::remove(pack);
    fs::remove(index.replace_extension(".idx"));
  }
  return {};
}

}  // namespace

Result<ports::PackOutcome> GitRepository::pack() {
  try {
    const fs::path objects = fs::path(git_folder()) / "objects";
    const std::vector<fs::path> small = small_packs(objects);
    GX_TRY(Ids ids, ids_in(small));
    GX_CHECK(add_unpacked(objects, ids));
    ports::PackOutcome outcome;
    if (!ids.empty()) {
      GX_CHECK(write_pack(handle_.get(), {ids.begin(), ids.end()}));
      outcome.packed_objects = static_cast<int>(ids.size());
    }
    GX_TRY(outcome.removed_objects, remove_packed(objects));
    GX_CHECK(remove_packs(objects, small));
    return outcome;
  } catch (const fs::filesystem_error& error) {
    return not_accessible(error);
  }
}

}  // namespace gridexit::adapters
