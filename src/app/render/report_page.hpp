#pragma once
// A backtest's report as a page to be looked at or sent: the same tree as `-o json`, the judged
// figures beside it, and the verdict in a sentence.

#include <string>

#include "app/backtest/report.hpp"

namespace gridexit::app {

/// One HTML file with everything inside.
std::string render_page(const BacktestReport& report);

}  // namespace gridexit::app
