// The rules of the house applied to the project as it stands. A failure names file, line and rule.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "file_rules.hpp"
#include "gridexit/base/text.hpp"
#include "include_rules.hpp"
#include "module_map.hpp"
#include "proof_rules.hpp"
#include "source_tree.hpp"
#include "support/source_tree.hpp"

namespace gridexit::tidy {
namespace {

const std::vector<std::string_view> kCpp = {".cpp", ".hpp"};

class Tree : public testing::Test {
 protected:
  static void SetUpTestSuite() { files() = load_tree(testing_support::source_file(".")); }

  static std::vector<SourceFile>& files() {
    static std::vector<SourceFile> all;
    return all;
  }
  static std::set<std::string> paths() {
    std::set<std::string> all;
    for (const auto& file : files()) all.insert(file.path);
    return all;
  }
  static std::string text_of(std::string_view path) {
    const auto found = std::find_if(files().begin(), files().end(),
                                    [&](const SourceFile& file) { return file.path == path; });
    return found == files().end() ? "" : found->text;
  }
  static ModuleMap map() { return parse_module_map(text_of("README.md")); }
  static bool is_product(const SourceFile& file) {
    return is_in(file.path, "src", kCpp) || is_in(file.path, "include", kCpp);
  }
};

/// The problems of every file that `applies`, as one failure.
template <class Applies, class Check>
void expect_none(const std::vector<SourceFile>& files, Applies applies, Check check) {
  std::vector<std::string> problems;
  for (const auto& file : files) {
    if (!applies(file)) continue;
    const auto found = check(file);
    problems.insert(problems.end(), found.begin(), found.end());
  }
  EXPECT_TRUE(problems.empty()) << join(problems, "\n");
}

TEST_F(Tree, IncludesFollowTheMap) {
  const ModuleMap rules = map();
  const auto all = paths();
  expect_none(files(), is_product,
              [&](const SourceFile& file) { return include_problems(file, rules, all); });
}

TEST_F(Tree, TheMapIsLayered) {
  const ModuleMap rules = map();
  ASSERT_GE(rules.order.size(), 20U) << "README.md has no map";
  std::set<std::string> lower;
  for (const auto& module : rules.order) {
    for (const auto& other : rules.rules.at(module).may_include) {
      EXPECT_TRUE(lower.contains(other))
          << module << " may include " << other << ", which is not above it";
    }
    lower.insert(module);
  }
}

TEST_F(Tree, EveryModuleIsOnTheMapAndBuilt) {
  const ModuleMap rules = map();
  const std::string build = text_of("src/CMakeLists.txt");
  for (const auto& module : rules.order) {
    EXPECT_NE(build.find(module), std::string::npos) << module << " is not in src/CMakeLists.txt";
  }
}

TEST_F(Tree, TheCoreIsPure) {
  const auto applies = [](const SourceFile& file) {
    return is_product(file) && is_core(module_of(file.path));
  };
  expect_none(files(), applies, purity_problems);
}

TEST_F(Tree, FilesAreShort) {
  const auto applies = [](const SourceFile& file) {
    const std::vector<std::string_view> written = {".cpp", ".hpp", ".js", ".mjs",
                                                   ".css", ".sh",  ".py", ".cmake"};
    for (const auto* folder : {"src", "include", "tests", "dashboards", "infra"}) {
      if (is_in(file.path, folder, written)) return true;
    }
    return false;
  };
  expect_none(files(), applies, size_problems);
}

TEST_F(Tree, HeadersSayWhatTheyAre) {
  const auto applies = [](const SourceFile& file) { return file.path.ends_with(".hpp"); };
  expect_none(files(), applies, header_problems);
}

TEST_F(Tree, NamesSaySomething) {
  expect_none(files(), is_product, name_problems);
}

TEST_F(Tree, NothingIsLeftLying) {
  const auto applies = [](const SourceFile& file) { return !is_in(file.path, "tests/tidy"); };
  expect_none(files(), applies, residue_problems);
}

TEST_F(Tree, DocumentsNameWhatExists) {
  const auto applies = [](const SourceFile& file) { return file.path.ends_with(".md"); };
  const auto all = paths();
  expect_none(files(), applies, [&](const SourceFile& file) { return path_problems(file, all); });
}

TEST_F(Tree, WhatIsSaidToBeProvenNamesItsTests) {
  const auto applies = [](const SourceFile& file) { return file.path.ends_with(".md"); };
  const auto tests = test_names(files());
  expect_none(files(), applies,
              [&](const SourceFile& file) { return proof_problems(file, tests); });
}

TEST_F(Tree, TheTopLevelHoldsNothingElse) {
  const std::set<std::string> expected = {
      "CMakeLists.txt", "CMakePresets.json", "Dockerfile", "README.md", "Taskfile.yml", "config/",
      "dashboards/",    "include/",          "infra/",     "src/",      "tests/"};
  std::set<std::string> found;
  for (const auto& name : top_level(testing_support::source_file("."))) {
    if (!name.starts_with('.')) found.insert(name);
  }
  found.erase("compile_commands.json");
  EXPECT_EQ(found, expected);
}

}  // namespace
}  // namespace gridexit::tidy
