#pragma once
// Grid simulation (STRATEGY.md section 9): the only model of what a grid earns, holds and loses.

#include <optional>
#include <vector>

#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/position.hpp"

namespace gridexit::simulation {

/// Lines p_0..p_n of n cells.
std::vector<double> lines(double lower, double upper, int cells, Spacing spacing);

/// Order of the extremes within a bar: the rule of section 9, or one of the bounds of the model
/// error.
enum class Path { by_close, low_first, high_first };

struct GridSetup {
  std::vector<double> lines;
  std::optional<double> stop_loss;
  double start_price = 0;          ///< P: close of the start hour
  std::optional<double> capital;   ///< quote; or
  std::optional<double> quantity;  ///< base per cell
  double fee = 0.001;
  double slippage = 0.0005;
  Path path = Path::by_close;
};

/// A simulated grid, fed bar by bar. After the stop has filled it holds only quote and nothing
/// fills any more.
class GridSimulation {
 public:
  explicit GridSimulation(const GridSetup& setup);

  /// Walks one bar after the start, from the previous close.
  void advance(double open, double high, double low, double close);

  /// The state after the last bar (or at the start).
  SimulatedPosition position() const;
  double equity() const;  ///< PnL: liquidation value minus capital
  double grid_profit() const;
  double risk() const;  ///< capital - q·n·stop_loss·(1-slip)·(1-fee); without a stop-loss: capital
  bool stopped() const;
  int fills() const;
  double quantity() const;
  double quote() const;
  const std::vector<bool>& holds() const;  ///< per cell: holds base

 private:
  struct Cell {
    double cost = 0;  ///< per base, fees included; of the base it holds
  };
  void move_to(double price);
  void fill_buys_down_to(double price);
  void fill_sells_up_to(double price);
  void stop_at(double price);

  GridSetup setup_;
  std::vector<bool> holds_;
  std::vector<Cell> cells_;
  double quantity_ = 0;
  double capital_ = 0;
  double quote_ = 0;
  double grid_profit_ = 0;
  double last_price_ = 0;
  int fills_ = 0;
  int bars_ = 0;
  bool stopped_ = false;
};

}  // namespace gridexit::simulation
