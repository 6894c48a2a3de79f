#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "support/git_fixture.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::GitFixture;
using testing_support::write_file;

class GitStore : public GitFixture {};

TEST_F(GitStore, IsEmptyAtFirst) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  EXPECT_TRUE(repository->is_bare());
  EXPECT_EQ(repository->head().value(), "");
  EXPECT_EQ(content(*repository, "config/x.yaml"), "(no file)");
  EXPECT_TRUE(repository->list("").value().empty());
  EXPECT_TRUE(repository->commits_of("x", 5).value().empty());
  EXPECT_EQ(git(path, "symbolic-ref HEAD"), "refs/heads/main\n");
}

TEST_F(GitStore, CommitsNestedPathsThatGitReads) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  const std::string binary("one\0two\n", 8);
  const std::string id =
      commit(*repository, {{"metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml", binary},
                           {"metrics/ETH-USDT/2026/02/02/2026-02-02-15.yaml", "b"},
                           {"grids/eth-grid-1.yaml", "grid_id: eth-grid-1\n"}});
  EXPECT_EQ(repository->head().value(), id);
  EXPECT_EQ(content(*repository, "metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml"), binary);
  EXPECT_EQ(git(path, "cat-file blob main:grids/eth-grid-1.yaml"), "grid_id: eth-grid-1\n");
  EXPECT_EQ(git(path, "ls-tree -r --name-only main"),
            "grids/eth-grid-1.yaml\n"
            "metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml\n"
            "metrics/ETH-USDT/2026/02/02/2026-02-02-15.yaml\n");
  const auto file = repository->read("grids/eth-grid-1.yaml");
  EXPECT_EQ((*file)->blob + "\n", git(path, "rev-parse main:grids/eth-grid-1.yaml"));
  expect_sound(path);
}

TEST_F(GitStore, KeepsWhatACommitDoesNotName) {
  const auto repository = open(create("data.git"));
  const std::string first = commit(*repository, {{"a/x", "1"}, {"a/y", "2"}, {"b", "3"}});
  const std::string second = commit(*repository, {{"a/x", "changed"}, {"a/z/deep", "new"}});
  EXPECT_EQ(content(*repository, "a/x"), "changed");
  EXPECT_EQ(content(*repository, "a/y"), "2");
  EXPECT_EQ(content(*repository, "a/z/deep"), "new");
  EXPECT_EQ(content(*repository, "b"), "3");
  EXPECT_EQ(git(repository->git_folder(), "rev-list --parents -1 main"),
            second + " " + first + "\n");
}

TEST_F(GitStore, MakesNoCommitForTheSameTree) {
  const auto repository = open(create("data.git"));
  const std::string first = commit(*repository, {{"a", "1"}});
  const auto again = repository->commit({.files = {{"a", "1"}}, .subject = "again", .body = ""});
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->changed);
  EXPECT_EQ(again->commit, first);
  EXPECT_EQ(git(repository->git_folder(), "rev-list --count main"), "1\n");
}

TEST_F(GitStore, RecordsAuthorDatesAndMessage) {
  const auto repository = open(create("data.git"));
  ASSERT_TRUE(repository->commit({.files = {{"a", "1"}},
                                  .subject = "ETH-USDT 2026-02-02T14Z RANGE_WEAK 0.71",
                                  .body = "near_bound: 0.27 (>= 0.20)\nadx_rising",
                                  .author_time = parse_utc("2026-02-02T14:00:00Z").value(),
                                  .committer_time = parse_utc("2026-02-02T14:00:31Z").value()}));
  EXPECT_EQ(
      git(repository->git_folder(),
          "log -1 --date=iso-strict --format='%an <%ae> %ad%n%cn %cd%n%B'"),
      "gridexit <bot@example.org> 2026-02-02T14:00:00+00:00\n"
      "gridexit 2026-02-02T14:00:31+00:00\n"
      "ETH-USDT 2026-02-02T14Z RANGE_WEAK 0.71\n\nnear_bound: 0.27 (>= 0.20)\nadx_rising\n\n");
}

TEST_F(GitStore, ListsAFolderByName) {
  const auto repository = open(create("data.git"));
  // git's own order would put "a.yaml" before the folder "a".
  commit(*repository, {{"f/a/x", "1"}, {"f/a.yaml", "2"}, {"f/b", "3"}, {"other", "4"}});
  const auto entries = repository->list("f").value();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].name, "a");
  EXPECT_TRUE(entries[0].is_folder);
  EXPECT_EQ(entries[1].name, "a.yaml");
  EXPECT_FALSE(entries[1].is_folder);
  EXPECT_EQ(entries[1].id + "\n", git(repository->git_folder(), "rev-parse main:f/a.yaml"));
  EXPECT_EQ(repository->list("").value().size(), 2U);
  EXPECT_TRUE(repository->list("missing").value().empty());
  EXPECT_TRUE(repository->list("other").value().empty()) << "a file is not a folder";
  EXPECT_EQ(content(*repository, "f/a"), "(no file)") << "a folder is not a file";
}

