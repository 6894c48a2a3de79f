#pragma once
// A backtest's figures for people and as a tree: the policies side by side, these rules against
// their targets, and what nobody can know from so few runs said as such.

#include <string>

#include "app/render/style.hpp"
#include "app/render/value.hpp"
#include "gridexit/backtest/report.hpp"

namespace gridexit::app {

/// The markets and the table of policies.
std::string render_comparison(const backtest::Comparison& comparison, const Style& style);
/// The money under the documented order of a bar's extremes beside the worse and the better one.
std::string render_model_error(const std::vector<backtest::PolicyRow>& rows, const Style& style);
/// These rules' KPIs with counts, intervals and targets.
std::string render_targets(const backtest::Row& row, const Style& style);
/// The transitions that these rules' runs faced, with lead times.
std::string render_announcements(const std::vector<backtest::Announcement>& announcements,
                                 const Style& style);

/// All KPIs and the money of one row, not rounded.
Value to_value(const backtest::Row& row);
Value to_value(const backtest::MarketSpan& market);
Value to_value(const backtest::PolicyRow& row);
Value to_value(const backtest::Announcement& seen);
/// [time, PnL] pairs.
Value to_value(const std::vector<backtest::MoneyPoint>& curve);
Value to_value(const backtest::Comparison& comparison);

}  // namespace gridexit::app
