#pragma once
// What a backtest replays: markets from candle files, or from a repository's records, and what that
// repository knows beside them.

#include <string>
#include <vector>

#include "app/backtest/options.hpp"
#include "gridexit/backtest/track.hpp"
#include "gridexit/domain/rules.hpp"
#include "gridexit/pipeline/recorded_market.hpp"

namespace gridexit::app {

struct Material {
  std::vector<backtest::Track> tracks;
  std::vector<pipeline::RecordedMarket> recorded;  ///< without their tracks; empty for candle files
  std::string source;                              ///< "candle files" or the commit
  Rules rules;
  bool simulated = false;
};

/// Reads the candle files of the options, else the repository. Errors: not_found, data.*,
/// document_invalid, store_unusable, config_invalid.
Result<Material> load_material(const BacktestOptions& options, Context& context);

}  // namespace gridexit::app
