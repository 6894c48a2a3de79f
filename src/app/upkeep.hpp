#pragma once
// The weekly packing of the data repository at the end of a run: a year of hours in loose objects
// would take thirty times the space.

#include "gridexit/ports/log.hpp"
#include "gridexit/ports/maintenance.hpp"

namespace gridexit::app {

/// Whether packing is due: a week after the newest pack, or when there is much to pack.
bool packing_is_due(const ports::StoreSize& size);

/// Packs when it is due, no more at once than fits into an hourly run. Failures are logged: they
/// never make a run fail.
void pack_when_due(ports::Maintenance& maintenance, ports::Log& log);

}  // namespace gridexit::app
