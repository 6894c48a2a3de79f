#pragma once
// The exchanges by name, as `--exchange` and the configuration give them: "kucoin" (REST over TLS),
// "archive:DIR" (candle files) and "simulated[:SEED]" (a deterministic market for the demo). The
// wiring calls this once per run; everything else sees ports::Exchange.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/exchange.hpp"

namespace gridexit::adapters {

/// One request to a live exchange, for telemetry. Repetitions count apart.
struct ExchangeCall {
  std::string endpoint;  ///< "GET /api/v1/market/candles": without query
  int status = 0;        ///< HTTP; 0 = no answer
  std::string error;     ///< stable error id; empty = success
  double seconds = 0;
};

struct ExchangeHooks {
  std::function<void(const ExchangeCall&)> on_call;
  std::function<bool()> should_stop;  ///< true ends a transfer under way (SIGTERM, deadline)
};

/// The seed of plain "simulated": its market tells the demo's story
/// (src/adapters/exchange/simulated_market.hpp).
inline constexpr std::uint64_t kDefaultSimulationSeed = 7;

/// Makes the exchange that `spec` names; nothing is opened or asked yet. `clock` must outlive it.
/// Error: usage.
Result<std::unique_ptr<ports::Exchange>> make_exchange(std::string_view spec,
                                                       const ExchangeSettings& settings,
                                                       ports::Clock& clock,
                                                       ExchangeHooks hooks = {});

}  // namespace gridexit::adapters
