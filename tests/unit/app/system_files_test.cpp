#include "app/system_files.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "support/temporary_folder.hpp"

namespace gridexit {
namespace {

namespace fs = std::filesystem;
using app::read_whole_file;
using app::replace_file;
using ::testing::HasSubstr;

class SystemFiles : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / name; }

  testing_support::TemporaryFolder folder_;
};

TEST_F(SystemFiles, MakesFoldersAndReplacesWhatWasThere) {
  ASSERT_TRUE(replace_file(path("a/b/page.html"), "old"));
  ASSERT_TRUE(replace_file(path("a/b/page.html"), "new"));
  EXPECT_EQ(*read_whole_file(path("a/b/page.html")), "new");
  EXPECT_EQ(std::distance(fs::directory_iterator(path("a/b")), fs::directory_iterator()), 1);
}

TEST_F(SystemFiles, WritesToAPipeAndLeavesItOne) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  const int reader = ::open(path("pipe").c_str(), O_RDONLY | O_NONBLOCK);
  ASSERT_GE(reader, 0);
  const auto written = replace_file(path("pipe"), "through");
  std::array<char, 16> bytes{};
  EXPECT_EQ(::read(reader, bytes.data(), bytes.size()), 7);
  ::close(reader);
  ASSERT_TRUE(written) << written.error().text();
  EXPECT_STREQ(bytes.data(), "through");
  EXPECT_TRUE(fs::is_fifo(path("pipe")));
}

TEST_F(SystemFiles, ADeviceThatTakesNothingIsNamed) {
  if (!fs::is_character_file("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  fs::create_symlink("/dev/full", path("full"));
  const auto written = replace_file(path("full"), "lost");
  ASSERT_FALSE(written);
  EXPECT_THAT(written.error().text(), HasSubstr("No space left on device"));
  EXPECT_TRUE(fs::is_character_file(path("full"))) << "it is still there";
}

TEST_F(SystemFiles, FollowsLinksEvenToWhatIsNotThereYet) {
  fs::create_symlink("far/page.html", path("link"));
  fs::create_symlink("link", path("second"));
  for (const std::string content : {"first", "again"}) {
    ASSERT_TRUE(replace_file(path("second"), content));
    EXPECT_EQ(*read_whole_file(path("far/page.html")), content);
    EXPECT_TRUE(fs::is_symlink(path("second")));
    EXPECT_TRUE(fs::is_symlink(path("link")));
  }
}

}  // namespace
}  // namespace gridexit
