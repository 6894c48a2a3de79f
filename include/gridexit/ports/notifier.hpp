#pragma once
// A channel that takes rendered messages to the operator.

#include <string>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/message.hpp"

namespace gridexit::ports {

class Notifier {
 public:
  virtual ~Notifier() = default;
  /// Stable name, the ledger's key: "log", "webhook", "pushover".
  virtual std::string name() const = 0;
  /// Delivers once. Errors: notify.unavailable (may be repeated), notify.rejected (must not be).
  virtual Result<void> deliver(const Message& message) = 0;
  /// Whether it would take a message, without sending one: what was found, for people. Errors as
  /// of deliver.
  virtual Result<std::string> look() = 0;
  /// What the operator should know although the last exchange went well, such as a quota that
  /// runs out; empty otherwise.
  virtual std::string notice() const { return {}; }
};

}  // namespace gridexit::ports
