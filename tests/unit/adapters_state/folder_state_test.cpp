#include "gridexit/adapters/state/folder_state.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/temporary_folder.hpp"

namespace gridexit::adapters {
namespace {

using std::filesystem::perms;
using testing_support::TemporaryFolder;

perms permissions_of(const std::string& path) {
  return std::filesystem::status(path).permissions() & perms::mask;
}

TEST(StateFolderBeside, IsInTheFolderThatHoldsTheRepository) {
  EXPECT_EQ(state_folder_beside("/data/repo.git"), "/data/gridexit-state/repo.git");
  EXPECT_EQ(state_folder_beside("/data/repo.git/"), "/data/gridexit-state/repo.git");
  EXPECT_EQ(state_folder_beside("/data/x/../repo"), "/data/gridexit-state/repo");
}

TEST(FolderState, CreatesAPrivateFolder) {
  const TemporaryFolder base;
  const auto state = FolderState::open(base / "deep/gridexit-state");
  ASSERT_TRUE(state);
  EXPECT_EQ(permissions_of(state->folder()), perms::owner_all);
}

TEST(FolderState, GivesNothingForAFileThatDoesNotExist) {
  const TemporaryFolder base;
  auto state = FolderState::open(base.path());
  ASSERT_TRUE(state);
  const auto loaded = state->load("ledger.json");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(*loaded, std::nullopt);
}

TEST(FolderState, ReplacesAFileAndLeavesNoTemporaryOne) {
  const TemporaryFolder base;
  auto state = FolderState::open(base.path());
  ASSERT_TRUE(state);
  const std::string binary("a\0b\n", 4);
  ASSERT_TRUE(state->save("ledger.json", "first, and longer than the second"));
  ASSERT_TRUE(state->save("ledger.json", binary));
  EXPECT_EQ(state->load("ledger.json").value(), binary);
  EXPECT_EQ(permissions_of(base / "ledger.json"), perms::owner_read | perms::owner_write);
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(base.path())) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_EQ(names, std::vector<std::string>{"ledger.json"});
}

TEST(FolderState, OverwritesWhatAKilledRunLeft) {
  const TemporaryFolder base;
  testing_support::write_file(base / ".ledger.json.tmp", "half a fi");
  auto state = FolderState::open(base.path());
  ASSERT_TRUE(state);
  ASSERT_TRUE(state->save("ledger.json", "{}"));
  EXPECT_EQ(state->load("ledger.json").value(), "{}");
}

TEST(FolderState, RefusesNamesThatLeaveTheFolder) {
  const TemporaryFolder base;
  auto state = FolderState::open(base.path());
  ASSERT_TRUE(state);
  for (const char* name : {"", "..", "../x", "a/b", ".hidden"}) {
    EXPECT_FALSE(state->save(name, "x")) << name;
    EXPECT_FALSE(state->load(name)) << name;
  }
}

TEST(FolderState, NamesTheFileItCannotWrite) {
  const TemporaryFolder base;
  auto state = FolderState::open(base / "state");
  ASSERT_TRUE(state);
  std::filesystem::remove_all(base / "state");
  const auto saved = state->save("ledger.json", "x");
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, ErrorCode::io);
  EXPECT_NE(saved.error().message.find("ledger.json"), std::string::npos);
}

TEST(FolderState, CannotBeOpenedWhereAFileStands) {
  const TemporaryFolder base;
  testing_support::write_file(base / "state", "a file");
  const auto state = FolderState::open(base / "state");
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().code, ErrorCode::io);
}

}  // namespace
}  // namespace gridexit::adapters
