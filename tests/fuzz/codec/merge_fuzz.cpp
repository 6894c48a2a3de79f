// Two writers' versions of one document, and what both began with: the merged text is a document
// that holds what the other side has, or there is an error. Parts are separated by a line "====".

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "gridexit/codec/documents.hpp"

namespace {

using namespace gridexit;

constexpr std::string_view kSeparator = "\n====\n";

std::string_view next_part(std::string_view& rest) {
  const std::size_t cut = rest.find(kSeparator);
  const std::string_view part = rest.substr(0, cut);
  rest = cut == std::string_view::npos ? std::string_view{} : rest.substr(cut + kSeparator.size());
  return part;
}

void check(std::string_view path, std::string_view base, std::string_view ours,
           std::string_view theirs) {
  const auto merged = codec::merge_appended(path, base, ours, theirs);
  if (!merged) {
    const ErrorCode code = merged.error().code;
    if (code != ErrorCode::conflict && code != ErrorCode::document_invalid) std::abort();
    return;
  }
  // Merging once more adds nothing.
  const auto again = codec::merge_appended(path, *merged, *merged, *merged);
  if (!again || *again != *merged) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::string_view base = next_part(rest);
  const std::string_view ours = next_part(rest);
  const std::string_view theirs = next_part(rest);
  for (const std::string_view path :
       {"exit_states/ETH-USDT/2025/01/2025-01-01.yaml",
        "decisions/2025/01/01/dec-ETH-USDT-20250101T000000Z.yaml", "grids/grid-1.yaml",
        "raw_data/ETH-USDT/1h/2025/01/2025-01-01.json"}) {
    check(path, base, ours, theirs);
  }
  return 0;
}
