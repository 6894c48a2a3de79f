#include "gridexit/base/disk.hpp"

#include <array>
#include <cerrno>
#include <system_error>

namespace gridexit {
namespace {

struct Remedy {
  int error_number;
  std::string_view text;
};

constexpr std::string_view kMakeRoom =
    "the disk is full: delete something else there or enlarge the volume";
constexpr std::string_view kRights =
    "run as the user who owns it, or change its owner and permissions";

constexpr std::array kRemedies{
    Remedy{ENOSPC, kMakeRoom},
    Remedy{EDQUOT, kMakeRoom},
    Remedy{EFBIG, "the limit for a file's size is too low (ulimit -f)"},
    Remedy{EROFS, "the volume is read-only: mount it writable; a damaged disk is mounted so, too"},
    Remedy{EACCES, kRights},
    Remedy{EPERM, kRights},
    Remedy{EIO, "the disk or its connection is damaged: save a copy of the data repository first"},
};

}  // namespace

std::string_view disk_remedy(int error_number) {
  for (const Remedy& remedy : kRemedies) {
    if (remedy.error_number == error_number) return remedy.text;
  }
  return {};
}

std::string_view disk_remedy(std::string_view text) {
  for (const Remedy& remedy : kRemedies) {
    const std::string words = std::generic_category().message(remedy.error_number);
    if (text.find(words) != std::string_view::npos) return remedy.text;
  }
  return {};
}

}  // namespace gridexit
