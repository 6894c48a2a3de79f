#pragma once
// The figures beside the decision, and where they come from: the rest of a page that needs no
// script.

#include <string>

#include "gridexit/dashboard/page.hpp"

namespace gridexit::dashboard {

/// Price, distances, break probability, regime and confidence as a list of terms.
std::string render_facts(const PageInputs& inputs);

/// Where the record is, and which engine and configuration decided.
std::string render_provenance(const PageInputs& inputs);

}  // namespace gridexit::dashboard
