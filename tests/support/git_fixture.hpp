#pragma once
// Repositories in a temporary folder, made by gridexit and looked at with the real git program.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/adapters/git/repository.hpp"
#include "support/process.hpp"
#include "support/temporary_folder.hpp"

namespace gridexit::testing_support {

class GitFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!program_exists("git")) GTEST_SKIP() << "the git program is not installed";
  }

  /// Runs git in a folder as another person, without this machine's settings; expects success.
  std::string git(const std::string& where, const std::string& arguments) const {
    const CommandResult result = try_git(where, arguments);
    EXPECT_EQ(result.status, 0) << "git " << arguments << "\n" << result.output;
    return result.output;
  }
  CommandResult try_git(const std::string& where, const std::string& arguments) const {
    return run_command("GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git -C '" + where +
                       "' -c init.defaultBranch=main -c user.name=Operator "
                       "-c user.email=operator@example.org " +
                       arguments);
  }

  void expect_sound(const std::string& repository) const {
    EXPECT_EQ(try_git(repository, "fsck --strict --no-dangling").status, 0);
  }

  /// Makes a bare repository `name`, with a remote when a URL is given.
  std::string create(const std::string& name, const std::string& remote_url = "") const {
    const auto created = adapters::GitRepository::create({folder / name, remote_url});
    EXPECT_TRUE(created) << created.error().text();
    return folder / name;
  }

  std::unique_ptr<adapters::GitRepository> open(const std::string& path) const {
    return open_with({.path = path, .author_name = "gridexit", .author_email = "bot@example.org"});
  }
  static std::unique_ptr<adapters::GitRepository> open_with(adapters::OpenOptions options) {
    auto opened = adapters::GitRepository::open(std::move(options));
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(opened).value() : nullptr;
  }

  /// Commits files with a subject; expects that a commit is made, and returns its id.
  static std::string commit(adapters::GitRepository& repository,
                            std::map<std::string, std::string> files,
                            const std::string& subject = "a change") {
    const auto outcome = repository.commit({.files = std::move(files),
                                            .subject = subject,
                                            .body = "",
                                            .author_time = UtcTime{Seconds{1'770'040'800}},
                                            .committer_time = UtcTime{Seconds{1'770'040'830}}});
    EXPECT_TRUE(outcome) << outcome.error().text();
    EXPECT_TRUE(outcome && outcome->changed);
    return outcome ? outcome->commit : "";
  }

  static std::string content(adapters::GitRepository& repository, const std::string& path) {
    const auto file = repository.read(path);
    EXPECT_TRUE(file) << file.error().text();
    return file && *file ? (*file)->content : "(no file)";
  }

  /// An operator's clone of a repository; `write` and `publish` change it there.
  std::string clone(const std::string& origin, const std::string& name) const {
    git(folder.path(), "clone -q '" + origin + "' " + name);
    return folder / name;
  }
  void publish(const std::string& clone_path, const std::string& path,
               const std::string& text) const {
    write_file(clone_path + "/" + path, text);
    git(clone_path, "add -A");
    git(clone_path, "commit -q -m 'by hand'");
    git(clone_path, "push -q origin HEAD:main");
  }

  TemporaryFolder folder;
};

/// Appends our added text to theirs, as the document layer does with entries of an array.
inline Result<std::string> append_ours(std::string_view, std::string_view base,
                                       std::string_view ours, std::string_view theirs) {
  return std::string(theirs) + std::string(ours.substr(base.size()));
}

/// For calls that must not need a merge.
inline Result<std::string> no_merge(std::string_view path, std::string_view, std::string_view,
                                    std::string_view) {
  ADD_FAILURE() << "unexpected merge of " << path;
  return std::string();
}

}  // namespace gridexit::testing_support
