#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <csignal>
#include <filesystem>

#include "support/git_fixture.hpp"
#include "support/source_tree.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::append_ours;
using testing_support::BackgroundProcess;
using testing_support::GitFixture;
using testing_support::no_merge;
using testing_support::program_exists;
using testing_support::read_file;
using testing_support::run_command;
using testing_support::write_file;

std::string server_script() {
  return testing_support::source_file("tests/support/git_server.py");
}

// A remote behind git's own HTTP backend: unlike libgit2's folder transport it runs hooks.
class PushByHttp : public GitFixture {
 protected:
  void SetUp() override {
    GitFixture::SetUp();
    if (IsSkipped()) return;
    if (!program_exists("python3")) GTEST_SKIP() << "python3 is not installed";
    if (!std::filesystem::exists(git(folder.path(), "--exec-path | tr -d '\\n'") +
                                 "/git-http-backend")) {
      GTEST_SKIP() << "git http-backend is not installed";
    }
    remote_ = create("remote.git");
    git(remote_, "config http.receivepack true");
    serve();
    ours_ = open(create("ours.git", url()));
    commit(*ours_, {{"grids/eth.yaml", "- a\n"}}, "init");
  }

  void serve(const std::string& secret = "") {
    server_ = std::make_unique<BackgroundProcess>(
        std::vector<std::string>{"python3", server_script(), "http", folder.path(), secret});
    port_ = server_->read_line().value_or("");
    ASSERT_NE(port_, "") << "the server did not start";
  }
  std::string url(const std::string& user = "") const {
    return "http://" + user + "127.0.0.1:" + port_ + "/remote.git";
  }
  void install_hook(const std::string& name, const std::string& script) const {
    const std::string path = remote_ + "/hooks/" + name;
    write_file(path, "#!/bin/sh\n" + script);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }

  std::string remote_;
  std::string port_;
  std::unique_ptr<BackgroundProcess> server_;
  std::unique_ptr<GitRepository> ours_;
};

TEST_F(PushByHttp, SendsEverythingTheRemoteLacks) {
  commit(*ours_, {{"metrics/a", "1"}});
  EXPECT_EQ(ours_->unpushed().value(), 2);
  const auto push = ours_->push(no_merge);
  ASSERT_TRUE(push) << push.error().text();
  EXPECT_TRUE(push->pushed);
  EXPECT_EQ(push->commits, 2);
  EXPECT_GT(push->bytes, 100);
  EXPECT_EQ(git(remote_, "rev-parse main"), ours_->head().value() + "\n");
  EXPECT_EQ(ours_->unpushed().value(), 0);
  expect_sound(remote_);
}

TEST_F(PushByHttp, AsksNobodyWhenThereIsNothingToSend) {
  ASSERT_TRUE(ours_->push(no_merge));
  server_->kill();
  const auto push = ours_->push(no_merge);
  ASSERT_TRUE(push) << push.error().text();
  EXPECT_TRUE(push->pushed);
  EXPECT_EQ(push->commits, 0);
}

TEST_F(PushByHttp, ReappliesWhenTheRemoteMovedMeanwhile) {
  ASSERT_TRUE(ours_->push(no_merge));
  publish(clone(remote_, "operator"), "grids/eth.yaml", "- a\n- theirs\n");
  commit(*ours_, {{"grids/eth.yaml", "- a\n- ours\n"}}, "our hour");
  const auto push = ours_->push(append_ours);
  ASSERT_TRUE(push) << push.error().text();
  EXPECT_TRUE(push->pushed);
  EXPECT_EQ(git(remote_, "log --format=%s main"), "our hour\nby hand\ninit\n");
  EXPECT_EQ(git(remote_, "cat-file blob main:grids/eth.yaml"), "- a\n- theirs\n- ours\n");
}

TEST_F(PushByHttp, TriesAtMostThreeTimesAgainstAMovingRemote) {
  ASSERT_TRUE(ours_->push(no_merge));
  // Every push that arrives finds that somebody was faster.
  install_hook(
      "pre-receive",
      "test -n \"$GRIDEXIT_INNER\" && exit 0\n"
      "echo x >> '" +
          folder.path() +
          "/tries'\n"
          "unset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\n"
          "export GIT_AUTHOR_NAME=o GIT_AUTHOR_EMAIL=o@example.org\n"
          "export GIT_COMMITTER_NAME=o GIT_COMMITTER_EMAIL=o@example.org\n"
          "git update-ref refs/heads/main $(git commit-tree -p main -m faster main^{tree})\n");
  commit(*ours_, {{"metrics/a", "1"}}, "our hour");
  const auto push = ours_->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::remote_rejected);
  EXPECT_EQ(read_file(folder / "tries"), "x\nx\nx\n");
  EXPECT_EQ(ours_->unpushed().value(), 1);
}

