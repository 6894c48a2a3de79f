#include "app/grid_definition.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/grid_changes.hpp"
#include "app/options.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

void apply(const GridOptions& options, GridVersion& version) {
  if (options.lower) version.lower = *options.lower;
  if (options.upper) version.upper = *options.upper;
  if (options.cells) version.cells = *options.cells;
  if (options.spacing) version.spacing = *options.spacing;
  if (options.stop_loss) version.stop_loss = options.stop_loss;
  if (options.take_profit) version.take_profit = options.take_profit;
  if (options.entry_price) version.entry_price = options.entry_price;
  if (options.capital) {
    version.capital_quote = options.capital;
    version.amount_per_grid.reset();
  }
}

Result<void> check_complete(const GridOptions& options) {
  std::vector<std::string> missing;
  if (!options.lower) missing.emplace_back("--lower");
  if (!options.upper) missing.emplace_back("--upper");
  if (!options.cells) missing.emplace_back("--cells");
  if (!options.capital) missing.emplace_back("--capital");
  if (missing.empty()) return {};
  return Error{ErrorCode::usage,
               "the grid's definition is incomplete: " + join(missing, ", ") + " missing",
               "give them, or a FILE, or --decision ID, or the --id of a stored grid",
               {}};
}

const Grid* find(const std::vector<Grid>& grids, const std::optional<std::string>& id) {
  const auto found = std::find_if(grids.begin(), grids.end(),
                                  [&id](const Grid& grid) { return grid.grid_id == id; });
  return found == grids.end() ? nullptr : &*found;
}

Result<void> check_agreement(const GridOptions& options, const GridSources& sources,
                             const Grid* given, const Grid* stored) {
  std::vector<Statement> ids;
  std::vector<Statement> symbols;
  std::vector<Statement> exchanges;
  if (options.id) ids.push_back({"--id", *options.id});
  if (options.symbol) symbols.push_back({"--symbol", options.symbol->text()});
  if (given != nullptr) {
    ids.push_back({*options.file, given->grid_id});
    symbols.push_back({*options.file, given->symbol});
    if (!given->exchange.empty()) exchanges.push_back({*options.file, given->exchange});
  }
  if (sources.decision) {
    symbols.push_back({"decision " + sources.decision->decision_id, sources.decision->symbol});
  }
  if (stored != nullptr) {
    symbols.push_back({"the stored grid " + stored->grid_id, stored->symbol});
    exchanges.push_back({"the stored grid " + stored->grid_id, stored->exchange});
  }
  GX_CHECK(agree("the grid's id", ids));
  GX_CHECK(agree("the symbol", symbols));
  return agree("the exchange", exchanges);
}

// What is there of the grid before its new version: the stored document, or an empty one.
Result<Grid> begin(const GridOptions& options, const GridSources& sources, const Grid* given,
                   const Grid* stored) {
  if (stored != nullptr) return *stored;
  Grid grid;
  if (given != nullptr) {
    grid.grid_id = given->grid_id;
    grid.symbol = given->symbol;
    grid.exchange = given->exchange;
  } else if (sources.decision) {
    grid.symbol = sources.decision->symbol;
  } else {
    GX_TRY(const Symbol symbol, require_symbol(options.symbol));
    grid.symbol = symbol.text();
  }
  if (grid.exchange.empty()) grid.exchange = sources.exchange;
  if (grid.grid_id.empty())
    grid.grid_id = options.id.value_or(next_grid_id(sources.stored, grid.symbol));
  return grid;
}

// "versions[0].stop_loss: 1700 must be below lower" in the command line's words: a file was valid
// when it was read, so what is wrong now came with the options.
std::string as_option(const std::string& problem) {
  const auto colon = std::min(problem.find(':'), problem.size());
  const auto begin = problem.rfind('.', colon) + 1;  // 0 without a dot
  std::string key = problem.substr(begin, colon - begin);
  if (key == "grid_id") key = "id";
  if (key == "capital_quote") key = "capital";
  if (key == "versions") key = "at";
  std::replace(key.begin(), key.end(), '_', '-');
  return "--" + key + problem.substr(colon);
}

Result<void> check_valid(const Grid& grid) {
  std::vector<std::string> problems = codec::problems(grid);
  if (problems.empty()) return {};
  std::transform(problems.begin(), problems.end(), problems.begin(), as_option);
  return Error{ErrorCode::usage, join(problems, "\n"), "nothing was recorded; mend the values", {}};
}

}  // namespace

GridVersion definition_of(const Proposal& proposal) {
  GridVersion version;
  version.lower = proposal.lower;
  version.upper = proposal.upper;
  version.cells = proposal.cells;
  version.spacing = proposal.spacing;
  version.stop_loss = proposal.stop_loss;
  version.capital_quote = proposal.capital_quote;
  return version;
}

Result<codec::Read<Grid>> read_grid_file(Context& context, const std::string& file) {
  GX_TRY(const std::string text, context.wiring.read_file(file));
  auto grid = codec::read<Grid>(text, file);
  if (grid) return grid;
  Error error = std::move(grid).error();
  error.code = ErrorCode::usage;
  return error;
}

Result<void> agree(std::string_view thing, const std::vector<Statement>& statements) {
  for (const Statement& other : statements) {
    const Statement& first = statements.front();
    if (other.value == first.value) continue;
    return Error{ErrorCode::usage,
                 fmt::format("{} is {} by {}, but {} by {}", thing, first.value, first.source,
                             other.value, other.source),
                 "leave out the one that is wrong, or make both say the same",
                 {}};
  }
  return {};
}

Result<Grid> define_grid(const GridOptions& options, const GridSources& sources, Context& context) {
  std::optional<Grid> given;
  if (options.file) {
    GX_TRY(auto read, read_grid_file(context, *options.file));
    for (const std::string& warning : read.warnings) context.output.warn(warning);
    given = std::move(read.document);
  }
  const Grid* const file = given ? &*given : nullptr;
  const Grid* const stored = find(sources.stored, given ? given->grid_id : options.id);
  GX_CHECK(check_agreement(options, sources, file, stored));
  GX_TRY(Grid grid, begin(options, sources, file, stored));
  GX_CHECK(check_event_time(grid, sources.at));
  GridVersion version;
  if (given) {
    version = given->versions.back();
  } else if (sources.decision) {
    version = definition_of(*sources.decision->recommendation.proposal);
  } else if (!grid.versions.empty()) {
    version = grid.versions.back();
  } else {
    GX_CHECK(check_complete(options));
  }
  apply(options, version);
  version.from = sources.at;
  append_version(grid, version);
  GX_CHECK(check_valid(grid));
  return grid;
}

}  // namespace gridexit::app
