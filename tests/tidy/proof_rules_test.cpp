#include "proof_rules.hpp"

#include <gtest/gtest.h>

namespace gridexit::tidy {
namespace {

TEST(ProofRules, KnowsTheTestsOfBothLanguages) {
  const std::vector<SourceFile> files = {
      {"tests/unit/a_test.cpp",
       "#include <x>\nTEST(Plain, One) {\nTEST_F(Fixture,\n       Two) {\n"},
      {"tests/e2e/kill_test.py",
       "class Kill(Case):\n    def test_a_kill(self):\n    def other(self):"},
      {"tests/fuzz/codec/yaml_fuzz.cpp", ""},
      {"src/a.cpp", "\nTEST(Not, Ours)\n"}};
  EXPECT_EQ(test_names(files),
            (std::set<std::string>{"Fixture.Two", "Plain.One", "fuzz.yaml", "kill: test_a_kill"}));
}

TEST(ProofRules, DemandsTestsThatExist) {
  const std::set<std::string> tests = {"Suite.Name", "kill: test_a_kill"};
  const auto problems = [&](const std::string& row) {
    return proof_problems({"F.md", "| fault | proven by |\n|---|---|\n" + row}, tests);
  };
  EXPECT_TRUE(problems("| a | `Suite.Name`, `kill: test_a_kill` |\n").empty());
  EXPECT_EQ(problems("| a | `Suite.Gone` |"),
            std::vector<std::string>{"F.md:3: Suite.Gone is no test"});
  EXPECT_EQ(problems("| a |  |\n| b | by hand |").size(), 2U);
  EXPECT_TRUE(problems("\n`Suite.Gone` in the text\n").empty());
  EXPECT_TRUE(proof_problems({"F.md", "| a | b |\n|---|---|\n| c | `x` |\n"}, tests).empty());
}

}  // namespace
}  // namespace gridexit::tidy
