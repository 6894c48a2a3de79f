#pragma once
// The definition that `grid start` records: of a file, of options, of a decision's proposal, or the
// stored one of an earlier start. What two of them say of the same thing must agree: taking one of
// them silently would judge another grid than the one that runs.

#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::app {

/// What the command line says of the grid.
struct GridOptions {
  std::optional<std::string> file;
  std::optional<std::string> id;
  std::optional<Symbol> symbol;
  std::optional<double> lower;
  std::optional<double> upper;
  std::optional<int> cells;
  std::optional<Spacing> spacing;
  std::optional<double> stop_loss;
  std::optional<double> take_profit;
  std::optional<double> capital;
  std::optional<double> entry_price;
};

/// What there is besides: stored grids, a decision with a proposal, and what a new grid gets.
struct GridSources {
  std::vector<Grid> stored;
  std::optional<DecisionRecord> decision;
  std::string exchange;  ///< kind of the repository's data
  UtcTime at{};          ///< since when the definition is in force
};

/// What a proposal would have set up, without since when.
GridVersion definition_of(const Proposal& proposal);

/// A grid file that the user named. Errors: usage with every problem, not_found, io.
Result<codec::Read<Grid>> read_grid_file(Context& context, const std::string& file);

/// What one source says of a thing.
struct Statement {
  std::string source;  ///< "--symbol", "eth-grid-1.yaml"
  std::string value;
};
/// Error: usage when two sources say different things, naming both.
Result<void> agree(std::string_view thing, const std::vector<Statement>& statements);

/// The grid as it will be stored, without its new start. Errors: usage (incomplete, no grid, or
/// sources that contradict each other), conflict (before the grid's newest entry), and the file's.
Result<Grid> define_grid(const GridOptions& options, const GridSources& sources, Context& context);

}  // namespace gridexit::app
