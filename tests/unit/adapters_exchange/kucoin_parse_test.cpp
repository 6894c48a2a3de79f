#include "adapters/exchange/kucoin_parse.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gridexit::adapters::kucoin {
namespace {

http::Response answer(std::string body, int status = 200, std::string type = "application/json") {
  return {status, {{"content-type", std::move(type)}}, std::move(body)};
}
http::Response success(const std::string& data) {
  return answer(R"({"code":"200000","data":)" + data + "}");
}
http::Response refusal(const std::string& code, int status = 200) {
  return answer(R"({"code":")" + code + R"(","msg":"why"})", status);
}
ErrorCode code_for(const http::Response& response) {
  return parse_server_time(response).error().code;
}

TEST(Envelope, MapsCodesToWhatCanBeDoneAboutThem) {
  for (const char* code : {"400001", "400002", "400003", "400004", "400005", "400006", "400007",
                           "400008", "400009", "400100", "400200", "400301", "401000", "411100"}) {
    EXPECT_EQ(code_for(refusal(code)), ErrorCode::exchange_refused) << code;
    EXPECT_EQ(code_for(refusal(code, 400)), ErrorCode::exchange_refused) << code;
  }
  for (const char* code : {"408000", "230005", "500000"}) {
    EXPECT_EQ(code_for(refusal(code)), ErrorCode::exchange_unavailable) << code;
  }
  EXPECT_EQ(code_for(refusal("429000")), ErrorCode::exchange_rate_limited);
  EXPECT_EQ(code_for(refusal("429000", 429)), ErrorCode::exchange_rate_limited);
  EXPECT_EQ(code_for(refusal("900001")), ErrorCode::data_unavailable);
  EXPECT_EQ(code_for(refusal("123456", 503)), ErrorCode::exchange_unavailable);
}

TEST(Envelope, FallsBackToTheStatus) {
  EXPECT_EQ(code_for(answer("", 500)), ErrorCode::exchange_unavailable);
  EXPECT_EQ(code_for(answer("<html>", 503, "text/html")), ErrorCode::exchange_unavailable);
  EXPECT_EQ(code_for(answer("<html>", 429, "text/html")), ErrorCode::exchange_rate_limited);
  EXPECT_EQ(code_for(answer("<html>", 403, "text/html")), ErrorCode::exchange_refused);
  EXPECT_EQ(code_for(answer("<!DOCTYPE html>", 200, "text/html")), ErrorCode::exchange_malformed);
  EXPECT_EQ(code_for(answer(R"({"code":"200000","data":1})", 500)),
            ErrorCode::exchange_unavailable);
}

TEST(Envelope, BelievesNoOtherShape) {
  for (const char* body : {"", "{", "[]", "null", "{}", R"({"code":200000,"data":1})",
                           R"({"code":"200000"})", R"({"code":"","data":1})", "\xff\xfe"}) {
    EXPECT_EQ(code_for(answer(body)), ErrorCode::exchange_malformed) << body;
  }
}

TEST(Envelope, ErrorsCarryStatusAndCodeAndStayOnOneLine) {
  const auto time = parse_server_time(answer(R"({"code":"400006","msg":"line\nbreak"})", 401));
  ASSERT_FALSE(time);
  EXPECT_EQ(code_of(time.error()), "400006");
  EXPECT_TRUE(refuses_key(time.error()));
  EXPECT_EQ(time.error().message.find('\n'), std::string::npos);
  EXPECT_FALSE(time.error().hint.empty());
}

TEST(ParseCandles, TheCloseComesBeforeTheHigh) {
  const auto candles = parse_candles(
      success(R"([["1545904980","0.058","0.049","0.06","0.048","0.018","0.000945"]])"));
  ASSERT_TRUE(candles) << candles.error().text();
  ASSERT_EQ(candles->size(), 1U);
  EXPECT_EQ(candles->front(),
            (Candle{UtcTime{Seconds{1545904980}}, 0.058, 0.06, 0.048, 0.049, 0.018}));
}

TEST(ParseCandles, AnEmptyListIsAnAnswer) {
  EXPECT_TRUE(parse_candles(success("[]"))->empty());
}

TEST(ParseCandles, RefusesWrongTypesAndImpossibleNumbers) {
  for (const char* data :
       {"{}", "null", "1", "\"x\"", "[1]", "[[]]", R"([["1","1","1","1","1"]])",
        R"([["x","1","1","1","1","1","1"]])", R"([["-5","1","1","1","1","1","1"]])",
        R"([["99999999999999","1","1","1","1","1","1"]])", R"([["1",1.5,"1","1","1","1","1"]])",
        R"([["1","nan","1","1","1","1","1"]])", R"([["1","0","1","1","1","1","1"]])",
        R"([["1","1","1","1","-1","1","1"]])", R"([["1","1","1","1","1","-1","1"]])",
        R"([["1","1e400","1","1","1","1","1"]])", R"([["1",null,"1","1","1","1","1"]])"}) {
    const auto candles = parse_candles(success(data));
    ASSERT_FALSE(candles) << data;
    EXPECT_EQ(candles.error().code, ErrorCode::exchange_malformed) << data;
  }
}

TEST(ParseCandles, NoticesColumnsInAnotherOrderButPassesASingleOddBar) {
  const std::string sound = R"(["1","2","3","4","1","5","6"])";
  const std::string odd = R"(["1","2","5","4","1","5","6"])";  // closes above its high
  EXPECT_EQ(parse_candles(success("[" + sound + "," + sound + "," + odd + "]"))->size(), 3U);
  const auto swapped = parse_candles(success("[" + odd + "," + odd + "," + sound + "]"));
  ASSERT_FALSE(swapped);
  EXPECT_EQ(swapped.error().code, ErrorCode::exchange_malformed);
}

TEST(ParseCandles, AnUnknownPairIsMissingData) {
  const auto candles = parse_candles(refusal("400100", 400));
  EXPECT_EQ(candles.error().code, ErrorCode::data_unavailable);
}

TEST(ParseServerTime, TakesNumbersAndText) {
  EXPECT_EQ(parse_server_time(success("1546837113087")).value(), 1546837113087);
  EXPECT_EQ(parse_server_time(success("\"1546837113087\"")).value(), 1546837113087);
  for (const char* data : {"0", "-1", "1.5", "null", "{}", "99999999999999999"}) {
    EXPECT_FALSE(parse_server_time(success(data))) << data;
  }
}

TEST(ParseSymbol, ReadsIncrementsAndMinima) {
  const auto rules = parse_symbol(success(R"({"priceIncrement":"0.01","baseIncrement":"0.0000001",)"
                                          R"("baseMinSize":"0.0001","minFunds":null})"));
  ASSERT_TRUE(rules);
  EXPECT_EQ(rules->price_increment, 0.01);
  EXPECT_EQ(rules->base_increment, 0.0000001);
  EXPECT_EQ(rules->base_min_size, 0.0001);
  EXPECT_EQ(rules->min_funds, 0);
  EXPECT_FALSE(parse_symbol(success(R"({"priceIncrement":"0"})")));
  EXPECT_FALSE(parse_symbol(success("[]")));
}

TEST(ParseAccounts, SumsTheAccountsThatHoldSpotFunds) {
  const auto accounts =
      parse_accounts(success(R"([{"currency":"ETH","type":"main","balance":"1","available":"1"},
                  {"currency":"ETH","type":"trade","balance":"2","available":"1.5"},
                  {"currency":"ETH","type":"trade_hf","balance":"4","available":"3"},
                  {"currency":"ETH","type":"margin","balance":"8","available":"8"},
                  {"currency":"USDT","type":"trade_hf","balance":"100","available":"90"}])"),
                     Symbol::parse("ETH-USDT").value());
  ASSERT_TRUE(accounts) << accounts.error().text();
  EXPECT_EQ(accounts->base, 7);
  EXPECT_EQ(accounts->base_available, 5.5);
  EXPECT_EQ(accounts->quote, 100);
  EXPECT_EQ(accounts->quote_available, 90);
}

