#pragma once
// KuCoin's answers as values. Each function takes a whole HTTP response, checks the envelope
// {"code":"200000","data":...} first, maps failures to our error codes, and believes nothing: wrong
// types and shapes are exchange.malformed. An error's context holds `status` (HTTP) and `code`
// (KuCoin's, when there was one).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/adapters/http/client.hpp"
#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/position.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/ports/exchange.hpp"

namespace gridexit::adapters::kucoin {

/// KuCoin's code of an error made here; empty when the answer had none.
std::string_view code_of(const Error& error);

/// Whether KuCoin refused the key itself: unknown, wrong signature or passphrase, address not
/// listed, no permission.
bool refuses_key(const Error& error);

/// Seconds to wait after an answer that means `code`: the gateway's countdown
/// (`gw-ratelimit-reset`, milliseconds) where a limit was reached, else `Retry-After`. The gateway
/// counts down in every answer, so after any other failure its header means nothing.
std::optional<double> countdown_seconds(const http::Response& response, ErrorCode code);

/// Rows in the answer's order (newest first as a rule), unfiltered. Rows whose close, high and low
/// contradict each other pass, unless most do: then the columns are not what was promised.
Result<std::vector<Candle>> parse_candles(const http::Response& response);

/// Milliseconds since 1970.
Result<std::int64_t> parse_server_time(const http::Response& response);

Result<SymbolRules> parse_symbol(const http::Response& response);

/// Totals of the symbol's two currencies over the account types `main`, `trade` and `trade_hf`.
Result<AccountFigures> parse_accounts(const http::Response& response, const Symbol& symbol);

enum class Side { buy, sell };

/// One execution of an order.
struct Fill {
  std::string id;
  std::int64_t created_ms = 0;
  Side side = Side::buy;
  double size = 0;   ///< base
  double funds = 0;  ///< quote
  double fee = 0;
  std::string fee_currency;
};

struct FillPage {
  std::vector<Fill> fills;  ///< in the answer's order, newest first as a rule
  std::string last_id;      ///< names the next page; empty when the answer names none
};

Result<FillPage> parse_fills(const http::Response& response);

/// What the key may do: General alone is usable, with Spot usable with a warning; anything more, or
/// no IP whitelist, is refused.
Result<ports::KeyCheck> parse_key(const http::Response& response);

}  // namespace gridexit::adapters::kucoin
