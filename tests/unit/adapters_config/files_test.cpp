// The files of config/ are what the descriptions write. GX_UPDATE_GOLDEN=1 rewrites them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "gridexit/adapters/config/load.hpp"
#include "gridexit/domain/paths.hpp"
#include "support/source_tree.hpp"

namespace gridexit::adapters::config {
namespace {

std::string content_of(std::string_view name) {
  std::ifstream file(testing_support::source_file(name), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

ports::ConfigurationText example() {
  Environment environment;
  environment.symbols = {{"ETH-USDT", true}};
  Rules rules;
  rules.capital.total_quote = 1000;
  ports::ConfigurationText text;
  text.environment = codec::write_commented(environment);
  text.rules = codec::write_commented(rules);
  return text;
}

TEST(ConfigFiles, AreWhatTheDescriptionsWrite) {
  const ports::ConfigurationText expected = example();
  if (std::getenv("GX_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(testing_support::source_file(paths::kEnvironmentFile), std::ios::binary)
        << expected.environment;
    std::ofstream(testing_support::source_file(paths::kRulesFile), std::ios::binary)
        << expected.rules;
    GTEST_SKIP() << "rewritten";
  }
  EXPECT_EQ(content_of(paths::kEnvironmentFile), expected.environment);
  EXPECT_EQ(content_of(paths::kRulesFile), expected.rules);
}

TEST(ConfigFiles, HoldTheDefaultsAndLoadWithoutAWord) {
  const auto effective = load(example(), {});
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_TRUE(effective->warnings.empty());
  Rules rules;
  rules.capital.total_quote = 1000;
  EXPECT_EQ(codec::write(effective->rules), codec::write(rules));
  // A file that says nothing but what is required means the same.
  ports::ConfigurationText shortest;
  shortest.environment = "symbols: [{symbol: ETH-USDT}]\n";
  shortest.rules = "capital: {total_quote: 1000}\n";
  const auto defaults = load(shortest, {});
  ASSERT_TRUE(defaults) << defaults.error().message;
  EXPECT_EQ(codec::write(defaults->rules), codec::write(effective->rules));
  EXPECT_EQ(codec::write(defaults->environment), codec::write(effective->environment));
}

}  // namespace
}  // namespace gridexit::adapters::config
