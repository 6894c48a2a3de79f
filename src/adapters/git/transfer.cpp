#include "transfer.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>

#include "gridexit/base/number.hpp"
#include "leftovers.hpp"
#include "objects.hpp"
#include "session.hpp"

namespace gridexit::adapters::git {
namespace {

// Beside libgit2's codes: the remote is a folder, and there is none; the text is its path.
constexpr int kFolderGone = -10001;

// What the child tells its parent: "<libgit2's code> <bytes sent>\n<text>".
struct Answer {
  int code = 0;
  std::int64_t bytes = 0;
  std::string text;
};

std::string encode(const Answer& answer) {
  return fmt::format("{} {}\n{}", answer.code, answer.bytes, answer.text);
}

std::optional<Answer> decode(std::string_view text) {
  const std::size_t space = text.find(' ');
  const std::size_t line_end = text.find('\n');
  if (line_end == std::string_view::npos || space > line_end) return std::nullopt;
  const auto code = parse_integer(text.substr(0, space));
  const auto bytes = parse_integer(text.substr(space + 1, line_end - space - 1));
  if (!code || !bytes) return std::nullopt;
  return Answer{static_cast<int>(*code), *bytes, std::string(text.substr(line_end + 1))};
}

git_strarray one_refspec(std::string& refspec, char*& slot) {
  slot = refspec.data();
  return {&slot, 1};
}

Answer fetch(git_remote* remote, Session& session) {
  std::string refspec = fmt::format("+{}:{}", kBranch, kFetched);
  char* slot = nullptr;
  const git_strarray refspecs = one_refspec(refspec, slot);
  auto options = defaults(git_fetch_options_init, GIT_FETCH_OPTIONS_VERSION);
  session.attach(options.callbacks);
  options.update_fetchhead = 0;
  options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
  options.proxy_opts.type = GIT_PROXY_AUTO;
  // A redirect would be followed with our credentials.
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  return {git_remote_fetch(remote, &refspecs, &options, nullptr), 0, ""};
}

Answer push(git_remote* remote, Session& session) {
  std::string refspec = fmt::format("{}:{}", kBranch, kBranch);
  char* slot = nullptr;
  const git_strarray refspecs = one_refspec(refspec, slot);
  auto options = defaults(git_push_options_init, GIT_PUSH_OPTIONS_VERSION);
  session.attach(options.callbacks);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  const int code = git_remote_push(remote, &refspecs, &options);
  return {code, session.bytes_sent(), session.refusal()};
}

Answer ask_head(git_remote* remote, Session& session) {
  auto options = defaults(git_remote_connect_options_init, GIT_REMOTE_CONNECT_OPTIONS_VERSION);
  session.attach(options.callbacks);
  options.proxy_opts.type = GIT_PROXY_AUTO;
  options.follow_redirects = GIT_REMOTE_REDIRECT_NONE;
  const git_remote_head** heads = nullptr;
  std::size_t count = 0;
  int code = git_remote_connect_ext(remote, GIT_DIRECTION_FETCH, &options);
  if (code == 0) code = git_remote_ls(&heads, &count, remote);
  if (code < 0) return {code, 0, ""};
  for (std::size_t i = 0; i < count; ++i) {
    if (std::string_view(heads[i]->name) == kBranch) return {0, 0, to_text(heads[i]->oid)};
  }
  return {};
}

using Action = Answer (*)(git_remote*, Session&);

// Runs in the child, with handles of its own.
Answer talk(const Transfer& transfer, const PrivateHome* home, Action action) {
  git_error_clear();
  Session session(transfer.credentials);
  RepositoryHandle repository;
  RemoteHandle remote;
  Answer answer;
  answer.code = prepare_trust(transfer.credentials, home) ? 0 : GIT_ERROR;
  if (answer.code == 0) {
    answer.code = git_repository_open_ext(out(repository), transfer.git_folder.c_str(),
                                          GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  }
  if (answer.code == 0) answer.code = git_remote_lookup(out(remote), repository.get(), kRemote);
  // libgit2 takes a folder that is gone for an address of a kind that it does not know.
  const auto folder = answer.code == 0 ? folder_of(git_remote_url(remote.get())) : std::nullopt;
  if (std::error_code unknown; folder && !std::filesystem::exists(*folder, unknown) && !unknown) {
    return {kFolderGone, 0, *folder};
  }
  if (answer.code == 0) answer = action(remote.get(), session);
  if (answer.code < 0) answer.text = last_message();
  return answer;
}

// Libssh2 fails without a HOME, too. Whether ssh is used is known only to git, whose settings may
// put another address in the place of this one. Made and removed by the parent, because the child
// may be killed.
Result<std::optional<PrivateHome>> home_for(const Transfer& transfer) {
  const bool has_own = transfer.credentials.known_hosts.empty() && std::getenv("HOME") != nullptr;
  if (has_own || folder_of(transfer.url)) return std::optional<PrivateHome>{};
  GX_TRY(PrivateHome home, PrivateHome::make(transfer.credentials.known_hosts));
  return std::optional{std::move(home)};
}

Result<Answer> talk_in_child(const Transfer& transfer, Action action) {
  GX_TRY(const std::optional<PrivateHome> home, home_for(transfer));
  const PrivateHome* own = home ? &*home : nullptr;
  GX_TRY(const ChildOutcome child,
         run_in_child(transfer.bounds, [&] { return encode(talk(transfer, own, action)); }));
  switch (child.end) {
    case ChildEnd::stopped:
      return Error{ErrorCode::deadline_exceeded, "the transfer was ended on request", "", {}};
    case ChildEnd::out_of_time:
      return Error{
          ErrorCode::remote_unreachable,
          fmt::format("the remote did not answer within {:g} s", transfer.bounds.timeout_seconds),
          "check the network and the remote's URL",
          {}};
    case ChildEnd::died:
      return Error{
          ErrorCode::remote_unreachable, "the transfer process died without an answer", "", {}};
    case ChildEnd::answered: break;
  }
  const std::optional<Answer> answer = decode(child.answer);
  if (!answer) return Error{ErrorCode::internal, "the transfer's answer is garbled", "", {}};
  return *answer;
}

// A killed child leaves its locks and half a pack. The caller of a fetch or push holds the run
// lock, so they are nobody else's.
Result<Answer> talk_in_child_and_tidy(const Transfer& transfer, Action action) {
  Result<Answer> answer = talk_in_child(transfer, action);
  if (!answer) {
    GX_CHECK(remove_leftovers(transfer.git_folder));
  }
  return answer;
}

Error transfer_failure(const Answer& answer) {
  if (answer.code == kFolderGone) {
    return {ErrorCode::remote_unreachable,
            fmt::format("the remote's folder {} does not exist", answer.text),
            fmt::format("mount what holds it, or make it anew: git init --bare -b main {}; commits "
                        "stay here meanwhile",
                        answer.text),
            {}};
  }
  const std::string reason = answer.text.empty() ? "no reason given" : answer.text;
  if (answer.code == GIT_EAUTH || answer.code == GIT_ECERTIFICATE) {
    return {ErrorCode::remote_rejected,
            "the remote was not accepted or did not accept us: " + reason,
            "check the remote's URL, the credentials and the known hosts",
            {}};
  }
  return {ErrorCode::remote_unreachable,
          "the remote cannot be reached: " + reason,
          "commits stay here and are pushed by the next run",
          {}};
}

}  // namespace

std::optional<std::string> folder_of(std::string_view url) {
  constexpr std::string_view kScheme = "file://";
  if (!url.starts_with(kScheme)) {
    // "host:path" is git's short form of ssh.
    if (url.substr(0, url.find('/')).find(':') != std::string_view::npos) return std::nullopt;
    return std::string(url);
  }
  url.remove_prefix(kScheme.size());
  if (url.starts_with("localhost/")) url.remove_prefix(std::string_view("localhost").size());
  // Encoded characters are libgit2's business; such a folder is only pushed to.
  if (url.find('%') != std::string_view::npos) return std::nullopt;
  return std::string(url);
}

Result<std::string> remote_main(const Transfer& transfer) {
  GX_TRY(Answer answer, talk_in_child(transfer, ask_head));
  if (answer.code < 0) return transfer_failure(answer);
  return std::move(answer.text);
}

Result<void> fetch_main(const Transfer& transfer) {
  GX_TRY(const Answer answer, talk_in_child_and_tidy(transfer, fetch));
  if (answer.code < 0) return transfer_failure(answer);
  return {};
}

Result<Delivery> push_main(const Transfer& transfer) {
  GX_TRY(const Answer answer, talk_in_child_and_tidy(transfer, push));
  if (answer.code == GIT_ENONFASTFORWARD) return Delivery{false, answer.text, answer.bytes};
  if (answer.code < 0) return transfer_failure(answer);
  return Delivery{answer.text.empty(), answer.text, answer.bytes};
}

}  // namespace gridexit::adapters::git
