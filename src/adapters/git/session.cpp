#include "session.hpp"

#include <algorithm>
#include <cstdlib>
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

int Session::provide_credential(git_credential** out, const char* url, const char* user,
                                unsigned int allowed, void* session) {
  auto* self = static_cast<Session*>(session);
  if (allows(allowed, GIT_CREDENTIAL_USERNAME)) {
    return git_credential_username_new(out, user == nullptr ? "git" : user);
  }
  // libgit2 asks again after a refusal, for as long as it is given the same answer.
  if (self->credentials_asked_++ > 0) {
    return refuse("the server refused the credentials (note: RSA keys do not work, ed25519 do)");
  }
  return self->make_credential(out, url, user, allowed);
}

int Session::make_credential(git_credential** out, std::string_view url, const char* user,
                             unsigned int allowed) {
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
    if (is_readable_on_the_way(url)) {
      return refuse("the token is not sent over http, where others can read it: use https");
    }
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

bool is_readable_on_the_way(std::string_view url) {
  std::string address(url);
  std::transform(address.begin(), address.end(), address.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  std::string_view host(address);
  constexpr std::string_view kPlain = "http://";
  if (!host.starts_with(kPlain)) return false;
  host.remove_prefix(kPlain.size());
  host = host.substr(0, host.find('/'));
  host.remove_prefix(host.rfind('@') + 1);
  const bool is_v6 = host.starts_with('[');
  host = host.substr(0, is_v6 ? host.find(']') + 1 : host.find(':'));
  const bool is_v4_loopback =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  return !is_v4_loopback && host != "localhost" && host != "[::1]";
}

bool prepare_trust(const Credentials& credentials, const PrivateHome* home) {
  if (!credentials.ca_file.empty() &&
      git_libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, credentials.ca_file.c_str(), nullptr) < 0) {
    return false;
  }
  return home == nullptr || ::setenv("HOME", home->path().c_str(), 1) == 0;
}

}  // namespace gridexit::adapters::git
