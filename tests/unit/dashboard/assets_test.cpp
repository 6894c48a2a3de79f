#include "gridexit/dashboard/assets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "support/source_tree.hpp"

namespace gridexit::dashboard {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(testing_support::source_file("dashboards/" + path), std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string_view asset(std::string_view name) {
  const auto found = std::find_if(assets().begin(), assets().end(),
                                  [name](const Asset& each) { return each.name == name; });
  return found == assets().end() ? std::string_view{} : found->bytes;
}

TEST(Assets, AreTheFilesByteForByte) {
  EXPECT_EQ(asset("page.css"), bytes_of("page.css"));
  EXPECT_EQ(asset("page.js"), bytes_of("js/page.js"));
  EXPECT_EQ(asset("chart.js"), bytes_of("node_modules/chart.js/dist/chart.umd.min.js"));
  for (const Asset& each : assets()) EXPECT_FALSE(each.bytes.empty()) << each.name;
}

TEST(Assets, CanBeInlined) {
  for (const Asset& each : assets()) {
    EXPECT_EQ(each.bytes.find("</script"), std::string_view::npos) << each.name;
    EXPECT_EQ(each.bytes.find("</style"), std::string_view::npos) << each.name;
    EXPECT_EQ(each.bytes.find("<!--"), std::string_view::npos) << each.name;
  }
}

TEST(AssetVersion, IsTwelveHexadecimalDigits) {
  EXPECT_EQ(asset_version().size(), 12U);
  EXPECT_EQ(asset_version().find_first_not_of("0123456789abcdef"), std::string::npos);
}

}  // namespace
}  // namespace gridexit::dashboard
