#pragma once
// The process's own streams.

#include "gridexit/app/streams.hpp"

namespace gridexit::app {

/// Standard output and error as they are: terminal or not, and how wide.
Streams system_streams();

}  // namespace gridexit::app
