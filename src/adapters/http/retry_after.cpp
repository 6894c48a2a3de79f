#include "gridexit/adapters/http/retry_after.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <string>

#include "gridexit/base/number.hpp"

namespace gridexit::adapters::http {
namespace {

// Unix seconds of an HTTP date; nothing when it is none.
std::optional<double> seconds_of(const std::string& date) {
  const time_t seconds = curl_getdate(date.c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return static_cast<double>(seconds);
}

}  // namespace

std::optional<double> retry_after_seconds(const Response& response) {
  const std::string wanted(response.header("retry-after"));
  if (wanted.empty()) return std::nullopt;
  if (const auto seconds = parse_integer(wanted)) {
    return *seconds < 0 ? std::nullopt : std::optional{static_cast<double>(*seconds)};
  }
  const auto until = seconds_of(wanted);
  const auto now = seconds_of(std::string(response.header("date")));
  if (!until || !now) return std::nullopt;
  return std::max(0.0, *until - *now);
}

}  // namespace gridexit::adapters::http
