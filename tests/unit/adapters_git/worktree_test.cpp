#include <gtest/gtest.h>

#include <filesystem>

#include "support/git_fixture.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::GitFixture;
using testing_support::no_merge;
using testing_support::read_file;
using testing_support::write_file;

// A normal clone of a remote that holds config/rules.yaml and notes.txt.
class WorkingTree : public GitFixture {
 protected:
  void SetUp() override {
    GitFixture::SetUp();
    if (IsSkipped()) return;
    remote_ = create("remote.git");
    commit(*open(remote_), {{"config/rules.yaml", "v1\n"}, {"notes.txt", "n1\n"}});
    clone_ = clone(remote_, "work");
    repository_ = open(clone_);
  }

  Result<ports::CommitOutcome> write(const std::string& path, const std::string& text) {
    return repository_->commit({.files = {{path, text}}, .subject = "s", .body = ""});
  }
  std::string status() const { return git(clone_, "status --porcelain"); }

  std::string remote_;
  std::string clone_;
  std::unique_ptr<GitRepository> repository_;
};

TEST_F(WorkingTree, ShowsWhatWasCommitted) {
  EXPECT_FALSE(repository_->is_bare());
  ASSERT_TRUE(write("metrics/a/b.yaml", "new\n"));
  ASSERT_TRUE(write("config/rules.yaml", "v2\n"));
  EXPECT_EQ(read_file(clone_ + "/metrics/a/b.yaml"), "new\n");
  EXPECT_EQ(read_file(clone_ + "/config/rules.yaml"), "v2\n");
  EXPECT_EQ(status(), "");
}

TEST_F(WorkingTree, KeepsLocalChangesOfOtherFiles) {
  write_file(clone_ + "/notes.txt", "mine\n");
  write_file(clone_ + "/untracked", "mine too\n");
  ASSERT_TRUE(write("config/rules.yaml", "v2\n"));
  EXPECT_EQ(status(), " M notes.txt\n?? untracked\n");
}

TEST_F(WorkingTree, RefusesToOverwriteLocalChangesAndNamesThem) {
  const std::string before = repository_->head().value();
  write_file(clone_ + "/config/rules.yaml", "mine\n");
  const auto refused = write("config/rules.yaml", "v2\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_NE(refused.error().message.find("config/rules.yaml"), std::string::npos);
  EXPECT_EQ(read_file(clone_ + "/config/rules.yaml"), "mine\n");
  EXPECT_EQ(repository_->head().value(), before);
}

TEST_F(WorkingTree, RefusesStagedAndUntrackedFilesToo) {
  write_file(clone_ + "/config/rules.yaml", "staged\n");
  git(clone_, "add config/rules.yaml");
  EXPECT_FALSE(write("config/rules.yaml", "v2\n"));
  write_file(clone_ + "/new.yaml", "untracked\n");
  EXPECT_FALSE(write("new.yaml", "ours\n"));
  std::filesystem::create_directories(clone_ + "/taken");
  write_file(clone_ + "/taken/file", "x");
  EXPECT_FALSE(write("taken", "ours\n"));
  EXPECT_EQ(read_file(clone_ + "/new.yaml"), "untracked\n");
}

TEST_F(WorkingTree, AcceptsAFileThatHoldsItsNewContentAlready) {
  write_file(clone_ + "/new.yaml", "the same\n");
  ASSERT_TRUE(write("new.yaml", "the same\n"));
  EXPECT_EQ(status(), "");
}

TEST_F(WorkingTree, FollowsTheRemote) {
  const std::string other = clone(remote_, "other");
  publish(other, "config/rules.yaml", "theirs\n");
  git(other, "rm -q notes.txt");
  publish(other, "added", "x");
  write_file(clone_ + "/mine", "untracked\n");
  ASSERT_TRUE(repository_->synchronise(no_merge));
  EXPECT_EQ(read_file(clone_ + "/config/rules.yaml"), "theirs\n");
  EXPECT_FALSE(std::filesystem::exists(clone_ + "/notes.txt"));
  EXPECT_EQ(status(), "?? mine\n");
}

TEST_F(WorkingTree, IsNotMovedOverLocalChangesByTheRemote) {
  publish(clone(remote_, "other"), "config/rules.yaml", "theirs\n");
  const std::string before = repository_->head().value();
  write_file(clone_ + "/config/rules.yaml", "mine\n");
  const auto refused = repository_->synchronise(no_merge);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(read_file(clone_ + "/config/rules.yaml"), "mine\n");
  EXPECT_EQ(repository_->head().value(), before);
}

}  // namespace
}  // namespace gridexit::adapters
