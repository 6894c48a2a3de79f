#pragma once
// The exchange "archive:DIR": candle files named {symbol}_{timeframe}.csv or .csv.gz. A timeframe
// without a file of its own is aggregated from the coarsest finer one that has one. Each file is
// read once per process. It has no account, and its clock is the given one.

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/exchange.hpp"

namespace gridexit::adapters {

class ArchiveExchange final : public ports::Exchange {
 public:
  ArchiveExchange(std::filesystem::path folder, ports::Clock& clock);

  ports::ExchangeInfo info() const override;
  /// Closed bars in the file's own order: a file that is out of order stays so, for the integrity
  /// gate to see.
  Result<CandleSeries> candles(const Symbol& symbol, Timeframe timeframe, UtcTime from,
                               UtcTime to) override;
  Result<UtcTime> server_time() override;
  /// Derived from the file, which holds no rules: the finest decimal of the last prices is the
  /// price increment.
  Result<SymbolRules> symbol_rules(const Symbol& symbol) override;
  Result<ports::KeyCheck> check_key() override;
  Result<AccountFigures> account(const Symbol& symbol) override;
  Result<FillFigures> fills(const Symbol& symbol, UtcTime from, UtcTime to) override;

 private:
  Result<const CandleSeries*> series(const Symbol& symbol, Timeframe timeframe);
  Result<CandleSeries> load(const Symbol& symbol, Timeframe timeframe);
  Error nothing_for(const Symbol& symbol, Timeframe timeframe) const;

  std::filesystem::path folder_;
  ports::Clock& clock_;
  std::map<std::pair<std::string, Timeframe>, CandleSeries> loaded_;
};

}  // namespace gridexit::adapters
