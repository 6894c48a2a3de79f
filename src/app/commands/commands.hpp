#pragma once
// The rows of the command table, each defined in the source file of its name (grid_*:
// grid_read.cpp, grid_propose.cpp, grid_start.cpp, grid_stop.cpp).

#include "app/command.hpp"

namespace gridexit::app {

Command init_command();
Command run_command();
Command evaluate_command();
Command explain_command();
Command grid_list_command();
Command grid_show_command();
Command grid_validate_command();
Command grid_propose_command();
Command grid_start_command();
Command grid_stop_command();
Command decision_list_command();
Command decision_show_command();
Command decision_act_command();
Command backfill_command();
Command backtest_command();
Command backtest_merge_command();
Command kpi_command();
Command dashboard_command();
Command doctor_command();
Command verify_command();
Command maintain_command();
Command config_check_command();
Command config_show_command();
Command schema_command();
Command completion_command();

}  // namespace gridexit::app