TEST_F(PushByHttp, SaysWhyTheServerRefused) {
  install_hook("pre-receive", "echo 'quota exceeded' >&2\nexit 1\n");
  const auto push = ours_->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::remote_rejected);
  EXPECT_NE(push.error().message.find("pre-receive hook declined"), std::string::npos);
  EXPECT_NE(push.error().message.find("quota exceeded"), std::string::npos);
  EXPECT_EQ(ours_->unpushed().value(), 1);
  std::filesystem::remove(remote_ + "/hooks/pre-receive");
  EXPECT_TRUE(ours_->push(no_merge)->pushed) << "the next run sends it";
}

TEST_F(PushByHttp, ProvesItselfByToken) {
  serve("bot:s3cret-token");
  OpenOptions options{.path = folder / "ours.git"};
  git(options.path, "remote set-url origin " + url("bot@"));
  options.credentials.https_token = Secret("s3cret-token");
  const auto push = open_with(options)->push(no_merge);
  ASSERT_TRUE(push) << push.error().text();
  EXPECT_TRUE(push->pushed);
}

TEST_F(PushByHttp, GivesUpOnRefusedCredentialsWithoutShowingThem) {
  serve("bot:s3cret-token");
  OpenOptions options{.path = folder / "ours.git"};
  git(options.path, "remote set-url origin " + url("bot:in-the-url@"));
  for (const char* token : {"", "wrong-token"}) {
    options.credentials.https_token = Secret(token);
    const auto push = open_with(options)->push(no_merge);
    ASSERT_FALSE(push);
    EXPECT_EQ(push.error().code, ErrorCode::remote_rejected) << push.error().text();
    EXPECT_EQ(push.error().text().find("wrong-token"), std::string::npos);
    EXPECT_EQ(push.error().text().find("in-the-url"), std::string::npos);
  }
}

TEST_F(PushByHttp, SaysWhenTheServerIsDown) {
  server_->kill();
  const auto push = ours_->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::remote_unreachable);
}

// An sshd of our own with one accepted key.
class PushBySsh : public GitFixture {
 protected:
  void SetUp() override {
    GitFixture::SetUp();
    if (IsSkipped()) return;
    if (!std::filesystem::exists("/usr/sbin/sshd") || !program_exists("ssh-keygen") ||
        !program_exists("python3")) {
      GTEST_SKIP() << "sshd, ssh-keygen or python3 is not installed";
    }
    run_command("mkdir -p /run/sshd");
    for (const char* key : {"host", "client", "stranger"}) {
      ASSERT_EQ(run_command("ssh-keygen -q -t ed25519 -N '' -f '" + (folder / key) + "'").status,
                0);
    }
    const std::string config = folder / "sshd_config";
    write_file(config, "HostKey " + (folder / "host") + "\nAuthorizedKeysFile " +
                           (folder / "client.pub") +
                           "\nStrictModes no\nUsePAM no\nPidFile none\nPermitRootLogin yes\n"
                           "PasswordAuthentication no\nKbdInteractiveAuthentication no\n");
    if (run_command("/usr/sbin/sshd -t -f '" + config + "'").status != 0) {
      GTEST_SKIP() << "sshd does not run here";
    }
    server_ = std::make_unique<BackgroundProcess>(
        std::vector<std::string>{"python3", server_script(), "ssh", config});
    port_ = server_->read_line().value_or("");
    ASSERT_NE(port_, "") << "the server did not start";
    remote_ = create("remote.git");
    const std::string user = run_command("id -un | tr -d '\\n'").output;
    options_.path = create("ours.git", "ssh://" + user + "@127.0.0.1:" + port_ + remote_);
    options_.credentials.ssh_key = Secret(read_file(folder / "client"));
    options_.credentials.known_hosts =
        "[127.0.0.1]:" + port_ + " " + read_file(folder / "host.pub");
    commit(*open_with(options_), {{"a", "1"}});
  }

  std::string remote_;
  std::string port_;
  std::unique_ptr<BackgroundProcess> server_;
  OpenOptions options_;
};

