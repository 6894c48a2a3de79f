#pragma once
// A recorded decision with the effect of each thing that led to it.

#include <optional>
#include <string>

#include "app/render/evaluation_text.hpp"
#include "app/render/value.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::app {

struct Explanation {
  const MetricsRecord& record;
  std::string path;                        ///< of the record
  std::optional<DecisionRecord> decision;  ///< the one that stands; none recorded
};

std::string render_explanation(const Explanation& explanation, const RenderOptions& given);
Value to_value(const Explanation& explanation);

}  // namespace gridexit::app
