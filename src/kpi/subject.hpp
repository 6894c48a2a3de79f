#pragma once
// Which grid a decision is judged on: the running one, the one it proposed, or the one that it kept
// from being set up.

#include <optional>
#include <string>

#include "gridexit/domain/grid.hpp"
#include "gridexit/kpi/follow_up.hpp"

namespace gridexit::kpi {

struct Subject {
  std::optional<GridVersion> grid;  ///< none: it cannot be told
  UtcTime start{};
  std::string why;  ///< why it cannot
};

Subject subject_of(const FollowUpInputs& in);

/// Quote in the grid that WAIT kept from being set up.
inline constexpr double kReferenceCapital = 1000;

}  // namespace gridexit::kpi
