#include "gridexit/backtest/replay.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

namespace gridexit::backtest {
namespace {

simulation::GridSetup setup_of(const GridVersion& grid, double start_close, simulation::Path path) {
  simulation::GridSetup setup = simulation::make_setup(grid, start_close);
  setup.path = path;
  return setup;
}

/// One run bar by bar.
class Run {
 public:
  Run(const Judged& market, const GridVersion& grid, std::size_t bar, simulation::Path path,
      const Policy& policy)
      : bars_(market.track.bars.view()),
        simulation_(setup_of(grid, bars_.close[bar], path)),
        policy_(market, policy),
        now_{.grid = grid, .bar = bar} {
    run_.symbol = market.track.symbol;
    run_.start = grid.from;
    run_.risk = simulation_.risk();
    record(ExitState::normal);
  }

  /// Takes the next bar; false when the run has ended at its close.
  bool advance() {
    const std::size_t bar = ++now_.bar;
    simulation_.advance(bars_.open[bar], bars_.high[bar], bars_.low[bar], bars_.close[bar]);
    now_.since.take(bars_.low[bar], bars_.close[bar], now_.grid);
    now_.loss_share = std::max(0.0, -simulation_.equity()) / run_.risk;
    const ExitState state = policy_.advance(now_);
    record(state);
    return !simulation_.stopped() && state < ExitState::latest_acceptable_exit;
  }

  kpi::GridRun take() { return std::move(run_); }

 private:
  void record(ExitState state) {
    run_.states.push_back(state);
    run_.pnl.push_back(simulation_.equity());
  }

  CandleView bars_;
  simulation::GridSimulation simulation_;
  PolicyState policy_;
  GridAtClose now_;
  kpi::GridRun run_;
};

/// Whether a grid may start at the close of this bar, and when the next one may after a run.
class Starts {
 public:
  Starts(const Judged& market, const Harness& harness) : harness_(harness) {
    if (harness.start_by == StartBy::gates) {
      passed_ = gates_passed(market.track, market.timeline, market.rules, harness.gates_from);
    }
    const std::size_t size = market.track.size();
    end_ = size > harness.last_bars ? size - harness.last_bars : 0;
  }

  std::size_t end() const { return end_; }
  bool allowed(std::size_t bar) const { return passed_.empty() || passed_[bar] != 0; }
  std::size_t after(std::size_t run_end) const {
    return run_end + (harness_.start_by == StartBy::gates ? 1 : harness_.pause);
  }

 private:
  const Harness& harness_;
  std::vector<std::uint8_t> passed_;  ///< empty: by schedule
  std::size_t end_ = 0;
};

/// Grid after grid from one offset after the other. Offsets soon fall into step, so a run that
/// another offset has had already is not simulated again.
class Replay {
 public:
  Replay(const Judged& market, const Harness& harness, const Policy& policy)
      : market_(market), harness_(harness), policy_(policy), starts_(market, harness) {}

  Sequence sequence(int offset) {
    Sequence sequence{market_.track.symbol, offset, {}};
    std::size_t bar = harness_.first_bar + static_cast<std::size_t>(offset);
    while (bar < starts_.end()) {
      const std::size_t turn = static_cast<std::size_t>(offset) + sequence.runs.size();
      const kpi::GridRun* run = starts_.allowed(bar) ? run_from(bar, turn) : nullptr;
      if (run == nullptr) {
        ++bar;
        continue;
      }
      sequence.runs.push_back(*run);
      bar = starts_.after(bar + static_cast<std::size_t>(run->end()));
    }
    return sequence;
  }

 private:
  /// The run of the grid started at the close of `bar`; none when no grid can be.
  const kpi::GridRun* run_from(std::size_t bar, std::size_t turn) {
    const std::size_t width = harness_.width_at(turn);
    const auto known = runs_.find({bar, width});
    if (known != runs_.end()) return &known->second;
    const auto grid = shape_grid(market_.track, bar, width, harness_, market_.rules.setup);
    if (!grid) return nullptr;
    const auto added =
        runs_.emplace(std::pair{bar, width}, run_grid(market_, *grid, bar, harness_, policy_));
    return &added.first->second;
  }

  const Judged& market_;
  const Harness& harness_;
  const Policy& policy_;
  Starts starts_;
  std::map<std::pair<std::size_t, std::size_t>, kpi::GridRun> runs_;  // by bar and width
};

/// Profit and drawdown of one sequence.
Earnings earnings_of(const Sequence& sequence) {
  Earnings result;
  double peak = 0;
  for (const kpi::GridRun& run : sequence.runs) {
    for (const double open : run.pnl) {
      const double curve = result.pnl + open;
      peak = std::max(peak, curve);
      result.drawdown = std::max(result.drawdown, peak - curve);
    }
    result.pnl += run.pnl.back();
  }
  return result;
}

}  // namespace

kpi::GridRun run_grid(const Judged& market, const GridVersion& grid, std::size_t bar,
                      const Harness& harness, const Policy& policy) {
  const std::size_t last =
      std::min(bar + static_cast<std::size_t>(harness.run_hours), market.track.size() - 1);
  Run run(market, grid, bar, harness.path, policy);
  for (std::size_t next = bar + 1; next <= last && run.advance(); ++next) {
  }
  kpi::GridRun result = run.take();
  result.price = kpi::price_outcome(market.track.bars.view(), bar, harness.run_hours,
                                    {grid.lower, grid.upper, grid.stop_loss});
  return result;
}

std::vector<Sequence> replay(const Judged& market, const Harness& harness, const Policy& policy) {
  Replay replay(market, harness, policy);
  std::vector<Sequence> sequences;
  for (const int offset : harness.offsets) {
    sequences.push_back(replay.sequence(offset));
    if (harness.start_by == StartBy::gates) break;
  }
  return sequences;
}

Earnings earnings(std::span<const Sequence> sequences) {
  Earnings total;
  for (const Sequence& sequence : sequences) {
    if (sequence.offset != sequences.front().offset) continue;
    const Earnings one = earnings_of(sequence);
    total.pnl += one.pnl;
    total.drawdown = std::max(total.drawdown, one.drawdown);
  }
  return total;
}

Row summarise(std::span<const Sequence> sequences, const kpi::BootstrapOptions& options) {
  std::vector<kpi::GridRun> runs;
  for (const Sequence& sequence : sequences) {
    runs.insert(runs.end(), sequence.runs.begin(), sequence.runs.end());
  }
  return {kpi::compute(runs, kpi::Dependence::overlapping_runs, options), earnings(sequences)};
}

double alarm_rate(std::span<const Sequence> sequences) {
  std::size_t alarms = 0;
  std::size_t hours = 0;
  for (const Sequence& sequence : sequences) {
    for (const kpi::GridRun& run : sequence.runs) {
      alarms += kpi::exits(run).size();
      hours += run.states.size() - 1;
    }
  }
  return hours == 0 ? 0 : static_cast<double>(alarms) / static_cast<double>(hours);
}

}  // namespace gridexit::backtest
