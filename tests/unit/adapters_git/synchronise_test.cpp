#include <gtest/gtest.h>

#include <filesystem>

#include "support/git_fixture.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::append_ours;
using testing_support::GitFixture;
using testing_support::no_merge;

// Ours and an operator's clone, both of one remote folder that starts with two files.
class Synchronise : public GitFixture {
 protected:
  void SetUp() override {
    GitFixture::SetUp();
    if (IsSkipped()) return;
    remote_ = create("remote.git");
    ours_ = open(create("ours.git", remote_));
    commit(*ours_, {{"grids/eth.yaml", "history:\n- a\n"}, {"config/rules", "v1\n"}}, "init");
    ASSERT_TRUE(ours_->push(no_merge));
    operator_ = clone(remote_, "operator");
  }

  std::string remote_head() const { return git(remote_, "rev-parse main"); }

  std::string remote_;
  std::unique_ptr<GitRepository> ours_;
  std::string operator_;
};

TEST_F(Synchronise, DoesNothingWithoutARemote) {
  const auto alone = open(create("alone.git"));
  commit(*alone, {{"a", "1"}});
  const auto sync = alone->synchronise(no_merge);
  ASSERT_TRUE(sync);
  EXPECT_FALSE(sync->has_remote);
  const auto push = alone->push(no_merge);
  ASSERT_TRUE(push);
  EXPECT_FALSE(push->has_remote);
  EXPECT_FALSE(push->pushed);
  EXPECT_EQ(alone->unpushed().value(), 0);
}

TEST_F(Synchronise, TakesAnEmptyRemote) {
  const auto fresh = open(create("fresh.git", create("empty.git")));
  commit(*fresh, {{"a", "1"}});
  commit(*fresh, {{"a", "2"}});
  const auto sync = fresh->synchronise(no_merge);
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_TRUE(sync->fetched);
  EXPECT_FALSE(sync->diverged);
  EXPECT_EQ(fresh->unpushed().value(), 2);
}

TEST_F(Synchronise, FillsAnEmptyRepository) {
  const auto fresh = open(create("fresh.git", remote_));
  ASSERT_TRUE(fresh->synchronise(no_merge));
  EXPECT_EQ(content(*fresh, "config/rules"), "v1\n");
  EXPECT_EQ(fresh->head().value() + "\n", remote_head());
  EXPECT_EQ(fresh->unpushed().value(), 0);
}

TEST_F(Synchronise, FollowsTheRemote) {
  publish(operator_, "config/rules", "v2\n");
  const auto sync = ours_->synchronise(no_merge);
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_EQ(sync->rebased, 0);
  EXPECT_EQ(content(*ours_, "config/rules"), "v2\n");
  EXPECT_EQ(ours_->head().value() + "\n", remote_head());
}

TEST_F(Synchronise, PutsLocalCommitsOnTopOfTheRemotes) {
  commit(*ours_, {{"metrics/a", "1"}}, "first hour");
  commit(*ours_, {{"metrics/b", "2"}}, "second hour");
  publish(operator_, "config/rules", "v2\n");
  const auto sync = ours_->synchronise(no_merge);
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_EQ(sync->rebased, 2);
  EXPECT_EQ(ours_->unpushed().value(), 2);
  EXPECT_EQ(content(*ours_, "config/rules"), "v2\n");
  const std::string log = git(ours_->git_folder(), "log --date=unix --format='%s|%an|%ad|%cd'");
  EXPECT_EQ(log.substr(0, log.find("by hand")),
            "second hour|gridexit|1770040800|1770040830\n"
            "first hour|gridexit|1770040800|1770040830\n");
  EXPECT_EQ(git(ours_->git_folder(), "rev-parse main~2"), remote_head());
  EXPECT_EQ(git(ours_->git_folder(), "show --format= --name-only main~1"), "metrics/a\n");
  expect_sound(ours_->git_folder());
}

