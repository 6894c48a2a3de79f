#pragma once
// The upkeep of the data repository on disk: how large it is, what a killed process left, and
// packing; and how the other side looks.
// Never touches what a commit holds.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"

namespace gridexit::ports {

/// A lock file of git, and how long it has been there.
struct LockFile {
  std::string name;  ///< relative to the git folder
  double age_seconds = 0;
};

/// The objects on disk.
struct StoreSize {
  int packs = 0;
  int small_packs = 0;  ///< of these, as single commits leave them
  int loose_objects = 0;
  std::int64_t pack_bytes = 0;
  std::int64_t loose_bytes = 0;
  std::optional<double> oldest_small_pack_age_seconds;  ///< none without a small pack
  std::vector<LockFile> locks;
  std::optional<std::int64_t> free_bytes;  ///< of the volume; none when unknown
};

/// How much is packed at once, and how long that may take.
struct PackBounds {
  int objects_max = std::numeric_limits<int>::max();
  double seconds_max = 86400;
};

/// What packing did.
struct PackOutcome {
  int packed_objects = 0;   ///< written into the new pack
  int removed_objects = 0;  ///< loose ones that a pack holds, read back before
};

/// The other side, looked at without fetching anything.
struct RemoteLook {
  bool has_remote = false;
  std::string head;        ///< empty: it has no commits
  bool rewritten = false;  ///< known not to lead on from the last accepted head
  bool has_more = false;   ///< its head is not here: only a fetch tells how it got there
};

class Maintenance {
 public:
  virtual ~Maintenance() = default;
  /// Error: store_unusable.
  virtual Result<StoreSize> size() = 0;
  /// Puts loose objects and small packs into one pack, the oldest ones first, and removes what
  /// reads back from it. May be killed at any moment: then objects are there twice, never not at
  /// all. Only while holding the run lock. Errors: store_unusable, deadline_exceeded (out of time,
  /// or the run was asked to end); the next call goes on where this one ended.
  virtual Result<PackOutcome> pack(const PackBounds& bounds) = 0;
  /// Asks the remote for its head, bounded in time. Errors: remote.*, deadline.exceeded.
  virtual Result<RemoteLook> look_at_remote(double timeout_seconds) = 0;
};

}  // namespace gridexit::ports
