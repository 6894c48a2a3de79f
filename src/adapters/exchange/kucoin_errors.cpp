#include "kucoin_errors.hpp"

#include <fmt/format.h>

#include <array>

namespace gridexit::adapters::kucoin {
namespace {

struct Known {
  std::string_view code;
  ErrorCode meaning;
  std::string_view hint;
};

constexpr std::string_view kCheckKey =
    "check API key, secret and passphrase; all three belong to one key";

constexpr std::array kKnown{
    Known{"400001", ErrorCode::exchange_refused,
          "a KC-API header is missing; set key, secret and passphrase"},
    Known{"400002", ErrorCode::exchange_refused,
          "the request's time is more than 5 s off KuCoin's clock"},
    Known{"400003", ErrorCode::exchange_refused, kCheckKey},
    Known{"400004", ErrorCode::exchange_refused, kCheckKey},
    Known{"400005", ErrorCode::exchange_refused, kCheckKey},
    Known{"400006", ErrorCode::exchange_refused,
          "add this machine's public address to the key's IP whitelist"},
    Known{"400007", ErrorCode::exchange_refused, "the key needs the permission General"},
    Known{"400008", ErrorCode::exchange_refused, "make a new key of version 3"},
    Known{"400009", ErrorCode::exchange_refused, "set exchange.key_version to the key's version"},
    Known{"400010", ErrorCode::exchange_refused, "the account lacks a permission"},
    Known{"400100", ErrorCode::exchange_refused, "KuCoin refused a parameter"},
    Known{"401000", ErrorCode::exchange_refused,
          "KuCoin has retired this interface; a newer gridexit is needed"},
    Known{"404000", ErrorCode::exchange_refused, "check exchange.base_url"},
    Known{"408000", ErrorCode::exchange_unavailable, ""},
    Known{"411100", ErrorCode::exchange_refused, "KuCoin has frozen this account; ask its support"},
    Known{"429000", ErrorCode::exchange_rate_limited, "KuCoin limits requests; it is tried again"},
    Known{"230005", ErrorCode::exchange_unavailable, ""},
    Known{"500000", ErrorCode::exchange_unavailable, ""},
    Known{"900001", ErrorCode::data_unavailable, "check the symbol's name at KuCoin"},
};

ErrorCode meaning_of_status(int status) {
  if (status == 429) return ErrorCode::exchange_rate_limited;
  if (status == 408 || status >= 500) return ErrorCode::exchange_unavailable;
  if (status == 200) return ErrorCode::exchange_malformed;
  return ErrorCode::exchange_refused;
}

// Text from outside, short and on one line.
std::string shown(std::string_view text) {
  std::string line(text.substr(0, 200));
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return line;
}

}  // namespace

Error failure(int status, std::string_view code, std::string_view text) {
  Error error;
  error.context = {{"status", std::to_string(status)}};
  if (code.empty()) {
    error.code = meaning_of_status(status);
    error.message = fmt::format("KuCoin answered with HTTP {}", status);
    if (!text.empty()) error.message += " " + shown(text);
    return error;
  }
  error.context.emplace_back("code", shown(code));
  error.message = fmt::format("KuCoin answered with code {}: {}", shown(code), shown(text));
  for (const Known& known : kKnown) {
    if (known.code != code) continue;
    error.code = known.meaning;
    error.hint = known.hint;
    return error;
  }
  // A code that we don't know, together with a status that says "later".
  error.code = meaning_of_status(status == 200 ? 400 : status);
  if (code.size() == 6 && code.substr(0, 4) == "4003") {
    error.hint = "KuCoin limits this region or account; look at the account's verification";
  }
  return error;
}

Error malformed(int status, std::string_view problem) {
  return Error{ErrorCode::exchange_malformed,
               fmt::format("KuCoin's answer is not what its interface promises: {}", problem),
               "",
               {{"status", std::to_string(status)}}};
}

}  // namespace gridexit::adapters::kucoin
