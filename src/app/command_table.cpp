#include "app/command_table.hpp"

#include <algorithm>
#include <array>

#include "app/commands/commands.hpp"

namespace gridexit::app {

std::span<const Command> command_table() {
  static const std::array table{
      init_command(),           run_command(),           evaluate_command(),
      explain_command(),        grid_list_command(),     grid_show_command(),
      grid_validate_command(),  grid_propose_command(),  grid_start_command(),
      grid_stop_command(),      decision_list_command(), decision_show_command(),
      decision_act_command(),   backfill_command(),      backtest_command(),
      backtest_merge_command(), kpi_command(),           dashboard_command(),
      doctor_command(),         verify_command(),        maintain_command(),
      config_check_command(),   config_show_command(),   schema_command(),
      completion_command(),
  };
  return table;
}

std::span<const CommandGroup> command_groups() {
  static constexpr std::array groups{
      CommandGroup{"grid", "Grid definitions: see, check, propose, start and stop them"},
      CommandGroup{"decision", "Recorded decisions, and what you did about them"},
      CommandGroup{"config", "The configuration in force"},
  };
  return groups;
}

std::vector<std::string> first_words() {
  std::vector<std::string> words;
  for (const Command& command : command_table()) {
    const std::string word(command.path.substr(0, command.path.find(' ')));
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return words;
}

}  // namespace gridexit::app
