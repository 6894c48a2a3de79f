#pragma once
// Messages composed from records. Every figure comes from the record; nothing is decided here.

#include <optional>
#include <string>
#include <vector>

#include "gridexit/domain/decision.hpp"
#include "gridexit/domain/message.hpp"
#include "gridexit/domain/record.hpp"
#include "gridexit/domain/rules.hpp"

namespace gridexit::pipeline {

/// What a message says beside its record.
struct MessageContext {
  std::string head;  ///< commit that holds the record; empty: not recorded
  std::string page;  ///< URL or path; empty: there is none
  bool simulated = false;
  int overstay = 24;  ///< evaluations until LATEST_ACCEPTABLE_EXIT becomes mandatory
  std::vector<std::string> problems;     ///< what failed, and what that does
  Hours delay{0};                        ///< since the hour that the message speaks of
  std::vector<std::string> superseded;   ///< earlier messages that did not get through everywhere
  std::optional<UtcTime> stopped;        ///< the grid was stopped since
  std::optional<UtcTime> said_executed;  ///< the operator left, but the grid is recorded as running
};

/// Ids of messages, the delivery ledger's keys.
std::string exit_message_id(const std::string& symbol, const Notified& notified);
std::string setup_message_id(const std::string& decision_id);

/// The message of an exit state; `record` must have one.
Message exit_message(const MetricsRecord& record, const std::optional<DecisionRecord>& decision,
                     const MessageContext& context);

/// The message of a setup proposal.
Message setup_message(const MetricsRecord& record, const DecisionRecord& decision,
                      const MessageContext& context);

/// An alert about the program or its surroundings. `symbol` may be empty.
Message alert_message(const std::string& key, const std::string& symbol, UtcTime at,
                      const std::string& text, int priority, const MessageContext& context);

}  // namespace gridexit::pipeline
