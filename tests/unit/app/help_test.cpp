// Walks the command table: every command explains itself, and its help is the reviewed text in
// tests/cli/<command>/.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/command_table.hpp"
#include "gridexit/base/text.hpp"
#include "support/source_tree.hpp"
#include "unit/app/fake_wiring.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> words(std::string_view path) {
  std::vector<std::string> list;
  for (const std::string_view word : split(path, ' ')) list.emplace_back(word);
  return list;
}

std::filesystem::path golden_file(std::string folder) {
  std::replace(folder.begin(), folder.end(), ' ', '-');
  return testing_support::source_file("tests/cli") / folder / "help.txt";
}

void expect_golden(const std::string& folder, const std::string& text) {
  const auto path = golden_file(folder);
  if (std::getenv("GX_UPDATE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    GTEST_SKIP() << "wrote " << path;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.is_open()) << path << " is missing; write it with GX_UPDATE_GOLDEN=1";
  const std::string golden((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
  EXPECT_EQ(text, golden) << "if this is meant, rewrite it with GX_UPDATE_GOLDEN=1";
}

class Help : public ::testing::TestWithParam<const app::Command*> {};

TEST_P(Help, ShowsUsageOptionsAndExamples) {
  auto args = words(GetParam()->path);
  args.emplace_back("--help");
  const auto ran = testing::run(args);
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_THAT(ran.out, HasSubstr("usage: gridexit " + std::string(GetParam()->path)));
  EXPECT_THAT(ran.out, HasSubstr("\nExamples:\n"));
  for (const std::string_view line : split(ran.out, '\n')) {
    const bool is_example = line.starts_with("  gridexit ") || line.starts_with("  source ");
    EXPECT_TRUE(is_example || line.size() <= 80) << line;
  }
  expect_golden(std::string(GetParam()->path), ran.out);
}

// An example that does not parse would teach a mistake.
TEST_P(Help, ShowsOnlyExamplesThatNameTheCommand) {
  for (const std::string_view line : split(GetParam()->examples, '\n')) {
    EXPECT_NE(line.find("gridexit " + std::string(GetParam()->path)), std::string_view::npos)
        << line;
  }
}

std::vector<const app::Command*> all_commands() {
  std::vector<const app::Command*> list;
  for (const app::Command& command : app::command_table()) list.push_back(&command);
  return list;
}

std::string test_name(const ::testing::TestParamInfo<const app::Command*>& info) {
  std::string name(info.param->path);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(AllCommands, Help, ::testing::ValuesIn(all_commands()), test_name);

TEST(Help, OfTheProgramIsTheReviewedText) {
  expect_golden("gridexit", testing::run({"--help"}).out);
}

TEST(Help, OfAGroupListsItsCommands) {
  for (const app::CommandGroup& group : app::command_groups()) {
    const auto ran = testing::run({std::string(group.name), "--help"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, HasSubstr("\nCommands:\n"));
    EXPECT_EQ(testing::run({std::string(group.name)}).out, ran.out);
  }
}

TEST(Help, WinsOverMissingAndWrongOptions) {
  EXPECT_EQ(testing::run({"grid", "show", "--help"}).code, 0);
  EXPECT_EQ(testing::run({"evaluate", "--at", "noon", "--help"}).code, 0);
}

}  // namespace
}  // namespace gridexit
