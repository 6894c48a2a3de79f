// Numbers, times, symbols and addresses as people and servers write them: what is read is written
// in the form that reads back equal, and what hides a secret hides it.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/demand.hpp"
#include "gridexit/adapters/http/retry_after.hpp"
#include "gridexit/adapters/http/url.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/domain/symbol.hpp"

namespace {

using namespace gridexit;
using fuzz::demand;

void numbers_and_times(std::string_view text) {
  if (const auto number = parse_number(text)) {
    demand(std::isfinite(*number));
    const auto again = parse_number(format_number(*number));
    demand(again && std::abs(*again - *number) <= 0);
    format_price(*number);
    format_fixed(number, 2);
  }
  if (const auto whole = parse_integer(text))
    demand(parse_integer(std::to_string(*whole)) == whole);
  if (const auto time = parse_utc(text)) {
    demand(parse_utc(format_utc(*time)) == time);
    demand(floor_day(*time) <= floor_hour(*time) && floor_hour(*time) <= *time);
  }
  if (const auto symbol = Symbol::parse(text)) {
    demand(symbol->text() == text && symbol->base() + "-" + symbol->quote() == text);
  }
}

void addresses(std::string_view text) {
  namespace http = adapters::http;
  const std::string encoded = http::percent_encode(text);
  demand(encoded.find_first_of(" &=?#@/:\"\n") == std::string::npos);
  const std::string shown = http::without_secrets("https://user:p4ssword@" + encoded);
  demand(encoded.find("p4ssword") != std::string::npos ||
         shown.find("p4ssword") == std::string::npos);
  demand(http::masked(std::string(text) + "p4ssword", "p4ssword").find("p4ssword") ==
         std::string::npos);
  http::without_secrets(text);
  http::Response response;
  response.headers["retry-after"] = text;
  response.headers["date"] = "Sun, 06 Nov 1994 08:49:37 GMT";
  if (const auto wait = http::retry_after_seconds(response)) {
    demand(std::isfinite(*wait) && *wait >= 0);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  numbers_and_times(text);
  addresses(text);
  return 0;
}
