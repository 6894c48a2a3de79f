#include "subject.hpp"

#include <algorithm>

#include "gridexit/decision/recommend.hpp"

namespace gridexit::kpi {
namespace {

Subject running_grid(const FollowUpInputs& in) {
  const UtcTime at = in.decision.created_at;
  const auto start = in.grid != nullptr ? in.grid->started_at(at) : std::nullopt;
  if (!start || in.grid->versions.empty()) return {{}, {}, "no grid is on record for it"};
  const GridVersion* dated = in.grid->version_at(at);
  return {dated != nullptr ? *dated : in.grid->versions.front(), *start, ""};
}

Subject proposed_grid(const FollowUpInputs& in) {
  if (!in.decision.recommendation.proposal) return {{}, {}, "it has no proposal"};
  const Proposal& proposal = *in.decision.recommendation.proposal;
  GridVersion grid;
  grid.lower = proposal.lower;
  grid.upper = proposal.upper;
  grid.cells = proposal.cells;
  grid.spacing = proposal.spacing;
  grid.capital_quote = proposal.capital_quote;
  grid.fee = in.rules.fee;
  grid.stop_loss = proposal.stop_loss;
  return {grid, in.decision.created_at, ""};
}

Subject grid_not_set_up(const FollowUpInputs& in) {
  const Recommendation& said = in.decision.recommendation;
  const CandleView bars = in.bars_1h;
  const auto next = std::lower_bound(bars.time.begin(), bars.time.end(), in.decision.created_at);
  const auto closed = static_cast<std::size_t>(next - bars.time.begin());
  decision::ProposalInputs shape;
  shape.close = said.price.value_or(0);
  shape.atr_1h = said.atr;
  shape.atr_4h = in.atr_4h;
  shape.window_1h = bars.part(0, closed).last(static_cast<std::size_t>(in.rules.sigma_bars) + 1);
  const auto geometry =
      said.price ? decision::geometry(shape, 1.0, in.rules) : std::optional<decision::Geometry>{};
  if (!geometry || !(geometry->stop_loss > 0))
    return {{}, {}, "what a grid would have looked like is unknown"};
  GridVersion grid;
  grid.lower = geometry->lower;
  grid.upper = geometry->upper;
  grid.cells = geometry->cells;
  grid.capital_quote = kReferenceCapital;
  grid.fee = in.rules.fee;
  grid.stop_loss = geometry->stop_loss;
  return {grid, in.decision.created_at, ""};
}

}  // namespace

Subject subject_of(const FollowUpInputs& in) {
  switch (in.decision.recommendation.action) {
    case Action::hold:
    case Action::prepare_exit:
    case Action::stop_grid: return running_grid(in);
    case Action::create_grid:
    case Action::create_probationary_grid: return proposed_grid(in);
    case Action::wait: break;
  }
  return grid_not_set_up(in);
}

}  // namespace gridexit::kpi
