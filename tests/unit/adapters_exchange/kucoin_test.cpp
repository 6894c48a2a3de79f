#include "adapters/exchange/kucoin.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/certificates.hpp"
#include "support/manual_clock.hpp"
#include "support/stand_in_server.hpp"

namespace gridexit::adapters {
namespace {

using nlohmann::json;
using testing_support::Certificates;
using testing_support::ManualClock;
using testing_support::StandInServer;

constexpr UtcTime kNow{Seconds{1'770'040'830}};  // 2026-02-02T14:00:30Z: the newest bar has settled
constexpr UtcTime kHour{Seconds{1'770'040'800}};

Symbol eth() {
  return Symbol::parse("ETH-USDT").value();
}

ExchangeSettings settings_with_key(const std::string& url) {
  ExchangeSettings settings;
  settings.base_url = url;
  settings.api_key = Secret("test_api_key");
  settings.api_secret = Secret("test_api_secret");
  settings.api_passphrase = Secret("test_passphrase");
  settings.timeout_seconds = 5;
  return settings;
}

class KucoinTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!StandInServer::possible()) GTEST_SKIP() << "python3 is missing";
    server_.emplace("fake_kucoin.py");
    set_server_time(kNow);
    use(settings_with_key(server_->url() + "/"));
  }

  void use(const ExchangeSettings& settings) {
    exchange_ = std::make_unique<KucoinExchange>(
        settings, std::make_unique<http::CurlClient>(), clock_, RetryPolicy{},
        [this](const ExchangeCall& call) { calls_.push_back(call); });
  }
  void set_server_time(UtcTime time) {
    server_->set({{"now_ms", time.time_since_epoch().count() * 1000}});
  }
  Result<CandleSeries> hours(int count) {
    return exchange_->candles(eth(), Timeframe::h1, kHour - Hours{count}, kHour);
  }
  // Lets the first request (the clock's) pass.
  void synchronise() { ASSERT_TRUE(exchange_->server_time()); }
  std::size_t requests_to(const std::string& path) {
    const json log = server_->log();
    return static_cast<std::size_t>(
        std::count_if(log.begin(), log.end(), [&path](const json& entry) {
          return entry["path"].get<std::string>().rfind(path, 0) == 0;
        }));
  }

  std::optional<StandInServer> server_;
  ManualClock clock_;
  std::vector<ExchangeCall> calls_;
  std::unique_ptr<KucoinExchange> exchange_;
};

TEST_F(KucoinTest, ReturnsAscendingClosedBarsOfTheRange) {
  const auto bars = exchange_->candles(eth(), Timeframe::h1, kHour - Hours{3}, kHour + Hours{5});
  ASSERT_TRUE(bars) << bars.error().text();
  ASSERT_EQ(bars->size(), 3U);  // the bar of 14:00 is still forming
  EXPECT_EQ(bars->at(0).open_time, kHour - Hours{3});
  EXPECT_EQ(bars->at(2).open_time, kHour - Hours{1});
  const Candle bar = bars->at(0);
  EXPECT_LT(bar.low, bar.open);
  EXPECT_LT(bar.open, bar.close);
  EXPECT_LT(bar.close, bar.high);
}

TEST_F(KucoinTest, PagesThroughLongRanges) {
  const auto bars = hours(4000);
  ASSERT_TRUE(bars) << bars.error().text();
  ASSERT_EQ(bars->size(), 4000U);
  for (std::size_t i = 1; i < bars->size(); ++i) {
    ASSERT_EQ(bars->at(i).open_time - bars->at(i - 1).open_time, Hours{1});
  }
  EXPECT_EQ(requests_to("/api/v1/market/candles"), 3U);
}

TEST_F(KucoinTest, MendsOrderAndDuplicates) {
  for (const char* rows : {"duplicated", "reversed", "shuffled"}) {
    synchronise();
    server_->plan(json::array({{{"rows", rows}}}));
    const auto bars = hours(50);
    ASSERT_TRUE(bars) << rows;
    EXPECT_EQ(bars->size(), 50U) << rows;
    for (std::size_t i = 1; i < bars->size(); ++i) {
      ASSERT_LT(bars->at(i - 1).open_time, bars->at(i).open_time) << rows;
    }
  }
}

TEST_F(KucoinTest, AnEmptyAnswerForThePastIsNoFailure) {
  synchronise();
  server_->plan(json::array({{{"rows", "empty"}}}));
  const auto bars = exchange_->candles(eth(), Timeframe::h1, kHour - Hours{100}, kHour - Hours{50});
  ASSERT_TRUE(bars);
  EXPECT_TRUE(bars->empty());
  EXPECT_TRUE(clock_.waits.empty());
}

TEST_F(KucoinTest, WaitsUntilTheNewestBarHasSettled) {
  set_server_time(kHour + Seconds{5});
  synchronise();
  set_server_time(kHour + Seconds{20});
  const auto bars = hours(3);
  ASSERT_TRUE(bars) << bars.error().text();
  EXPECT_EQ(bars->size(), 3U);
  ASSERT_EQ(clock_.waits.size(), 1U);
  EXPECT_NEAR(clock_.waits[0], 15, 0.01);
}

TEST_F(KucoinTest, AsksAgainForAMissingNewestBar) {
  synchronise();
  server_->plan(json::array({{{"rows", "no_newest"}}, {{"rows", "empty"}}, json::object()}));
  const auto bars = hours(3);
  ASSERT_TRUE(bars);
  EXPECT_EQ(bars->size(), 3U);
  EXPECT_EQ(clock_.waits.size(), 2U);
}

TEST_F(KucoinTest, GivesUpOnAMissingNewestBarAfterAWhile) {
  synchronise();
  json always = json::array({{{"rows", "no_newest"}}});
  for (int i = 0; i < 20; ++i) always.push_back({{"rows", "empty"}});
  server_->plan(always);
  const auto bars = hours(3);
  ASSERT_TRUE(bars);
  EXPECT_EQ(bars->size(), 2U);
  EXPECT_LE(clock_.waits.size(), 10U);
}

TEST_F(KucoinTest, TheServersClockDecidesNotOurs) {
  clock_.advance(12345);
  EXPECT_EQ(exchange_->server_time().value(), kNow);
  clock_.advance(60);
  set_server_time(kNow + Hours{1});
  EXPECT_EQ(exchange_->server_time().value(), kNow + Hours{1});
}

TEST_F(KucoinTest, RepeatsWhatMayPass) {
  for (const json& trouble :
       {json{{"status", 500}}, json{{"status", 503}, {"body", "<html>"}, {"type", "text/html"}},
        json{{"status", 429}}, json{{"code", "429000"}, {"status", 429}}, json{{"code", "500000"}},
        json{{"cut_body", true}}}) {
    clock_.waits.clear();
    server_->plan(json::array({trouble, trouble}));
    EXPECT_TRUE(exchange_->server_time()) << trouble;
    EXPECT_EQ(clock_.waits.size(), 2U) << trouble;
  }
}

TEST_F(KucoinTest, HonoursTheGatewaysCountdown) {
  server_->plan(json::array(
      {{{"code", "429000"}, {"status", 429}, {"headers", {{"gw-ratelimit-reset", 17000}}}}}));
  EXPECT_TRUE(exchange_->server_time());
  ASSERT_EQ(clock_.waits.size(), 1U);
  EXPECT_GE(clock_.waits[0], 17);
  EXPECT_LT(clock_.waits[0], 18);
}

TEST_F(KucoinTest, HonoursRetryAfter) {
  server_->plan(json::array({{{"status", 503}, {"headers", {{"Retry-After", 9}}}}}));
  EXPECT_TRUE(exchange_->server_time());
  ASSERT_EQ(clock_.waits.size(), 1U);
  EXPECT_GE(clock_.waits[0], 9);
  EXPECT_LT(clock_.waits[0], 10);
}

TEST_F(KucoinTest, DoesNotRepeatWhatStaysWrong) {
  struct Case {
    json trouble;
    ErrorCode code;
  };
  for (const Case& wrong :
       {Case{{{"raw", "{\"code\":"}}, ErrorCode::exchange_malformed},
        Case{{{"raw", "{\"code\":\"200000\",\"data\":\"soon\"}"}}, ErrorCode::exchange_malformed},
        Case{{{"oversize", 9'000'000}}, ErrorCode::exchange_malformed},
        Case{{{"code", "400100"}, {"status", 400}}, ErrorCode::exchange_refused},
        Case{{{"status", 404}}, ErrorCode::exchange_refused}}) {
    use(settings_with_key(server_->url()));
    server_->plan(json::array({wrong.trouble}));
    const auto time = exchange_->server_time();
    ASSERT_FALSE(time) << wrong.trouble;
    EXPECT_EQ(time.error().code, wrong.code) << time.error().text();
  }
  EXPECT_TRUE(clock_.waits.empty());
}

TEST_F(KucoinTest, AnUnreachableExchangeOpensTheCircuit) {
  server_->stop();
  for (int i = 0; i < 3; ++i) {
    const auto time = exchange_->server_time();
    ASSERT_FALSE(time);
    EXPECT_EQ(time.error().code, ErrorCode::exchange_unreachable);
  }
  EXPECT_EQ(calls_.size(), 9U);
  EXPECT_EQ(exchange_->server_time().error().code, ErrorCode::exchange_unavailable);
  EXPECT_EQ(calls_.size(), 9U);
}

TEST_F(KucoinTest, AnUnknownSymbolIsMissingData) {
  const Symbol unknown = Symbol::parse("NO-COIN").value();
  EXPECT_EQ(exchange_->candles(unknown, Timeframe::h1, kHour - Hours{3}, kHour).error().code,
            ErrorCode::data_unavailable);
  EXPECT_EQ(exchange_->symbol_rules(unknown).error().code, ErrorCode::data_unavailable);
}

TEST_F(KucoinTest, ReadsIncrements) {
  const auto rules = exchange_->symbol_rules(eth());
  ASSERT_TRUE(rules) << rules.error().text();
  EXPECT_EQ(rules->price_increment, 0.01);
  EXPECT_EQ(rules->min_funds, 0.1);
}

TEST_F(KucoinTest, SumsBalancesOverMainAndTradeAfterAUsableKeyCheck) {
  EXPECT_EQ(exchange_->account(eth()).error().code, ErrorCode::key_refused);
  EXPECT_EQ(requests_to("/api/v1/accounts"), 0U);
  const auto check = exchange_->check_key();
  ASSERT_TRUE(check) << check.error().text();
  EXPECT_TRUE(check->usable) << check->problem;
  const auto figures = exchange_->account(eth());
  ASSERT_TRUE(figures) << figures.error().text();
  EXPECT_EQ(figures->base, 2.0);
  EXPECT_EQ(figures->base_available, 1.75);
  EXPECT_EQ(figures->quote, 1000);
  EXPECT_EQ(figures->quote_available, 900);
}

json a_fill(int id, UtcTime at, const std::string& side = "buy",
            const char* fee_currency = "USDT") {
  return {{"id", id},
          {"symbol", "ETH-USDT"},
          {"tradeId", id},
          {"side", side},
          {"size", "0.5"},
          {"funds", "1000.25"},
          {"fee", "1"},
          {"feeCurrency", fee_currency},
          {"createdAt", at.time_since_epoch().count() * 1000}};
}

TEST_F(KucoinTest, SumsFillsOfBothSides) {
  EXPECT_EQ(exchange_->fills(eth(), kHour - Hours{24}, kHour).error().code, ErrorCode::key_refused);
  EXPECT_EQ(requests_to("/api/v1/hf/fills"), 0U);
  ASSERT_TRUE(exchange_->check_key()->usable);
  json other = a_fill(6, kHour - Hours{1});
  other["symbol"] = "BTC-USDT";
  server_->set({{"fills", json::array({a_fill(1, kHour - Hours{25}), a_fill(2, kHour - Hours{24}),
                                       a_fill(3, kHour - Hours{2}, "sell"),
                                       a_fill(4, kHour - Hours{1}, "sell", "KCS"), a_fill(5, kHour),
                                       other})}});
  const auto fills = exchange_->fills(eth(), kHour - Hours{24}, kHour);
  ASSERT_TRUE(fills) << fills.error().text();
  EXPECT_EQ(fills->from, kHour - Hours{24});
  EXPECT_EQ(fills->count, 3);
  EXPECT_EQ(fills->base_bought, 0.5);
  EXPECT_EQ(fills->quote_paid, 1000.25);
  EXPECT_EQ(fills->base_sold, 1);
  EXPECT_EQ(fills->quote_received, 2000.5);
  EXPECT_EQ(fills->fees, 2);
  EXPECT_EQ(fills->other_fees, 1);
}

TEST_F(KucoinTest, PagesThroughFillsAWeekAtATime) {
  ASSERT_TRUE(exchange_->check_key()->usable);
  json all = json::array();
  for (int i = 0; i < 250; ++i) all.push_back(a_fill(i + 1, kHour - Hours{240} + Hours{i % 240}));
  server_->set({{"fills", all}});
  const auto fills = exchange_->fills(eth(), kHour - Hours{240}, kHour);
  ASSERT_TRUE(fills) << fills.error().text();
  EXPECT_EQ(fills->count, 250);
  EXPECT_EQ(requests_to("/api/v1/hf/fills"), 3U) << "two pages of the first week, one of the rest";
}

TEST_F(KucoinTest, ARefusedKeyMakesNoAccountCall) {
  server_->set({{"permission", "General,Transfer"}});
  const auto check = exchange_->check_key();
  ASSERT_TRUE(check) << check.error().text();
  EXPECT_FALSE(check->usable);
  EXPECT_EQ(exchange_->account(eth()).error().code, ErrorCode::key_refused);
  EXPECT_EQ(exchange_->fills(eth(), kHour, kHour).error().code, ErrorCode::key_refused);
  EXPECT_EQ(requests_to("/api/v1/accounts"), 0U);
}

TEST_F(KucoinTest, AKeyWithoutWhitelistIsRefused) {
  server_->set({{"ip_whitelist", nullptr}});
  EXPECT_FALSE(exchange_->check_key()->usable);
}

TEST_F(KucoinTest, WrongKeysAreAVerdictNotAFailure) {
  for (const auto change : {&ExchangeSettings::api_key, &ExchangeSettings::api_secret,
                            &ExchangeSettings::api_passphrase}) {
    for (const char* value : {"", "something-wrong"}) {
      ExchangeSettings settings = settings_with_key(server_->url());
      settings.*change = Secret(value);
      use(settings);
      const auto check = exchange_->check_key();
      ASSERT_TRUE(check) << check.error().text();
      EXPECT_FALSE(check->usable);
      EXPECT_NE(check->problem, "");
    }
  }
}

TEST_F(KucoinTest, AnOldKeyVersionSignsToo) {
  ExchangeSettings settings = settings_with_key(server_->url());
  settings.key_version = "2";
  use(settings);
  EXPECT_TRUE(exchange_->check_key()->usable);
}

TEST_F(KucoinTest, EveryRefusalOfTheKeyIsAVerdict) {
  synchronise();
  for (const char* code : {"400001", "400003", "400004", "400005", "400006", "400007"}) {
    server_->plan(json::array({{{"code", code}, {"status", 400}}}));
    const auto check = exchange_->check_key();
    ASSERT_TRUE(check) << code << check.error().text();
    EXPECT_FALSE(check->usable) << code;
    EXPECT_NE(check->problem.find(code), std::string::npos) << check->problem;
  }
}

TEST_F(KucoinTest, SetsItsClockAgainOnceWhenItsTimeIsRefused) {
  synchronise();
  set_server_time(kNow + Seconds{3600});  // a machine that slept
  const auto check = exchange_->check_key();
  ASSERT_TRUE(check) << check.error().text();
  EXPECT_TRUE(check->usable);
  EXPECT_EQ(requests_to("/api/v1/user/api-key"), 2U);
  EXPECT_EQ(requests_to("/api/v1/timestamp"), 2U);

  server_->plan(json::array({{{"code", "400002"}, {"status", 400}},
                             json::object(),
                             {{"code", "400002"}, {"status", 400}}}));
  EXPECT_EQ(exchange_->check_key().error().code, ErrorCode::exchange_refused);
}

TEST_F(KucoinTest, PublicEndpointsNeverSeeTheKey) {
  ASSERT_TRUE(hours(3));
  ASSERT_TRUE(exchange_->symbol_rules(eth()));
  for (const json& entry : server_->log()) {
    for (const auto& header : entry["headers"].items()) EXPECT_NE(header.key().rfind("kc-", 0), 0U);
  }
}

TEST_F(KucoinTest, ErrorsKeepSecretsAndQueriesToThemselves) {
  synchronise();
  server_->plan(json::array({{{"code", "400005"},
                              {"status", 401},
                              {"msg", "bad test_api_key test_api_secret test_passphrase"}}}));
  const std::string problem = exchange_->check_key()->problem;
  for (const char* secret : {"test_api_key", "test_api_secret", "test_passphrase"}) {
    EXPECT_EQ(problem.find(secret), std::string::npos) << problem;
  }
  server_->plan(json::array({{{"code", "400100"}}}));
  const auto bars = hours(3);
  ASSERT_FALSE(bars);
  EXPECT_EQ(bars.error().message.find("startAt"), std::string::npos);
  EXPECT_NE(bars.error().message.find("/api/v1/market/candles"), std::string::npos);
}

TEST_F(KucoinTest, ReportsEveryRequestForTelemetry) {
  server_->plan(json::array({{{"status", 503}}}));
  ASSERT_TRUE(exchange_->server_time());
  ASSERT_EQ(calls_.size(), 2U);
  EXPECT_EQ(calls_[0].endpoint, "GET /api/v1/timestamp");
  EXPECT_EQ(calls_[0].status, 503);
  EXPECT_EQ(calls_[0].error, "exchange.unavailable");
  EXPECT_EQ(calls_[1].status, 200);
  EXPECT_EQ(calls_[1].error, "");
}

TEST(KucoinTls, UsesTheConfiguredAuthority) {
  if (!StandInServer::possible()) GTEST_SKIP() << "python3 is missing";
  if (!Certificates::possible()) GTEST_SKIP() << "openssl is missing";
  Certificates certificates;
  StandInServer server("fake_kucoin.py", {"--certificate", certificates.valid()},
                       certificates.authority());
  ManualClock clock;
  ExchangeSettings settings;
  settings.base_url = server.url("localhost");
  EXPECT_EQ((*make_exchange("kucoin", settings, clock))->server_time().error().code,
            ErrorCode::exchange_unreachable);
  settings.ca_file = certificates.authority();
  EXPECT_TRUE((*make_exchange("kucoin", settings, clock))->server_time());
}

}  // namespace
}  // namespace gridexit::adapters
