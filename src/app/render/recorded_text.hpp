#pragma once
// What was recorded and done while the replayed hours passed: changes of the exit state and the
// operator's answers, for people and as a tree.

#include <string>
#include <vector>

#include "app/render/value.hpp"
#include "gridexit/pipeline/recorded_market.hpp"

namespace gridexit::app {

std::string render_recorded(const std::vector<pipeline::RecordedMarket>& markets);
Value recorded_value(const std::vector<pipeline::RecordedMarket>& markets);

}  // namespace gridexit::app
