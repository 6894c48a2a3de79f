#include "include_rules.hpp"

#include <gtest/gtest.h>

namespace gridexit::tidy {
namespace {

constexpr std::string_view kReadme =
    "# x\n"
    "| module | may include | third party |\n|---|---|---|\n| `wrong` | - | - | table elsewhere |\n"
    "## The map\n"
    "words\n"
    "| module | may include | third party | what |\n"
    "|---|---|---|---|\n"
    "| `base` | - | `OpenSSL` | x |\n"
    "| verbs: `metrics` `gates` | `base` | - | x |\n"
    "| `audit` | the verbs, `base` | - | x |\n"
    "| `adapters/git` | `base` | `libgit2` | x |\n"
    "| `app` | everything above | - | x |\n"
    "## Next\n"
    "| `late` | - | - | x |\n";

const std::set<std::string> kPaths = {
    "include/gridexit/base/hash.hpp", "include/gridexit/gates/advance.hpp",
    "include/gridexit/adapters/git/repository.hpp", "src/gates/words.hpp", "src/app/help.hpp"};

std::vector<std::string> problems_of(const std::string& path, const std::string& text) {
  return include_problems({path, text}, parse_module_map(kReadme), kPaths);
}

TEST(ModuleMap, IsReadFromTheTableUnderItsHeading) {
  const ModuleMap map = parse_module_map(kReadme);
  EXPECT_EQ(map.order,
            (std::vector<std::string>{"base", "metrics", "gates", "audit", "adapters/git", "app"}));
  EXPECT_EQ(map.rules.at("audit").may_include, (std::set<std::string>{"base", "metrics", "gates"}));
  EXPECT_EQ(map.rules.at("app").may_include.size(), 5U);
  EXPECT_EQ(map.rules.at("base").third_party, std::set<std::string>{"OpenSSL"});
}

TEST(IncludeRules, AllowWhatTheMapAllows) {
  EXPECT_TRUE(
      problems_of(
          "src/gates/advance.cpp",
          "#include \"gridexit/gates/advance.hpp\"\n\n#include <fmt/format.h>\n"
          "#include <vector>\n#include \"gridexit/base/hash.hpp\"\n#include \"words.hpp\"\n")
          .empty());
  EXPECT_TRUE(problems_of("src/base/hash.cpp",
                          "#include \"gridexit/base/hash.hpp\"\n#include <openssl/sha.h>\n")
                  .empty());
  EXPECT_TRUE(
      problems_of("src/app/commands/run.cpp",
                  "#include \"app/help.hpp\"\n#include \"gridexit/adapters/git/repository.hpp\"\n")
          .empty());
}

TEST(IncludeRules, RefuseWhatItDoesNot) {
  const auto first = [](const std::string& path, const std::string& text) {
    const auto problems = problems_of(path, text);
    return problems.empty() ? "" : problems.front();
  };
  EXPECT_EQ(first("src/metrics/adx.cpp", "#include \"gridexit/gates/advance.hpp\"\n"),
            "src/metrics/adx.cpp:1: metrics may not include gates");
  EXPECT_EQ(first("src/metrics/adx.cpp", "\n#include \"words.hpp\"\n"),
            "src/metrics/adx.cpp:2: words.hpp is no header of metrics");
  EXPECT_EQ(first("src/audit/x.cpp", "#include <git2/blob.h>\n"),
            "src/audit/x.cpp:1: audit may not use libgit2 (git2/blob.h)");
  EXPECT_EQ(first("src/audit/x.cpp", "#include <unistd.h>\n"),
            "src/audit/x.cpp:1: audit may not use POSIX (unistd.h)");
  EXPECT_EQ(first("include/gridexit/base/hash.hpp", "#include <openssl/sha.h>\n"),
            "include/gridexit/base/hash.hpp:1: a public header includes openssl/sha.h");
  EXPECT_EQ(first("src/base/hash.cpp", "#include <vector>\n#include \"gridexit/base/hash.hpp\"\n"),
            "src/base/hash.cpp:1: its own header comes first");
  EXPECT_EQ(first("src/base/x.cpp", "#include \"gridexit/base/gone.hpp\"\n"),
            "src/base/x.cpp:1: gridexit/base/gone.hpp does not exist");
  EXPECT_EQ(first("src/unknown/x.cpp", ""),
            "src/unknown/x.cpp: module \"unknown\" is not in README's map");
}

TEST(Purity, TheCoreTouchesNoOutside) {
  EXPECT_TRUE(purity_problems({"src/gates/x.cpp", "int x = 0;\n"}).empty());
  for (const char* line : {"auto t = system_clock::now();", "std::getenv(\"HOME\")",
                           "std::ifstream file(path);", "std::uniform_int_distribution<int> d;"}) {
    EXPECT_EQ(purity_problems({"src/gates/x.cpp", line}).size(), 1U) << line;
  }
  EXPECT_TRUE(is_core("exit_state"));
  EXPECT_FALSE(is_core("adapters/clock"));
}

}  // namespace
}  // namespace gridexit::tidy
