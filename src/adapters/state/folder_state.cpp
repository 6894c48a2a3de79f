#include "gridexit/adapters/state/folder_state.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "descriptor.hpp"
#include "private_folder.hpp"

namespace gridexit::adapters {
namespace {

Result<void> write_all(const Descriptor& file, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return io_error("write", path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

std::string state_folder_beside(std::string_view repository) {
  std::error_code failed;
  std::filesystem::path path = std::filesystem::absolute(repository, failed).lexically_normal();
  if (failed) path = std::filesystem::path(repository).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // a trailing slash
  return (path.parent_path() / "gridexit-state" / path.filename()).string();
}

Result<FolderState> FolderState::open(std::string folder) {
  GX_CHECK(make_private_folder(folder));
  return FolderState(std::move(folder));
}

Result<std::string> FolderState::path_of(std::string_view name) const {
  const bool plain =
      !name.empty() && name.front() != '.' && name.find('/') == std::string_view::npos;
  if (!plain) {
    return Error{ErrorCode::io, fmt::format("'{}' is not a plain file name", name), "", {}};
  }
  return fmt::format("{}/{}", folder_, name);
}

Result<std::optional<std::string>> FolderState::load(std::string_view name) {
  GX_TRY(const std::string path, path_of(name));
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    if (errno == ENOENT) return std::optional<std::string>{};
    return io_error("open", path);
  }
  std::string content;
  std::array<char, std::size_t{16} * 1024> chunk{};
  while (true) {
    const ssize_t got = ::read(file.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return io_error("read", path);
    if (got == 0) return std::optional<std::string>(std::move(content));
    content.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

Result<void> FolderState::save(std::string_view name, std::string_view content) {
  GX_TRY(const std::string path, path_of(name));
  // Most of what a run keeps is as it was, and a sync costs more than reading it.
  if (const auto kept = load(name); kept && *kept == content) return {};
  // One fixed name: what a killed run left is overwritten by the next. The run lock keeps two
  // writers apart.
  const std::string temporary = fmt::format("{}/.{}.tmp", folder_, name);
  {
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file.is_open()) return io_error("create", temporary);
    GX_CHECK(write_all(file, content, temporary));
    if (::fsync(file.get()) != 0) return io_error("sync", temporary);
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return io_error("replace", path);
  // The folder is not synced: a loss of power may bring the earlier file back, whole, and then a
  // message is sent a second time.
  return {};
}

Result<void> FolderState::remove(std::string_view name) {
  GX_TRY(const std::string path, path_of(name));
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return io_error("remove", path);
  return {};
}

}  // namespace gridexit::adapters
