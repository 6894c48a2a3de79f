// Where each value comes from, what wins, and that no secret ever shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

#include "adapters/config/overrides.hpp"
#include "gridexit/adapters/config/load.hpp"
#include "gridexit/codec/settings.hpp"

namespace gridexit::adapters::config {
namespace {

constexpr char kSecret[] = "s3cr3t-value";

ports::ConfigurationText text_of(const std::string& environment, const std::string& rules = "") {
  ports::ConfigurationText text;
  text.environment = "symbols: [{symbol: ETH-USDT}]\n" + environment;
  text.rules = "capital: {total_quote: 1000}\n" + rules;
  return text;
}

std::string error_of(const ports::ConfigurationText& text,
                     const EnvironmentVariables& variables = {}) {
  const auto effective = load(text, variables);
  return effective ? "valid" : effective.error().message;
}

std::string origin_of(const Effective& effective, const std::string& key) {
  const auto list = entries(effective);
  const auto found =
      std::find_if(list.begin(), list.end(), [&](const Entry& entry) { return entry.key == key; });
  return found == list.end() ? "no such key" : found->origin + " = " + found->value;
}

TEST(Load, DefaultsFilesAndOverridesInThisOrder) {
  const auto effective = load(text_of("exchange:\n  attempts: 5\n", "exit_rules:\n  calm: 4\n"),
                              {{"MARKET_MAKER_EXCHANGE_SETTLE_SECONDS", "30"},
                               {"MARKET_MAKER_EXIT_RULES_CALM", "5"},
                               {"MARKET_MAKER_EXIT_RULES_WARNING_NEAR_BOUND", "0.3"}});
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(effective->environment.exchange.settle_seconds, 30);
  EXPECT_EQ(effective->environment.exchange.attempts, 5);
  EXPECT_EQ(effective->rules.exit_rules.calm, 5);
  EXPECT_NEAR(effective->rules.exit_rules.warning.near_bound, 0.3, 1e-12);
  EXPECT_EQ(origin_of(*effective, "exchange.settle_seconds"),
            "MARKET_MAKER_EXCHANGE_SETTLE_SECONDS = 30");
  EXPECT_EQ(origin_of(*effective, "exchange.attempts"), "config/environment.yaml:3 = 5");
  EXPECT_EQ(origin_of(*effective, "exchange.timeout_seconds"), "default = 10");
  EXPECT_EQ(origin_of(*effective, "exit_rules.calm"), "MARKET_MAKER_EXIT_RULES_CALM = 5");
  EXPECT_EQ(origin_of(*effective, "exit_rules.warning.loss"), "default = 0.35");
  EXPECT_EQ(origin_of(*effective, "symbols"),
            "config/environment.yaml:1 = [{symbol: ETH-USDT, enabled: true}]");
  EXPECT_TRUE(effective->warnings.empty());
}

TEST(Load, EveryKeyHasAVariableOfItsOwn) {
  std::set<std::string> names;
  std::size_t count = 0;
  for (const auto& keys : {codec::setting_keys<Environment>(), codec::setting_keys<Rules>()}) {
    for (const codec::SettingKey& key : keys) {
      names.insert(variable_of(key.path));
      ++count;
    }
  }
  EXPECT_EQ(names.size(), count);
  EXPECT_GT(count, 100U);
  EXPECT_TRUE(names.contains("MARKET_MAKER_REGIME_SCORES_ADX_ONE"));
}

TEST(Load, TheEarlierNameOfTheRepositoryWorks) {
  EnvironmentVariables variables{{"MARKET_MAKER_DATA_REPOSITORY_BASE_PATH", "/earlier"}};
  EXPECT_EQ(load(text_of(""), variables)->environment.repository.base_path, "/earlier");
  variables["MARKET_MAKER_REPOSITORY_BASE_PATH"] = "/present";
  EXPECT_EQ(load(text_of(""), variables)->environment.repository.base_path, "/present");
}

TEST(Load, ListsAreOverriddenInFlowStyle) {
  const auto effective =
      load(text_of(""), {{"MARKET_MAKER_SYMBOLS", "[{symbol: BTC-USDT}, {symbol: SOL-USDT}]"}});
  ASSERT_TRUE(effective) << effective.error().message;
  ASSERT_EQ(effective->environment.symbols.size(), 2U);
  EXPECT_EQ(effective->environment.symbols[1].symbol, "SOL-USDT");
  EXPECT_EQ(error_of(text_of(""), {{"MARKET_MAKER_SYMBOLS", "[BTC-USDT"}}),
            "MARKET_MAKER_SYMBOLS: symbols: must be a list in YAML's flow style: [a, b]");
}

TEST(Load, UnknownVariablesAreWarnings) {
  const auto effective = load(text_of(""), {{"MARKET_MAKER_EXIT_RULE_CALM", "1"}, {"OTHER", "x"}});
  ASSERT_TRUE(effective);
  EXPECT_EQ(effective->warnings, (std::vector<std::string>{
                                     "MARKET_MAKER_EXIT_RULE_CALM: is not a known setting; did you "
                                     "mean MARKET_MAKER_EXIT_RULES_CALM?"}));
}

TEST(Load, ProblemsOfBothDocumentsAndOfVariablesAtOnce) {
  EXPECT_EQ(error_of(text_of("exchange: {attempts: 99}\n", "gates: {hold: 0}\n"),
                     {{"MARKET_MAKER_EXIT_RULES_CALM", "soon"}}),
            "config/environment.yaml:2: exchange.attempts: 99 must be between 1 and 10\n"
            "MARKET_MAKER_EXIT_RULES_CALM: exit_rules.calm: \"soon\" must be a whole number\n"
            "config/exit_strategy_config.yaml:2: gates.hold: 0 must be between 1 and 48");
}

// What a run goes on with.
Result<Effective> load_for_run(const std::string& rules, const EnvironmentVariables& variables) {
  return load(text_of("", rules), variables, ports::InvalidOverrides::left_out);
}

TEST(InvalidOverrides, AreLeftOutAndNamedWhileTheOthersCount) {
  const auto effective = load_for_run("exit_rules: {calm: 4}\n",
                                      {{"MARKET_MAKER_EXIT_RULES_CALM", "soon"},
                                       {"MARKET_MAKER_SYMBOLS", "[BTC-USDT"},
                                       {"MARKET_MAKER_EXCHANGE_ATTEMPTS", "7"},
                                       {"MARKET_MAKER_EXIT_RULES_WARNING_NEAR_BOUND", "0.21"},
                                       {"WEBHOOK_URL", "https://host/hook"}});
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(effective->left_out,
            (std::vector<std::string>{
                "MARKET_MAKER_SYMBOLS: symbols: must be a list in YAML's flow style: [a, b]",
                "MARKET_MAKER_EXIT_RULES_CALM: exit_rules.calm: \"soon\" must be a whole number"}));
  EXPECT_EQ(effective->rules.exit_rules.calm, 4) << "as the file says";
  EXPECT_EQ(effective->environment.symbols.front().symbol, "ETH-USDT");
  EXPECT_EQ(effective->environment.exchange.attempts, 7);
  EXPECT_NEAR(effective->rules.exit_rules.warning.near_bound, 0.21, 1e-12);
  EXPECT_FALSE(effective->environment.notifications.webhook_url.empty());
}

TEST(InvalidOverrides, ARuleOverSeveralKeysLeavesOutTheOneThatBreaksIt) {
  const auto effective = load_for_run(
      "exit_rules:\n  latest: {loss: 0.5}\n",
      {{"MARKET_MAKER_EXIT_RULES_CALM", "5"}, {"MARKET_MAKER_EXIT_RULES_WARNING_LOSS", "0.9"}});
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(effective->left_out,
            (std::vector<std::string>{
                "MARKET_MAKER_EXIT_RULES_WARNING_LOSS: config/exit_strategy_config.yaml:3: "
                "exit_rules.latest: loss must be above warning.loss"}));
  EXPECT_EQ(effective->rules.exit_rules.calm, 5);
}

TEST(InvalidOverrides, TwoThatFitOnlyTogetherBothCount) {
  const auto effective = load_for_run("", {{"MARKET_MAKER_EXIT_RULES_CALM", "soon"},
                                           {"MARKET_MAKER_EXIT_RULES_LATEST_LOSS", "0.2"},
                                           {"MARKET_MAKER_EXIT_RULES_WARNING_LOSS", "0.1"}});
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(effective->left_out.size(), 1U);
  EXPECT_NEAR(effective->rules.exit_rules.latest.loss, 0.2, 1e-12);
  EXPECT_NEAR(effective->rules.exit_rules.warning.loss, 0.1, 1e-12);
}

TEST(InvalidOverrides, MayStandBesideOneThatTheTextNeeds) {
  ports::ConfigurationText text = text_of("");
  text.environment = "exchange: {attempts: 4}\n";
  const auto effective = load(
      text,
      {{"MARKET_MAKER_EXCHANGE_ATTEMPTS", "99"}, {"MARKET_MAKER_SYMBOLS", "[{symbol: BTC-USDT}]"}},
      ports::InvalidOverrides::left_out);
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(effective->environment.symbols.front().symbol, "BTC-USDT");
  EXPECT_EQ(effective->environment.exchange.attempts, 4);
}

TEST(InvalidOverrides, DoNotExcuseATextThatIsInvalid) {
  const auto effective =
      load_for_run("gates: {hold: 0}\n", {{"MARKET_MAKER_EXIT_RULES_CALM", "soon"}});
  ASSERT_FALSE(effective);
  EXPECT_EQ(effective.error().message,
            "MARKET_MAKER_EXIT_RULES_CALM: exit_rules.calm: \"soon\" must be a whole number\n"
            "config/exit_strategy_config.yaml:2: gates.hold: 0 must be between 1 and 48");
}

TEST(Load, VariablesInValues) {
  const EnvironmentVariables variables{{"DATA", "/data"}, {"SECONDS", "45"}};
  const auto effective =
      load(text_of("repository: {base_path: \"${DATA}/repo-${SECONDS}\"}\nexchange: "
                   "{settle_seconds: \"${SECONDS}\"}\n"),
           variables);
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(effective->environment.repository.base_path, "/data/repo-45");
  EXPECT_EQ(effective->environment.exchange.settle_seconds, 45);
  EXPECT_EQ(error_of(text_of("repository: {base_path: \"${MISSING}\"}\n")),
            "config/environment.yaml:2: repository.base_path: the environment variable MISSING is "
            "not set: set it, or write the value here");
  EXPECT_EQ(error_of(text_of("repository: {base_path: \"${}\"}\n")),
            "config/environment.yaml:2: repository.base_path: holds \"${\" without a variable's "
            "name: write ${NAME}");
}

TEST(Load, AnErrorShowsTheVariableAndNotWhatItHolds) {
  const std::string error =
      error_of(text_of("exchange: {settle_seconds: \"${HIDDEN}\"}\n"), {{"HIDDEN", kSecret}});
  EXPECT_EQ(
      error,
      "config/environment.yaml:2: exchange.settle_seconds: \"${HIDDEN}\" must be a whole number");
}

class SecretFile : public testing::Test {
 protected:
  void SetUp() override {
    path_ = testing::TempDir() + "gridexit-" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    std::ofstream(path_) << kSecret << "\n";
  }
  void TearDown() override { std::remove(path_.c_str()); }
  std::string path_;
};

TEST_F(SecretFile, ComesFromTheVariableOrFromAFile) {
  const auto effective = load(text_of(""), {{"KUCOIN_API_KEY", "direct"},
                                            {"KUCOIN_API_SECRET_FILE", path_},
                                            {"MARKET_MAKER_EXCHANGE_API_PASSPHRASE_FILE", path_}});
  ASSERT_TRUE(effective) << effective.error().message;
  const ExchangeSettings& exchange = effective->environment.exchange;
  EXPECT_EQ(exchange.api_key.reveal(), "direct");
  EXPECT_EQ(exchange.api_secret.reveal(), kSecret);
  EXPECT_EQ(exchange.api_passphrase.reveal(), kSecret);
  EXPECT_TRUE(effective->environment.notifications.pushover_token.empty());
  EXPECT_EQ(origin_of(*effective, "exchange.api_key"), "KUCOIN_API_KEY = ***");
  EXPECT_EQ(origin_of(*effective, "exchange.api_secret"), "KUCOIN_API_SECRET_FILE = ***");
  EXPECT_EQ(origin_of(*effective, "notifications.pushover_token"), "default = ");
  EXPECT_TRUE(effective->warnings.empty());
}

TEST_F(SecretFile, NeverShowsInAnyOutput) {
  const auto effective =
      load(text_of("exchange: {api_key: \"${MY_KEY}\"}\n"),
           {{"MY_KEY", kSecret}, {"WEBHOOK_URL", std::string("https://h/") + kSecret}});
  ASSERT_TRUE(effective);
  EXPECT_EQ(effective->environment.exchange.api_key.reveal(), kSecret);
  std::string all = show(*effective, codec::Format::yaml) + show(*effective, codec::Format::json) +
                    codec::write(effective->environment) +
                    codec::write_commented(effective->environment);
  for (const Entry& entry : entries(*effective)) all += entry.value + entry.origin;
  EXPECT_EQ(all.find(kSecret), std::string::npos);
  EXPECT_NE(show(*effective, codec::Format::yaml).find("api_key: \"***\"  # MY_KEY"),
            std::string::npos);
}

TEST(Secrets, ALiteralOneIsAnErrorThatDoesNotRepeatIt) {
  const std::string error =
      error_of(text_of(std::string("exchange:\n  api_key: ") + kSecret + "\n"));
  EXPECT_EQ(
      error,
      "config/environment.yaml:3: exchange.api_key: holds a secret: write \"${KUCOIN_API_KEY}\" "
      "here and set the environment variable KUCOIN_API_KEY, or KUCOIN_API_KEY_FILE to the path "
      "of a file that holds it");
  for (const char* form :
       {"[s3cr3t-value]", "{s3cr3t-value: 1}", "\"${A} s3cr3t-value\"", "|\n    s3cr3t-value"}) {
    const std::string other =
        error_of(text_of(std::string("exchange:\n  api_key: ") + form + "\n"));
    EXPECT_NE(other, "valid") << form;
    EXPECT_EQ(other.find(kSecret), std::string::npos) << other;
  }
}

TEST(Secrets, ASecretVariableHasNoPlaceInAnOrdinaryValue) {
  EXPECT_EQ(
      error_of(text_of("dashboard: {path: \"/x/${PUSHOVER_TOKEN}\"}\n"),
               {{"PUSHOVER_TOKEN", kSecret}}),
      "config/environment.yaml:2: dashboard.path: must not hold the secret PUSHOVER_TOKEN: it "
      "would be shown");
}

TEST(Secrets, UrlsWithCredentialsAreRefusedWithoutBeingShown) {
  const std::string error =
      error_of(text_of("exchange: {base_url: \"https://user:s3cr3t-value@host/\"}\n"));
  EXPECT_EQ(
      error,
      "config/environment.yaml:2: exchange.base_url: is a URL with credentials: keep the user "
      "and password out of it");
  EXPECT_EQ(
      error_of(text_of(""), {{"MARKET_MAKER_DASHBOARD_BASE_URL", "https://s3cr3t-value@host"}}),
      "MARKET_MAKER_DASHBOARD_BASE_URL: dashboard.base_url: is a URL with credentials: keep the "
      "user and password out of it");
}

TEST(Secrets, WhatCanNotBeHadIsAWarning) {
  const auto effective = load(text_of(""), {{"PUSHOVER_TOKEN", kSecret},
                                            {"PUSHOVER_USER_FILE", "/nowhere/user"},
                                            {"WEBHOOK_URL", "s3cr3t-value"}});
  ASSERT_TRUE(effective) << effective.error().message;
  EXPECT_EQ(
      effective->warnings,
      (std::vector<std::string>{
          "notifications.pushover_user: is not configured: the file \"/nowhere/user\" that "
          "PUSHOVER_USER_FILE names can't be read, is empty, or is longer than 4096 bytes",
          "notifications.webhook_url: is not configured: what WEBHOOK_URL holds is not a URL: "
          "write https://...",
          "notifications: only one of pushover_token and pushover_user is set: Pushover is "
          "off"}));
}

TEST(Secrets, AnEmptyTextSwitchesAChannelOff) {
  const auto effective =
      load(text_of("notifications: {webhook_url: \"\"}\n"), {{"WEBHOOK_URL", "https://h/"}});
  ASSERT_TRUE(effective);
  EXPECT_TRUE(effective->environment.notifications.webhook_url.empty());
}

TEST(Version, FollowsEveryByteOfBothTexts) {
  const ports::ConfigurationText text = text_of("");
  ports::ConfigurationText other = text;
  EXPECT_EQ(version_of(text), version_of(other));
  EXPECT_EQ(version_of(text).size(), 64U);
  other.rules += "\n";
  EXPECT_NE(version_of(text), version_of(other));
}

}  // namespace
}  // namespace gridexit::adapters::config
