#pragma once
// Signatures of KuCoin's private endpoints (KC-API-SIGN, KC-API-PASSPHRASE). What they return may
// be replayed for seconds, so it goes into headers only, never into a log or an error.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gridexit/domain/environment.hpp"

namespace gridexit::adapters::kucoin {

/// Standard base64 (with padding) of HMAC-SHA256(key = secret, text).
std::string sign(std::string_view secret, std::string_view text);

/// The headers of one private request. `path` begins with "/api/" and carries the query as it is
/// sent; `timestamp_ms` is the server's clock, in milliseconds since 1970.
std::vector<std::pair<std::string, std::string>> signed_headers(const ExchangeSettings& settings,
                                                                std::string_view method,
                                                                std::string_view path,
                                                                std::string_view body,
                                                                std::int64_t timestamp_ms);

}  // namespace gridexit::adapters::kucoin
