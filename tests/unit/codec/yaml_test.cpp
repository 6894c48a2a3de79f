// What the YAML reader refuses, and that texts keep their type in every reader.
#include <gtest/gtest.h>

#include <string>

#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

std::string error_of(const std::string& text) {
  const auto grid = read<Grid>(text, "grids/g.yaml");
  return grid ? "" : grid.error().message;
}

std::string nested(int depth) {
  std::string text = "grid_id: ";
  text.append(static_cast<std::size_t>(depth), '[');
  text.append(static_cast<std::size_t>(depth), ']');
  return text + "\n";
}

TEST(Yaml, RefusesWhatCouldHideSomething) {
  EXPECT_EQ(error_of("grid_id: &a x\n"), "grids/g.yaml:1: anchors (&name) are not allowed");
  EXPECT_EQ(error_of("a: 1\nb: *x\n"),
            "grids/g.yaml:2: aliases (*name) are not allowed: write the value itself");
  EXPECT_EQ(error_of("grid_id: !!str x\n"), "grids/g.yaml:1: tags (!type) are not allowed");
  EXPECT_EQ(error_of("symbol: a\ngrid_id: b\nsymbol: c\n"),
            "grids/g.yaml:3: the key \"symbol\" stands here a second time (first in line 1)");
  EXPECT_EQ(error_of("a: 1\n---\nb: 2\n"),
            "grids/g.yaml:2: a second document starts here: write one document per file");
  EXPECT_EQ(error_of("? [a, b]\n: 1\n"), "grids/g.yaml:1: a key has to be plain text");
  EXPECT_EQ(error_of(nested(30)), "grids/g.yaml:1: is nested too deeply");
  EXPECT_EQ(error_of(std::string(9 * 1024 * 1024, ' ')), "grids/g.yaml: is larger than 8 MB");
}

TEST(Yaml, NamesTheLineOfASyntaxError) {
  EXPECT_EQ(error_of("grid_id: g\nsymbol: [1, 2\nexchange: x\n").substr(0, 15), "grids/g.yaml:3:");
  EXPECT_EQ(error_of("grid_id: \"\xFF\"\n").substr(0, 13), "grids/g.yaml:");
}

TEST(Yaml, AnEmptyTextIsNoDocument) {
  EXPECT_EQ(error_of(""), "grids/g.yaml: \"\" must be a map of keys");
  EXPECT_EQ(error_of("- 1\n"), "grids/g.yaml:1: a list must be a map of keys");
}

TEST(Yaml, EveryTextComesBackAsItWas) {
  const std::vector<std::string> texts{
      "",        "null",       "~",    "yes",  "No",     "true", "012",        "1.0",
      "1e3",     ".nan",       "0x1F", "- a",  "a: b",   "a #b", "[x]",        "{x}",
      "&a",      "*a",         "!a",   "%a",   "@a",     "`a",   "\"q\"",      "it's",
      "a\nb",    "\ta",        " a ",  "=",    "<<",     "?",    "a,b",        "12:30",
      "back\\s", "2026-02-02", "\x01", "über", "\u2028", "…",    "\U0001F600", "</script>",
      "0o7",     "1_000",      "+1",   "-",    "NaN",    "Off",  "inf"};
  for (const std::string& text : texts) {
    FailedHour hour = samples::failed_hour();
    hour.attempts.front().message = text;
    const auto yaml = read<FailedHour>(write(hour), "f");
    ASSERT_TRUE(yaml) << text << ": " << yaml.error().message;
    EXPECT_EQ(yaml->document.attempts.front().message, text);
    const auto json = read<FailedHour>(write_as(hour, Format::json), "f");
    ASSERT_TRUE(json) << text << ": " << json.error().message;
    EXPECT_EQ(json->document.attempts.front().message, text);
  }
}

TEST(Yaml, BrokenUtf8IsReplacedAndNotPassedOn) {
  FailedHour hour = samples::failed_hour();
  hour.attempts.front().message = "a\xFFz\xC3";
  const auto back = read<FailedHour>(write(hour), "f");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->document.attempts.front().message, "a\uFFFDz\uFFFD");
}

TEST(Yaml, TimesAndTextsMayStandWithoutQuotes) {
  const auto hour = read<FailedHour>(
      "schema_version: 2.0\nsymbol: ETH-USDT\ntimestamp: 2026-02-02T14:00:00Z\n"
      "attempts:\n- {at: 2026-02-02T14Z, code: 7, message: plain words}\n",
      "f");
  ASSERT_TRUE(hour) << hour.error().message;
  EXPECT_EQ(hour->document.timestamp, samples::at());
  EXPECT_EQ(hour->document.attempts.front().code, "7");
}

}  // namespace
}  // namespace gridexit::codec
