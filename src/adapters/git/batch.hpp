#pragma once
// Commits that are gathered in memory and reach the disk together: their objects as one pack, then
// the branch. A kill before that leaves the branch as it was, and at worst half a pack, which the
// next run removes.

#include <memory>
#include <optional>

#include "memory_objects.hpp"
#include "objects.hpp"

namespace gridexit::adapters::git {

class Batch {
 public:
  /// For the repository's lifetime; nothing is gathered before `begin`. Error: store.unusable.
  static Result<std::unique_ptr<Batch>> attach(git_repository* repository);

  /// From here on new objects of the repository stay in memory. Error: store.unusable.
  Result<void> begin();
  bool is_open() const { return objects_->is_open(); }
  /// The newest commit, gathered or not; nothing in a repository without commits.
  const std::optional<git_oid>& tip() const { return tip_; }
  /// Takes a commit on top of the tip; writes to disk when enough is gathered. Errors: conflict
  /// (the branch was moved meanwhile), store.unusable.
  Result<void> advance(const git_oid& commit);
  /// Writes what is left. It is over even when that fails. Errors: as `advance`.
  Result<void> end();

 private:
  Batch(git_repository* repository, std::shared_ptr<MemoryObjects> objects);
  Result<void> write();

  git_repository* repository_;
  std::shared_ptr<MemoryObjects> objects_;
  std::optional<git_oid> written_;  ///< where the branch is
  std::optional<git_oid> tip_;
};

/// The commit that the next one follows: of an open batch its newest, else HEAD's; a null handle in
/// a repository without commits.
Result<CommitHandle> newest_commit(git_repository* repository, const Batch* batch);

}  // namespace gridexit::adapters::git
