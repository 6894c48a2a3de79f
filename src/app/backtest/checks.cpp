#include "app/backtest/checks.hpp"

#include <fmt/format.h>

#include "gridexit/backtest/lookahead.hpp"

namespace gridexit::app {
namespace {

// Hours at which --check-lookahead cuts the future off.
constexpr int kCuts = 24;

}  // namespace

ExitCode check_lookahead(const BacktestOptions& options, const Material& material, Output& output) {
  std::vector<backtest::Difference> found;
  Value list = Value::array();
  for (const backtest::Track& track : material.tracks) {
    const auto make = [&](CandleView bars) {
      return backtest::make_track(track.symbol, bars, material.rules.data);
    };
    for (const backtest::Difference& difference : backtest::check_lookahead(
             track.bars.view(), make, material.rules, options.harness, kCuts)) {
      found.push_back(difference);
      output.warn(fmt::format("{}: cut at {}: {}", track.symbol, format_hour(difference.cut),
                              difference.what));
      list.add(Value::object().set("symbol", track.symbol).set("what", difference.what));
    }
  }
  if (output.is_text()) {
    output.print(fmt::format("future cut off at {} hours of each market: {} differences\n", kCuts,
                             found.size()));
  } else {
    output.print_tree(Value::object().set("cuts", kCuts).set("differences", std::move(list)));
  }
  return found.empty() ? ExitCode::done : ExitCode::check_failed;
}

}  // namespace gridexit::app
