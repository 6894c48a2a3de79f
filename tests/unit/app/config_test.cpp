#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using namespace testing;

TEST(ConfigCheck, AcceptsWhatInitWrites) {
  FakeWiring wiring;
  ASSERT_EQ(testing::run(wiring, {"init", "--repo", "data", "--symbol", "ETH-USDT"}).code, 0);
  const auto ran = testing::run(wiring, {"config", "check", "--repo", "data"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("valid: "));
}

TEST(ConfigCheck, ExitsWithNineAndNamesFileAndKey) {
  FakeWiring wiring;
  put_configuration(wiring.store);
  wiring.store.put(
      {{std::string(paths::kRulesFile), "schema_version: \"2.0\"\ndata:\n  window: -3\n"}});
  const auto ran = testing::run(wiring, {"config", "check", "--repo", "data"});
  EXPECT_EQ(ran.code, 9);
  EXPECT_THAT(ran.err, HasSubstr("config/exit_strategy_config.yaml"));
  EXPECT_THAT(ran.err, HasSubstr("window"));
}

TEST(ConfigCheck, ReadsAFolderWithoutARepository) {
  FakeWiring wiring;
  wiring.files["conf/environment.yaml"] = codec::write(sample_environment());
  wiring.files["conf/exit_strategy_config.yaml"] = codec::write(sample_rules());
  EXPECT_EQ(testing::run(wiring, {"config", "check", "--config", "conf"}).code, 0);
  EXPECT_THAT(testing::run(wiring, {"config", "check", "--config", "none"}).err,
              HasSubstr("none/environment.yaml"));
}

TEST(ConfigShow, SaysWhereEachValueCameFrom) {
  FakeWiring wiring;
  put_configuration(wiring.store);
  const auto ran = testing::run(wiring, {"config", "show", "--repo", "data"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("config/exit_strategy_config.yaml:9"));
  EXPECT_THAT(testing::run(wiring, {"config", "show", "--repo", "data", "-o", "json"}).out,
              HasSubstr("\"from\": \"default\""));
}

TEST(Schema, ListsAndPrintsEveryType) {
  const auto list = testing::run({"schema"});
  EXPECT_EQ(list.code, 0);
  for (const std::string& name : codec::schema_names()) {
    EXPECT_THAT(list.out, HasSubstr(name + "\n"));
    EXPECT_THAT(testing::run({"schema", name}).out, HasSubstr("$schema"));
  }
  EXPECT_NE(testing::run({"schema", "metrcs"}).code, 0);
}

}  // namespace
}  // namespace gridexit
