#pragma once
// Which program this is; every record names it.

#include "gridexit/domain/record.hpp"

namespace gridexit::app {

/// Version of the project and the git commit it was configured at ("unknown" outside git).
EngineVersion engine_version();

}  // namespace gridexit::app
