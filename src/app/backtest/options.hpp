#pragma once
// What `backtest` was asked for: its options, and the texts among them that mean several values.
// Touches no file.

#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "gridexit/backtest/harness.hpp"
#include "gridexit/backtest/slice.hpp"
#include "gridexit/backtest/walk_forward.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::app {

struct BacktestOptions {
  std::vector<Symbol> symbols;       ///< none: all that have records
  std::vector<std::string> candles;  ///< files instead of a repository
  std::optional<std::string> rev;
  std::optional<std::string> offsets;  ///< as written; `complete` reads it
  bool recompute = false;
  bool recorded_starts = false;  ///< `--start recorded`
  bool check_lookahead = false;
  bool check_warm_up = false;
  std::vector<std::string> settings;        ///< KEY=V1,V2
  std::optional<std::string> walk_forward;  ///< as written; `complete` reads it
  std::optional<int> threads;
  std::optional<std::string> shard;  ///< as written; `read_shard` reads it
  std::optional<std::string> out;    ///< file or folder for the shard
  std::optional<std::string> html;
  backtest::Harness harness;
  std::optional<backtest::WalkForward> windows;
  backtest::Slice slice;  ///< all, unless it is a shard
};

void add_backtest_options(CLI::App& app, BacktestOptions& options);

/// Reads the texts that stand for several values, and refuses what does not go together. Error:
/// usage.
Result<void> complete(BacktestOptions& options);

/// `--threads`, else one for each core.
unsigned threads_of(const BacktestOptions& options);

}  // namespace gridexit::app
