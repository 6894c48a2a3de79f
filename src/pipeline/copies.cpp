#include "gridexit/pipeline/copies.hpp"

#include <map>

#include "gridexit/codec/documents.hpp"
#include "gridexit/pipeline/history.hpp"

namespace gridexit::pipeline {
namespace {

std::string grid_file(std::string_view symbol) {
  return "grid." + std::string(symbol) + ".yaml";
}

std::string record_file(std::string_view symbol) {
  return "record." + std::string(symbol) + ".yaml";
}

template <class Document>
std::optional<Document> load_copy(ports::LocalState& state, const std::string& file) {
  const auto text = state.load(file);
  if (!text || !*text) return std::nullopt;
  auto read = codec::read<Document>(**text, file);
  if (!read) return std::nullopt;
  return std::move(read->document);
}

}  // namespace

std::optional<Grid> grid_copy(ports::LocalState& state, std::string_view symbol) {
  return load_copy<Grid>(state, grid_file(symbol));
}

std::optional<MetricsRecord> record_copy(ports::LocalState& state, std::string_view symbol) {
  return load_copy<MetricsRecord>(state, record_file(symbol));
}

Result<void> keep_grid_copy(ports::LocalState& state, std::string_view symbol,
                            const Grid* running) {
  if (running == nullptr) return state.remove(grid_file(symbol));
  return state.save(grid_file(symbol), codec::write(*running));
}

Result<void> keep_record_copy(ports::LocalState& state, const MetricsRecord& record) {
  return state.save(record_file(record.symbol), codec::write(record));
}

Result<void> keep_grid_copies(ports::Store& store, ports::LocalState& state, UtcTime at) {
  GX_TRY(const auto grids, all_grids(store));
  std::map<std::string, const Grid*> running;
  for (const Grid& grid : grids) {
    const Grid*& known = running[grid.symbol];
    if (known == nullptr && grid.running_at(at)) known = &grid;
  }
  for (const auto& [symbol, grid] : running) GX_CHECK(keep_grid_copy(state, symbol, grid));
  return {};
}

}  // namespace gridexit::pipeline