TEST(ParseAccounts, RefusesWhatNobodyCanHold) {
  const auto accounts = [](const std::string& balance) {
    return parse_accounts(success(R"([{"currency":"ETH","type":"trade","balance":")" + balance +
                                  R"(","available":"1"}])"),
                          Symbol::parse("ETH-USDT").value());
  };
  EXPECT_EQ(accounts("2.5")->base, 2.5);
  for (const char* balance : {"1e300", "-1e300", "nan", "", "x"}) {
    const auto refused = accounts(balance);
    ASSERT_FALSE(refused) << balance;
    EXPECT_EQ(refused.error().code, ErrorCode::exchange_malformed);
  }
}

ports::KeyCheck check(const std::string& data) {
  return parse_key(success(data)).value();
}

TEST(ParseFills, IdsAreNumbersOrText) {
  const auto page = parse_fills(success(
      R"({"items":[{"id":19814995255305,"side":"sell","size":"0.5","funds":"1000.25","fee":"-0.1",)"
      R"("feeCurrency":"USDT","createdAt":1770040800123}],"lastId":"19814995255305"})"));
  ASSERT_TRUE(page) << page.error().text();
  ASSERT_EQ(page->fills.size(), 1U);
  EXPECT_EQ(page->fills[0].id, "19814995255305");
  EXPECT_EQ(page->fills[0].side, Side::sell);
  EXPECT_EQ(page->fills[0].created_ms, 1770040800123);
  EXPECT_EQ(page->fills[0].fee, -0.1) << "makers may be paid";
  EXPECT_EQ(page->last_id, "19814995255305");
  EXPECT_EQ(parse_fills(success(R"({"items":[],"lastId":null})"))->last_id, "");
}