TEST_F(Synchronise, MergesAFileThatBothSidesChanged) {
  commit(*ours_, {{"grids/eth.yaml", "history:\n- a\n- ours 1\n"}});
  commit(*ours_, {{"grids/eth.yaml", "history:\n- a\n- ours 1\n- ours 2\n"}});
  publish(operator_, "grids/eth.yaml", "history:\n- a\n- theirs\n");
  const auto sync = ours_->synchronise(append_ours);
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_EQ(sync->rebased, 2);
  EXPECT_EQ(content(*ours_, "grids/eth.yaml"), "history:\n- a\n- theirs\n- ours 1\n- ours 2\n");
}

TEST_F(Synchronise, MergesAFileThatIsNewOnBothSides) {
  commit(*ours_, {{"grids/btc.yaml", "- ours\n"}});
  publish(operator_, "grids/btc.yaml", "- theirs\n");
  std::string base_seen = "unset";
  const auto sync = ours_->synchronise([&base_seen](auto path, auto base, auto ours, auto theirs) {
    base_seen = base;
    return append_ours(path, base, ours, theirs);
  });
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_EQ(base_seen, "");
  EXPECT_EQ(content(*ours_, "grids/btc.yaml"), "- theirs\n- ours\n");
}

TEST_F(Synchronise, LeavesOutWhatTheRemoteHasAlready) {
  commit(*ours_, {{"config/rules", "v2\n"}});
  publish(operator_, "config/rules", "v2\n");
  const auto sync = ours_->synchronise(no_merge);
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_EQ(sync->rebased, 0);
  EXPECT_EQ(ours_->head().value() + "\n", remote_head());
}

TEST_F(Synchronise, KeepsOurDataWhenTheRemoteRemovedTheFile) {
  commit(*ours_, {{"grids/eth.yaml", "history:\n- a\n- ours\n"}});
  git(operator_, "rm -q grids/eth.yaml");
  publish(operator_, "other", "x");
  ASSERT_TRUE(ours_->synchronise(no_merge));
  EXPECT_EQ(content(*ours_, "grids/eth.yaml"), "history:\n- a\n- ours\n");
}

TEST_F(Synchronise, ChangesNothingWhenAMergeFails) {
  const std::string before = commit(*ours_, {{"config/rules", "ours\n"}});
  publish(operator_, "config/rules", "theirs\n");
  const auto sync = ours_->synchronise([](auto path, auto, auto, auto) -> Result<std::string> {
    return Error{ErrorCode::conflict, "cannot merge " + std::string(path), "", {}};
  });
  ASSERT_FALSE(sync);
  EXPECT_EQ(sync.error().message, "cannot merge config/rules");
  EXPECT_EQ(ours_->head().value(), before);
}

TEST_F(Synchronise, LeavesARewrittenRemoteAlone) {
  publish(operator_, "config/rules", "v2\n");
  ASSERT_TRUE(ours_->synchronise(no_merge));
  const std::string before = commit(*ours_, {{"metrics/a", "1"}});
  git(operator_, "reset -q --hard HEAD~1");
  testing_support::write_file(operator_ + "/config/rules", "rewritten\n");
  git(operator_, "commit -q -a -m rewritten");
  git(operator_, "push -q --force origin HEAD:main");
  const std::string rewritten = remote_head();
  for (int run = 0; run < 2; ++run) {  // the next run must not take it for granted
    const auto again = open(folder / "ours.git");
    const auto sync = again->synchronise(no_merge);
    ASSERT_TRUE(sync) << sync.error().text();
    EXPECT_TRUE(sync->diverged);
    EXPECT_EQ(sync->rebased, 0);
    EXPECT_EQ(again->head().value(), before);
    const auto push = again->push(no_merge);
    ASSERT_FALSE(push);
    EXPECT_EQ(push.error().code, ErrorCode::store_diverged);
  }
  EXPECT_EQ(remote_head(), rewritten);
}

