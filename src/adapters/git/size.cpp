// How large the repository is on disk, and what a killed process left in it.

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "gridexit/adapters/git/repository.hpp"
#include "object_files.hpp"

namespace gridexit::adapters {
namespace {

namespace fs = std::filesystem;

double age_seconds(const fs::path& file) {
  const auto age = fs::file_time_type::clock::now() - fs::last_write_time(file);
  return std::chrono::duration<double>(age).count();
}

void measure_packs(const fs::path& objects, ports::StoreSize& size) {
  if (!fs::exists(objects / "pack")) return;
  for (const fs::directory_entry& file : fs::directory_iterator(objects / "pack")) {
    size.pack_bytes += static_cast<std::int64_t>(file.file_size());
  }
  for (const fs::path& pack : git::packs_in(objects)) {
    ++size.packs;
    if (!git::is_small_pack(pack)) continue;
    ++size.small_packs;
    const double age = age_seconds(pack);
    size.oldest_small_pack_age_seconds =
        std::max(size.oldest_small_pack_age_seconds.value_or(age), age);
  }
}

}  // namespace

Result<ports::StoreSize> GitRepository::size() {
  try {
    const fs::path root(git_folder());
    ports::StoreSize size;
    measure_packs(root / "objects", size);
    git::each_loose(root / "objects", [&size](const fs::path& file) {
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
    return git::not_accessible(error);
  }
}

}  // namespace gridexit::adapters
