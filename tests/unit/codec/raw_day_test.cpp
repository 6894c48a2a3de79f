#include <gtest/gtest.h>

#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

std::string day_with(const std::string& candles) {
  return "{\"schema_version\":\"2.0\",\"symbol\":\"ETH-USDT\",\"date\":\"2026-02-02\",\n"
         "\"source\":\"kucoin\",\"candles\":{" +
         candles + "}}";
}

std::string error_of(const std::string& text) {
  const auto day = read<RawDay>(text, "d.json");
  return day ? "valid" : day.error().message;
}

TEST(RawDay, OneRowIsOneLineSoThatChangesStaySmall) {
  RawDay day = samples::raw_day();
  const std::string before = write(day);
  day.h1.push_back({floor_day(samples::at()) + Hours{3}, 1, 2, 0.5, 1.5, 10});
  const std::string after = write(day);
  EXPECT_NE(after.find("\n      [1770001200,1,2,0.5,1.5,10]\n"), std::string::npos) << after;
  EXPECT_EQ(std::count(after.begin(), after.end(), '\n'),
            std::count(before.begin(), before.end(), '\n') + 1);
}

TEST(RawDay, RowsAreCheckedOneByOne) {
  EXPECT_EQ(error_of(day_with("\"1h\":[[1769990401,1,1,1,1,1],\n[1769994000,0,1,1,1,1],\n"
                              "[1769994000,1,1,1,1,1],\n[1769997600,1,1,1,1,-1]]")),
            "d.json:2: candles.1h[0]: its time is not a multiple of the bar's length\n"
            "d.json:3: candles.1h[1]: its prices must be above 0\n"
            "d.json:4: candles.1h[2]: its time is not after the row before\n"
            "d.json:5: candles.1h[3]: its volume must not be negative");
  EXPECT_EQ(error_of(day_with("\"1h\":[[1770076800,1,1,1,1,1]]")),
            "d.json:2: candles.1h: has rows of another day");
}

TEST(RawDay, RefusesWhatIsNoRow) {
  for (const char* row :
       {"[1769990400,1,1,1,1]", "[1769990400,1,1,1,1,null]", "[1769990400,1,nan,1,1,1]",
        "[1769990400,1,1e999,1,1,1]", "[]", "7", "[1769990400,\"1\",1,1,1,1]"}) {
    EXPECT_NE(error_of(day_with(std::string("\"1h\":[") + row + "]")), "valid") << row;
  }
  EXPECT_EQ(error_of(day_with("\"1h\":[[1769990400,1,1,1,1,1,1]]")),
            "d.json:2: candles.1h[0]: must be 6 numbers, no more");
}

TEST(RawDay, RefusesBrokenJson) {
  const std::string whole = write(samples::raw_day());
  for (std::size_t size = 0; size + 2 < whole.size(); size += 7) {
    EXPECT_NE(error_of(whole.substr(0, size)), "valid") << size;
  }
  EXPECT_NE(error_of(whole + "x"), "valid");
  EXPECT_EQ(error_of("{}"),
            "d.json:1: symbol: is not a symbol: write BASE-QUOTE in upper case, for instance "
            "ETH-USDT\nd.json:1: source: is not a name: use up to 64 letters, digits, '_', '-' and "
            "'.'\nd.json:1: date: is not a date like 2026-02-02");
}

TEST(RawDay, RefusesAKeyThatStandsTwice) {
  EXPECT_EQ(error_of(day_with("\"1h\":[],\"1h\":[]")), "d.json:2: 1h: stands here a second time");
}

TEST(RawDay, SkipsUnknownKeysOfAnyForm) {
  const auto day = read<RawDay>(
      day_with("\"5m\":[[1,2],{\"a\":\"]\\\"\"}],\"1h\":[[1769990400,1,1,1,1,0]]"), "d.json");
  ASSERT_TRUE(day) << day.error().message;
  EXPECT_EQ(day->document.h1.size(), 1U);
  EXPECT_EQ(day->warnings, (std::vector<std::string>{"d.json:2: candles.5m: is not a known key"}));
}

TEST(RawDay, ProblemsOfValuesInMemory) {
  RawDay day = samples::raw_day();
  EXPECT_TRUE(problems(day).empty());
  day.date = "2026-02-03";
  EXPECT_EQ(problems(day), (std::vector<std::string>{"candles.1h: has rows of another day",
                                                     "candles.15m: has rows of another day"}));
}

}  // namespace
}  // namespace gridexit::codec
