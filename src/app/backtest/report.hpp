#pragma once
// A backtest between the work and its words. Each machine makes a part; one function makes the
// report of all parts, whether there is one or many, so that a merged report can't differ from that
// of a single machine.

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/backtest/material.hpp"
#include "app/backtest/options.hpp"
#include "app/render/recorded_text.hpp"
#include "app/render/sweep_text.hpp"
#include "app/rule_sets.hpp"
#include "gridexit/backtest/report.hpp"
#include "gridexit/backtest/slice.hpp"

namespace gridexit::app {

/// What was asked, of which material; the same for all parts of one report.
struct Asked {
  /// By name, in a fixed order: engine, rules, data, options. Parts that differ here are none of
  /// one report.
  std::vector<std::pair<std::string, std::string>> settings;
  std::string source;  ///< "candle files" or the commit
  bool simulated = false;
  std::vector<backtest::MarketSpan> markets;
  std::optional<RecordedFacts> recorded;  ///< none: candle files
  std::vector<std::string> rule_sets;     ///< names of all that are tried; none: a comparison
};

/// Rows of the slice's policies or rule sets, in their order.
struct ComparedPart {
  std::vector<backtest::PolicyRow> rows;
  std::vector<backtest::Announcement> announcements;
};
struct SweptPart {
  std::vector<backtest::Row> rows;
};
/// Steps as chosen among the slice's rule sets; none when it has none.
struct WalkedPart {
  std::vector<backtest::Step> steps;
};

/// What one machine found.
struct Part {
  Asked asked;
  backtest::Slice slice;
  std::variant<ComparedPart, SweptPart, WalkedPart> found;

  /// Items of work of all parts together.
  std::size_t items() const {
    return asked.rule_sets.empty() ? backtest::kPolicies : asked.rule_sets.size();
  }
};

struct BacktestReport {
  Asked asked;
  std::variant<backtest::Comparison, Swept, Walked> found;
};

/// Does the slice's work. `sets` is empty for a comparison.
Part compute_part(const BacktestOptions& options, const Material& material,
                  const std::vector<RuleSet>& sets, Output& output);

/// The report of all parts of one backtest, each slice once, in any order.
BacktestReport assemble(std::vector<Part> parts);

std::string render_report(const BacktestReport& report, const Style& style);
Value to_value(const BacktestReport& report);

/// Prints the report, and writes it as a page too where `html` names a file. Error: io.
Result<ExitCode> publish(const BacktestReport& report, const std::optional<std::string>& html,
                         Context& context);

}  // namespace gridexit::app
