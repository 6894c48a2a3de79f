#pragma once
// A grid's simulated position and its risk (STRATEGY.md sections 7 and 9), always marked
// `estimated`.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"

namespace gridexit {

/// The state of a simulated grid after its last bar. Money in quote.
struct SimulatedPosition {
  double quantity_per_cell = 0;  ///< base
  double capital = 0;            ///< what it started with
  double base = 0;
  double quote = 0;
  double equity = 0;        ///< liquidation value minus capital: PnL of section 9
  double grid_profit = 0;   ///< matched, after fees
  double average_cost = 0;  ///< quote per base held, 0 without base
  double risk = 0;          ///< capital minus value of the fully bought grid sold at the stop-loss
  double value_at_stop =
      0;  ///< quote plus all base sold at the stop-loss, all buys above it filled; 0 without one
  int fills = 0;
  int bars = 0;          ///< bars simulated since the start
  bool stopped = false;  ///< the stop-loss has filled
};

/// The chance to touch a bound within 6, 24 and 72 hours.
struct BreakHorizons {
  std::optional<double> h6;
  std::optional<double> h24;
  std::optional<double> h72;
};

/// What an account's orders did in a stretch of time, beside the simulated fills.
struct FillFigures {
  UtcTime from{};  ///< of the stretch, which ends with the hour
  int count = 0;
  double base_bought = 0;
  double quote_paid = 0;
  double base_sold = 0;
  double quote_received = 0;
  double fees = 0;     ///< quote
  int other_fees = 0;  ///< fills whose fee was taken in another currency
};

/// What an account shows, beside the estimate.
struct AccountFigures {
  double base = 0;   ///< base currency, total
  double quote = 0;  ///< quote currency, total
  double base_available = 0;
  double quote_available = 0;
  std::optional<FillFigures> fills = std::nullopt;  ///< none: not asked for, or not available
};

/// The record's `position`.
struct PositionRisk {
  std::string source = "estimated";
  double base = 0;
  double quote = 0;
  std::optional<double> average_cost;  ///< quote per base held; none without base
  double capital = 0;
  double pnl = 0;  ///< liquidation value now minus capital
  double realised_profit = 0;
  double unrealised_profit = 0;
  double grid_profit = 0;
  std::optional<double> loss_share;  ///< max(0, -PnL)/risk
  double capital_at_risk = 0;
  std::optional<double> value_at_stop;
  double distance_lower_pct = 0;  ///< (C - lower)/C in per cent, negative below it
  double distance_upper_pct = 0;
  std::optional<double> distance_stop_pct;
  std::optional<double> distance_lower_atr;
  std::optional<double> distance_upper_atr;
  std::optional<double> distance_stop_atr;
  BreakHorizons break_probability;
  std::optional<AccountFigures> account;
  std::optional<std::string> difference;  ///< said when the account differs by more than 5 %
};

}  // namespace gridexit
