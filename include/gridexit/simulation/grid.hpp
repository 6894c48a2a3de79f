#pragma once
// Grid simulation (STRATEGY.md section 9): the only model of what a grid earns, holds and loses.

#include <cstddef>
#include <optional>
#include <vector>

#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/grid_lines.hpp"
#include "gridexit/domain/position.hpp"

namespace gridexit::simulation {

/// Lines p_0..p_n of n cells.
inline std::vector<double> lines(double lower, double upper, int cells, Spacing spacing) {
  return grid_lines(lower, upper, cells, spacing);
}

/// Order of the extremes within a bar. `by_close` is the rule of section 9; nobody knows what it
/// really was. `pessimistic` and `optimistic` try both at each bar and take the one that leaves the
/// grid with the smaller or the greater PnL at its close, the rule's where they are equal. What
/// lies between these two is the model error.
enum class Path { by_close, low_first, high_first, pessimistic, optimistic };

struct GridSetup {
  std::vector<double> lines;  ///< at least two, strictly ascending
  std::optional<double> stop_loss;
  double start_price = 0;          ///< P: close of the start hour
  std::optional<double> capital;   ///< quote; or
  std::optional<double> quantity;  ///< base per cell
  double fee = 0.001;
  double slippage = 0.0005;
  Path path = Path::by_close;
};

/// The setup of a definition started at `start_close`; a recorded entry price goes before it.
GridSetup make_setup(const GridVersion& definition, double start_close);

/// A simulated grid, fed bar by bar. After the stop has filled it holds only quote and nothing
/// fills any more.
///
/// The cells that hold base are always the topmost ones, and the price always lies strictly between
/// the next buy line and the next sell line: so one index is the whole state of the orders, and a
/// bar without fills costs a few comparisons whatever the number of cells.
class GridSimulation {
 public:
  explicit GridSimulation(GridSetup setup);

  /// Walks one bar after the start, from the previous close.
  void advance(double open, double high, double low, double close);

  /// Values what is held at `close`, for a grid that has no bar yet and an entry price of its own.
  void value_at(double close) { price_ = close; }

  /// The state after the last bar (or at the start).
  SimulatedPosition position() const;
  double equity() const;  ///< PnL: liquidation value minus capital
  double grid_profit() const { return held_.grid_profit; }
  double risk() const;  ///< capital - q·n·stop_loss·(1-slip)·(1-fee); without a stop-loss: capital
  bool stopped() const { return held_.stopped; }
  int fills() const { return held_.fills; }  ///< of limit orders; start and stop are market orders
  double quantity() const { return quantity_; }
  double quote() const { return held_.quote; }
  double base() const;
  std::vector<bool> holds() const;  ///< per cell: holds base

 private:
  struct Holdings {
    std::size_t first_base = 0;     ///< cells below it hold quote, the others base
    std::size_t first_initial = 0;  ///< cells from here on still hold the base bought at the start
    double quote = 0;
    double grid_profit = 0;
    int fills = 0;
    bool stopped = false;
  };

  std::size_t cells() const { return setup_.lines.size() - 1; }
  double market_sale(double base, double price) const;
  double cell_cost(std::size_t cell) const;
  double value_at_stop() const;
  void walk(double open, double first, double second, double close);
  void walk_both(double open, double first, double second, double close);
  void move_to(double price);
  void stop_at(double price);

  GridSetup setup_;
  Holdings held_;
  double quantity_ = 0;
  double capital_ = 0;
  double price_ = 0;
  int bars_ = 0;
};

}  // namespace gridexit::simulation
