#include "gridexit/domain/grid.hpp"

namespace gridexit {

std::optional<UtcTime> Grid::started_at(UtcTime at) const {
  std::optional<UtcTime> start;
  for (const GridEvent& event : history) {
    if (event.time > at) break;
    start = event.enabled ? std::optional{event.time} : std::nullopt;
  }
  return start;
}

bool Grid::running_at(UtcTime at) const {
  return started_at(at).has_value();
}

const GridVersion* Grid::version_at(UtcTime at) const {
  const GridVersion* found = nullptr;
  for (const GridVersion& version : versions) {
    if (version.from <= at) found = &version;
  }
  return found;
}

}  // namespace gridexit
