#pragma once
// Scripts and styles that pages share, embedded in the program. They are written once per version,
// so that an hourly page costs its data only, and an old page keeps the scripts it was made with.

#include <string>
#include <string_view>
#include <vector>

namespace gridexit::dashboard {

/// A file to be written under dashboards/assets/{asset_version()}/.
struct Asset {
  std::string_view name;  ///< "page.js"
  std::string_view bytes;
};

/// All of them, in the order in which a page loads them.
const std::vector<Asset>& assets();

/// The first 12 digits of the SHA-256 over all names and bytes.
const std::string& asset_version();

}  // namespace gridexit::dashboard
