#pragma once
// What the configuration decides to talk to. Made by the wiring once the configuration is known.

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/ports/exchange.hpp"
#include "gridexit/ports/log.hpp"
#include "gridexit/ports/notifier.hpp"

namespace gridexit::ports {

/// A folder on disk for pages, outside the repository.
class PageFolder {
 public:
  virtual ~PageFolder() = default;
  /// Replaces one file atomically; `path` is relative, with forward slashes.
  virtual Result<void> write(std::string_view path, std::string_view bytes) = 0;
};

enum class Health { well, failing };

/// A dead man's switch: its silence is the alert.
class Heartbeat {
 public:
  virtual ~Heartbeat() = default;
  /// Pings, or calls the failure endpoint where there is one. `head` (commit id, may be empty)
  /// travels along.
  virtual Result<void> beat(Health health, std::string_view head) = 0;
  /// Whether its addresses can be reached, without a beat. Errors: notify.*.
  virtual Result<std::string> look() = 0;
};

struct Connections {
  /// An error when the exchange cannot even be set up; messages still go out.
  Result<std::unique_ptr<Exchange>> exchange;
  std::vector<std::unique_ptr<Notifier>> notifiers;
  std::unique_ptr<Heartbeat> heartbeat;     ///< none when not configured
  std::unique_ptr<PageFolder> page_folder;  ///< none: pages only in the repository
};

/// What it writes to the log goes to the run's own, so that it names the run.
using Connect = std::function<Connections(const Environment&, Log&)>;

}  // namespace gridexit::ports
