#pragma once
// The text names of every enumeration, as documents, commands and pages show them: one table each,
// in the order of the enumerators. `to_text` and `from_text` work on all of them.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/exit_state.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/domain/message.hpp"
#include "gridexit/domain/metrics.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/regime.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit {

template <std::size_t count>
using NameTable = std::array<std::string_view, count>;

constexpr auto enum_names(MetricKey) {
  return NameTable<6>{"adx",          "efficiency_ratio", "autocorrelation",
                      "ou_half_life", "normalized_slope", "bollinger_bandwidth"};
}
constexpr auto enum_names(FailureReason) {
  return NameTable<4>{"insufficient_data", "invalid_input", "zero_variance", "non_stationary"};
}
constexpr auto enum_names(Verdict) {
  return NameTable<4>{"RANGE_OK", "RANGE_WEAK", "TRANSITION", "TREND"};
}
constexpr auto enum_names(ExitState) {
  return NameTable<4>{"NORMAL", "WARNING", "LATEST_ACCEPTABLE_EXIT", "MANDATORY_EXIT"};
}
constexpr auto enum_names(Truth) {
  return NameTable<4>{"false", "true", "unknown", "not_applicable"};
}
constexpr auto enum_names(ConditionName) {
  return NameTable<kConditionCount>{"near_bound",
                                    "loss_rising",
                                    "adx_rising",
                                    "efficiency_high",
                                    "autocorrelation_positive",
                                    "half_life_long",
                                    "slope_to_bound",
                                    "bandwidth_expanding",
                                    "regime_weakening",
                                    "outside_range",
                                    "break_likely",
                                    "trend_into_bound",
                                    "loss_budget",
                                    "break_confirmed",
                                    "stop_loss_hit",
                                    "stop_loss_near",
                                    "trend_confirmed",
                                    "overstayed"};
}
constexpr auto enum_names(Spacing) {
  return NameTable<2>{"arithmetic", "geometric"};
}
constexpr auto enum_names(RecommendationType) {
  return NameTable<2>{"GRID_MANAGE", "GRID_SETUP"};
}
constexpr auto enum_names(Action) {
  return NameTable<6>{"HOLD",       "PREPARE_EXIT", "STOP_GRID", "WAIT", "CREATE_PROBATIONARY_GRID",
                      "CREATE_GRID"};
}
constexpr auto enum_names(Urgency) {
  return NameTable<4>{"low", "normal", "high", "emergency"};
}
constexpr auto enum_names(OperatorAction) {
  return NameTable<3>{"accepted", "declined", "executed"};
}
constexpr auto enum_names(Origin) {
  return NameTable<4>{"live", "replay", "backfill", "simulated"};
}
constexpr auto enum_names(EventKind) {
  return NameTable<3>{"exit_state", "setup", "alert"};
}
constexpr auto enum_names(DeliveryStatus) {
  return NameTable<3>{"delivered", "rejected", "superseded"};
}
constexpr auto enum_names(CapitalMode) {
  return NameTable<1>{"SINGLE_GRID"};
}

template <class E>
concept NamedEnum = requires(E value) {
  enum_names(value);
};

/// The enumerator's name.
template <NamedEnum E>
constexpr std::string_view to_text(E value) {
  return enum_names(value)[static_cast<std::size_t>(value)];
}

/// The enumerator of that name; nothing for any other text.
template <NamedEnum E>
constexpr std::optional<E> from_text(std::string_view name) {
  const auto table = enum_names(E{});
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace gridexit
