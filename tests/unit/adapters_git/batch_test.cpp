// Commits gathered in memory: the same ids as commits one by one, visible at once to their writer,
// and on disk all together or not at all.

#include <gtest/gtest.h>

#include <filesystem>
#include <random>
#include <string>

#include "support/git_fixture.hpp"

namespace gridexit::adapters {
namespace {

class Batch : public testing_support::GitFixture {
 protected:
  // A few commits that touch the same folders, as hours of one day do.
  static std::string commit_hours(GitRepository& repository, int hours) {
    std::string head;
    for (int hour = 0; hour < hours; ++hour) {
      const std::string name = std::to_string(hour);
      head = commit(repository, {{"metrics/2026/02/02/" + name, "hour " + name}, {"latest", name}},
                    "hour " + name);
    }
    return head;
  }

  static int files_in(const std::string& folder_path, const std::string& extension) {
    int count = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder_path)) {
      if (file.path().extension() == extension) ++count;
    }
    return count;
  }

  static std::string noise(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
  }
};

TEST_F(Batch, MakesTheVeryCommitsThatOneByOneMakes) {
  const auto single = open(create("single.git"));
  const std::string path = create("batch.git");
  const auto repository = open(path);
  commit(*single, {{"config", "1"}});
  commit(*repository, {{"config", "1"}});
  ASSERT_TRUE(repository->begin_batch());
  const std::string head = commit_hours(*repository, 30);
  ASSERT_TRUE(repository->end_batch());
  EXPECT_EQ(head, commit_hours(*single, 30));
  EXPECT_EQ(git(path, "rev-parse main"), head + "\n");
  expect_sound(path);
}

TEST_F(Batch, IsSeenByItsWriterAtOnceAndByOthersInTheEnd) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  const std::string before = commit(*repository, {{"config", "1"}});
  ASSERT_TRUE(repository->begin_batch());
  const std::string head = commit_hours(*repository, 3);
  EXPECT_EQ(repository->head().value(), head);
  EXPECT_EQ(content(*repository, "latest"), "2");
  EXPECT_EQ(repository->list("metrics/2026/02/02").value().size(), 3U);
  EXPECT_EQ(repository->commits_of("latest", 9).value().size(), 3U);
  EXPECT_EQ(git(path, "rev-parse main"), before + "\n");
  EXPECT_EQ(open(path)->head().value(), before);
  ASSERT_TRUE(repository->end_batch());
  EXPECT_EQ(git(path, "rev-parse main"), head + "\n");
  EXPECT_EQ(content(*open(path), "latest"), "2");
  EXPECT_EQ(repository->size()->loose_objects, 0);
  EXPECT_EQ(files_in(path + "/objects/pack", ".pack"), 2) << "of the first commit and the batch";
}

TEST_F(Batch, StartsAHistoryToo) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  ASSERT_TRUE(repository->begin_batch());
  EXPECT_EQ(repository->head().value(), "");
  const std::string head = commit_hours(*repository, 2);
  ASSERT_TRUE(repository->end_batch());
  EXPECT_EQ(git(path, "rev-parse main"), head + "\n");
  expect_sound(path);
}

TEST_F(Batch, WithoutACommitWritesNothing) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  ASSERT_TRUE(repository->begin_batch());
  ASSERT_TRUE(repository->end_batch());
  EXPECT_EQ(files_in(path + "/objects/pack", ".pack"), 0);
}

TEST_F(Batch, AfterItsEndACommitReachesTheDiskByItself) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  ASSERT_TRUE(repository->begin_batch());
  commit_hours(*repository, 2);
  ASSERT_TRUE(repository->end_batch());
  const std::string head = commit(*repository, {{"a", "1"}});
  EXPECT_EQ(git(path, "rev-parse main"), head + "\n");
  EXPECT_EQ(git(path, "show main:a"), "1");
  expect_sound(path);
}

// As after a kill: what was not written never was.
TEST_F(Batch, LeftWithoutItsEndChangesNothing) {
  const std::string path = create("data.git");
  const std::string before = commit(*open(path), {{"config", "1"}});
  {
    const auto repository = open(path);
    ASSERT_TRUE(repository->begin_batch());
    commit_hours(*repository, 3);
  }
  EXPECT_EQ(git(path, "rev-parse main"), before + "\n");
  expect_sound(path);
}

TEST_F(Batch, IsWrittenBetweenOnceItIsLarge) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  ASSERT_TRUE(repository->begin_batch());
  std::string head;
  for (unsigned i = 0; i < 5; ++i) {
    head = commit(*repository, {{"file" + std::to_string(i), noise(std::size_t{3} << 20U, i)}});
  }
  EXPECT_EQ(files_in(path + "/objects/pack", ".pack"), 1);
  EXPECT_EQ(git(path, "rev-list --count main"), "3\n");
  expect_sound(path);
  ASSERT_TRUE(repository->end_batch());
  EXPECT_EQ(git(path, "rev-parse main"), head + "\n");
  EXPECT_EQ(files_in(path + "/objects/pack", ".pack"), 2);
  expect_sound(path);
}

TEST_F(Batch, NeverMovesABranchThatAnotherProgramMoved) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  commit(*repository, {{"config", "1"}});
  ASSERT_TRUE(repository->begin_batch());
  commit_hours(*repository, 2);
  const std::string other = commit(*open(path), {{"config", "2"}});
  const auto ended = repository->end_batch();
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::conflict);
  EXPECT_EQ(git(path, "rev-parse main"), other + "\n");
  // The batch is over all the same.
  EXPECT_EQ(content(*repository, "config"), "2");
  commit(*repository, {{"config", "3"}});
  EXPECT_EQ(git(path, "show main:config"), "3");
  expect_sound(path);
}

TEST_F(Batch, InANormalCloneEachCommitIsCheckedOut) {
  const std::string origin = create("origin.git");
  commit(*open(origin), {{"a", "1"}});
  const std::string path = clone(origin, "work");
  const auto repository = open(path);
  ASSERT_TRUE(repository->begin_batch());
  const std::string head = commit(*repository, {{"a", "2"}});
  EXPECT_EQ(git(path, "rev-parse main"), head + "\n");
  EXPECT_EQ(git(path, "status --porcelain"), "");
  ASSERT_TRUE(repository->end_batch());
}

}  // namespace
}  // namespace gridexit::adapters
