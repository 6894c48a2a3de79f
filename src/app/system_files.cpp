#include "app/system_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>

#include "gridexit/base/disk.hpp"

namespace gridexit::app {
namespace {

namespace fs = std::filesystem;

Error io_error(const std::string& what, const std::string& path, const std::string& why) {
  const std::string_view remedy = disk_remedy(why);
  return {ErrorCode::io,
          what + " " + path + ": " + why,
          remedy.empty() ? "check that the path exists and its rights" : std::string(remedy),
          {}};
}

// Streams keep no reason of their own.
std::string reason_of(int error_number, std::string_view otherwise) {
  return error_number == 0 ? std::string(otherwise) : std::generic_category().message(error_number);
}

std::string drain(std::istream& stream) {
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// The assets of a page are the same every hour.
bool holds(const std::string& path, std::string_view content) {
  std::error_code unknown;
  if (fs::file_size(path, unknown) != content.size() || unknown) return false;
  std::ifstream file(path, std::ios::binary);
  return file.is_open() && drain(file) == content;
}

// Why it failed; nothing when all is written.
std::optional<std::string> write_bytes(const std::string& path, std::string_view content) {
  errno = 0;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  file.flush();
  if (file) return std::nullopt;
  return reason_of(errno, "not writable, or the disk is full");
}

// Where a link leads, through links to links.
fs::path target_of(fs::path path) {
  constexpr int kMostLinks = 40;
  std::error_code failed;
  for (int i = 0; i < kMostLinks && fs::is_symlink(fs::symlink_status(path, failed)); ++i) {
    path = path.parent_path() / fs::read_symlink(path, failed);
  }
  return path;
}

Result<void> replace_regular(const fs::path& target, std::string_view content) {
  const std::string path = target.string();
  if (holds(path, content)) return {};
  std::error_code failed;
  if (target.has_parent_path()) fs::create_directories(target.parent_path(), failed);
  if (failed) return io_error("cannot make the folder of", path, failed.message());
  // A name of its own, so that two processes never write into one temporary file.
  const std::string temporary = path + ".new-" + std::to_string(::getpid());
  if (const auto why = write_bytes(temporary, content)) {
    fs::remove(temporary, failed);
    return io_error("cannot write", path, *why);
  }
  fs::rename(temporary, target, failed);
  if (!failed) return {};
  const std::string why = failed.message();
  fs::remove(temporary, failed);
  return io_error("cannot write", path, why);
}

}  // namespace

Result<std::string> read_whole_file(const std::string& path) {
  if (path == "-") return drain(std::cin);
  std::error_code failed;
  const auto kind = fs::status(path, failed).type();
  if (kind == fs::file_type::not_found) {
    return Error{ErrorCode::not_found, "there is no file " + path, "check the path", {}};
  }
  if (kind == fs::file_type::directory) {
    return io_error("cannot read", path, "it is a folder");
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string content = drain(file);
  if (!file.is_open() || file.bad()) {
    return io_error("cannot read", path, reason_of(errno, "not readable"));
  }
  return content;
}

Result<void> replace_file(const std::string& path, std::string_view content) {
  std::error_code unknown;
  const fs::file_status found = fs::status(path, unknown);
  // A device, a pipe: what stands there is not ours to replace.
  if (fs::exists(found) && !fs::is_regular_file(found)) {
    if (const auto why = write_bytes(path, content)) return io_error("cannot write", path, *why);
    return {};
  }
  return replace_regular(target_of(path), content);
}

}  // namespace gridexit::app
