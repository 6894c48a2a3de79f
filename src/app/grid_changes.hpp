#pragma once
// Changes to grid and decision documents, all of them appends, shared by `grid start`, `grid stop`
// and `decision act`.

#include <string>
#include <vector>

#include "app/command.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/grid.hpp"

namespace gridexit::app {

/// `at`, else now. Error: usage for the future.
Result<UtcTime> event_time(Context& context, const std::optional<UtcTime>& at);
/// Appends are in time order. Error: conflict when `at` is before the grid's newest entry.
Result<void> check_event_time(const Grid& grid, UtcTime at);

/// HOLD and WAIT ask for nothing that could be done or declined. Error: conflict.
Result<void> check_answerable(const DecisionRecord& decision, OperatorAction answer);

/// "eth-grid-1", or the first number that is free.
std::string next_grid_id(const std::vector<Grid>& grids, const std::string& symbol);
/// Adds the version unless it defines the same as the newest one.
void append_version(Grid& grid, const GridVersion& version);

/// Puts the document into the change set. Error: document_invalid with every problem.
Result<void> add_grid(const Grid& grid, ports::ChangeSet& changes);
Result<void> add_decision(const DecisionRecord& decision, ports::ChangeSet& changes);

}  // namespace gridexit::app
