#include "private_home.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "gridexit/base/text.hpp"

namespace gridexit::adapters::git {
namespace {

namespace fs = std::filesystem;

Error cannot_make(const std::string& folder) {
  return {ErrorCode::remote_unreachable,
          fmt::format("cannot write the known hosts for ssh into {}", folder),
          "make room there, or name a folder that can be written with TMPDIR",
          {}};
}

}  // namespace

Result<PrivateHome> PrivateHome::make(const std::string& known_hosts) {
  std::error_code failed;
  const std::string folder = fs::temp_directory_path(failed).string();
  std::string name = folder + "/gridexit-home-XXXXXX";
  if (failed || ::mkdtemp(name.data()) == nullptr) return cannot_make(folder);
  PrivateHome home(std::move(name));
  fs::create_directory(home.path_ + "/.ssh", failed);
  std::ofstream file(home.path_ + "/.ssh/known_hosts");
  file << without_rsa_lines(known_hosts) << std::flush;
  if (!file) return cannot_make(folder);
  return home;
}

PrivateHome::PrivateHome(PrivateHome&& other) noexcept : path_(std::exchange(other.path_, {})) {}

PrivateHome& PrivateHome::operator=(PrivateHome&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

PrivateHome::~PrivateHome() {
  std::error_code left;
  if (!path_.empty()) fs::remove_all(path_, left);
}

std::string without_rsa_lines(std::string_view known_hosts) {
  std::string kept;
  for (const std::string_view line : split(known_hosts, '\n')) {
    const std::vector<std::string_view> words = split(trim(line), ' ');
    if (std::find(words.begin(), words.end(), "ssh-rsa") == words.end()) {
      kept.append(line).push_back('\n');
    }
  }
  return kept;
}

}  // namespace gridexit::adapters::git
