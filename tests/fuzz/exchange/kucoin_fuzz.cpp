// What an exchange, or anything between it and us, may answer: every parser ends with a value that
// keeps its promises or with an error. The first byte chooses status and content type.

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "adapters/exchange/kucoin_parse.hpp"
#include "fuzz/demand.hpp"

namespace {

using namespace gridexit;
using fuzz::demand;
using namespace gridexit::adapters;

void parse_all(const http::Response& response) {
  static const Symbol symbol = Symbol::parse("ETH-USDT").value();
  if (const auto candles = kucoin::parse_candles(response)) {
    for (const Candle& bar : *candles) {
      for (const double price : {bar.open, bar.high, bar.low, bar.close}) {
        demand(std::isfinite(price) && price > 0);
      }
      demand(std::isfinite(bar.volume) && bar.volume >= 0);
    }
  }
  if (const auto time = kucoin::parse_server_time(response)) demand(*time > 0);
  if (const auto rules = kucoin::parse_symbol(response)) demand(rules->price_increment > 0);
  if (const auto figures = kucoin::parse_accounts(response, symbol)) {
    demand(std::isfinite(figures->base_available));
  }
  if (const auto page = kucoin::parse_fills(response)) {
    for (const kucoin::Fill& fill : page->fills) {
      demand(std::isfinite(fill.fee) && fill.size >= 0 && fill.funds >= 0 && !fill.id.empty());
    }
  }
  if (const auto check = kucoin::parse_key(response))
    demand(check->usable || !check->problem.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr std::array kStatuses{200, 400, 401, 403, 429, 500, 503, 0};
  http::Response response;
  response.status = kStatuses[data[0] % kStatuses.size()];
  response.headers["content-type"] = (data[0] & 0x80) != 0 ? "text/html" : "application/json";
  response.headers["gw-ratelimit-reset"] = std::to_string(data[0]);
  response.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  parse_all(response);
  demand(kucoin::countdown_seconds(response, ErrorCode::exchange_rate_limited).has_value());
  return 0;
}
