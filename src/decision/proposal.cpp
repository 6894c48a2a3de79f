// Geometry, sizing and rounding of a grid to set up (STRATEGY.md section 6, "Setup proposal").

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gridexit/base/number.hpp"
#include "gridexit/decision/increment.hpp"
#include "gridexit/decision/recommend.hpp"
#include "gridexit/domain/grid_lines.hpp"

namespace gridexit::decision {
namespace {

ProposalOutcome no_proposal(std::string reason) {
  return {.proposal = std::nullopt, .reason = std::move(reason)};
}

/// σ: root mean square of the last `bars` returns of the closes. None with fewer, or with a price
/// that is none.
std::optional<double> return_volatility(CandleView window, int bars) {
  const auto count = static_cast<std::size_t>(bars);
  if (bars <= 0 || window.size() < count + 1) return std::nullopt;
  const std::span<const double> close = window.close.last(count + 1);
  double sum = 0;
  for (std::size_t i = 1; i < close.size(); ++i) {
    const double step = std::log(close[i]) - std::log(close[i - 1]);
    sum += step * step;
  }
  if (!std::isfinite(sum)) return std::nullopt;
  return std::sqrt(sum / bars);
}

/// The share of the full allocation, and what it comes to.
struct Allocation {
  double share = 1;
  double quote = 0;
  bool limited_by_unlocked = false;
};

Allocation allocate(const CapitalInputs& inputs, double confidence, const SetupRules& setup,
                    const CapitalRules& rules) {
  Allocation allocation;
  if (confidence < setup.confidence_full) {
    const double span = setup.confidence_full - setup.confidence_probationary;
    const double part = std::clamp((confidence - setup.confidence_probationary) / span, 0.0, 1.0);
    allocation.share = setup.probationary_share_min +
                       part * (setup.probationary_share_max - setup.probationary_share_min);
  }
  double full = (1 - rules.reserve_share) * inputs.equity - inputs.held_by_running_grids;
  allocation.limited_by_unlocked = inputs.unlocked_quote && *inputs.unlocked_quote < full;
  if (allocation.limited_by_unlocked) full = *inputs.unlocked_quote;
  allocation.quote = allocation.share * full;
  return allocation;
}

/// Quote that one base per cell costs when the grid starts at `close`.
double unit_cost(const Proposal& proposal, int cells, double close, double fee) {
  return start_cost(grid_lines(proposal.lower, proposal.upper, cells, proposal.spacing), close, fee,
                    kSlippage);
}

/// The most cells, from the geometry's down to the minimum, whose orders are all large enough;
/// false when none is.
bool size_cells(Proposal& proposal, const ProposalInputs& inputs, const SetupRules& setup) {
  const SymbolRules& symbol = inputs.symbol_rules;
  for (; proposal.cells >= setup.cells_min; --proposal.cells) {
    const double cost = unit_cost(proposal, proposal.cells, inputs.close, setup.fee);
    const double quantity = round_down(proposal.capital_quote / cost, symbol.base_increment);
    if (quantity > 0 && quantity >= symbol.base_min_size &&
        quantity * proposal.lower >= symbol.min_funds) {
      proposal.amount_per_grid = quantity;
      return true;
    }
  }
  return false;
}

/// Rounded up to the cent, so that following the advice is enough.
double up_to_cent(double quote) {
  return std::ceil(quote * 100) / 100;
}

std::string describe_shortage(const Proposal& proposal, const Allocation& allocation,
                              const ProposalInputs& inputs, const SetupRules& setup,
                              const CapitalRules& rules) {
  const SymbolRules& symbol = inputs.symbol_rules;
  const double smallest =
      std::max({symbol.base_min_size, symbol.base_increment,
                round_up(symbol.min_funds / proposal.lower, symbol.base_increment)});
  const double needed = smallest * unit_cost(proposal, setup.cells_min, inputs.close, setup.fee);
  const double full = needed / allocation.share;
  const std::string remedy =
      allocation.limited_by_unlocked
          ? fmt::format("free at least {:.2f} in the account", up_to_cent(full))
          : fmt::format("raise the equity (capital.total_quote) from {:.2f} to at least {:.2f}",
                        inputs.capital.equity,
                        up_to_cent((full + inputs.capital.held_by_running_grids) /
                                   (1 - rules.reserve_share)));
  return fmt::format(
      "capital {:.2f} is below the minimum of {} cells: {} base per cell need {:.2f}; {}",
      allocation.quote, setup.cells_min, format_number(smallest), up_to_cent(needed), remedy);
}

}  // namespace

std::optional<Geometry> geometry(const ProposalInputs& inputs, double step_factor,
                                 const SetupRules& rules) {
  const std::optional<double> sigma = return_volatility(inputs.window_1h, rules.sigma_bars);
  if (!sigma || !inputs.atr_1h || !inputs.atr_4h || !(inputs.close > 0)) return std::nullopt;
  const double width = std::clamp(rules.width_sigma * *sigma * std::sqrt(rules.width_hours),
                                  rules.width_min, rules.width_max);
  Geometry geometry;
  geometry.lower = inputs.close * std::exp(-width);
  geometry.upper = inputs.close * std::exp(width);
  const double round_trip = 2 * rules.fee;
  const double step =
      step_factor * std::max(*inputs.atr_1h / inputs.close, rules.step_fees * round_trip);
  const double ratio = geometry.upper / geometry.lower;
  const double cells = std::floor(std::log(ratio) / std::log(1 + step));
  geometry.cells = static_cast<int>(std::clamp(cells, static_cast<double>(rules.cells_min),
                                               static_cast<double>(rules.cells_max)));
  geometry.stop_loss = geometry.lower - rules.stop_atr * *inputs.atr_4h;
  geometry.step = inputs.close * std::pow(ratio, 1.0 / geometry.cells) - inputs.close;
  return geometry;
}

ProposalOutcome propose(const ProposalInputs& inputs, double confidence, const SetupRules& setup,
                        const CapitalRules& capital) {
  if (inputs.capital.another_grid_runs) {
    return no_proposal("another grid runs, and capital.mode SINGLE_GRID allows one in all");
  }
  const double step_factor = confidence < setup.confidence_full ? setup.probationary_step : 1.0;
  const std::optional<Geometry> shape = geometry(inputs, step_factor, setup);
  if (!shape) {
    return no_proposal(fmt::format("no proposal without both ATRs and the last {} hourly returns",
                                   setup.sigma_bars));
  }
  const Allocation allocation = allocate(inputs.capital, confidence, setup, capital);
  const double increment = inputs.symbol_rules.price_increment;
  Proposal proposal;
  proposal.lower = round_down(shape->lower, increment);
  proposal.upper = round_up(shape->upper, increment);
  proposal.cells = shape->cells;
  proposal.stop_loss = round_down(shape->stop_loss, increment);
  proposal.capital_quote = allocation.quote;
  proposal.allocation_pct = allocation.share * 100;
  if (!(proposal.stop_loss > 0 && proposal.stop_loss < proposal.lower)) {
    return no_proposal(fmt::format("no room for a stop-loss: {} ATR of 4h below {} is {}",
                                   setup.stop_atr, format_price(shape->lower),
                                   format_price(shape->stop_loss)));
  }
  if (!size_cells(proposal, inputs, setup)) {
    return no_proposal(describe_shortage(proposal, allocation, inputs, setup, capital));
  }
  const double ratio = std::pow(proposal.upper / proposal.lower, 1.0 / proposal.cells);
  proposal.profit_per_grid_pct = (ratio * (1 - setup.fee) / (1 + setup.fee) - 1) * 100;
  return {.proposal = proposal, .reason = {}};
}

}  // namespace gridexit::decision
