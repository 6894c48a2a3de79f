#include "gridexit/adapters/exchange/make_exchange.hpp"

#include <fmt/format.h>

#include <utility>

#include "archive.hpp"
#include "gridexit/adapters/http/client.hpp"
#include "gridexit/base/number.hpp"
#include "kucoin.hpp"
#include "simulated.hpp"

namespace gridexit::adapters {
namespace {

using Made = Result<std::unique_ptr<ports::Exchange>>;

Error wrong(std::string_view spec, std::string_view problem) {
  return Error{ErrorCode::usage,
               fmt::format("exchange \"{}\": {}", spec, problem),
               "write kucoin, archive:DIR (a folder of candle files) or simulated[:SEED]",
               {}};
}

Made make_kucoin(const ExchangeSettings& settings, ports::Clock& clock, ExchangeHooks hooks) {
  http::ClientOptions options;
  options.ca_file = settings.ca_file;
  options.should_stop = std::move(hooks.should_stop);
  RetryPolicy policy;
  policy.attempts = settings.attempts;
  // Different machines must not come back at the same moments.
  policy.seed = static_cast<std::uint64_t>(clock.monotonic_seconds() * 1e6);
  return Made{std::make_unique<KucoinExchange>(
      settings, std::make_unique<http::CurlClient>(std::move(options)), clock, policy,
      std::move(hooks.on_call))};
}

}  // namespace

Made make_exchange(std::string_view spec, const ExchangeSettings& settings, ports::Clock& clock,
                   ExchangeHooks hooks) {
  const std::size_t colon = spec.find(':');
  const std::string_view name = spec.substr(0, colon);
  const bool has_argument = colon != std::string_view::npos;
  const std::string_view argument = has_argument ? spec.substr(colon + 1) : std::string_view{};
  if (name == "kucoin") {
    if (has_argument) return wrong(spec, "kucoin takes no argument");
    return make_kucoin(settings, clock, std::move(hooks));
  }
  if (name == "archive") {
    if (argument.empty()) return wrong(spec, "the folder is missing");
    return Made{std::make_unique<ArchiveExchange>(std::string(argument), clock)};
  }
  if (name == "simulated") {
    std::uint64_t seed = kDefaultSimulationSeed;
    if (has_argument) {
      const auto number = parse_integer(argument);
      if (!number || *number < 0) return wrong(spec, "the seed is not an integer of 0 or more");
      seed = static_cast<std::uint64_t>(*number);
    }
    return Made{std::make_unique<SimulatedExchange>(seed, clock)};
  }
  return wrong(spec, "there is no such exchange");
}

}  // namespace gridexit::adapters
