#include "adapters/exchange/kucoin_sign.hpp"

#include <gtest/gtest.h>

#include <map>

namespace gridexit::adapters::kucoin {
namespace {

constexpr std::string_view kSecret = "test_api_secret";

std::map<std::string, std::string> headers_with(const std::string& key_version) {
  ExchangeSettings settings;
  settings.api_key = Secret("key");
  settings.api_secret = Secret(std::string(kSecret));
  settings.api_passphrase = Secret("test_passphrase");
  settings.key_version = key_version;
  const auto headers =
      signed_headers(settings, "GET", "/api/v1/accounts?type=trade", "", 1234567890000);
  return {headers.begin(), headers.end()};
}

TEST(Sign, KnownVectors) {
  EXPECT_EQ(sign(kSecret, "test_plain"), "jie/gxS38wLFFaBwl/cAzFbAzlI8MIny96jSXrB+iP4=");
  EXPECT_EQ(sign(kSecret, "test_passphrase"), "Ikr9KjwgA4urCb5Az1TNKgQELW10z84iOq+wsZsRRz0=");
  EXPECT_EQ(sign(kSecret, "1234567890000GET/api/v1/hf/fills?limit=100&symbol=BTC-USDT"),
            "ocUc91hDilEm0L5al/wjnWVBY75/6gUOPGY7ft16esY=");
  EXPECT_EQ(sign(kSecret, "1234567890000POST/api/v1/hf/orders{\"a\":\"1\"}"),
            "WdI615ScFPCUlFjNfNJixta9Vc+mqNAta3NUzvSbPMA=");
}

TEST(SignedHeaders, SignTimestampMethodAndPathWithQuery) {
  const auto headers = headers_with("3");
  EXPECT_EQ(headers.at("KC-API-SIGN"), "h0GTpCbTVGk+2zs3i0LF6Q+VxPJogXQPw3lJPSmf7iU=");
  EXPECT_EQ(headers.at("KC-API-TIMESTAMP"), "1234567890000");
  EXPECT_EQ(headers.at("KC-API-KEY"), "key");
  EXPECT_EQ(headers.at("KC-API-KEY-VERSION"), "3");
}

TEST(SignedHeaders, OnlyVersion1SendsThePassphraseAsItIs) {
  EXPECT_EQ(headers_with("1").at("KC-API-PASSPHRASE"), "test_passphrase");
  EXPECT_EQ(headers_with("2").at("KC-API-PASSPHRASE"), sign(kSecret, "test_passphrase"));
  EXPECT_EQ(headers_with("3").at("KC-API-PASSPHRASE"), sign(kSecret, "test_passphrase"));
}

}  // namespace
}  // namespace gridexit::adapters::kucoin
