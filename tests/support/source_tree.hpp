#pragma once
// Where the tests find the project's own files and the shared reference data.

#include <filesystem>
#include <string_view>

namespace gridexit::testing_support {

/// A file or folder of the checkout: `source_file("tests/support/stand_in.py")`.
std::filesystem::path source_file(std::string_view relative);

/// A file or folder beside the checkout that holds data/ and golden/: GRIDEXIT_SHARED where it is
/// set, ../shared otherwise. Tests skip with a clear message where it is absent.
std::filesystem::path shared_file(std::string_view relative);

}  // namespace gridexit::testing_support
