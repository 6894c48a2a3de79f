// Parts of a backtest come from other machines: whatever the bytes, reading ends with a part that
// reads back the same and that the report can be made of, or with an error that names the file.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/backtest/shard.hpp"
#include "app/render/report_page.hpp"
#include "fuzz/demand.hpp"

namespace {

using namespace gridexit;
using fuzz::demand;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto part = app::read_part(text, "part");
  if (!part) {
    demand(part.error().message.starts_with("part: ") && !part.error().hint.empty());
    return 0;
  }
  const std::string written = app::write_part(*part);
  const auto again = app::read_part(written, "again");
  demand(again.has_value() && app::write_part(*again) == written);
  if (!app::check_parts({{"part", *part}})) return 0;
  std::vector<app::Part> parts;
  parts.push_back(*part);
  const app::BacktestReport report = app::assemble(std::move(parts));
  demand(!app::render_report(report, app::Style{}).empty());
  demand(!app::render_page(report).empty());
  return 0;
}
