#include "gridexit/base/number.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace gridexit {
namespace {

TEST(FormatNumber, ShortestPlainDecimalThatReadsBack) {
  EXPECT_EQ(format_number(0.1), "0.1");
  EXPECT_EQ(format_number(69641.3), "69641.3");
  EXPECT_EQ(format_number(3412), "3412");
  EXPECT_EQ(format_number(0.00001), "0.00001");
  EXPECT_EQ(format_number(1e21), "1000000000000000000000");
  EXPECT_EQ(format_number(-0.25), "-0.25");
  for (const double value :
       {1.0 / 3, 2e-300, 9.007199254740993e15, 5e-324, std::numeric_limits<double>::max()}) {
    EXPECT_EQ(parse_number(format_number(value)), value);
  }
}

TEST(ParseNumber, TakesWholeTextOnly) {
  EXPECT_EQ(parse_number("6.1E-5"), 6.1e-5);
  EXPECT_EQ(parse_number("+3"), 3);
  for (const char* text : {"", " 1", "1 ", "1,5", "0x1", "nan", "inf", "-inf", "1e999", "1.2.3"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  }
}

TEST(ParseInteger, TakesWholeTextOnly) {
  EXPECT_EQ(parse_integer("-42"), -42);
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "1e3", "9223372036854775808"}) {
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
  }
}

TEST(FormatPrice, KeepsWhatAPersonReads) {
  EXPECT_EQ(format_price(96650.04), "96650.0");
  EXPECT_EQ(format_price(3.14159), "3.142");
  EXPECT_EQ(format_price(0.0712345), "0.07123");
}

}  // namespace
}  // namespace gridexit
