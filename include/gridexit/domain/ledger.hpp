#pragma once
// The document `ledger.yaml` of the state folder: what was delivered, what waits, and what keeps
// failing. Never committed, may be deleted at any time: then at worst a message is sent twice.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/message.hpp"

namespace gridexit {

enum class DeliveryStatus { delivered, rejected, superseded };

/// One message on one channel is settled.
struct Delivery {
  std::string message_id;
  std::string channel;
  DeliveryStatus status = DeliveryStatus::delivered;
  UtcTime at{};
};

/// Something that fails run after run; removed when it works again.
struct FailureStreak {
  std::string key;  ///< "remote.push", "data.ETH-USDT"
  UtcTime since{};  ///< T of the first failure
  UtcTime last{};   ///< T of the newest failure, so that a second run in the hour counts once
  int count = 0;    ///< hours in a row
  std::optional<UtcTime> alerted_at;
};

struct Ledger {
  std::string schema_version = "2.0";
  std::vector<Delivery> deliveries;     ///< of the last 48 h
  std::vector<Message> pending_alerts;  ///< alerts have no record to be derived from again
  std::vector<FailureStreak> failures;
};

}  // namespace gridexit
