#include "gridexit/base/text.hpp"

#include <gtest/gtest.h>

namespace gridexit {
namespace {

TEST(Nearest, SuggestsSmallMistakesOnly) {
  const std::vector<std::string> commands{"run", "evaluate", "explain", "grid", "doctor"};
  EXPECT_EQ(nearest("evalute", commands), "evaluate");
  EXPECT_EQ(nearest("rnu", commands), "run");
  EXPECT_EQ(nearest("dcotor", commands), "doctor");
  EXPECT_EQ(nearest("frobnicate", commands), std::nullopt);
  EXPECT_EQ(nearest("", commands), std::nullopt);
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Join, UndoesSplit) {
  EXPECT_EQ(join({"a", "", "b"}, ","), "a,,b");
  EXPECT_EQ(join({"alone"}, ", "), "alone");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Trim, RemovesBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \ta b\r\n"), "a b");
  EXPECT_EQ(trim("  "), "");
}

}  // namespace
}  // namespace gridexit
