#pragma once
// The first screen of a page as finished markup: state, action, reasons, escalation, what failed.
// It needs neither script nor style sheet, so the decision can be read even from a page that lost
// its assets.

#include <string>

#include "gridexit/dashboard/page.hpp"

namespace gridexit::dashboard {

/// Banners (simulated data, other origin) and failures; empty when there are none.
std::string render_notices(const PageInputs& inputs);

/// State, action and what it means.
std::string render_headline(const PageInputs& inputs);

}  // namespace gridexit::dashboard
