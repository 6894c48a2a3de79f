#include "simulated.hpp"

#include <algorithm>

namespace gridexit::adapters {

Result<CandleSeries> SimulatedExchange::candles(const Symbol& symbol, Timeframe timeframe,
                                                UtcTime from, UtcTime to) {
  // The bar that is still open at `now` begins here.
  const UtcTime forming = floor_to(clock_.now(), timeframe);
  return market(symbol).bars(timeframe, from, std::min(to, forming));
}

Result<UtcTime> SimulatedExchange::server_time() {
  return clock_.now();
}

Result<SymbolRules> SimulatedExchange::symbol_rules(const Symbol& symbol) {
  SymbolRules rules{1, 1e-7, 1e-4, 0.1};
  for (int i = 0; i < market(symbol).decimals(); ++i) rules.price_increment /= 10;
  return rules;
}

Result<ports::KeyCheck> SimulatedExchange::check_key() {
  return ports::KeyCheck{false, "the simulated market has no account"};
}

Result<AccountFigures> SimulatedExchange::account(const Symbol&) {
  return Error{ErrorCode::key_refused, "the simulated market has no account", "", {}};
}

Result<FillFigures> SimulatedExchange::fills(const Symbol&, UtcTime, UtcTime) {
  return Error{ErrorCode::key_refused, "the simulated market has no account", "", {}};
}

SimulatedMarket& SimulatedExchange::market(const Symbol& symbol) {
  return markets_.try_emplace(symbol.text(), seed_, symbol).first->second;
}

}  // namespace gridexit::adapters
