#pragma once
// A market: candles, time, symbol rules and, with keys, balances and fills. Venue rules, retries,
// paging and authentication stay inside the adapter.

#include <optional>
#include <string>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/position.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::ports {

/// Which exchange this is; a repository holds one kind only.
struct ExchangeInfo {
  std::string source;      ///< "kucoin", "archive", "simulated"
  bool simulated = false;  ///< its data must be marked on every output
  bool has_keys = false;   ///< account calls are possible
};

/// Outcome of the key self-check. An unusable key makes no account call; the evaluation goes on
/// `estimated`.
struct KeyCheck {
  bool usable = false;
  std::string
      problem;  ///< why it is refused, or a warning about a usable one; empty when all is well
};

class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual ExchangeInfo info() const = 0;
  /// Closed bars with open time in [from, to), ascending, without duplicates; gaps stay gaps. A bar
  /// is closed when the market's own clock is past its end. Errors: exchange.*, data.unavailable
  /// (unknown symbol, no file), data.unusable.
  virtual Result<CandleSeries> candles(const Symbol& symbol, Timeframe timeframe, UtcTime from,
                                       UtcTime to) = 0;
  /// The market's clock.
  virtual Result<UtcTime> server_time() = 0;
  /// Increments and minimum sizes.
  virtual Result<SymbolRules> symbol_rules(const Symbol& symbol) = 0;
  /// Checks what the key may do; called before any account call. Error: exchange.*.
  virtual Result<KeyCheck> check_key() = 0;
  /// Balances of the symbol's two currencies; only after a usable key check.
  virtual Result<AccountFigures> account(const Symbol& symbol) = 0;
  /// The account's fills of the symbol in [from, to); only after a usable key check.
  virtual Result<FillFigures> fills(const Symbol& symbol, UtcTime from, UtcTime to) = 0;
};

}  // namespace gridexit::ports
