#include "gridexit/base/disk.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace gridexit {
namespace {

TEST(DiskRemedy, NamesWhatToDoByNumberAndByTheSystemsWords) {
  EXPECT_NE(disk_remedy(ENOSPC).find("full"), std::string_view::npos);
  EXPECT_NE(disk_remedy(EROFS).find("read-only"), std::string_view::npos);
  EXPECT_NE(disk_remedy(EACCES).find("permissions"), std::string_view::npos);
  EXPECT_EQ(disk_remedy("failed to write: No space left on device"), disk_remedy(ENOSPC));
  EXPECT_EQ(disk_remedy("failed to create 'x': Read-only file system"), disk_remedy(EROFS));
  EXPECT_EQ(disk_remedy("could not open '/x': Permission denied"), disk_remedy(EACCES));
}

TEST(DiskRemedy, SaysNothingWhereThereIsNothingToSay) {
  EXPECT_EQ(disk_remedy(ENOENT), "");
  EXPECT_EQ(disk_remedy("object not found"), "");
}

}  // namespace
}  // namespace gridexit
