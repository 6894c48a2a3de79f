#pragma once
// One run at a time per data repository: flock on a file of the state folder. The kernel frees it
// when the process dies, however it dies, so there is never a stale lock to remove.

#include <string>

#include "gridexit/base/result.hpp"

namespace gridexit::adapters {

class RunLock {
 public:
  /// Takes the lock without waiting; the file and its folder are created when missing.
  /// Errors: locked (names the holder's process id when it is known), io.
  static Result<RunLock> acquire(const std::string& path);

  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;
  /// Frees the lock.
  ~RunLock();

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_ = -1;
};

}  // namespace gridexit::adapters
