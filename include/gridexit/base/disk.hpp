#pragma once
// What to do when the system will not write a file: the same words, whoever tried.

#include <string_view>

namespace gridexit {

/// The remedy for an errno of writing or reading a file: disk full, volume read-only, rights,
/// damaged disk. Empty where there is nothing particular to say.
std::string_view disk_remedy(int error_number);

/// The same for a library's text that ends with the system's words ("...: No space left on
/// device").
std::string_view disk_remedy(std::string_view text);

}  // namespace gridexit
