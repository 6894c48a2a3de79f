#include "gridexit/adapters/state/run_lock.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <optional>

#include "support/temporary_folder.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::TemporaryFolder;

TEST(RunLock, IsRefusedWhileAnotherHoldsItAndNamesTheHolder) {
  const TemporaryFolder base;
  const std::string path = base / "gridexit-state/run.lock";
  auto first = RunLock::acquire(path);
  ASSERT_TRUE(first);
  const auto second = RunLock::acquire(path);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::locked);
  EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos);
}

TEST(RunLock, IsFreedAtTheEndOfItsLife) {
  const TemporaryFolder base;
  const std::string path = base / "run.lock";
  { ASSERT_TRUE(RunLock::acquire(path)); }
  EXPECT_TRUE(RunLock::acquire(path));
}

TEST(RunLock, MovesWithItsOwner) {
  const TemporaryFolder base;
  const std::string path = base / "run.lock";
  std::optional<RunLock> kept;
  {
    auto taken = RunLock::acquire(path);
    ASSERT_TRUE(taken);
    kept = std::move(taken).value();
  }
  EXPECT_FALSE(RunLock::acquire(path));
  kept.reset();
  EXPECT_TRUE(RunLock::acquire(path));
}

TEST(RunLock, IsFreedWhenItsHolderIsKilled) {
  const TemporaryFolder base;
  const std::string path = base / "run.lock";
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto lock = RunLock::acquire(path);
    const char taken = lock ? 'y' : 'n';
    if (::write(ready[1], &taken, 1) != 1) ::_exit(1);
    while (true) ::pause();
  }
  char taken = 0;
  ASSERT_EQ(::read(ready[0], &taken, 1), 1);
  EXPECT_EQ(taken, 'y');
  const auto refused = RunLock::acquire(path);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find(std::to_string(child)), std::string::npos);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(RunLock::acquire(path));
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(RunLock, IsHeldWithoutANameOnAFullDisk) {
  const TemporaryFolder base;
  const std::string path = base / "run.lock";
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit no_room{0, 0};
    if (::setrlimit(RLIMIT_FSIZE, &no_room) != 0) ::_exit(2);
    const auto lock = RunLock::acquire(path);
    const auto again = RunLock::acquire(path);
    ::_exit(lock && !again && again.error().code == ErrorCode::locked ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

TEST(RunLock, MakesAPrivateFolder) {
  const TemporaryFolder base;
  ASSERT_TRUE(RunLock::acquire(base / "gridexit-state/run.lock"));
  const auto status = std::filesystem::status(base / "gridexit-state");
  EXPECT_EQ(status.permissions(), std::filesystem::perms::owner_all);
}

TEST(RunLock, SaysWhenTheFileCannotBeMade) {
  const TemporaryFolder base;
  testing_support::write_file(base / "state", "a file");
  const auto lock = RunLock::acquire(base / "state/run.lock");
  ASSERT_FALSE(lock);
  EXPECT_EQ(lock.error().code, ErrorCode::io);
}

}  // namespace
}  // namespace gridexit::adapters
