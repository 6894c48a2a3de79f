#include "gridexit/pipeline/run.hpp"

#include "cycle.hpp"

namespace gridexit::pipeline {

// Step 1, finding the repository, taking the lock and recovering it, is done by whoever opens the
// store.
RunReport run(const RunInputs& inputs, RunPorts& ports) {
  Cycle cycle(inputs, ports);
  std::vector<SymbolHour> hours;
  cycle.synchronise();                                                  // 2
  if (!cycle.load_configuration()) return cycle.report_unconfigured();  // 3
  cycle.connect();
  if (!cycle.take_time()) return cycle.report(hours);
  for (const Symbol& symbol : cycle.enabled_symbols()) {
    hours.push_back(cycle.evaluate(symbol));  // 4 to 8
    cycle.record(hours.back());               // 9
  }
  cycle.deliver(hours);  // 10
  cycle.record_kpis();
  cycle.push();       // 11
  cycle.beat(hours);  // 12
  return cycle.report(hours);
}

}  // namespace gridexit::pipeline
