#include "app/backtest/recorded_grids.hpp"

#include <iterator>
#include <utility>

#include "app/render/backtest_text.hpp"
#include "app/render/recorded_grids_text.hpp"
#include "app/render/recorded_text.hpp"
#include "gridexit/backtest/recorded_grids.hpp"

namespace gridexit::app {
namespace {

backtest::RecordedLives lives_of(const pipeline::RecordedMarket& market, CandleView bars) {
  backtest::RecordedLives lives;
  const kpi::RecordedLife life{bars, market.transitions, market.notified, market.decisions};
  for (const Grid& grid : market.grids) {
    auto runs = kpi::recorded_runs(grid, life);
    std::move(runs.begin(), runs.end(), std::back_inserter(lives.runs));
  }
  lives.decisions = market.decisions;
  return lives;
}

}  // namespace

void print_recorded_grids(const BacktestOptions& options, const Material& material,
                          Output& output) {
  std::vector<backtest::RecordedLives> lives;
  for (std::size_t i = 0; i < material.tracks.size(); ++i)
    lives.push_back(lives_of(material.recorded[i], material.tracks[i].bars.view()));
  const backtest::RecordedComparison compared =
      backtest::compare_recorded(material.tracks, lives, material.rules, options.harness);
  if (!output.is_text()) {
    Value value = to_value(compared.table);
    value.set("source", material.source).set("simulated", material.simulated);
    value.set("grids", to_value(compared.grids));
    value.set("recorded", to_value(recorded_facts(material.recorded)));
    output.print_tree(value);
    return;
  }
  if (material.simulated) output.print("SIMULATED DATA - not a market\n");
  output.print(render_recorded_grids(compared.grids, output.style()));
  if (compared.grids.empty()) return;
  output.print("\n" + render_comparison(compared.table, output.style()));
  output.print("\nrecorded and done:\n" + render_recorded(recorded_facts(material.recorded)));
}

}  // namespace gridexit::app
