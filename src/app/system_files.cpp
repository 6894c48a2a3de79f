#include "app/system_files.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "gridexit/base/disk.hpp"

namespace gridexit::app {
namespace {

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
  if (std::filesystem::file_size(path, unknown) != content.size() || unknown) return false;
  std::ifstream file(path, std::ios::binary);
  return file.is_open() && drain(file) == content;
}

}  // namespace

Result<std::string> read_whole_file(const std::string& path) {
  if (path == "-") return drain(std::cin);
  std::error_code failed;
  const auto kind = std::filesystem::status(path, failed).type();
  if (kind == std::filesystem::file_type::not_found) {
    return Error{ErrorCode::not_found, "there is no file " + path, "check the path", {}};
  }
  if (kind == std::filesystem::file_type::directory) {
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
  if (holds(path, content)) return {};
  std::error_code failed;
  const std::filesystem::path target(path);
  if (target.has_parent_path()) std::filesystem::create_directories(target.parent_path(), failed);
  if (failed) return io_error("cannot make the folder of", path, failed.message());
  // A name of its own, so that two processes never write into one temporary file.
  const std::string temporary = path + ".new-" + std::to_string(::getpid());
  {
    errno = 0;
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file << content;
    file.flush();
    if (!file) {
      const std::string why = reason_of(errno, "not writable, or the disk is full");
      std::filesystem::remove(temporary, failed);
      return io_error("cannot write", path, why);
    }
  }
  std::filesystem::rename(temporary, target, failed);
  if (!failed) return {};
  const std::string why = failed.message();
  std::filesystem::remove(temporary, failed);
  return io_error("cannot write", path, why);
}

}  // namespace gridexit::app
