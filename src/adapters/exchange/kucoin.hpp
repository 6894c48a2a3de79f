#pragma once
// The exchange "kucoin": read-only REST over TLS. Windows, retries, the server's clock, signatures
// and the key check stay in here. Public endpoints are asked without the key; account calls are
// made only after a usable key check.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/adapters/exchange/make_exchange.hpp"
#include "gridexit/adapters/http/client.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/exchange.hpp"
#include "kucoin_parse.hpp"
#include "retry.hpp"

namespace gridexit::adapters {

class KucoinExchange final : public ports::Exchange {
 public:
  /// `clock` must outlive it.
  KucoinExchange(ExchangeSettings settings, std::unique_ptr<http::Client> client,
                 ports::Clock& clock, RetryPolicy policy,
                 std::function<void(const ExchangeCall&)> on_call = {});

  ports::ExchangeInfo info() const override;
  /// Waits until the newest bar asked for has settled, and asks again for it a bounded number of
  /// times.
  Result<CandleSeries> candles(const Symbol& symbol, Timeframe timeframe, UtcTime from,
                               UtcTime to) override;
  /// Asked anew at every call.
  Result<UtcTime> server_time() override;
  Result<SymbolRules> symbol_rules(const Symbol& symbol) override;
  Result<ports::KeyCheck> check_key() override;
  Result<AccountFigures> account(const Symbol& symbol) override;
  Result<FillFigures> fills(const Symbol& symbol, UtcTime from, UtcTime to) override;

 private:
  using Bars = std::map<UtcTime, Candle>;
  enum class Access { open, with_key };

  Result<void> fetch(Bars& bars, const Symbol& symbol, Timeframe timeframe, UtcTime from,
                     UtcTime to);
  Result<void> ask_for_newest(Bars& bars, const Symbol& symbol, Timeframe timeframe,
                              UtcTime newest);
  /// The fills of [from, to), at most a week, in the answer's order and each once.
  Result<std::vector<kucoin::Fill>> fetch_fills(const Symbol& symbol, UtcTime from, UtcTime to);
  Result<void> expect_usable_key() const;
  Result<void> synchronise();
  std::optional<std::string> missing_secret() const;

  template <class T, class Parse>
  Result<T> get(Access access, const std::string& path, Parse parse);
  template <class T, class Parse>
  Attempt<T> get_once(Access access, const std::string& path, const Parse& parse);
  http::Request make_request(Access access, const std::string& path) const;
  void note_call(const std::string& path, int status, const Error* error, double seconds) const;
  Error without_own_secrets(Error error) const;

  double server_seconds() const;
  UtcTime server_now() const;

  ExchangeSettings settings_;
  std::unique_ptr<http::Client> client_;
  ports::Clock& clock_;
  Retry retry_;
  std::function<void(const ExchangeCall&)> on_call_;
  bool key_usable_ = false;
  /// Server clock minus the monotonic one, seconds; none before the first synchronisation.
  std::optional<double> server_offset_;
};

}  // namespace gridexit::adapters
