// Packing and pruning. libgit2 has no gc: a pack is written of the objects that are loose or in the
// small packs of single commits, and these are removed only after they were read back from a pack
// that stays. So a kill at any moment leaves every object readable, and that is how packing is
// ended when it has to.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <unordered_set>

#include "child_process.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "gridexit/base/number.hpp"
#include "leftovers.hpp"
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

// What was written together is alike, and packs best together.
void sort_by_age(std::vector<fs::path>& files) {
  std::vector<std::pair<fs::file_time_type, fs::path>> dated;
  dated.reserve(files.size());
  for (fs::path& file : files) dated.emplace_back(fs::last_write_time(file), std::move(file));
  std::sort(dated.begin(), dated.end());
  std::transform(dated.begin(), dated.end(), files.begin(),
                 [](auto& entry) { return std::move(entry.second); });
}

// Adds the loose objects that no pack holds, whether a branch leads to them or not: what a fetch
// packed may stand between commits that were never packed, so the line of commits is no guide.
Result<void> add_unpacked(const fs::path& objects, std::size_t ids_max, Ids& ids) {
  GX_TRY(const OdbHandle database, open_packs(packs_in(objects)));
  std::vector<fs::path> files;
  each_loose(objects, [&](const fs::path& file) {
    const auto id = id_of_loose(file);
    if (id && git_odb_exists(database.get(), &*id) == 0) files.push_back(file);
  });
  sort_by_age(files);
  for (const fs::path& file : files) {
    if (ids.size() >= ids_max) break;
    ids.insert(*id_of_loose(file));
  }
  return {};
}

// Adds what small packs hold, and returns these packs, to be put together; a single one gains
// nothing.
Result<std::vector<fs::path>> add_small_packs(const fs::path& objects, std::size_t ids_max,
                                              Ids& ids) {
  std::vector<fs::path> packs = packs_in(objects);
  std::erase_if(packs, [](const fs::path& pack) { return !is_small_pack(pack); });
  if (packs.size() < 2) return std::vector<fs::path>{};
  sort_by_age(packs);
  std::vector<fs::path> taken;
  for (const fs::path& pack : packs) {
    if (ids.size() >= ids_max && taken.size() != 1) break;
    GX_TRY(Ids held, ids_in({pack}));
    ids.merge(held);
    taken.push_back(pack);
  }
  return taken;
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

Result<ports::PackOutcome> pack_objects(const std::string& git_folder, int objects_max) {
  try {
    const fs::path objects = fs::path(git_folder) / "objects";
    const auto ids_max = static_cast<std::size_t>(objects_max);
    RepositoryHandle repository;
    GX_CHECK(check(git_repository_open_ext(out(repository), git_folder.c_str(),
                                           GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr),
                   "open", git_folder));
    Ids ids;
    GX_CHECK(add_unpacked(objects, ids_max, ids));
    GX_TRY(const std::vector<fs::path> small, add_small_packs(objects, ids_max, ids));
    ports::PackOutcome outcome;
    if (!ids.empty()) {
      GX_CHECK(write_pack(repository.get(), {ids.begin(), ids.end()}));
      outcome.packed_objects = static_cast<int>(ids.size());
    }
    GX_TRY(outcome.removed_objects, remove_packed(objects));
    GX_CHECK(remove_packs(objects, small));
    return outcome;
  } catch (const fs::filesystem_error& error) {
    return not_accessible(error);
  }
}

// What the child tells its parent: "<packed> <removed>", or "failed\n<hint>\n<message>".
constexpr std::string_view kFailed = "failed\n";

std::string encode(const Result<ports::PackOutcome>& outcome) {
  if (!outcome) {
    return fmt::format("{}{}\n{}", kFailed, outcome.error().hint, outcome.error().message);
  }
  return fmt::format("{} {}", outcome->packed_objects, outcome->removed_objects);
}

Result<ports::PackOutcome> decode(std::string_view text) {
  if (text.starts_with(kFailed)) {
    text.remove_prefix(kFailed.size());
    const std::size_t line_end = text.find('\n');
    return Error{ErrorCode::store_unusable,
                 std::string(text.substr(line_end + 1)),
                 std::string(text.substr(0, line_end)),
                 {}};
  }
  const auto space = std::min(text.find(' '), text.size() - 1);
  const auto packed = parse_integer(text.substr(0, space));
  const auto removed = parse_integer(text.substr(space + 1));
  if (!packed || !removed) return Error{ErrorCode::internal, "packing ended oddly", "", {}};
  return ports::PackOutcome{static_cast<int>(*packed), static_cast<int>(*removed)};
}

Error ended_early(ChildEnd end, double seconds_max) {
  if (end == ChildEnd::stopped) {
    return {
        ErrorCode::deadline_exceeded, "packing was ended on request", "the next run goes on", {}};
  }
  if (end == ChildEnd::out_of_time) {
    return {ErrorCode::deadline_exceeded,
            fmt::format("packing took over {:g} s", seconds_max),
            "run gridexit maintain when no run is due",
            {}};
  }
  return {ErrorCode::store_unusable,
          "the packing process died",
          "it may need more memory: run gridexit maintain by hand",
          {}};
}

}  // namespace

Result<ports::PackOutcome> GitRepository::pack(const ports::PackBounds& bounds) {
  GX_TRY(const ChildOutcome child, run_in_child({bounds.seconds_max, options_.stop_requested}, [&] {
           return encode(pack_objects(git_folder(), bounds.objects_max));
         }));
  if (child.end == ChildEnd::answered) return decode(child.answer);
  GX_CHECK(remove_leftovers(git_folder()));
  return ended_early(child.end, bounds.seconds_max);
}

}  // namespace gridexit::adapters
