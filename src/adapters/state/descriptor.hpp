#pragma once
// A file descriptor that closes itself, and the system's errors as io failures.

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "gridexit/base/disk.hpp"
#include "gridexit/base/error.hpp"

namespace gridexit::adapters {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }
  /// Hands the open descriptor to the caller.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

/// "cannot <verb> <path>: <the system's text>" from errno.
inline Error io_error(std::string_view verb, std::string_view path) {
  const int number = errno;
  const std::string_view remedy = disk_remedy(number);
  return {
      ErrorCode::io,
      fmt::format("cannot {} {}: {}", verb, path,
                  std::error_code(number, std::generic_category()).message()),
      remedy.empty() ? "check the folder's owner, permissions and free space" : std::string(remedy),
      {}};
}

}  // namespace gridexit::adapters
