#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "support/git_fixture.hpp"

namespace gridexit::adapters {
namespace {

namespace fs = std::filesystem;

using testing_support::BackgroundProcess;
using testing_support::GitFixture;
using testing_support::run_command;
using testing_support::write_file;

class Recovery : public GitFixture {};

TEST_F(Recovery, RemovesWhatAKilledRunLeft) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  commit(*repository, {{"a", "1"}});
  const std::vector<std::string> leftovers{
      "HEAD.lock",        "objects/pack/pack_git2_Ab12Cd", "objects/tmp_object_git2_x1",
      "packed-refs.lock", "refs/heads/main.lock",          "refs/remotes/origin/main.lock"};
  for (const std::string& name : leftovers) write_file(path + "/" + name, "");
  ASSERT_FALSE(repository->commit({.files = {{"a", "2"}}, .subject = "blocked", .body = ""}));
  auto removed = repository->recover();
  ASSERT_TRUE(removed) << removed.error().text();
  std::sort(removed->begin(), removed->end());
  EXPECT_EQ(*removed, leftovers);
  commit(*repository, {{"a", "2"}});
  expect_sound(path);
}

TEST_F(Recovery, TouchesNothingElse) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  commit(*repository, {{"a", "1"}});
  git(path, "gc -q");
  write_file(path + "/objects/pack/notes.txt", "kept");
  const std::string before = testing_support::run_command("find '" + path + "' | sort").output;
  EXPECT_TRUE(repository->recover()->empty());
  EXPECT_EQ(testing_support::run_command("find '" + path + "' | sort").output, before);
}

TEST_F(Recovery, RemovesTheIndexLockOfANormalClone) {
  const std::string origin = create("origin.git");
  commit(*open(origin), {{"a", "1"}});
  const std::string path = clone(origin, "work");
  write_file(path + "/.git/index.lock", "");
  const auto repository = open(path);
  EXPECT_EQ(repository->recover().value(), std::vector<std::string>{"index.lock"});
  commit(*repository, {{"a", "2"}});
}

TEST_F(Recovery, RemovesWhatAKilledPushLeftInAFolderRemote) {
  const std::string remote = create("remote.git");
  const auto repository = open(create("data.git", remote));
  commit(*repository, {{"a", "1"}});
  const std::vector<std::string> old{"refs/heads/main.lock", "objects/tmp_object_git2_x1",
                                     "objects/pack/pack_git2_Ab12Cd"};
  for (const std::string& name : old) {
    write_file(remote + "/" + name, "");
    run_command("touch -d '11 minutes ago' '" + remote + "/" + name + "'");
  }
  // Perhaps of a push that another program makes at this moment.
  write_file(remote + "/packed-refs.lock", "");
  EXPECT_FALSE(repository->push(testing_support::no_merge)) << "the lock keeps pushes out";
  const auto removed = repository->recover();
  ASSERT_TRUE(removed) << removed.error().text();
  EXPECT_EQ(removed->size(), old.size());
  for (const std::string& name : old) EXPECT_FALSE(fs::exists(remote + "/" + name)) << name;
  EXPECT_TRUE(fs::exists(remote + "/packed-refs.lock"));
  EXPECT_TRUE(repository->push(testing_support::no_merge));
  expect_sound(remote);
}

TEST_F(Recovery, IsNotHeldUpByAFolderRemoteThatIsGone) {
  const std::string remote = create("remote.git");
  const auto repository = open(create("data.git", remote));
  fs::remove_all(remote);
  EXPECT_TRUE(repository->recover());
}

TEST_F(Recovery, SaysWhatALockMeans) {
  const std::string path = create("data.git");
  write_file(path + "/refs/heads/main.lock", "");
  const auto refused =
      open(path)->commit({.files = {{"a", "1"}}, .subject = "blocked", .body = ""});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::store_unusable);
  EXPECT_NE(refused.error().hint.find("lock"), std::string::npos);
}

TEST_F(Recovery, LosesNoCommitInFiftyKills) {
  const std::string path = create("data.git");
  for (int round = 0; round < 50; ++round) {
    std::string last;
    BackgroundProcess writer({GRIDEXIT_COMMIT_LOOP, path});
    for (int i = 0; i <= round % 3; ++i) {
      const auto line = writer.read_line();
      ASSERT_TRUE(line) << "round " << round << ": the writer could not go on";
      last = *line;
    }
    // The kill falls into another part of the next commit each time.
    const auto next = writer.read_line(round * 150);
    writer.kill();
    if (next) last = *next;
    while (const auto line = writer.read_line()) last = *line;
    EXPECT_EQ(try_git(path, "merge-base --is-ancestor " + last + " main").status, 0)
        << "round " << round << " lost the commit " << last;
    if (round % 5 == 4) expect_sound(path);
  }
  const auto repository = open(path);
  ASSERT_TRUE(repository->recover());
  commit(*repository, {{"latest", "the end"}});
  expect_sound(path);
}

}  // namespace
}  // namespace gridexit::adapters
