#include "app/grid_changes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/session.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/names.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::app {
namespace {

// What a definition says, apart from since when.
std::string substance(GridVersion version) {
  version.from = UtcTime{};
  Grid grid;
  grid.versions.push_back(version);
  return codec::write(grid);
}

bool asks_for_something(Action action) {
  switch (action) {
    case Action::hold:
    case Action::wait: return false;
    case Action::prepare_exit:
    case Action::stop_grid:
    case Action::create_probationary_grid:
    case Action::create_grid: return true;
  }
  return true;
}

template <class Document>
Result<std::string> valid_bytes(const Document& document, const std::string& path) {
  const auto problems = codec::problems(document);
  if (problems.empty()) return codec::write(document);
  return Error{ErrorCode::document_invalid,
               path + ": " + join(problems, "\n"),
               "nothing was changed; mend the values and try again",
               {}};
}

}  // namespace

Result<UtcTime> event_time(Context& context, const std::optional<UtcTime>& at) {
  const UtcTime now = context.wiring.clock().now();
  if (!at || *at <= now) return at.value_or(now);
  return Error{ErrorCode::usage,
               fmt::format("--at {} is in the future", format_utc(*at)),
               fmt::format("now is {}", format_utc(now)),
               {}};
}

Result<void> check_event_time(const Grid& grid, UtcTime at) {
  if (grid.history.empty() || grid.history.back().time <= at) return {};
  return Error{ErrorCode::conflict,
               fmt::format("{} is before the newest entry of {} ({})", format_utc(at), grid.grid_id,
                           format_utc(grid.history.back().time)),
               "history is append-only; give a later --at",
               {}};
}

std::string next_grid_id(const std::vector<Grid>& grids, const std::string& symbol) {
  std::string base = symbol.substr(0, symbol.find('-'));
  std::transform(base.begin(), base.end(), base.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  for (int number = 1;; ++number) {
    std::string id = fmt::format("{}-grid-{}", base, number);
    const bool taken = std::any_of(grids.begin(), grids.end(),
                                   [&id](const Grid& grid) { return grid.grid_id == id; });
    if (!taken) return id;
  }
}

void append_version(Grid& grid, const GridVersion& version) {
  if (grid.versions.empty() || substance(grid.versions.back()) != substance(version)) {
    grid.versions.push_back(version);
  }
}

Result<void> check_answerable(const DecisionRecord& decision, OperatorAction answer) {
  const Action asked = decision.recommendation.action;
  if (asks_for_something(asked)) return {};
  return Error{ErrorCode::conflict,
               fmt::format("{} says {}, which asks for nothing that could be {}",
                           decision.decision_id, to_text(asked), to_text(answer)),
               "record what you did with gridexit grid start or gridexit grid stop alone",
               {}};
}

Result<void> add_grid(const Grid& grid, ports::ChangeSet& changes) {
  const std::string path = paths::grid(grid.grid_id);
  GX_TRY(std::string bytes, valid_bytes(grid, path));
  changes.files.insert_or_assign(path, std::move(bytes));
  return {};
}

Result<void> add_decision(const DecisionRecord& decision, ports::ChangeSet& changes) {
  const std::string path = paths::decision(decision.symbol, decision.created_at);
  GX_TRY(std::string bytes, valid_bytes(decision, path));
  changes.files.insert_or_assign(path, std::move(bytes));
  return {};
}

}  // namespace gridexit::app
