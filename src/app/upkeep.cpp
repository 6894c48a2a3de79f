#include "app/upkeep.hpp"

#include <string>

namespace gridexit::app {
namespace {

constexpr double kWeekSeconds = 7 * 86400.0;
// A week of hours leaves 168 small packs; replayed hours leave as many within a minute.
constexpr int kManySmallPacks = 200;
// As an earlier version or another git leaves them: packed in a second.
constexpr int kManyObjects = 4000;
// What an hourly run packs at once: seconds, on a slow disk less than a minute. The next runs go
// on.
constexpr ports::PackBounds kHourly{.objects_max = 10000, .seconds_max = 120};

}  // namespace

bool packing_is_due(const ports::StoreSize& size) {
  const bool week_is_over =
      size.small_packs > 1 && size.oldest_small_pack_age_seconds.value_or(0) > kWeekSeconds;
  return week_is_over || size.small_packs >= kManySmallPacks || size.loose_objects >= kManyObjects;
}

void pack_when_due(ports::Maintenance& maintenance, ports::Log& log) {
  const auto size = maintenance.size();
  if (!size || !packing_is_due(*size)) return;
  const auto packed = maintenance.pack(kHourly);
  if (!packed) {
    log.event({ports::LogLevel::warning, "pack.failed", {{"message", packed.error().text()}}});
    return;
  }
  log.event({ports::LogLevel::info,
             "pack.done",
             {{"packed_count", std::to_string(packed->packed_objects)},
              {"removed_count", std::to_string(packed->removed_objects)}}});
}

}  // namespace gridexit::app
