#pragma once
// The exchange "simulated[:SEED]": the simulated market behind the port. Any symbol exists, nothing
// fails, and every output made from it is marked as simulated. It has no account, and its clock is
// the given one.

#include <cstdint>
#include <map>
#include <string>

#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/exchange.hpp"
#include "simulated_market.hpp"

namespace gridexit::adapters {

class SimulatedExchange final : public ports::Exchange {
 public:
  SimulatedExchange(std::uint64_t seed, ports::Clock& clock) : seed_(seed), clock_(clock) {}

  ports::ExchangeInfo info() const override { return {"simulated", true, false}; }
  Result<CandleSeries> candles(const Symbol& symbol, Timeframe timeframe, UtcTime from,
                               UtcTime to) override;
  Result<UtcTime> server_time() override;
  Result<SymbolRules> symbol_rules(const Symbol& symbol) override;
  Result<ports::KeyCheck> check_key() override;
  Result<AccountFigures> account(const Symbol& symbol) override;
  Result<FillFigures> fills(const Symbol& symbol, UtcTime from, UtcTime to) override;

 private:
  SimulatedMarket& market(const Symbol& symbol);

  std::uint64_t seed_;
  ports::Clock& clock_;
  std::map<std::string, SimulatedMarket> markets_;
};

}  // namespace gridexit::adapters
