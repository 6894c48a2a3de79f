#include "app/render/grid_text.hpp"

#include <fmt/format.h>

#include "app/render/table.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::app {
namespace {

std::string base_of(const std::string& symbol) {
  return symbol.substr(0, symbol.find('-'));
}
std::string quote_of(const std::string& symbol) {
  return symbol.substr(symbol.find('-') + 1);
}

std::string describe_size(const GridVersion& version, const std::string& symbol) {
  if (version.capital_quote) {
    return format_number(*version.capital_quote) + " " + quote_of(symbol);
  }
  if (version.amount_per_grid) {
    return format_number(*version.amount_per_grid) + " " + base_of(symbol) + " a cell";
  }
  return "size unknown";
}

Cell state_cell(const Grid& grid, UtcTime at) {
  const auto start = grid.started_at(at);
  return start ? Cell{"running since " + format_hour(*start), Tone::good}
               : Cell{"stopped", Tone::faint};
}

}  // namespace

std::string describe_definition(const GridVersion& version, const std::string& symbol) {
  return fmt::format("{} to {}, {} {} cells, {}, {}", format_number(version.lower),
                     format_number(version.upper), version.cells, to_text(version.spacing),
                     version.stop_loss ? "stop-loss " + format_number(*version.stop_loss)
                                       : std::string("no stop-loss"),
                     describe_size(version, symbol));
}

std::string describe_proposal(const Proposal& proposal, const std::string& symbol) {
  return fmt::format("{} to {}, {} {} cells, stop-loss {}, {} {} ({} {} a cell)",
                     format_number(proposal.lower), format_number(proposal.upper), proposal.cells,
                     to_text(proposal.spacing), format_number(proposal.stop_loss),
                     format_fixed(proposal.capital_quote, 2), quote_of(symbol),
                     format_number(proposal.amount_per_grid), base_of(symbol));
}

std::string render_grids(const std::vector<Grid>& grids, UtcTime at, const Style& style) {
  Table table({"GRID", "SYMBOL", "STATE", "DEFINITION"});
  for (const Grid& grid : grids) {
    const GridVersion* version = grid.version_at(at);
    table.add(
        {{grid.grid_id, Tone::strong},
         {grid.symbol},
         state_cell(grid, at),
         {version != nullptr ? describe_definition(*version, grid.symbol) : "not in force yet"}});
  }
  return table.render(style);
}

std::string render_grid(const Grid& grid, UtcTime at, const Style& style) {
  const Cell state = state_cell(grid, at);
  std::string out = fmt::format("{}  {} on {}, {}\n", style.paint(Tone::strong, grid.grid_id),
                                grid.symbol, grid.exchange, style.paint(state.tone, state.text));
  if (const GridVersion* version = grid.version_at(at)) {
    out += fmt::format("  {}\n", describe_definition(*version, grid.symbol));
    if (version->take_profit)
      out += fmt::format("  take-profit {}\n", format_number(*version->take_profit));
    if (version->entry_price)
      out += fmt::format("  entry price {}\n", format_number(*version->entry_price));
  }
  if (grid.versions.size() > 1) {
    out += "\nversions\n";
    for (const GridVersion& version : grid.versions) {
      out += fmt::format("  {}  {}\n", format_utc(version.from),
                         describe_definition(version, grid.symbol));
    }
  }
  out += "\nhistory\n";
  for (const GridEvent& event : grid.history) {
    out += fmt::format("  {}  {} by {}: {}{}\n", format_utc(event.time),
                       event.enabled ? "started" : "stopped", event.by, event.reason,
                       event.decision_id ? " (" + *event.decision_id + ")" : "");
  }
  if (grid.history.empty()) out += "  never started\n";
  return out;
}

}  // namespace gridexit::app
