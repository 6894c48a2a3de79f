#include "app/git_credentials.hpp"

#include <array>
#include <filesystem>
#include <string_view>

#include "app/system_files.hpp"

namespace gridexit::app {
namespace {

// The kinds of key that this libssh2 can use, best first.
constexpr std::array<std::string_view, 2> kUsualKeys{"/.ssh/id_ed25519", "/.ssh/id_ecdsa"};
constexpr std::string_view kUsualHosts = "/.ssh/known_hosts";

std::string usual_key(const std::string& home) {
  if (home.empty()) return "";
  for (const std::string_view name : kUsualKeys) {
    std::string path = home + std::string(name);
    std::error_code ignored;
    if (std::filesystem::exists(path, ignored)) return path;
  }
  return "";
}

std::string known_hosts(const std::string& named, const std::string& home) {
  if (named.empty() && home.empty()) return "";
  const std::string path = named.empty() ? home + std::string(kUsualHosts) : named;
  const auto lines = read_whole_file(path);
  // A comment alone: no host is known, and no other file is asked in its place.
  return lines && !lines->empty() ? *lines : "# no known hosts in " + path + "\n";
}

}  // namespace

adapters::Credentials git_credentials(const RepositorySettings& settings, const std::string& home) {
  adapters::Credentials credentials;
  credentials.ssh_key_path =
      settings.ssh_key_path.empty() ? usual_key(home) : settings.ssh_key_path;
  if (!settings.ssh_key.empty()) {
    // Secrets arrive without the blanks around them, but a key's last line ends like all others.
    credentials.ssh_key = Secret(settings.ssh_key.reveal() + "\n");
  }
  credentials.ssh_passphrase = settings.ssh_passphrase;
  credentials.known_hosts = known_hosts(settings.known_hosts_path, home);
  credentials.https_token = settings.token;
  credentials.ca_file = settings.ca_file;
  return credentials;
}

}  // namespace gridexit::app
