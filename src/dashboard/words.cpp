#include "words.hpp"

#include <algorithm>
#include <cctype>

namespace gridexit::dashboard {
namespace {

char upper(char c) {
  return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

}  // namespace

std::string_view title(std::optional<ExitState> state) {
  if (!state) return "No grid running";
  switch (*state) {
    case ExitState::normal: return "Normal";
    case ExitState::warning: return "Warning";
    case ExitState::latest_acceptable_exit: return "Latest acceptable exit";
    case ExitState::mandatory_exit: return "Mandatory exit";
  }
  return "";
}

std::string_view tone(std::optional<ExitState> state) {
  if (!state) return "none";
  switch (*state) {
    case ExitState::normal: return "normal";
    case ExitState::warning: return "warning";
    case ExitState::latest_acceptable_exit: return "latest";
    case ExitState::mandatory_exit: return "mandatory";
  }
  return "none";
}

std::string_view order(Action action, std::optional<ExitState> state) {
  switch (action) {
    case Action::hold: return "Keep the grid running";
    case Action::prepare_exit: return "Prepare to stop the grid";
    case Action::stop_grid:
      return state == ExitState::mandatory_exit ? "Stop the grid at once" : "Stop the grid now";
    case Action::wait: return "Wait, start no grid";
    case Action::create_probationary_grid: return "A small grid may be set up";
    case Action::create_grid: return "A grid may be set up";
  }
  return "";
}

std::string_view advice(Action action, std::optional<ExitState> state) {
  switch (action) {
    case Action::hold: return "No exit rule asks for anything this hour.";
    case Action::prepare_exit:
      return "Be ready to act. About one warning in five is followed by a break of the range "
             "within "
             "24 hours, so this is no order to leave.";
    case Action::stop_grid:
      if (state == ExitState::mandatory_exit) {
        return "The range is broken, or the stop-loss is near or hit. This state ends only when "
               "the "
               "grid is stopped.";
      }
      return "The first 3 hours of waiting cost nothing on average; later ones do, and the worst "
             "cases grow with every hour.";
    case Action::wait: return "The conditions for a new grid are not met.";
    case Action::create_probationary_grid:
    case Action::create_grid:
      return "The gates describe the market as it is now. They are no promise: grids started with "
             "all gates passed have not earned more than others.";
  }
  return "";
}

std::string label(std::string_view name) {
  std::string text{name};
  std::replace(text.begin(), text.end(), '_', ' ');
  for (const std::string_view acronym : {"adx", "atr", "ou"}) {
    if (text.substr(0, text.find(' ')) != acronym) continue;
    std::transform(acronym.begin(), acronym.end(), text.begin(), upper);
  }
  if (!text.empty()) text[0] = upper(text[0]);
  return text;
}

}  // namespace gridexit::dashboard
