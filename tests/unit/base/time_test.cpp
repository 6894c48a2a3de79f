#include "gridexit/base/time.hpp"

#include <gtest/gtest.h>

namespace gridexit {
namespace {

TEST(ParseUtc, AcceptsTheFormsOfTheDocumentsAndNothingElse) {
  const UtcTime expected{Seconds{1770040800}};
  for (const char* text : {"2026-02-02T14:00:00Z", "2026-02-02T14:00Z", "2026-02-02T14Z"}) {
    EXPECT_EQ(parse_utc(text), expected) << text;
  }
  EXPECT_EQ(parse_utc("2026-02-02"), expected - Hours{14});
  for (const char* text : {"", "2026-02-30", "2026-02-02T24:00Z", "2026-02-02T14:00:00", "2026-2-2",
                           "2026-02-02T14:00:00+01:00", "2026-02-02T14:00:00Z ", "yesterday"}) {
    EXPECT_EQ(parse_utc(text), std::nullopt) << text;
  }
}

TEST(FormatUtc, EveryForm) {
  const UtcTime time{Seconds{1770042645}};
  EXPECT_EQ(format_utc(time), "2026-02-02T14:30:45Z");
  EXPECT_EQ(format_date(time), "2026-02-02");
  EXPECT_EQ(format_compact(time), "20260202T143045Z");
  EXPECT_EQ(format_hour(time), "2026-02-02T14Z");
  EXPECT_EQ(format_utc(floor_hour(time)), "2026-02-02T14:00:00Z");
  EXPECT_EQ(format_utc(floor_day(time)), "2026-02-02T00:00:00Z");
}

}  // namespace
}  // namespace gridexit
