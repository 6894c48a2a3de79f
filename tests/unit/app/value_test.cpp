#include "app/render/value.hpp"

#include <gtest/gtest.h>

#include "app/render/table.hpp"

namespace gridexit::app {
namespace {

Value sample() {
  Value list = Value::array();
  list.add(1).add("two").add(Value{});
  Value inner = Value::object();
  inner.set("flag", true).set("none", Value::array());
  Value value = Value::object();
  value.set("text", "a \"b\"\n")
      .set("number", 0.5)
      .set("list", std::move(list))
      .set("inner", std::move(inner));
  return value;
}

TEST(Value, IsIndentedJson) {
  EXPECT_EQ(render_json(sample()),
            "{\n"
            "  \"text\": \"a \\\"b\\\"\\n\",\n"
            "  \"number\": 0.5,\n"
            "  \"list\": [\n    1,\n    \"two\",\n    null\n  ],\n"
            "  \"inner\": {\n    \"flag\": true,\n    \"none\": []\n  }\n"
            "}\n");
}

TEST(Value, IsOneLineOfJson) {
  Value value = Value::object();
  value.set("a", 1).set("b", "x");
  EXPECT_EQ(render_json_line(value), "{\"a\": 1, \"b\": \"x\"}");
}

TEST(Value, IsBlockYaml) {
  EXPECT_EQ(render_yaml(sample()),
            "text: \"a \\\"b\\\"\\n\"\n"
            "number: 0.5\n"
            "list:\n  - 1\n  - \"two\"\n  - null\n"
            "inner:\n  flag: true\n  none: []\n");
}

TEST(Value, MovesDocumentsToTheirPlace) {
  Value list = Value::array();
  list.add(Value::document("{\n  \"a\": 1\n}\n", "a: 1\nb:\n  - 2\n"));
  EXPECT_EQ(render_json(list), "[\n  {\n    \"a\": 1\n  }\n]\n");
  EXPECT_EQ(render_yaml(list), "- a: 1\n  b:\n    - 2\n");
}

TEST(Value, IsEmptyWhereThereIsNothing) {
  EXPECT_EQ(render_json(Value::array()), "[]\n");
  EXPECT_EQ(render_yaml(Value::array()), "[]\n");
  EXPECT_EQ(render_json(Value{std::optional<double>()}), "null\n");
}

TEST(Value, EscapesControlCharacters) {
  EXPECT_EQ(json_string("\x1b["), "\"\\u001b[\"");
}

TEST(Table, LinesUpColumnsWithoutTrailingSpaces) {
  Table table({"A", "LONG"});
  table.add({{"first"}, {"x"}});
  table.add({{"2"}, {""}});
  EXPECT_EQ(table.render(Style{}), "A      LONG\nfirst  x\n2\n");
}

TEST(Table, KeepsColumnsUnderColour) {
  Table table({"A", "B"});
  table.add({{"x", Tone::good}, {"y"}});
  EXPECT_EQ(table.render(Style{true}), "\x1b[1mA\x1b[0m  \x1b[1mB\x1b[0m\n\x1b[32mx\x1b[0m  y\n");
}

TEST(Wrap, BreaksAtSpacesAndKeepsLongWords) {
  EXPECT_EQ(wrap("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("incomprehensible", 4), (std::vector<std::string>{"incomprehensible"}));
  EXPECT_EQ(wrap("", 4), (std::vector<std::string>{""}));
}

}  // namespace
}  // namespace gridexit::app
