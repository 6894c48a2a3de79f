#include "app/grid_cautions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/number.hpp"
#include "gridexit/domain/grid_lines.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::app {
namespace {

std::optional<std::string> price_outside(const GridVersion& version,
                                         const std::optional<MetricsRecord>& newest) {
  if (!newest || !newest->price.close) return std::nullopt;
  const double close = *newest->price.close;
  if (close >= version.lower && close <= version.upper) return std::nullopt;
  return fmt::format("the newest recorded price, {} at {}, is {}", format_number(close),
                     format_hour(newest->timestamp),
                     close < version.lower
                         ? "below the lower bound " + format_number(version.lower)
                         : "above the upper bound " + format_number(version.upper));
}

}  // namespace

std::vector<std::string> cautions(const GridVersion& version) {
  std::vector<std::string> list;
  if (const double profit = profit_per_grid(version); profit <= 0) {
    list.push_back(
        fmt::format("each grid loses {} % after fees: the cells are too narrow; take fewer cells "
                    "or a wider range",
                    format_fixed(-profit * 100, 3)));
  }
  if (!version.stop_loss) {
    list.emplace_back(
        "without a stop-loss two exit conditions do not apply, and all of the capital counts as "
        "risk");
  }
  return list;
}

bool is_watched(const std::string& symbol, const Environment& environment) {
  return std::any_of(environment.symbols.begin(), environment.symbols.end(),
                     [&symbol](const SymbolSettings& settings) {
                       return settings.enabled && settings.symbol == symbol;
                     });
}

std::vector<std::string> start_cautions(const Grid& grid, const StartSurroundings& around,
                                        UtcTime at) {
  const GridVersion& version = grid.versions.back();
  std::vector<std::string> list;
  if (!is_watched(grid.symbol, around.configuration.environment)) {
    list.push_back(
        fmt::format("nobody watches this grid: {0} is not among the enabled symbols, and gridexit "
                    "run leaves it out; add {{symbol: {0}, enabled: true}} to symbols in {1}",
                    grid.symbol, paths::kEnvironmentFile));
  }
  if (auto outside = price_outside(version, around.newest)) list.push_back(*std::move(outside));
  const double total = around.configuration.rules.capital.total_quote;
  if (version.capital_quote && *version.capital_quote > total) {
    list.push_back(fmt::format("its capital, {}, is more than capital.total_quote, {}",
                               format_number(*version.capital_quote), format_number(total)));
  }
  if (grid.exchange != around.data_kind) {
    list.push_back(
        fmt::format("it is said to run on {}, and is judged by this repository's {} data",
                    grid.exchange, around.data_kind));
  }
  if (around.decision && around.decision->recommendation.valid_until.value_or(at) < at) {
    list.push_back(fmt::format("the proposal of {} was valid until {} only",
                               around.decision->decision_id,
                               format_utc(*around.decision->recommendation.valid_until)));
  }
  for (std::string& caution : cautions(version)) list.push_back(std::move(caution));
  return list;
}

}  // namespace gridexit::app
