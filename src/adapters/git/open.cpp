// Opening and making repositories.

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "batch.hpp"
#include "gridexit/adapters/git/repository.hpp"
#include "objects.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;

// The remote is read and made by its settings, because git_remote_lookup and git_remote_create leak
// 20 KB for every setting they skip (libgit2 pull request 6382, not in 1.5).
constexpr const char* kRemoteUrl = "remote.origin.url";
constexpr const char* kRemoteFetch = "remote.origin.fetch";

Result<void> set_remote(git_repository* repository, const std::string& url) {
  ConfigHandle config;
  GX_CHECK(check(git_repository_config(out(config), repository), "open", "the settings"));
  GX_CHECK(check(git_config_set_string(config.get(), kRemoteUrl, url.c_str()), "set",
                 "the remote's URL"));
  return check(
      git_config_set_string(config.get(), kRemoteFetch, "+refs/heads/*:refs/remotes/origin/*"),
      "set", "the remote's branches");
}

Error in_the_way(const std::string& path) {
  std::error_code unknown;
  const bool is_folder = std::filesystem::is_directory(path, unknown);
  return {ErrorCode::conflict,
          fmt::format("{} is {}", path,
                      is_folder ? "a git repository already" : "a file, not a folder"),
          is_folder ? "use it as it is, or choose another path" : "choose another path",
          {}};
}

Error cannot_open(int code, const std::string& path) {
  const std::string reason = last_message();
  // With no safe.directory configured, libgit2 1.5 answers "not found" instead of its owner code.
  const bool is_foreign = code == GIT_EOWNER || reason.find("safe.directory") != std::string::npos;
  if (is_foreign) {
    return {ErrorCode::store_unusable,
            fmt::format("the data repository {} belongs to another user", path),
            fmt::format("run as its owner, change its owner, or trust it with: git config --global "
                        "--add safe.directory {}",
                        path),
            {}};
  }
  if (code == GIT_ENOTFOUND) {
    return {ErrorCode::store_unusable,
            fmt::format("{} is not a git repository", path),
            fmt::format("make one with: gridexit init --repo {}", path),
            {}};
  }
  Error error = failure(code, "open the data repository", path);
  if (error.hint.empty()) error.hint = "check that the path is right and readable";
  return error;
}

// Everything else relies on HEAD and `main` being the same.
Result<void> expect_main(git_repository* repository, const std::string& path) {
  ReferenceHandle head;
  GX_CHECK(check(git_reference_lookup(out(head), repository, "HEAD"), "read HEAD of", path));
  const char* target = git_reference_symbolic_target(head.get());
  if (target != nullptr && std::string_view(target) == kBranch) return {};
  return Error{ErrorCode::store_unusable,
               fmt::format("HEAD of {} is {}, not the branch main", path,
                           target == nullptr ? "a single commit" : target),
               "put it on main: git checkout main (bare: git symbolic-ref HEAD refs/heads/main)",
               {}};
}

}  // namespace

GitRepository::GitRepository(OpenOptions options, Handle handle)
    : options_(std::move(options)), handle_(std::move(handle)) {}

Result<std::unique_ptr<GitRepository>> GitRepository::open(OpenOptions options) {
  GX_CHECK(initialise_library());
  git_repository* opened = nullptr;
  const int code = git_repository_open_ext(&opened, options.path.c_str(),
                                           GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
  if (code < 0) return cannot_open(code, options.path);
  Handle handle(opened, git_repository_free);
  GX_CHECK(expect_main(handle.get(), options.path));
  // Names the writer in the reflog, which libgit2 would otherwise fill from the user's own
  // settings.
  GX_CHECK(check(git_repository_set_ident(handle.get(), options.author_name.c_str(),
                                          options.author_email.c_str()),
                 "use the author", options.author_name));
  return std::unique_ptr<GitRepository>(new GitRepository(std::move(options), std::move(handle)));
}

Result<void> GitRepository::create(const CreateOptions& options) {
  GX_CHECK(initialise_library());
  auto init = defaults(git_repository_init_options_init, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
  init.flags =
      GIT_REPOSITORY_INIT_BARE | GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
  init.initial_head = "main";
  RepositoryHandle repository;
  const int code = git_repository_init_ext(out(repository), options.path.c_str(), &init);
  if (code == GIT_EEXISTS) return in_the_way(options.path);
  GX_CHECK(check(code, "make the data repository", options.path));
  if (options.remote_url.empty()) return {};
  return set_remote(repository.get(), options.remote_url);
}

std::string GitRepository::git_folder() const {
  return git_repository_path(handle_.get());
}

bool GitRepository::is_bare() const {
  return git_repository_is_bare(handle_.get()) != 0;
}

Result<std::optional<std::string>> GitRepository::remote_url() {
  ConfigHandle config;
  GX_CHECK(check(git_repository_config_snapshot(out(config), handle_.get()), "read the settings of",
                 options_.path));
  const char* url = nullptr;
  const int code = git_config_get_string(&url, config.get(), kRemoteUrl);
  if (code == GIT_ENOTFOUND) return std::optional<std::string>{};
  GX_CHECK(check(code, "read the remote of", options_.path));
  return std::optional<std::string>{without_credentials(url)};
}

}  // namespace gridexit::adapters
