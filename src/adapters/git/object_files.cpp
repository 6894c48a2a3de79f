#include "object_files.hpp"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <cstdint>

namespace gridexit::adapters::git {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kSmallPackBytes = std::uintmax_t{256} * 1024;

}  // namespace

void each_loose(const fs::path& objects, const std::function<void(const fs::path&)>& visit) {
  constexpr std::size_t kRestOfId = GIT_OID_HEXSZ - 2;
  for (const fs::directory_entry& folder : fs::directory_iterator(objects)) {
    if (folder.path().filename().native().size() != 2 || !folder.is_directory()) continue;
    for (const fs::directory_entry& file : fs::directory_iterator(folder.path())) {
      if (file.path().filename().native().size() == kRestOfId) visit(file.path());
    }
  }
}

std::vector<fs::path> packs_in(const fs::path& objects) {
  std::vector<fs::path> packs;
  if (!fs::exists(objects / "pack")) return packs;
  for (const fs::directory_entry& file : fs::directory_iterator(objects / "pack")) {
    if (file.path().extension() != ".pack") continue;
    fs::path index = file.path();
    if (fs::exists(index.replace_extension(".idx"))) packs.push_back(file.path());
  }
  std::sort(packs.begin(), packs.end());
  return packs;
}

bool is_small_pack(const fs::path& pack) {
  return fs::file_size(pack) < kSmallPackBytes;
}

Error not_accessible(const fs::filesystem_error& error) {
  return {ErrorCode::store_unusable,
          fmt::format("cannot look after the data repository: {}", error.what()),
          "check the owner and permissions of the data repository",
          {}};
}

}  // namespace gridexit::adapters::git
