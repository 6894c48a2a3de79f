#include <gtest/gtest.h>

#include "gridexit/codec/documents.hpp"

namespace gridexit::codec {
namespace {

TEST(Schema, OneForEachDocumentType) {
  EXPECT_EQ(schema_names(), (std::vector<std::string>{"metrics", "exit_states", "decision", "grid",
                                                      "raw_data", "failed_hour", "kpis",
                                                      "exit_strategy_config", "environment"}));
  for (const std::string& name : schema_names()) {
    const auto text = schema(name);
    ASSERT_TRUE(text) << name;
    EXPECT_NE(text->find("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\""),
              std::string::npos);
    EXPECT_EQ(text->back(), '\n');
  }
}

TEST(Schema, IsThereInYamlToo) {
  const auto text = schema("grid", Format::yaml);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->find("\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"\n"), 0U)
      << *text;
  EXPECT_NE(text->find("\nproperties:\n  schema_version:\n"), std::string::npos) << *text;
}

TEST(Schema, SuggestsTheNameThatWasMeant) {
  const auto missing = schema("metric");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().hint, "did you mean metrics?");
}

TEST(Schema, ConfigurationRefusesUnknownKeysAndDataDoesNot) {
  EXPECT_NE(schema("environment")->find("\"additionalProperties\": false"), std::string::npos);
  EXPECT_EQ(schema("decision")->find("\"additionalProperties\""), std::string::npos);
}

}  // namespace
}  // namespace gridexit::codec
