#pragma once
// How a page gets its scripts and styles, and the Content-Security-Policy that allows these and
// nothing else.

#include <span>
#include <string>
#include <string_view>

#include "gridexit/dashboard/assets.hpp"

namespace gridexit::dashboard {

struct Resources {
  std::string policy;   ///< content of the policy's meta element
  std::string styles;   ///< link or style elements, for the head
  std::string scripts;  ///< script elements, for the end of the body: they read the data block
};

/// References to {up}assets/{version}/…; 'self' also covers pages opened from a file.
Resources linked_resources(std::string_view up);

/// The style sheet alone, for pages without script.
Resources linked_style(std::string_view up);

/// These files inside the page, allowed by their hashes.
Resources inlined_resources(std::span<const Asset> files);

}  // namespace gridexit::dashboard
