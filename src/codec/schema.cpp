#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "by_type.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/kpi_day.hpp"
#include "gridexit/domain/raw_day.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::codec {
namespace {

struct Entry {
  std::string_view name;
  std::string_view title;
  std::string (*make)(std::string_view name, std::string_view title, Format format);
};

constexpr std::array<Entry, 9> kEntries{{
    {"metrics", "One evaluation: what it saw, computed and said", schema_of<MetricsRecord>},
    {"exit_states", "Changes of the exit state within a day", schema_of<ExitStateDay>},
    {"decision", "A recommendation and what became of it", schema_of<DecisionRecord>},
    {"grid", "A grid's definitions and history", schema_of<Grid>},
    {"raw_data", "The candles of a UTC day", schema_of<RawDay>},
    {"failed_hour", "Attempts that ended without an evaluation", schema_of<FailedHour>},
    {"kpis", "The KPIs as they stood when a UTC day ended", schema_of<KpiDay>},
    {"exit_strategy_config", "Rules of the exit strategy", schema_of<Rules>},
    {"environment", "Where gridexit runs and whom it talks to", schema_of<Environment>},
}};

}  // namespace

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  names.reserve(kEntries.size());
  for (const Entry& entry : kEntries) names.emplace_back(entry.name);
  return names;
}

Result<std::string> schema(std::string_view name, Format format) {
  const auto found = std::find_if(kEntries.begin(), kEntries.end(),
                                  [name](const Entry& entry) { return entry.name == name; });
  if (found != kEntries.end()) return found->make(found->name, found->title, format);
  const auto meant = nearest(name, schema_names());
  return Error{ErrorCode::not_found,
               fmt::format("there is no schema named \"{}\"", name),
               meant ? fmt::format("did you mean {}?", *meant)
                     : "choose one of " + join(schema_names(), ", "),
               {}};
}

}  // namespace gridexit::codec