TEST_F(PushBySsh, ProvesItselfByAKeyFromMemory) {
  const auto push = open_with(options_)->push(no_merge);
  ASSERT_TRUE(push) << push.error().text();
  EXPECT_TRUE(push->pushed);
  EXPECT_GT(push->bytes, 0);
  expect_sound(remote_);
}

TEST_F(PushBySsh, ProvesItselfByAKeyFile) {
  options_.credentials.ssh_key = Secret();
  options_.credentials.ssh_key_path = folder / "client";
  const auto push = open_with(options_)->push(no_merge);
  ASSERT_TRUE(push) << push.error().text();
  EXPECT_TRUE(push->pushed);
}

TEST_F(PushBySsh, LooksPastTheRsaKeyOfAKnownHost) {
  ASSERT_EQ(run_command("ssh-keygen -q -t rsa -b 2048 -N '' -f '" + (folder / "rsa") + "'").status,
            0);
  options_.credentials.known_hosts = "[127.0.0.1]:" + port_ + " " + read_file(folder / "rsa.pub") +
                                     options_.credentials.known_hosts;
  const auto push = open_with(options_)->push(no_merge);
  EXPECT_TRUE(push) << push.error().text();
}

TEST_F(PushBySsh, RefusesAHostItDoesNotKnow) {
  options_.credentials.known_hosts =
      "[127.0.0.1]:" + port_ + " " + read_file(folder / "stranger.pub");
  const auto push = open_with(options_)->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::remote_rejected) << push.error().text();
  EXPECT_EQ(git(remote_, "for-each-ref"), "");
}

TEST_F(PushBySsh, GivesUpWithAKeyTheServerDoesNotKnow) {
  options_.credentials.ssh_key = Secret(read_file(folder / "stranger"));
  const auto push = open_with(options_)->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::remote_rejected) << push.error().text();
}

// A socket that takes connections (in its backlog) and never says a word.
class SilentRemote : public GitFixture {
 protected:
  void SetUp() override {
    GitFixture::SetUp();
    if (IsSkipped()) return;
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    ASSERT_EQ(::bind(socket_, generic, length), 0);
    ASSERT_EQ(::listen(socket_, 8), 0);
    ASSERT_EQ(::getsockname(socket_, generic, &length), 0);
    options_.path = create(
        "ours.git", "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/x.git");
    commit(*open_with(options_), {{"a", "1"}});
  }
  void TearDown() override { ::close(socket_); }

  int socket_ = -1;
  OpenOptions options_;
};

TEST_F(SilentRemote, IsNotWaitedForBeyondTheBound) {
  options_.network_timeout_seconds = 0.2;
  const auto repository = open_with(options_);
  const auto push = repository->push(no_merge);
  ASSERT_FALSE(push);
  EXPECT_EQ(push.error().code, ErrorCode::remote_unreachable);
  const auto sync = repository->synchronise(no_merge);
  ASSERT_FALSE(sync);
  EXPECT_EQ(sync.error().code, ErrorCode::remote_unreachable);
  commit(*repository, {{"b", "2"}});  // the run goes on
}

TEST_F(SilentRemote, IsLeftWhenTheRunIsAskedToEnd) {
  options_.network_timeout_seconds = 3600;
  options_.stop_requested = [asked = 0]() mutable { return ++asked > 2; };
  const auto sync = open_with(options_)->synchronise(no_merge);
  ASSERT_FALSE(sync);
  EXPECT_EQ(sync.error().code, ErrorCode::deadline_exceeded);
}

// Otherwise a killed run's transfer would go on holding the inherited run lock.
TEST_F(SilentRemote, LeavesNoTransferBehindAKilledRun) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t run = ::fork();
  ASSERT_GE(run, 0);
  if (run == 0) {
    options_.network_timeout_seconds = 3600;
    options_.stop_requested = [&ends] { return ::write(ends[1], "x", 1) != 1; };
    const auto sync = open_with(options_)->synchronise(no_merge);
    ::_exit(sync ? 0 : 1);
  }
  ::close(ends[1]);
  char byte = 0;
  ASSERT_EQ(::read(ends[0], &byte, 1), 1) << "the transfer did not start";
  ::kill(run, SIGKILL);
  ::waitpid(run, nullptr, 0);
  // The pipe ends only when every process that inherited it is gone.
  while (::read(ends[0], &byte, 1) == 1) {
  }
  ::close(ends[0]);
}

}  // namespace
}  // namespace gridexit::adapters
