#pragma once
// The checks of `doctor` over what the repository and its state folder hold. Each gives one answer
// with what to do; none writes, and none talks to a network (what did is handed in).

#include <string>
#include <vector>

#include "gridexit/app/wiring.hpp"
#include "gridexit/audit/operation.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::app {

struct Check {
  std::string name;
  audit::Level level = audit::Level::ok;
  std::string text;  ///< what was found
  std::string hint;  ///< what to do; empty when all is well
};

/// Commits that the remote does not have.
Check check_unpushed(ports::Store& store);
/// Lock files that a killed git left.
Check check_locks(const ports::StoreSize& size);
Check check_disk(const ports::StoreSize& size);
/// How old the symbol's newest record is.
Check check_freshness(ports::Store& store, const std::string& symbol, UtcTime now);
/// Hours of the last week without a record.
Check check_missing_hours(ports::Store& store, const std::string& symbol, UtcTime now);
/// Whether the documents of the last two days, and all grids, can be read.
Check check_documents(ports::Store& store, const std::vector<std::string>& symbols, UtcTime now);
/// Messages that wait or were refused, and what keeps failing.
Check check_delivery(ports::LocalState& state);
/// Exit messages of the last day that a channel has not taken.
Check check_messages(ports::Store& store, ports::LocalState& state,
                     const std::vector<std::string>& symbols, const NotificationSettings& settings,
                     UtcTime now);
/// Which channels take messages to the operator.
Check check_channels(const NotificationSettings& settings);
/// What a channel answered when it was looked at; `notice` is what it had to say besides.
Check check_channel(const std::string& name, const Result<std::string>& look,
                    const std::string& notice);
/// The same of the heartbeat, without which messages still go out.
Check check_heartbeat(const Result<std::string>& look);
/// Running grids of symbols that are not enabled: nobody evaluates them.
Check check_watched(ports::Store& store, const std::vector<std::string>& symbols, UtcTime now);
/// Recommendations marked executed whose grid was not started or stopped.
Check check_executed(ports::Store& store, const std::vector<std::string>& symbols, UtcTime now);

}  // namespace gridexit::app
