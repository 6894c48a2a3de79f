#pragma once
// All checks of `doctor`, in order: what stands in the way of one keeps no other from being made.

#include <vector>

#include "app/command.hpp"
#include "app/health.hpp"

namespace gridexit::app {

/// Looks at everything that an hourly run needs, on what there is: the configuration that a run
/// would use, the defaults while there is none. A check that cannot be made says why. What goes
/// over a network is bounded, so that the whole ends within 30 seconds even when nothing answers.
std::vector<Check> examine(Context& context);

}  // namespace gridexit::app
