#pragma once
// One evaluation on one screen (80 columns, about 40 lines), for somebody who was woken by it:
// state and recommendation first, then why, then what the figures stand on. Unknown values say that
// they are, failed metrics say why.

#include <string>

#include "app/render/style.hpp"
#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/record.hpp"

namespace gridexit::app {

struct RenderOptions {
  Style style;
  int width = 80;
  bool simulated = false;  ///< the data are not of a market
  bool recorded = false;   ///< the decision that stands can be looked up by its id
  /// The decision made at this hour, for its reasons and proposal.
  const DecisionRecord* decision = nullptr;
};

/// The whole screen, with a final newline.
std::string render_evaluation(const MetricsRecord& record, const RenderOptions& given);

/// Parts that `explain` shows too.
std::string render_gates(const GateEvaluation& evaluation, const RenderOptions& options);
std::string render_headline(const MetricsRecord& record, const RenderOptions& options);
std::string render_action(const MetricsRecord& record, const RenderOptions& options);
std::string render_metrics(const MetricsRecord& record, const RenderOptions& options);
std::string render_data_quality(const MetricsRecord& record, const RenderOptions& options);

Tone tone_of(ExitState state);
Tone tone_of(Verdict verdict);

}  // namespace gridexit::app
