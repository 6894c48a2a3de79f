// The simulated grid on any bars: what it holds adds up after every bar in either order of the
// bar's extremes, and a filled stop ends it.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "fuzz/demand.hpp"
#include "gridexit/simulation/grid.hpp"

namespace {

using namespace gridexit;
using fuzz::demand;
using simulation::GridSimulation;

// Numbers from bytes, one each; 0 when there are no more.
class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  bool empty() const { return at_ == size_; }
  double share() { return empty() ? 0 : data_[at_++] / 255.0; }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

simulation::GridSetup setup_from(Bytes& bytes) {
  GridVersion version;
  version.lower = 100 * (0.5 + 0.45 * bytes.share());
  version.upper = 100 * (1.05 + bytes.share());
  version.cells = 2 + static_cast<int>(bytes.share() * 60);
  version.spacing = bytes.share() < 0.5 ? Spacing::geometric : Spacing::arithmetic;
  version.capital_quote = 1 + 1e6 * bytes.share();
  version.fee = 0.01 * bytes.share();
  if (bytes.share() < 0.7) version.stop_loss = version.lower * (0.5 + 0.5 * bytes.share());
  return simulation::make_setup(version, 100);
}

// Where fees take more than a cell earns, each round trip costs capital, in the end all of it.
bool cells_earn(const simulation::GridSetup& setup) {
  for (std::size_t i = 1; i < setup.lines.size(); ++i) {
    if (setup.lines[i] * (1 - setup.fee) <= setup.lines[i - 1] * (1 + setup.fee)) return false;
  }
  return true;
}

void check(const GridSimulation& grid, double close, bool earns) {
  const double money = std::abs(grid.quote()) + grid.base() * close + 1;
  demand(std::isfinite(grid.equity()) && std::isfinite(grid.grid_profit()));
  demand(grid.base() >= 0 && (!earns || grid.quote() >= -1e-9 * money));
  const auto holds = grid.holds();
  const auto held = static_cast<double>(std::count(holds.begin(), holds.end(), true));
  demand(std::abs(held * grid.quantity() - grid.base()) <= 1e-9 * (grid.base() + 1e-9));
  if (grid.stopped()) demand(grid.base() <= 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes bytes(data, size);
  simulation::GridSetup setup = setup_from(bytes);
  const bool earns = cells_earn(setup);
  GridSimulation rule(setup);
  setup.path = simulation::Path::low_first;
  GridSimulation low_first(setup);
  double previous = 100;
  while (!bytes.empty()) {
    const double open = previous * (0.8 + 0.4 * bytes.share());
    const double close = open * (0.8 + 0.4 * bytes.share());
    const double high = std::max(open, close) * (1 + 0.3 * bytes.share());
    const double low = std::min(open, close) * (1 - 0.3 * bytes.share());
    const int fills = rule.fills();
    const bool was_stopped = rule.stopped();
    rule.advance(open, high, low, close);
    low_first.advance(open, high, low, close);
    check(rule, close, earns);
    check(low_first, close, earns);
    if (was_stopped) demand(rule.stopped() && rule.fills() == fills);
    previous = close;
  }
  return 0;
}
