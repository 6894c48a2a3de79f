// The page is a golden file: its bytes follow from its inputs. GX_UPDATE_GOLDEN=1 rewrites the
// files. The version of the assets is replaced by a word, so that a change of style alone does not
// touch them.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "gridexit/dashboard/assets.hpp"
#include "gridexit/dashboard/page.hpp"
#include "support/source_tree.hpp"
#include "unit/dashboard/sample.hpp"

namespace gridexit::dashboard {
namespace {

std::string without_version(std::string page) {
  const std::string& version = asset_version();
  for (std::size_t at = page.find(version); at != std::string::npos; at = page.find(version, at)) {
    page.replace(at, version.size(), "VERSION");
  }
  return page;
}

void expect_golden(const std::string& name, const std::string& page) {
  const std::string path = testing_support::source_file("tests/golden/dashboard/" + name);
  if (std::getenv("GX_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << page;
    GTEST_SKIP() << "rewrote " << path;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; GX_UPDATE_GOLDEN=1 writes it";
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(page, expected.str())
      << "if the change is meant, rewrite the file with GX_UPDATE_GOLDEN=1";
}

TEST(GoldenPage, FallingGrid) {
  expect_golden("falling_grid.html", without_version(render_page(sample::falling_grid().inputs())));
}

TEST(GoldenPage, WaitingForGates) {
  expect_golden("waiting_for_gates.html",
                without_version(render_page(sample::waiting_for_gates().inputs())));
}

}  // namespace
}  // namespace gridexit::dashboard