TEST_F(Synchronise, DoesNotFillARemoteThatWasSetBack) {
  publish(operator_, "config/rules", "v2\n");
  ASSERT_TRUE(ours_->synchronise(no_merge));
  git(operator_, "push -q --force origin HEAD~1:main");
  const std::string set_back = remote_head();
  EXPECT_TRUE(ours_->synchronise(no_merge)->diverged);
  commit(*ours_, {{"metrics/a", "1"}});
  EXPECT_FALSE(ours_->push(no_merge));
  EXPECT_EQ(remote_head(), set_back);
}

TEST_F(Synchronise, DoesNotFillARemoteThatWasSetBackWhenTheFetchBeforeThePushFailed) {
  publish(operator_, "config/rules", "v2\n");
  ASSERT_TRUE(ours_->synchronise(no_merge));
  git(operator_, "push -q --force origin HEAD~1:main");
  const std::string set_back = remote_head();
  const auto next_run = open(folder / "ours.git");
  std::filesystem::rename(remote_, remote_ + ".away");
  EXPECT_FALSE(next_run->synchronise(no_merge));
  std::filesystem::rename(remote_ + ".away", remote_);
  commit(*next_run, {{"metrics/a", "1"}});
  const auto push = next_run->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::store_diverged);
  EXPECT_EQ(remote_head(), set_back);
}

TEST_F(Synchronise, GoesOnOnceTheOperatorAcceptsTheNewHistory) {
  git(operator_, "commit -q --amend -m rewritten");
  git(operator_, "push -q --force origin HEAD:main");
  EXPECT_TRUE(ours_->synchronise(no_merge)->diverged);
  git(ours_->git_folder(), "update-ref refs/gridexit/last-seen refs/gridexit/fetched");
  git(ours_->git_folder(), "update-ref refs/heads/main refs/gridexit/fetched");
  const auto sync = ours_->synchronise(no_merge);
  ASSERT_TRUE(sync);
  EXPECT_FALSE(sync->diverged);
}

TEST_F(Synchronise, NoticesARewriteSinceTheClone) {
  const auto cloned = open(clone(remote_, "cloned"));
  git(operator_, "commit -q --amend -m rewritten");
  git(operator_, "push -q --force origin HEAD:main");
  const std::string before = cloned->head().value();
  EXPECT_TRUE(cloned->synchronise(no_merge)->diverged);
  EXPECT_TRUE(cloned->synchronise(no_merge)->diverged);
  EXPECT_EQ(cloned->head().value(), before);
}

TEST_F(Synchronise, CallsARemoteWithoutCommonPastDiverged) {
  const auto stranger = open(create("stranger.git", remote_));
  const std::string before = commit(*stranger, {{"config/rules", "my own\n"}}, "another start");
  const auto sync = stranger->synchronise(no_merge);
  ASSERT_TRUE(sync) << sync.error().text();
  EXPECT_TRUE(sync->diverged);
  EXPECT_EQ(stranger->head().value(), before);
}

TEST_F(Synchronise, LooksAtTheRemoteWithoutChangingAnything) {
  publish(operator_, "config/rules", "v2\n");
  const std::string references = git(ours_->git_folder(), "for-each-ref");
  EXPECT_EQ(ours_->remote_head().value().value() + "\n", remote_head());
  EXPECT_EQ(git(ours_->git_folder(), "for-each-ref"), references);
  EXPECT_EQ(open(create("fresh.git", create("empty.git")))->remote_head().value(), "");
  EXPECT_EQ(open(create("alone.git"))->remote_head().value(), std::nullopt);
}

TEST_F(Synchronise, SaysWhenTheRemoteIsGone) {
  std::filesystem::remove_all(remote_);
  const auto sync = ours_->synchronise(no_merge);
  ASSERT_FALSE(sync);
  EXPECT_EQ(sync.error().code, ErrorCode::remote_unreachable);
}

}  // namespace
}  // namespace gridexit::adapters
