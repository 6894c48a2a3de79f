#include "session.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "gridexit/base/text.hpp"

namespace gridexit::adapters::git {
namespace {

constexpr std::size_t kServerTextLimit = 500;

// libgit2 reports a callback's failure with whatever message was set last.
int refuse(const char* message) {
  git_error_set_str(GIT_ERROR_CALLBACK, message);
  return GIT_EAUTH;
}

bool allows(unsigned int allowed, git_credential_t type) {
  return (allowed & static_cast<unsigned int>(type)) != 0;
}

const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

}  // namespace

void Session::attach(git_remote_callbacks& callbacks) {
  callbacks.credentials = provide_credential;
  callbacks.push_transfer_progress = note_progress;
  callbacks.push_update_reference = note_status;
  callbacks.sideband_progress = note_text;
  callbacks.payload = this;
}

std::string Session::refusal() const {
  if (refusal_.empty() || server_text_.empty()) return refusal_;
  return refusal_ + "; the server says: " + std::string(trim(server_text_));
}

int Session::provide_credential(git_credential** out, const char*, const char* user,
                                unsigned int allowed, void* session) {
  auto* self = static_cast<Session*>(session);
  if (allows(allowed, GIT_CREDENTIAL_USERNAME)) {
    return git_credential_username_new(out, user == nullptr ? "git" : user);
  }
  // libgit2 asks again after a refusal, for as long as it is given the same answer.
  if (self->credentials_asked_++ > 0) {
    return refuse("the server refused the credentials (note: RSA keys do not work, ed25519 do)");
  }
  return self->make_credential(out, user, allowed);
}

int Session::make_credential(git_credential** out, const char* user, unsigned int allowed) {
  const char* passphrase = text_or_null(credentials_.ssh_passphrase.reveal());
  if (allows(allowed, GIT_CREDENTIAL_SSH_MEMORY) && !credentials_.ssh_key.empty()) {
    return git_credential_ssh_key_memory_new(out, user == nullptr ? "git" : user, nullptr,
                                             credentials_.ssh_key.reveal().c_str(), passphrase);
  }
  if (allows(allowed, GIT_CREDENTIAL_SSH_KEY) && !credentials_.ssh_key_path.empty()) {
    return git_credential_ssh_key_new(out, user == nullptr ? "git" : user, nullptr,
                                      credentials_.ssh_key_path.c_str(), passphrase);
  }
  if (allows(allowed, GIT_CREDENTIAL_USERPASS_PLAINTEXT) && !credentials_.https_token.empty()) {
    return git_credential_userpass_plaintext_new(
        out, user == nullptr ? credentials_.https_user.c_str() : user,
        credentials_.https_token.reveal().c_str());
  }
  return refuse("the server asks for credentials and none are configured");
}

int Session::note_progress(unsigned int, unsigned int, std::size_t bytes, void* session) {
  static_cast<Session*>(session)->bytes_sent_ = static_cast<std::int64_t>(bytes);
  return 0;
}

int Session::note_status(const char*, const char* status, void* session) {
  if (status != nullptr) static_cast<Session*>(session)->refusal_ = status;
  return 0;
}

int Session::note_text(const char* text, int length, void* session) {
  std::string& kept = static_cast<Session*>(session)->server_text_;
  const std::size_t room = kServerTextLimit - std::min(kServerTextLimit, kept.size());
  kept.append(text, std::min(static_cast<std::size_t>(std::max(length, 0)), room));
  // The text ends in logs and messages: one line, nothing that steers a terminal.
  std::replace_if(
      kept.begin(), kept.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return 0;
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

bool prepare_trust(const Credentials& credentials, const std::string& git_folder) {
  if (!credentials.ca_file.empty() &&
      git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, credentials.ca_file.c_str(), nullptr) < 0) {
    return false;
  }
  // libssh2's check reads $HOME/.ssh/known_hosts and nothing else, and fails without a HOME.
  if (credentials.known_hosts.empty() && std::getenv("HOME") != nullptr) return true;
  const std::filesystem::path home = std::filesystem::path(git_folder) / "gridexit-home";
  std::error_code failed;
  std::filesystem::create_directories(home / ".ssh", failed);
  std::ofstream file(home / ".ssh/known_hosts", std::ios::trunc);
  file << without_rsa_lines(credentials.known_hosts) << std::flush;
  if (file && ::setenv("HOME", home.c_str(), 1) == 0) return true;
  git_error_set_str(GIT_ERROR_OS, "cannot write the known hosts");
  return false;
}

}  // namespace gridexit::adapters::git