TEST_F(GitStore, RefusesPathsThatAreNone) {
  const auto repository = open(create("data.git"));
  const std::string before = commit(*repository, {{"file", "1"}});
  for (const char* path : {"", "/a", "a/", "a//b", "../a", "a/./b", ".git/config", "file/below"}) {
    EXPECT_FALSE(repository->commit({.files = {{path, "x"}}, .subject = "s", .body = ""})) << path;
  }
  EXPECT_EQ(repository->head().value(), before);
}

TEST_F(GitStore, FindsTheCommitsThatChangedAPath) {
  const auto repository = open(create("data.git"));
  const std::string first = commit(*repository, {{"config/rules", "v1"}, {"other", "1"}});
  commit(*repository, {{"other", "2"}});
  const std::string second = commit(*repository, {{"config/rules", "v2"}});
  commit(*repository, {{"other", "3"}});
  EXPECT_EQ(repository->commits_of("config/rules", 10).value(),
            (std::vector<std::string>{second, first}));
  EXPECT_EQ(repository->commits_of("config", 10).value(),
            (std::vector<std::string>{second, first}));
  EXPECT_EQ(repository->commits_of("config/rules", 1).value(), std::vector<std::string>{second});
  EXPECT_TRUE(repository->commits_of("missing", 10).value().empty());
}

TEST_F(GitStore, ReadsAFileAtAnEarlierCommit) {
  const auto repository = open(create("data.git"));
  const std::string first = commit(*repository, {{"rules", "v1"}});
  const std::string second = commit(*repository, {{"rules", "v2"}, {"new", "x"}});
  EXPECT_EQ(repository->read_at(first, "rules").value()->content, "v1");
  EXPECT_EQ(repository->read_at(second, "rules").value()->content, "v2");
  EXPECT_EQ(repository->read_at(first, "new").value(), std::nullopt);
  const auto missing = repository->read_at("0123456789012345678901234567890123456789", "rules");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_FALSE(repository->read_at("not an id", "rules"));
}

TEST_F(GitStore, NamesThePathAndTheRemedyWhenThereIsNoRepository) {
  const auto opened = GitRepository::open({.path = folder / "nothing"});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_unusable);
  EXPECT_NE(opened.error().message.find(folder / "nothing"), std::string::npos);
  EXPECT_EQ(opened.error().hint, "make one with: gridexit init --repo " + (folder / "nothing"));
}

TEST_F(GitStore, DoesNotSearchTheFoldersAbove) {
  const std::string path = create("data.git");
  std::filesystem::create_directories(path + "/inside/deep");
  EXPECT_FALSE(GitRepository::open({.path = path + "/inside/deep"}));
}

TEST_F(GitStore, RefusesARepositoryOnAnotherBranch) {
  const std::string path = create("data.git");
  git(path, "symbolic-ref HEAD refs/heads/master");
  const auto opened = GitRepository::open({.path = path});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_unusable);
  EXPECT_NE(opened.error().message.find("refs/heads/master"), std::string::npos);
}

TEST_F(GitStore, RefusesARepositoryOfAnotherUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  const std::string path = create("data.git");
  ASSERT_EQ(::chown(path.c_str(), 12345, 12345), 0);
  const auto opened = GitRepository::open({.path = path});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::store_unusable);
  EXPECT_NE(opened.error().message.find("another user"), std::string::npos);
  EXPECT_NE(opened.error().hint.find("safe.directory " + path), std::string::npos);
}

TEST_F(GitStore, FindsACommitByAnyNameThatItHas) {
  const std::string path = create("data.git");
  const auto repository = open(path);
  const std::string first = commit(*repository, {{"a", "1"}});
  const std::string second = commit(*repository, {{"a", "2"}});
  git(path, "tag -a -m marked marked " + first);
  EXPECT_EQ(repository->resolve("main").value(), second);
  EXPECT_EQ(repository->resolve("HEAD~1").value(), first);
  EXPECT_EQ(repository->resolve("marked").value(), first);
  EXPECT_EQ(repository->resolve(second.substr(0, 8)).value(), second);
  EXPECT_EQ(repository->resolve("HEAD~2").value(), std::nullopt);
  EXPECT_EQ(repository->resolve("main:a").value(), std::nullopt) << "a file is no commit";
  EXPECT_EQ(repository->find_commit("main").value(), std::nullopt) << "an anchor is an id";
}

TEST_F(GitStore, IsNotMadeTwice) {
  const std::string path = create("data.git");
  const auto again = GitRepository::create({path, ""});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::conflict);
  EXPECT_NE(again.error().message.find("is a git repository already"), std::string::npos);
}

TEST_F(GitStore, IsNotMadeWhereAFileIs) {
  const std::string path = folder / "file";
  testing_support::write_file(path, "kept");
  const auto made = GitRepository::create({path, ""});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::conflict);
  EXPECT_EQ(made.error().message, path + " is a file, not a folder");
  EXPECT_EQ(testing_support::read_file(path), "kept");
}

TEST_F(GitStore, HidesCredentialsInTheRemotesUrl) {
  const auto repository =
      open(create("data.git", "https://bot:s3cret@git.example.org/team/data.git"));
  EXPECT_EQ(repository->remote_url().value(), "https://git.example.org/team/data.git");
  EXPECT_EQ(open(create("alone.git"))->remote_url().value(), std::nullopt);
}

}  // namespace
}  // namespace gridexit::adapters
