// Writes the sample pages with their assets and index into a folder, as the product would: for the
// browser tests, and for looking at them. Usage: dashboard_pages FOLDER

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "gridexit/dashboard/assets.hpp"
#include "gridexit/dashboard/index.hpp"
#include "gridexit/dashboard/page.hpp"
#include "gridexit/domain/paths.hpp"
#include "unit/dashboard/sample.hpp"

namespace {

namespace fs = std::filesystem;
using namespace gridexit;

bool write(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  return static_cast<bool>(std::ofstream(path, std::ios::binary)
                               .write(bytes.data(), static_cast<std::streamsize>(bytes.size())));
}

dashboard::sample::Page in_state(ExitState state, Action action) {
  dashboard::sample::Page page = dashboard::sample::falling_grid();
  page.record.exit_state->state = state;
  page.record.exit_state->tier = state;
  page.record.recommendation = {RecommendationType::grid_manage, action, std::nullopt};
  return page;
}

bool write_all(const fs::path& folder) {
  bool ok = true;
  for (const dashboard::Asset& asset : dashboard::assets()) {
    ok = write(folder / paths::kAssetFolder / dashboard::asset_version() / asset.name,
               asset.bytes) &&
         ok;
  }
  std::vector<dashboard::IndexEntry> entries;
  const auto add = [&](dashboard::sample::Page page, const std::string& symbol) {
    page.record.symbol = symbol;
    ok = write(folder / paths::page(symbol, page.record.timestamp),
               dashboard::render_page(page.inputs())) &&
         ok;
    entries.push_back(dashboard::index_entry(page.record));
    for (const MetricsRecord& record : page.history) {
      entries.push_back(dashboard::index_entry(record));
      entries.back().symbol = symbol;
    }
  };
  add(dashboard::sample::falling_grid(), "ETH-USDT");
  add(in_state(ExitState::normal, Action::hold), "ADA-USDT");
  add(in_state(ExitState::warning, Action::prepare_exit), "SOL-USDT");
  add(in_state(ExitState::mandatory_exit, Action::stop_grid), "XRP-USDT");
  add(dashboard::sample::waiting_for_gates(), "BTC-USDT");
  add(dashboard::sample::hostile_texts(), "BAD-USDT");
  ok = write(folder / paths::kIndexPage, dashboard::render_index(entries)) && ok;
  return write(folder / "standalone.html",
               dashboard::render_standalone(dashboard::sample::falling_grid().inputs())) &&
         ok;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: dashboard_pages FOLDER\n", stderr);
    return 2;
  }
  return write_all(argv[1]) ? 0 : 1;
}
