#pragma once
// What was recorded and done while the replayed hours passed: changes of the exit state and the
// operator's answers, for people and as a tree.

#include <string>
#include <vector>

#include "app/render/value.hpp"
#include "gridexit/pipeline/recorded_market.hpp"

namespace gridexit::app {

struct RecordedChange {
  UtcTime at{};
  std::string grid_id;
  std::string from_state;
  std::string to_state;
};

struct RecordedAnswer {
  UtcTime at{};
  std::string decision_id;
  std::string recommended;
  std::string action;
  std::string by;
};

/// Of all markets, one after the other.
struct RecordedFacts {
  std::vector<RecordedChange> changes;
  std::vector<RecordedAnswer> answers;
};

RecordedFacts recorded_facts(const std::vector<pipeline::RecordedMarket>& markets);

std::string render_recorded(const RecordedFacts& facts);
Value to_value(const RecordedFacts& facts);

}  // namespace gridexit::app
