#pragma once
// Messages as values: derived from records, rendered once, delivered by whichever notifiers there
// are.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/exit_state.hpp"

namespace gridexit {

enum class EventKind { exit_state, setup, alert };

/// One thing to tell the operator. `id` is stable over repetitions: the delivery ledger's key.
struct Message {
  std::string id;
  EventKind kind = EventKind::exit_state;
  std::string event;   ///< "exit_state", "grid_setup", or the alert's error id
  std::string symbol;  ///< empty for what concerns the whole run
  std::optional<std::string> grid_id;
  UtcTime timestamp{};  ///< T
  std::optional<ExitState> state;
  std::optional<ExitState> previous_state;
  std::optional<std::string> action;
  std::optional<std::string> decision_id;
  std::optional<double> confidence;
  std::optional<double> price;
  std::optional<double> break_probability;
  std::vector<std::string> reasons;
  std::vector<std::string> problems;
  std::string head;  ///< commit id of HEAD, empty when not recorded
  std::string page;  ///< URL or path
  std::string title;
  std::string text;  ///< for people
  int priority = 0;  ///< Pushover's: -1, 0, 1, 2
};

}  // namespace gridexit
