#pragma once
// What is kept beside the repository (in the state folder) of what it holds, so that a running grid
// is judged although the repository can't be read: each symbol's running grid and newest record.

#include <optional>
#include <string>
#include <string_view>

#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::pipeline {

/// What is kept; nothing where there is none, or none that can be read.
std::optional<Grid> grid_copy(ports::LocalState& state, std::string_view symbol);
std::optional<MetricsRecord> record_copy(ports::LocalState& state, std::string_view symbol);

/// Keeps the symbol's running grid, or with null that none runs. Error: io.
Result<void> keep_grid_copy(ports::LocalState& state, std::string_view symbol, const Grid* running);
/// Keeps the symbol's newest record. Error: io.
Result<void> keep_record_copy(ports::LocalState& state, const MetricsRecord& record);

/// Keeps, of every symbol that has grids, what runs at `at`. Errors: document_invalid,
/// store_unusable, io.
Result<void> keep_grid_copies(ports::Store& store, ports::LocalState& state, UtcTime at);

}  // namespace gridexit::pipeline
