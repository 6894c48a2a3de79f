#pragma once
// Failures as values: what went wrong, where, and what to do. Every fallible call returns Result<T>
// (result.hpp); codes are typed so that callers can branch on them and so that exit codes follow
// from them in one switch.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gridexit {

/// Kinds of failure. `to_text` gives the stable, documented id (`exchange.rate_limited`).
enum class ErrorCode {
  usage,                  ///< wrong command line
  config_invalid,         ///< a configuration document breaks a rule
  config_missing,         ///< no configuration where one is needed
  document_invalid,       ///< a data document does not fit its description
  io,                     ///< a file cannot be read or written
  not_found,              ///< a named thing does not exist
  conflict,               ///< a change contradicts what is there
  data_unavailable,       ///< no market data could be had
  data_unusable,          ///< market data are there but cannot be evaluated
  metrics_insufficient,   ///< fewer than 4 of 6 metrics have a score on 1h
  exchange_unreachable,   ///< connection refused, DNS, TLS, timeout
  exchange_rate_limited,  ///< HTTP 429 or code 429000
  exchange_refused,       ///< the exchange answered with an error that a retry does not mend
  exchange_unavailable,   ///< the exchange answered with an error that may pass (5xx, 408000,
                          ///< 500000)
  exchange_malformed,     ///< an answer that is not what the protocol promises
  key_refused,            ///< the API key may do more than it should, or is not bound to an address
  store_unusable,         ///< the data repository cannot be opened, read or written
  store_diverged,         ///< the remote's history was rewritten
  remote_unreachable,     ///< fetch or push did not get through
  remote_rejected,        ///< the remote refused the push
  notify_unavailable,     ///< a message was not accepted now and may be repeated
  notify_rejected,        ///< a message was refused and must not be repeated
  deadline_exceeded,      ///< the run's time is over, or SIGTERM asked it to end
  locked,                 ///< another run holds the lock
  check_failed,           ///< doctor, verify or config check found a critical problem
  internal,               ///< a bug of ours
};

/// The stable text id of a code, for logs, records and the documentation.
std::string_view to_text(ErrorCode code);

/// The process exit code of a failure (SPEC.md section 3).
int exit_code(ErrorCode code);

/// Whether the same call may succeed a little later without anybody mending something.
bool is_retryable(ErrorCode code);

/// One failure. `message` says what and where (file, key, value); `hint` says what to do about it.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;
  std::string hint;
  std::vector<std::pair<std::string, std::string>> context;

  /// "message (hint)"; the form for terminals and messages.
  std::string text() const;
};

}  // namespace gridexit
