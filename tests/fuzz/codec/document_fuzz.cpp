// Documents may come from another writer's repository: whatever the bytes, reading ends with a
// document whose canonical bytes read back the same, or with an error.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/grid.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/record.hpp"

namespace {

using namespace gridexit;

template <class Document>
void check(std::string_view text) {
  const auto document = codec::read<Document>(text, "fuzz");
  if (!document) {
    if (document.error().code != ErrorCode::document_invalid) std::abort();
    return;
  }
  // What an earlier version did not hold keeps defaults that need not be valid now; it is never
  // rewritten.
  if (!document->warnings.empty()) return;
  const std::string canonical = codec::write(document->document);
  const auto again = codec::read<Document>(canonical, "again");
  if (!again || codec::write(again->document) != canonical) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check<MetricsRecord>(text);
  check<ExitStateDay>(text);
  check<DecisionRecord>(text);
  check<Grid>(text);
  check<FailedHour>(text);
  check<KpiDay>(text);
  return 0;
}
