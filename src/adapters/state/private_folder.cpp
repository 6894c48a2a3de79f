#include "private_folder.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "gridexit/base/disk.hpp"

namespace gridexit::adapters {

Result<void> make_private_folder(const std::string& folder) {
  std::error_code failed;
  const bool created = std::filesystem::create_directories(folder, failed);
  if (!failed && created) {
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
  }
  if (!failed) return {};
  const std::string_view remedy = disk_remedy(failed.value());
  return Error{ErrorCode::io,
               fmt::format("cannot create the state folder {}: {}", folder, failed.message()),
               remedy.empty() ? "check the owner and permissions of the folder above it"
                              : std::string(remedy),
               {}};
}

}  // namespace gridexit::adapters
