#include "leftovers.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "gridexit/adapters/git/repository.hpp"
#include "gridexit/base/disk.hpp"
#include "transfer.hpp"

namespace gridexit::adapters {
namespace git {
namespace {

namespace fs = std::filesystem;

// git itself refuses branch names that end in ".lock".
bool is_lock(const fs::path& file) {
  return file.extension() == ".lock";
}

bool starts_with(const fs::path& file, std::string_view prefix) {
  return file.filename().native().compare(0, prefix.size(), prefix) == 0;
}

bool is_temporary_object(const fs::path& file) {
  return starts_with(file, "tmp_object_git2_");
}
bool is_temporary_pack(const fs::path& file) {
  return starts_with(file, "pack_git2_");
}
// libgit2 names a pack's index before the pack, and packing removes it after; git does neither.
bool is_index_without_pack(const fs::path& file) {
  if (file.extension() != ".idx") return false;
  fs::path pack = file;
  return !fs::exists(pack.replace_extension(".pack"));
}

// Matching files of a folder; none when the folder does not exist.
template <class Iterator>
std::vector<fs::path> find_files(const fs::path& folder, bool (*matches)(const fs::path&)) {
  std::vector<fs::path> found;
  if (!fs::exists(folder)) return found;
  for (const fs::directory_entry& entry : Iterator(folder)) {
    if (matches(entry.path()) && !entry.is_directory()) found.push_back(entry.path());
  }
  return found;
}

std::vector<fs::path> find_leftovers(const fs::path& root) {
  std::vector<fs::path> found = find_files<fs::directory_iterator>(root, is_lock);
  const auto append = [&found](std::vector<fs::path> more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  append(find_files<fs::recursive_directory_iterator>(root / "refs", is_lock));
  append(find_files<fs::recursive_directory_iterator>(root / "logs", is_lock));
  append(find_files<fs::directory_iterator>(root / "objects", is_temporary_object));
  append(find_files<fs::directory_iterator>(root / "objects/pack", is_temporary_pack));
  append(find_files<fs::directory_iterator>(root / "objects/pack", is_index_without_pack));
  return found;
}

}  // namespace

Result<std::vector<std::string>> remove_leftovers(const std::string& git_folder,
                                                  std::chrono::seconds age_min) {
  std::vector<std::string> removed;
  try {
    const fs::path root(git_folder);
    const fs::file_time_type newest = fs::file_time_type::clock::now() - age_min;
    for (const fs::path& file : find_leftovers(root)) {
      std::error_code gone;  // a file of another process may end its life meanwhile
      const fs::file_time_type written = fs::last_write_time(file, gone);
      if (gone || (age_min.count() > 0 && written > newest)) continue;
      if (fs::remove(file)) removed.push_back(file.lexically_relative(root).string());
    }
  } catch (const fs::filesystem_error& error) {
    const std::string_view remedy = disk_remedy(error.code().value());
    return Error{ErrorCode::store_unusable,
                 fmt::format("cannot clean up after an interrupted run: {}", error.what()),
                 remedy.empty() ? "check the owner and permissions of the data repository"
                                : std::string(remedy),
                 {}};
  }
  return removed;
}

}  // namespace git

Result<std::vector<std::string>> GitRepository::recover() {
  GX_TRY(std::vector<std::string> removed, git::remove_leftovers(git_folder()));
  const auto remote = remote_url();
  const auto folder = remote && *remote ? git::folder_of(**remote) : std::nullopt;
  if (!folder) return removed;
  // A killed push leaves the same there. A remote that can't be cleaned is the push's trouble, not
  // the store's.
  const auto there = git::remove_leftovers(*folder, git::kForeignLeftoverAge);
  if (!there) return removed;
  for (const std::string& name : *there) removed.push_back(*folder + "/" + name);
  return removed;
}

}  // namespace gridexit::adapters
