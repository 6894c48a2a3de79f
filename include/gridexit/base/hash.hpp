#pragma once
// Content hashes: fingerprints of datasets and configurations, ids of files.

#include <string>
#include <string_view>

namespace gridexit {

/// SHA-256 of the bytes as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// The id that git gives to a file of these bytes: SHA-1 over "blob SIZE", a zero byte and the
/// bytes, as 40 lower-case hexadecimal digits. So a file can be referred to before it is stored.
std::string git_blob_id(std::string_view bytes);

}  // namespace gridexit
