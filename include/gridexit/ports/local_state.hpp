#pragma once
// The small folder beside the repository (`gridexit-state/NAME`): never committed, and may be
// deleted at any time.

#include <optional>
#include <string>
#include <string_view>

#include "gridexit/base/result.hpp"

namespace gridexit::ports {

class LocalState {
 public:
  virtual ~LocalState() = default;
  /// A small file's bytes; nothing when it does not exist.
  virtual Result<std::optional<std::string>> load(std::string_view name) = 0;
  /// Replaces it atomically.
  virtual Result<void> save(std::string_view name, std::string_view content) = 0;
  /// Removes it; a file that does not exist is no error.
  virtual Result<void> remove(std::string_view name) = 0;
};

}  // namespace gridexit::ports
