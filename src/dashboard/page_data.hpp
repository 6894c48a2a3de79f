#pragma once
// The data block of a page: everything that its script draws below the first screen, as one JSON
// text.

#include <cstddef>
#include <string>

#include "gridexit/dashboard/page.hpp"

namespace gridexit::dashboard {

/// How many entries of the growing lists a page takes, newest first.
struct PageLimits {
  std::size_t decisions = 12;
  std::size_t transitions = 12;
};

/// The JSON, safe as content of a script element.
std::string page_data(const PageInputs& inputs, const PageLimits& limits);

}  // namespace gridexit::dashboard
