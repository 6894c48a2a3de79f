#include "app/upkeep.hpp"

#include <string>

namespace gridexit::app {
namespace {

constexpr double kWeekSeconds = 7 * 86400.0;
// A week of one symbol's hours makes about 4,000 objects, packed in a second.
constexpr int kManyObjects = 12000;
constexpr int kFirstPack = 4000;
// Beyond that packing takes minutes: `maintain` is for that, not an hourly run.
constexpr int kTooManyForARun = 60000;

}  // namespace

bool packing_is_due(const ports::StoreSize& size) {
  if (size.loose_objects == 0) return false;
  if (!size.newest_pack_age_seconds) return size.loose_objects >= kFirstPack;
  return *size.newest_pack_age_seconds > kWeekSeconds || size.loose_objects > kManyObjects;
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
