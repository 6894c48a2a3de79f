#pragma once
// One hour of one market, as `evaluate` and `grid propose` look at it: on a repository's history
// when --repo names one, else on the exchange's candles alone. Nothing is written.

#include <memory>
#include <optional>
#include <vector>

#include "app/command.hpp"
#include "app/session.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/evaluation/evaluate.hpp"

namespace gridexit::app {

/// T: `at`, else now, rounded down. Error: usage for the future.
Result<UtcTime> chosen_hour(Context& context, const std::optional<UtcTime>& at);

class OneHour {
 public:
  /// Errors: those of the repository, the configuration and the exchange.
  static Result<OneHour> open(Context& context, const Symbol& symbol, UtcTime at);

  const Symbol& symbol() const { return symbol_; }
  UtcTime at() const { return at_; }
  const Rules& rules() const { return settings_.values.rules; }
  const ExchangeChoice& choice() const { return choice_; }
  ports::Exchange& exchange() const { return *exchange_; }

  /// The repository's grids; none without one.
  Result<std::vector<Grid>> grids() const;
  /// With the grid, else with those of the repository. Errors: of the exchange; data.unusable,
  /// which says what hours an archive holds.
  Result<evaluation::HourOutcome> evaluate(std::optional<Grid> grid) const;
  /// "capital: 1000 USDT, assumed ...", where nothing but the built-in rules says how much there
  /// is.
  std::optional<std::string> assumed_capital() const;

 private:
  OneHour(const Symbol& symbol, UtcTime at) : symbol_(symbol), at_(at) {}
  Error with_reach(Error error) const;

  Symbol symbol_;
  UtcTime at_;
  UtcTime now_{};
  bool has_configuration_ = false;
  std::unique_ptr<Repository> repository_;
  Settings settings_;
  ExchangeChoice choice_;
  std::unique_ptr<ports::Exchange> exchange_;
};

}  // namespace gridexit::app
