#pragma once
// Files outside the data repository: what a user names on the command line, and pages on disk.

#include <string>
#include <string_view>

#include "gridexit/base/result.hpp"
#include "gridexit/ports/connections.hpp"

namespace gridexit::app {

/// The file's bytes; "-" is standard input. Errors: not_found, io.
Result<std::string> read_whole_file(const std::string& path);
/// Replaces the file in one step, also behind a link; folders on the way are made. A device or pipe
/// is written to. Error: io.
Result<void> replace_file(const std::string& path, std::string_view content);

/// Pages in a folder on disk.
class DiskPages final : public ports::PageFolder {
 public:
  explicit DiskPages(std::string folder) : folder_(std::move(folder)) {}
  Result<void> write(std::string_view path, std::string_view bytes) override {
    const std::string file = folder_ + "/" + std::string(path);
    // Half a megabyte of scripts is the same every hour; rewriting it would wear the volume.
    if (const auto known = read_whole_file(file); known && *known == bytes) return {};
    return replace_file(file, bytes);
  }

 private:
  std::string folder_;
};

}  // namespace gridexit::app
