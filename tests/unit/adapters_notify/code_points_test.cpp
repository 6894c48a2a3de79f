#include "adapters/notify/code_points.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gridexit::adapters {
namespace {

const std::string kEmoji = "\xF0\x9F\x9A\xA8";
const std::string kEllipsis = "\xE2\x80\xA6";

std::string repeated(const std::string& text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(LimitedTo, CountsCharactersNotBytes) {
  EXPECT_EQ(limited_to(repeated(kEmoji, 1024), 1024), repeated(kEmoji, 1024));
  EXPECT_EQ(limited_to(repeated(kEmoji, 1025), 1024), repeated(kEmoji, 1023) + kEllipsis);
  EXPECT_EQ(limited_to("abc", 3), "abc");
  EXPECT_EQ(limited_to("abcd", 3), "ab" + kEllipsis);
  EXPECT_EQ(limited_to("ab", 1), kEllipsis);
  EXPECT_EQ(limited_to("", 3), "");
}

TEST(Shortened, CutsBeforeTheLastLine) {
  EXPECT_EQ(shortened("one\ntwo\nend", 100), "one\ntwo\nend");
  EXPECT_EQ(shortened("a long text\nend", 12), "a long " + kEllipsis + "\nend");
  EXPECT_EQ(shortened("short\nbut a long last line", 12), "short\nbut a" + kEllipsis);
  EXPECT_EQ(shortened("without a line break", 7), "withou" + kEllipsis);
  const std::string fits = repeated(kEmoji, 8) + "\n" + kEmoji;
  EXPECT_EQ(shortened(fits, 10), fits) << "ten characters, though many more bytes";
}

TEST(LimitedTo, ReplacesWhatIsNotUtf8) {
  const std::string replacement = "\xEF\xBF\xBD";
  EXPECT_EQ(limited_to("a\xFFz", 10), "a" + replacement + "z");
  EXPECT_EQ(limited_to("\xE2\x82", 10), replacement + replacement);         // cut
  EXPECT_EQ(limited_to("\xC0\x80", 10), replacement + replacement);         // overlong
  EXPECT_EQ(limited_to("\xED\xA0\x80", 10), repeated(replacement, 3));      // surrogate
  EXPECT_EQ(limited_to("\xF4\x90\x80\x80", 10), repeated(replacement, 4));  // beyond U+10FFFF
}

}  // namespace
}  // namespace gridexit::adapters
