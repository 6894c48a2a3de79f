#pragma once
// The data repository as a versioned key-value store: paths to bytes at HEAD, one commit per change
// set, one remote. Knows nothing of documents; merging a file that both sides changed is passed in.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/base/time.hpp"

namespace gridexit::ports {

/// A file's bytes with the id of its content (git blob id).
struct StoredFile {
  std::string content;
  std::string blob;
};

/// One entry of a folder.
struct StoredEntry {
  std::string name;
  bool is_folder = false;
  std::string id;  ///< blob or tree id

  bool operator==(const StoredEntry&) const = default;
};

/// Files to write in one commit.
struct ChangeSet {
  std::map<std::string, std::string> files;  ///< path -> bytes
  std::string subject;
  std::string body;
  UtcTime author_time{};     ///< T
  UtcTime committer_time{};  ///< the clock's
};

struct CommitOutcome {
  std::string commit;    ///< HEAD afterwards
  bool changed = false;  ///< false: the tree was the same already, no commit was made
};

/// What synchronising with the remote found and did.
struct SyncOutcome {
  bool has_remote = false;
  bool fetched = false;   ///< the remote answered
  bool diverged = false;  ///< the remote's history was rewritten; nothing was rebased
  int rebased = 0;        ///< local commits put on top of the remote's
};

struct PushOutcome {
  bool has_remote = false;
  bool pushed = false;     ///< the remote has everything now
  int commits = 0;         ///< commits it received
  std::int64_t bytes = 0;  ///< bytes sent
};

/// Merges a file that the remote and we changed since `base`: theirs plus our added entries. Empty
/// base: new on both.
using MergeFile = std::function<Result<std::string>(
    std::string_view path, std::string_view base, std::string_view ours, std::string_view theirs)>;

class Store {
 public:
  virtual ~Store() = default;
  /// The file at HEAD; nothing when it does not exist.
  virtual Result<std::optional<StoredFile>> read(std::string_view path) = 0;
  /// Entries of a folder at HEAD, sorted by name; empty when it does not exist.
  virtual Result<std::vector<StoredEntry>> list(std::string_view folder) = 0;
  /// Writes all files in one commit on top of HEAD; atomic.
  virtual Result<CommitOutcome> commit(const ChangeSet& changes) = 0;
  /// Id of HEAD's commit; empty in a repository without commits.
  virtual Result<std::string> head() = 0;
  /// Ids of the commits that changed `path` (a file or a folder), newest first, at most `limit`;
  /// along first parents.
  virtual Result<std::vector<std::string>> commits_of(std::string_view path, int limit) = 0;
  /// The file at an earlier commit; nothing when it does not exist there.
  virtual Result<std::optional<StoredFile>> read_at(std::string_view commit,
                                                    std::string_view path) = 0;
  /// Commits that the remote does not have, as last seen.
  virtual Result<int> unpushed() = 0;

  /// Gathers the commits that follow: every call of this store sees them at once, and they reach
  /// the disk many at a time, at the latest at `end_batch`. For long histories: a kill takes away
  /// the newest commits, each whole, where otherwise it takes none. The default gathers nothing.
  virtual Result<void> begin_batch() { return {}; }
  /// Writes what is left; the batch is over even when that fails.
  virtual Result<void> end_batch() { return {}; }
};

/// The other side. Each call is bounded in time.
class Remote {
 public:
  virtual ~Remote() = default;
  /// Fetches, and puts local commits on top of the remote's.
  virtual Result<SyncOutcome> synchronise(const MergeFile& merge) = 0;
  /// Pushes; when the remote moved meanwhile: fetch, re-apply, push again, at most 3 tries. Errors:
  /// remote.*.
  virtual Result<PushOutcome> push(const MergeFile& merge) = 0;
};

}  // namespace gridexit::ports
