#include "app/one_hour.hpp"

#include <fmt/format.h>

#include "app/grid_changes.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/pipeline/evaluate_once.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::app {

Result<UtcTime> chosen_hour(Context& context, const std::optional<UtcTime>& at) {
  GX_TRY(const UtcTime time, event_time(context, at));
  return floor_hour(time);
}

Result<OneHour> OneHour::open(Context& context, const Symbol& symbol, UtcTime at) {
  OneHour hour(symbol, at);
  hour.now_ = context.wiring.clock().now();
  hour.has_configuration_ = context.common.config || context.common.repo;
  if (context.common.repo) {
    GX_TRY(hour.repository_, open_repository(context, Access::read));
  }
  GX_TRY(hour.settings_, load_settings_for(context, hour.repository_.get(), symbol));
  const Environment& environment = hour.settings_.values.environment;
  GX_TRY(hour.choice_, choose_exchange(context.common, environment,
                                       hour.repository_ ? Mixing::forbidden : Mixing::harmless));
  GX_TRY(hour.exchange_, context.wiring.make_exchange(hour.choice_, environment.exchange));
  return hour;
}

Result<std::vector<Grid>> OneHour::grids() const {
  if (!repository_) return std::vector<Grid>();
  return pipeline::all_grids(repository_->store());
}

Result<evaluation::HourOutcome> OneHour::evaluate(std::optional<Grid> grid) const {
  pipeline::EvaluateOnce wanted(symbol_);
  wanted.at = at_;
  wanted.grid = std::move(grid);
  wanted.engine = engine_version();
  wanted.config = settings_.version;
  auto outcome =
      repository_ ? pipeline::evaluate_recorded(wanted, *exchange_, repository_->store(), rules())
                  : pipeline::evaluate_once(wanted, *exchange_, rules());
  if (outcome || outcome.error().code != ErrorCode::data_unusable) return outcome;
  return with_reach(std::move(outcome).error());
}

// An archive gets no new candles: trying again does not help, another hour does.
Error OneHour::with_reach(Error error) const {
  if (choice_.kind != "archive") return error;
  const auto all = exchange_->candles(symbol_, Timeframe::h1, UtcTime{}, now_);
  if (!all || all->empty()) return error;
  const auto times = all->view().time;
  error.message +=
      fmt::format("; {} has candles of {} from {} to {}", choice_.text, symbol_.text(),
                  format_hour(times.front()), format_hour(times.back() + length(Timeframe::h1)));
  error.hint = "choose an hour within them with --at";
  return error;
}

std::optional<std::string> OneHour::assumed_capital() const {
  if (has_configuration_) return std::nullopt;
  return fmt::format(
      "capital: {} {}, assumed because no configuration says how much there is (--repo, --config, "
      "or grid propose --capital)",
      format_number(kDefaultCapital), symbol_.quote());
}

}  // namespace gridexit::app
