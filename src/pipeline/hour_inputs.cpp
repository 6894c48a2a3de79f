#include "hour_inputs.hpp"

namespace gridexit::pipeline {

void place_grids(evaluation::HourInputs& in, const GridSituation& situation) {
  in.grid = situation.running;
  in.last_stop = situation.last_stop;
  in.another_grid_runs = situation.another_grid_runs;
  in.held_by_running_grids = situation.held_by_running_grids;
}

std::vector<Notified> notified_in(const std::vector<ExitStateDay>& days) {
  std::vector<Notified> entries;
  for (const ExitStateDay& day : days)
    entries.insert(entries.end(), day.notified.begin(), day.notified.end());
  return entries;
}

}  // namespace gridexit::pipeline
