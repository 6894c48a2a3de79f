#include "app/upkeep.hpp"

#include <string>

namespace gridexit::app {
namespace {

constexpr double kWeekSeconds = 7 * 86400.0;
// A week of hours leaves 168 small packs; replayed hours leave as many within a minute.
constexpr int kManySmallPacks = 200;
// As an earlier version or another git leaves them: packed in a second.
constexpr int kManyObjects = 4000;
// Beyond that packing takes minutes: `maintain` is for that, not an hourly run.
constexpr int kTooManyForARun = 60000;

}  // namespace

bool packing_is_due(const ports::StoreSize& size) {
  const bool week_is_over =
      size.small_packs > 1 && size.oldest_small_pack_age_seconds.value_or(0) > kWeekSeconds;
  return week_is_over || size.small_packs >= kManySmallPacks || size.loose_objects >= kManyObjects;
}

void pack_when_due(ports::Maintenance& maintenance, ports::Log& log) {
  const auto size = maintenance.size();
  if (!size || !packing_is_due(*size)) return;
  if (size->loose_objects > kTooManyForARun) {
    log.event({ports::LogLevel::warning,
               "pack.postponed",
               {{"message", "too many loose objects for an hourly run: run gridexit maintain"},
                {"objects_count", std::to_string(size->loose_objects)}}});
    return;
  }
  const auto packed = maintenance.pack();
  if (!packed) {
    log.event({ports::LogLevel::warning, "pack.failed", {{"message", packed.error().message}}});
    return;
  }
  log.event({ports::LogLevel::info,
             "pack.done",
             {{"packed_count", std::to_string(packed->packed_objects)},
              {"removed_count", std::to_string(packed->removed_objects)}}});
}

}  // namespace gridexit::app