TEST(ParseFills, BelievesNothing) {
  const std::string good = R"("side":"buy","size":"1","funds":"1","fee":"0","feeCurrency":"USDT")";
  for (const std::string& data :
       {std::string("[]"), std::string(R"({"items":{}})"), std::string(R"({"items":[5]})"),
        R"({"items":[{"createdAt":1,)" + good + "}]}",
        R"({"items":[{"id":1.5,"createdAt":1,)" + good + "}]}",
        R"({"items":[{"id":"1&x=2","createdAt":1,)" + good + "}]}",
        std::string(R"({"items":[{"id":1,"createdAt":1,"side":"hold","size":"1","funds":"1",)"
                    R"("fee":"0","feeCurrency":"USDT"}]})"),
        std::string(R"({"items":[{"id":1,"createdAt":1,"side":"buy","size":"-1","funds":"1",)"
                    R"("fee":"0","feeCurrency":"USDT"}]})")}) {
    const auto page = parse_fills(success(data));
    ASSERT_FALSE(page) << data;
    EXPECT_EQ(page.error().code, ErrorCode::exchange_malformed) << data;
  }
}

TEST(ParseKey, GeneralAloneIsBest) {
  const auto best = check(R"({"permission":"General","ipWhitelist":"203.**.154"})");
  EXPECT_TRUE(best.usable);
  EXPECT_EQ(best.problem, "");
  const auto trading = check(R"({"permission":"General, Spot","ipWhitelist":"203.**.154"})");
  EXPECT_TRUE(trading.usable);
  EXPECT_NE(trading.problem, "");
}

TEST(ParseKey, RefusesWhateverElseItMayDo) {
  for (const std::string extra : {"Transfer", "InnerTransfer", "Withdrawal", "Margin", "Futures",
                                  "Earn", "Unified", "general", "Brand New"}) {
    const auto refused =
        check(R"({"permission":"General,Spot,)" + extra + R"(","ipWhitelist":"1.**.4"})");
    EXPECT_FALSE(refused.usable) << extra;
    EXPECT_NE(refused.problem.find(extra), std::string::npos);
  }
  EXPECT_FALSE(check(R"({"permission":"","ipWhitelist":"1.**.4"})").usable);
  EXPECT_FALSE(check(R"({"permission":"Spot","ipWhitelist":"1.**.4"})").usable);
  EXPECT_FALSE(parse_key(success(R"({"ipWhitelist":"1.**.4"})")));
}

TEST(ParseKey, RefusesAKeyWithoutWhitelist) {
  for (const char* data :
       {R"({"permission":"General"})", R"({"permission":"General","ipWhitelist":null})",
        R"({"permission":"General","ipWhitelist":" "})"}) {
    EXPECT_FALSE(check(data).usable) << data;
  }
}

TEST(CountdownSeconds, ReadsTheGatewaysMillisecondsOrNothing) {
  const auto of = [](const char* header) {
    return countdown_seconds({429, {{"gw-ratelimit-reset", header}}, ""},
                             ErrorCode::exchange_rate_limited);
  };
  EXPECT_EQ(of("1500"), 1.5);
  EXPECT_EQ(of("soon"), std::nullopt);
  EXPECT_EQ(of("-5"), std::nullopt);
  EXPECT_EQ(countdown_seconds({429, {}, ""}, ErrorCode::exchange_rate_limited), std::nullopt);
}

TEST(CountdownSeconds, TakesRetryAfterWhereTheGatewayIsSilent) {
  const http::Response later{503, {{"retry-after", "7"}}, ""};
  EXPECT_EQ(countdown_seconds(later, ErrorCode::exchange_rate_limited), 7);
  EXPECT_EQ(countdown_seconds(later, ErrorCode::exchange_unavailable), 7);
  EXPECT_EQ(countdown_seconds(later, ErrorCode::exchange_refused), std::nullopt);
  const http::Response both{429, {{"retry-after", "7"}, {"gw-ratelimit-reset", "1500"}}, ""};
  EXPECT_EQ(countdown_seconds(both, ErrorCode::exchange_rate_limited), 1.5);
  EXPECT_EQ(countdown_seconds(both, ErrorCode::exchange_unavailable), 7)
      << "the gateway counts down in every answer";
}

}  // namespace
}  // namespace gridexit::adapters::kucoin
