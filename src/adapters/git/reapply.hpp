#pragma once
// Puts local commits on top of the remote's: each commit's changes are applied to the new tip by
// path, files that both sides changed are merged by the caller's rule. Works in the object database
// only; no reference moves.

#include "gridexit/ports/store.hpp"
#include "objects.hpp"

namespace gridexit::adapters::git {

struct Reapplied {
  git_oid tip{};
  int commits = 0;  ///< made anew; those whose changes the remote has already are left out
};

/// Re-applies the commits from `base` (excluded) to `head`, oldest first, on `onto`. Author,
/// committer and message stay. Errors: store.unusable, conflict, and those of `merge`.
Result<Reapplied> reapply(git_repository* repository, const git_oid& base, const git_oid& head,
                          const git_oid& onto, const ports::MergeFile& merge);

}  // namespace gridexit::adapters::git
