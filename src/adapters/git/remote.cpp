// The remote side of a run: fetch, accept or refuse what came, put local commits on top, push.

#include <fmt/format.h>

#include "gridexit/adapters/git/repository.hpp"
#include "objects.hpp"
#include "reapply.hpp"
#include "transfer.hpp"
#include "worktree.hpp"

namespace gridexit::adapters {
namespace {

using namespace git;

constexpr int kPushTries = 3;

Transfer transfer_of(const OpenOptions& options, const std::string& git_folder,
                     const std::string& url) {
  return {git_folder, url, options.credentials,
          Bounds{options.network_timeout_seconds, options.stop_requested}};
}

// Whether history leads from `older` to `newer`, or they are the same.
Result<bool> leads_to(git_repository* repository, const git_oid& older, const git_oid& newer) {
  if (git_oid_equal(&older, &newer) != 0) return true;
  const int code = git_graph_descendant_of(repository, &newer, &older);
  GX_CHECK(check(code, "compare with commit", to_text(older)));
  return code == 1;
}

// The common past; nothing when there is none.
Result<std::optional<git_oid>> merge_base(git_repository* repository, const git_oid& ours,
                                          const git_oid& theirs) {
  git_oid base{};
  const int code = git_merge_base(&base, repository, &ours, &theirs);
  if (code == GIT_ENOTFOUND) return std::optional<git_oid>{};
  GX_CHECK(check(code, "compare with commit", to_text(theirs)));
  return std::optional<git_oid>{base};
}

// Moves main, and in a normal clone the files that differ; refuses before anything has moved.
Result<void> move_main(git_repository* repository, const std::optional<git_oid>& from,
                       const git_oid& target) {
  GX_TRY(const CommitHandle old_commit, head_commit(repository));
  GX_TRY(const CommitHandle new_commit, load_commit(repository, target));
  GX_TRY(const TreeHandle old_tree, tree_of(repository, old_commit.get()));
  GX_TRY(const TreeHandle new_tree, tree_of(repository, new_commit.get()));
  std::vector<TreeChange> changes;
  if (git_repository_is_bare(repository) == 0) {
    GX_TRY(changes, changes_between(repository, old_tree.get(), new_tree.get()));
  }
  GX_CHECK(refuse_local_changes(repository, changes));
  GX_CHECK(move_reference(repository, kBranch, target, from));
  return check_out(repository, changes);
}

// In a clone that was never synchronised, the last seen head is the one it was cloned at; the fetch
// is about to move it.
Result<void> adopt_clone(git_repository* repository) {
  GX_TRY(const std::optional<git_oid> seen, find_reference(repository, kLastSeen));
  GX_TRY(const std::optional<git_oid> cloned, find_reference(repository, kTracking));
  if (seen || !cloned) return {};
  return set_reference(repository, kLastSeen, *cloned);
}

bool same(const std::optional<git_oid>& left, const std::optional<git_oid>& right) {
  if (!left || !right) return left.has_value() == right.has_value();
  return git_oid_equal(&*left, &*right) != 0;
}

Error rewritten() {
  return {ErrorCode::store_diverged,
          "the remote's history was rewritten; nothing was pushed",
          "compare both with git log, then accept the remote's head with: git update-ref "
          "refs/gridexit/last-seen <commit>",
          {}};
}

Error no_common_past() {
  return {ErrorCode::store_diverged,
          "main and the remote's main have no commit in common",
          "clone the remote anew, or give this repository a remote of its own",
          {}};
}

}  // namespace

Result<void> GitRepository::fetch(const std::string& url) {
  GX_CHECK(adopt_clone(handle_.get()));
  GX_CHECK(remove_reference(handle_.get(), kFetched));
  return fetch_main(transfer_of(options_, git_folder(), url));
}

Result<std::optional<std::string>> GitRepository::remote_head() {
  GX_TRY(const std::optional<std::string> remote, remote_url());
  if (!remote) return std::optional<std::string>{};
  GX_TRY(std::string head, remote_main(transfer_of(options_, git_folder(), *remote)));
  return std::optional<std::string>{std::move(head)};
}

Result<ports::RemoteLook> GitRepository::look_at_remote(double timeout_seconds) {
  ports::RemoteLook look;
  GX_TRY(const std::optional<std::string> remote, remote_url());
  if (!remote) return look;
  look.has_remote = true;
  Transfer transfer = transfer_of(options_, git_folder(), *remote);
  transfer.bounds.timeout_seconds = timeout_seconds;
  GX_TRY(look.head, remote_main(transfer));
  GX_TRY(const std::optional<git_oid> seen, find_reference(handle_.get(), kLastSeen));
  if (look.head.empty() || !seen) {
    look.rewritten = seen.has_value();  // all that it had is gone
    look.has_more = !look.head.empty();
    return look;
  }
  git_oid head{};
  CommitHandle known;
  const bool is_here = git_oid_fromstr(&head, look.head.c_str()) == 0 &&
                       git_commit_lookup(out(known), handle_.get(), &head) == 0;
  look.has_more = !is_here;
  if (is_here) {
    GX_TRY(const bool continues, leads_to(handle_.get(), *seen, head));
    look.rewritten = !continues;
  }
  return look;
}

Result<ports::SyncOutcome> GitRepository::synchronise(const ports::MergeFile& merge) {
  GX_TRY(const std::optional<std::string> remote, remote_url());
  if (!remote) return ports::SyncOutcome{};
  GX_CHECK(fetch(*remote));
  GX_TRY(diverged_, history_was_rewritten());
  ports::SyncOutcome outcome{.has_remote = true, .fetched = true, .diverged = *diverged_};
  if (!*diverged_) {
    GX_TRY(outcome.rebased, integrate(merge));
  }
  return outcome;
}

Result<bool> GitRepository::history_was_rewritten() {
  GX_TRY(const std::optional<git_oid> fetched, find_reference(handle_.get(), kFetched));
  GX_TRY(const std::optional<git_oid> seen, find_reference(handle_.get(), kLastSeen));
  if (!fetched) return seen.has_value();  // all that it had is gone
  if (seen) {
    GX_TRY(const bool continues, leads_to(handle_.get(), *seen, *fetched));
    return !continues;
  }
  GX_TRY(const std::optional<git_oid> head, find_reference(handle_.get(), kBranch));
  if (!head) return false;
  GX_TRY(const std::optional<git_oid> base, merge_base(handle_.get(), *head, *fetched));
  return !base;
}

Result<int> GitRepository::integrate(const ports::MergeFile& merge) {
  git_repository* repository = handle_.get();
  GX_TRY(const std::optional<git_oid> fetched, find_reference(repository, kFetched));
  if (!fetched) return 0;
  GX_TRY(const std::optional<git_oid> head, find_reference(repository, kBranch));
  Reapplied reapplied{*fetched, 0};
  if (head) {
    GX_TRY(const std::optional<git_oid> base, merge_base(repository, *head, *fetched));
    if (!base) return no_common_past();
    const bool remote_has_more = git_oid_equal(&*base, &*fetched) == 0;
    if (remote_has_more) {
      GX_TRY(reapplied, reapply(repository, *base, *head, *fetched, merge));
    } else {
      reapplied.tip = *head;
    }
  }
  if (!head || git_oid_equal(&*head, &reapplied.tip) == 0) {
    GX_CHECK(move_main(repository, head, reapplied.tip));
  }
  GX_CHECK(set_reference(repository, kLastSeen, *fetched));
  return reapplied.commits;
}

Result<ports::PushOutcome> GitRepository::push(const ports::MergeFile& merge) {
  ports::PushOutcome outcome;
  GX_TRY(const std::optional<std::string> remote, remote_url());
  if (!remote) return outcome;
  outcome.has_remote = true;
  GX_TRY(const int waiting, unpushed());
  // A remote that was set back would take a push gladly.
  if (waiting > 0 && !diverged_) {
    GX_TRY([[maybe_unused]] const ports::SyncOutcome first, synchronise(merge));
  }
  const auto is_rewritten = [this] { return diverged_.value_or(false); };
  std::string refusal;
  for (int attempt = 0; attempt < kPushTries; ++attempt) {
    if (is_rewritten()) return rewritten();
    GX_TRY(const std::optional<git_oid> head, find_reference(handle_.get(), kBranch));
    GX_TRY(const std::optional<git_oid> seen, find_reference(handle_.get(), kLastSeen));
    GX_TRY(outcome.commits, unpushed());
    if (outcome.commits == 0) {
      outcome.pushed = true;
      return outcome;
    }
    GX_TRY(const Delivery delivery, push_main(transfer_of(options_, git_folder(), *remote)));
    // Into a folder libgit2 copies objects and reports their number as bytes; unknown is better.
    if (!folder_of(*remote)) outcome.bytes += delivery.bytes;
    if (delivery.accepted) {
      GX_CHECK(set_reference(handle_.get(), kLastSeen, *head));
      outcome.pushed = true;
      return outcome;
    }
    refusal = delivery.refusal;
    GX_TRY([[maybe_unused]] const ports::SyncOutcome sync, synchronise(merge));
    GX_TRY(const std::optional<git_oid> seen_now, find_reference(handle_.get(), kLastSeen));
    // The remote has not moved, so the same push would be refused again.
    if (!is_rewritten() && same(seen, seen_now)) break;
  }
  if (is_rewritten()) return rewritten();
  return Error{ErrorCode::remote_rejected,
               "the remote refused the push: " + refusal,
               "commits stay here and are pushed by the next run",
               {}};
}

}  // namespace gridexit::adapters
