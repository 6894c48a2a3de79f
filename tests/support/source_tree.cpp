#include "support/source_tree.hpp"

#include <cstdlib>

namespace gridexit::testing_support {
namespace {

// The only place that knows where the checkout lies: what g++ warns about, and what the compiler
// cache finds again, must not depend on the length of a path.
const std::filesystem::path& source_folder() {
  static const std::filesystem::path folder = GRIDEXIT_SOURCE_DIR;
  return folder;
}

}  // namespace

std::filesystem::path source_file(std::string_view relative) {
  return source_folder() / relative;
}

std::filesystem::path shared_file(std::string_view relative) {
  const char* const folder = std::getenv("GRIDEXIT_SHARED");
  return (folder != nullptr ? std::filesystem::path(folder)
                            : source_folder().parent_path() / "shared") /
         relative;
}

}  // namespace gridexit::testing_support
