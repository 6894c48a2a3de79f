#pragma once
// Delivery at least once, by the ledger: a message is repeated on a channel until it is delivered
// or rejected there.

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/domain/ledger.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/log.hpp"
#include "gridexit/ports/notifier.hpp"

namespace gridexit::pipeline {

/// Something that went wrong in this run, as the operator is told of it.
struct Problem {
  std::string key;        ///< stable: "data.ETH-USDT", "push.failed"
  std::string symbol;     ///< empty: concerns the whole run
  std::string text;       ///< what failed and what that does
  int alert_after = 1;    ///< hours in a row before an alert goes out
  int repeat_hours = 24;  ///< between alerts while it lasts
  int priority = 0;
};

/// The ledger in memory, and the channels. Loads on construction, saves after every change that
/// must survive a kill.
class Outbox {
 public:
  /// An unreadable ledger is started anew: then at worst a message is sent a second time. All must
  /// outlive it.
  Outbox(ports::LocalState& state, ports::Clock& clock, ports::Log& log);

  /// The channels that messages of this run go to.
  void connect(std::vector<ports::Notifier*> channels) { channels_ = std::move(channels); }

  /// Whether every channel has settled this message.
  bool settled(const std::string& message_id) const;

  /// Delivers on every channel that has not settled it: once on each, then again on those that
  /// failed, with pauses. Once that was in vain, the run's other messages are tried only once, so
  /// that a dead channel costs the run seconds, not minutes. Where it gets through, the older
  /// messages that it stands for are settled too. The result says whether all channels have settled
  /// it now.
  bool deliver(const Message& message, UtcTime at, const std::vector<std::string>& older = {});

  /// Counts the run's problems hour by hour (twice in an hour counts once) and returns those due
  /// for an alert.
  std::vector<Problem> due_alerts(const std::vector<Problem>& problems, UtcTime at);
  /// Forgets the streaks of everything that is no problem any more; once, at the end of a run.
  void end_streaks(const std::vector<Problem>& problems);
  /// Keeps an alert until it is settled: it has no record to be derived from again.
  void enqueue_alert(const Message& alert);
  /// Delivers all waiting alerts that were not tried in this run yet.
  void deliver_alerts(UtcTime at);

  /// Messages of this run that some channel has not taken yet.
  int undelivered() const { return static_cast<int>(waiting_.size()); }
  /// A LATEST_ACCEPTABLE_EXIT or MANDATORY_EXIT message did not get through, or was rejected within
  /// 24 h.
  bool urgent_waiting(UtcTime at) const;
  /// A message that a channel refused for good.
  struct Rejection {
    std::string channel;
    std::string text;  ///< which message, and why
  };
  /// The rejections since the last call.
  std::vector<Rejection> take_rejections() { return std::exchange(rejections_, {}); }
  /// What channels have to say although they took this run's messages.
  std::vector<std::string> notices() const;
  /// Drops what is older than 48 h and saves. Error: io.
  Result<void> save(UtcTime at);

 private:
  bool settled_on(const std::string& message_id, const std::string& channel) const;
  void settle(const std::string& message_id, const std::string& channel, DeliveryStatus status,
              UtcTime at);
  /// What one attempt on one channel came to.
  enum class Fate { settled, may_be_repeated, later };
  Fate attempt_on(ports::Notifier& channel, const Message& message, UtcTime at);
  std::vector<ports::Notifier*> attempt_patiently(const Message& message, UtcTime at);

  ports::LocalState& state_;
  ports::Clock& clock_;
  ports::Log& log_;
  std::vector<ports::Notifier*> channels_;
  Ledger ledger_;
  bool patient_ = true;
  std::set<std::string> waiting_;  ///< ids of messages that were tried in vain in this run
  std::vector<Rejection> rejections_;
};

}  // namespace gridexit::pipeline
