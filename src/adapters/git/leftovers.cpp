#include "leftovers.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>

#include "gridexit/adapters/git/repository.hpp"

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
  return found;
}

}  // namespace

Result<std::vector<std::string>> remove_leftovers(const std::string& git_folder) {
  std::vector<std::string> removed;
  try {
    const fs::path root(git_folder);
    for (const fs::path& file : find_leftovers(root)) {
      if (fs::remove(file)) removed.push_back(file.lexically_relative(root).string());
    }
  } catch (const fs::filesystem_error& error) {
    return Error{ErrorCode::store_unusable,
                 fmt::format("cannot clean up after an interrupted run: {}", error.what()),
                 "check the owner and permissions of the data repository",
                 {}};
  }
  return removed;
}

}  // namespace git

Result<std::vector<std::string>> GitRepository::recover() {
  return git::remove_leftovers(git_folder());
}

}  // namespace gridexit::adapters
