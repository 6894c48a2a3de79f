// The short way reads what we write, and never differs from libyaml.
#include <gtest/gtest.h>

#include "codec/canonical_parse.hpp"
#include "codec/yaml_parse.hpp"
#include "gridexit/codec/documents.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

bool identical(const Node& a, const Node& b) {
  return a.kind == b.kind && a.quoted == b.quoted && a.line == b.line && a.key == b.key &&
         a.text == b.text &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    identical);
}

void expect_short_way(const std::string& text) {
  SCOPED_TRACE(text);
  const auto canonical = parse_canonical(text);
  ASSERT_TRUE(canonical.has_value());
  const auto judge = parse_with_libyaml(text, "f", ErrorCode::document_invalid);
  ASSERT_TRUE(judge) << judge.error().message;
  EXPECT_TRUE(identical(canonical->root(), judge->root()));
}

TEST(Canonical, TakesWhatIsWritten) {
  MetricsRecord record = samples::record_with_grid();
  record.errors.front().message = "one line, \"quoted\", \u00fcber \\ back";
  expect_short_way(write(record));
  expect_short_way(write(samples::record_without_grid()).c_str());
  expect_short_way(write(samples::exit_state_day()));
  expect_short_way(write(samples::decision()));
  expect_short_way(write(samples::grid()));
  expect_short_way(write(samples::failed_hour()));
  expect_short_way(write(samples::rules()));
}

TEST(Canonical, LeavesEverythingElseToLibyaml) {
  for (const char* text : {"",
                           "\n",
                           "a",
                           "a:\n",
                           "a: \n",
                           "a:  1\n",
                           "a: 1",
                           "a: 1 \n",
                           "a: b: c\n",
                           "a: 1\n  b\n",
                           "a: 'x'\n",
                           "a: *x\n",
                           "a: &x 1\n",
                           "a: !t 1\n",
                           "a: |\n  x\n",
                           "# x\na: 1\n",
                           "a: 1 # x\n",
                           "---\na: 1\n",
                           "- 1\n",
                           "a: [1,2]\n",
                           "a: [1, 2\n",
                           "a: {b: 1, b: 2}\n",
                           "a: 1\na: 2\n",
                           "a:\n- 1\n",
                           "a:\n    b: 1\n",
                           "a: -\n",
                           "a: \"x\n",
                           "a: \"\\n\"\n",
                           "a: \"\xFF\"\n",
                           "a: \"\x01\"\n",
                           "a:\tb\n",
                           "a: 1\r\n",
                           "a: x:y\n",
                           "%a: 1\n",
                           "? a\n: 1\n",
                           "a: [b: 1]\n",
                           "a: 1\n...\n",
                           "\xEF\xBB\xBF"
                           "a: 1\n",
                           " a: 1\n"}) {
    EXPECT_FALSE(parse_canonical(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace gridexit::codec
