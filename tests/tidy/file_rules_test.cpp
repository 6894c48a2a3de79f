#include "file_rules.hpp"

#include <gtest/gtest.h>

namespace gridexit::tidy {
namespace {

std::string repeated(const std::string& text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

TEST(FileRules, CountLinesAndColumns) {
  EXPECT_TRUE(size_problems({"src/a/x.cpp", repeated("int x;\n", 400)}).empty());
  EXPECT_EQ(size_problems({"src/a/x.cpp", repeated("int x;\n", 401)}).size(), 1U);
  EXPECT_TRUE(size_problems({"tests/a/x.cpp", repeated("int x;\n", 600)}).empty());
  EXPECT_EQ(size_problems({"tests/a/x.cpp", repeated("int x;\n", 601)}).size(), 1U);
  EXPECT_TRUE(size_problems({"src/a/x.cpp", repeated("σ", 100)}).empty());
  EXPECT_EQ(size_problems({"src/a/x.cpp", "\n" + repeated("x", 101)}),
            std::vector<std::string>{"src/a/x.cpp:2: 101 columns (at most 100)"});
}

TEST(FileRules, HeadersSayWhatTheyAre) {
  EXPECT_TRUE(header_problems({"x.hpp", "#pragma once\n// The thing.\n"}).empty());
  EXPECT_EQ(header_problems({"x.hpp", "#pragma once\n\n#include <vector>\n"}).size(), 1U);
  EXPECT_EQ(header_problems({"x.hpp", "// The thing.\n#pragma once\n"}).size(), 1U);
  EXPECT_EQ(header_problems({"x.hpp", ""}).size(), 1U);
  EXPECT_EQ(header_problems({"x.hpp", "#pragma once\n// The thing.\nusing namespace std;\n"}),
            std::vector<std::string>{"x.hpp:3: opens a namespace for all who include it"});
}

TEST(FileRules, NamesSaySomething) {
  EXPECT_TRUE(name_problems({"x.hpp", "class Store {\nstruct Utility;\n"}).empty());
  EXPECT_EQ(name_problems({"x.hpp", "class GridManager {\n"}).size(), 1U);
  EXPECT_EQ(name_problems({"x.hpp", "  struct [[nodiscard]] TestHelper {\n"}).size(), 1U);
  EXPECT_EQ(name_problems({"x.hpp", "using StringUtils = int;\n"}).size(), 1U);
}

TEST(FileRules, NothingIsLeftLying) {
  EXPECT_TRUE(residue_problems({"x.json", "{\"integrity\": \"sha512-x\"}"}).empty());
  EXPECT_EQ(residue_problems({"x.json", "\n  \"resolved\": \"https://x\""}).size(), 1U);
  EXPECT_EQ(residue_problems({"x.cpp", "// TODO: later"}).size(), 1U);
}

TEST(FileRules, DocumentsNameWhatExists) {
  const std::set<std::string> paths = {"src/base/time.cpp", "infra/dev/test.sh"};
  const auto problems = [&](const std::string& text) {
    return path_problems({"README.md", text}, paths);
  };
  EXPECT_TRUE(
      problems("`src/base/time.cpp`, `src/base`, `src/base/`, [x](infra/dev/test.sh), `a/b`")
          .empty());
  EXPECT_TRUE(problems("`src/<module>/CMakeLists.txt` and `tests/*/x`").empty());
  EXPECT_EQ(problems("ok\nsee `src/base/tim.cpp`"),
            std::vector<std::string>{"README.md:2: src/base/tim.cpp does not exist"});
  EXPECT_EQ(problems("[x](infra/gone)").size(), 1U);
  EXPECT_EQ(problems("`src/bas`").size(), 1U);
}

}  // namespace
}  // namespace gridexit::tidy
