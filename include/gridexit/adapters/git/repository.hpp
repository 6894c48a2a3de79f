#pragma once
// The data repository in git, by libgit2: the Store and Remote of a run. Commits are built from
// HEAD's tree in the object database, without index and working tree; in a normal clone the changed
// files are checked out afterwards. Writing calls expect the caller to hold the run lock. One
// thread at a time.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/adapters/git/credentials.hpp"
#include "gridexit/ports/history.hpp"
#include "gridexit/ports/maintenance.hpp"
#include "gridexit/ports/store.hpp"

struct git_repository;

namespace gridexit::adapters {
namespace git {
class Batch;
}

struct OpenOptions {
  std::string path;
  std::string author_name = "gridexit";
  std::string author_email = "gridexit@localhost";
  /// Bound of each fetch and of each push, from outside the library; DNS and TLS included.
  double network_timeout_seconds = 60;
  Credentials credentials{};
  /// Asked several times a second while transferring and packing: true ends it (deadline.exceeded).
  std::function<bool()> stop_requested{};
};

struct CreateOptions {
  std::string path;
  std::string remote_url;  ///< becomes `origin`; empty: no remote
};

class GitRepository final : public ports::Store,
                            public ports::Remote,
                            public ports::History,
                            public ports::Maintenance {
 public:
  /// Opens a bare or normal repository whose HEAD is `main`; parent folders are not searched.
  /// Error: store.unusable, naming the path and the remedy.
  static Result<std::unique_ptr<GitRepository>> open(OpenOptions options);

  /// Makes an empty bare repository with the branch `main`. Errors: conflict (there is one
  /// already), store.unusable.
  static Result<void> create(const CreateOptions& options);

  ~GitRepository() override;

  /// Removes what a killed run may leave behind (git's lock files, temporary objects and packs) and
  /// returns the removed files, relative to the git folder. Only while holding the run lock.
  Result<std::vector<std::string>> recover();

  /// The folder that holds the objects: the path itself, or `.git` in a normal clone.
  std::string git_folder() const;
  bool is_bare() const;
  /// The URL of `origin` without user and password; nothing when there is no remote.
  Result<std::optional<std::string>> remote_url();

  /// Asks the remote for the commit of its `main` and changes nothing: empty when it has none, no
  /// value without a remote. Errors: remote.unreachable, remote.rejected, deadline.exceeded.
  Result<std::optional<std::string>> remote_head();

  Result<std::optional<ports::StoredFile>> read(std::string_view path) override;
  Result<std::vector<ports::StoredEntry>> list(std::string_view folder) override;
  /// Errors: conflict (local changes in a normal clone, named), store.unusable.
  Result<ports::CommitOutcome> commit(const ports::ChangeSet& changes) override;
  Result<std::string> head() override;
  Result<std::vector<std::string>> commits_of(std::string_view path, int limit) override;
  /// Error: not_found when there is no such commit.
  Result<std::optional<ports::StoredFile>> read_at(std::string_view commit,
                                                   std::string_view path) override;
  Result<int> unpushed() override;
  /// In a normal clone nothing is gathered: each commit is checked out there.
  Result<void> begin_batch() override;
  /// Errors: conflict (another program moved the branch meanwhile), store.unusable.
  Result<void> end_batch() override;

  /// `diverged` stays until the operator has accepted the remote's history with
  /// `git update-ref refs/gridexit/last-seen <commit>`. Errors: remote.unreachable,
  /// remote.rejected, deadline.exceeded, store.unusable, conflict, and those of `merge`.
  Result<ports::SyncOutcome> synchronise(const ports::MergeFile& merge) override;
  /// Synchronises first when nobody has. Errors as for `synchronise`, and store.diverged.
  Result<ports::PushOutcome> push(const ports::MergeFile& merge) override;

  Result<ports::HistoryLine> line() override;
  Result<std::vector<ports::FileChange>> changes(std::string_view from, std::string_view to,
                                                 const std::vector<std::string>& ignored) override;
  Result<std::string> content(std::string_view blob) override;
  Result<std::optional<std::string>> find_commit(std::string_view prefix) override;
  Result<std::optional<std::string>> resolve(const std::string& name) override;
  Result<std::unique_ptr<ports::History>> reopen() const override;

  Result<ports::StoreSize> size() override;
  /// In a child process, which is killed when it has to end.
  Result<ports::PackOutcome> pack(const ports::PackBounds& bounds) override;
  Result<ports::RemoteLook> look_at_remote(double timeout_seconds) override;

 private:
  using Handle = std::unique_ptr<git_repository, void (*)(git_repository*)>;

  GitRepository(OpenOptions options, Handle handle);
  Result<void> fetch(const std::string& url);
  Result<bool> history_was_rewritten();
  /// Accepts what was fetched and returns how many local commits were put on top of it.
  Result<int> integrate(const ports::MergeFile& merge);

  OpenOptions options_;
  Handle handle_;
  std::unique_ptr<git::Batch> batch_;
  /// What the last synchronisation found; nothing before the first.
  std::optional<bool> diverged_;
};

}  // namespace gridexit::adapters
