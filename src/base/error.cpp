#include "gridexit/base/error.hpp"

namespace gridexit {

std::string_view to_text(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage: return "usage";
    case ErrorCode::config_invalid: return "config.invalid";
    case ErrorCode::config_missing: return "config.missing";
    case ErrorCode::document_invalid: return "document.invalid";
    case ErrorCode::io: return "io";
    case ErrorCode::not_found: return "not_found";
    case ErrorCode::conflict: return "conflict";
    case ErrorCode::data_unavailable: return "data.unavailable";
    case ErrorCode::data_unusable: return "data.unusable";
    case ErrorCode::metrics_insufficient: return "metrics.insufficient";
    case ErrorCode::exchange_unreachable: return "exchange.unreachable";
    case ErrorCode::exchange_rate_limited: return "exchange.rate_limited";
    case ErrorCode::exchange_refused: return "exchange.refused";
    case ErrorCode::exchange_unavailable: return "exchange.unavailable";
    case ErrorCode::exchange_malformed: return "exchange.malformed";
    case ErrorCode::key_refused: return "exchange.key_refused";
    case ErrorCode::store_unusable: return "store.unusable";
    case ErrorCode::store_diverged: return "store.diverged";
    case ErrorCode::remote_unreachable: return "remote.unreachable";
    case ErrorCode::remote_rejected: return "remote.rejected";
    case ErrorCode::notify_unavailable: return "notify.unavailable";
    case ErrorCode::notify_rejected: return "notify.rejected";
    case ErrorCode::deadline_exceeded: return "deadline.exceeded";
    case ErrorCode::locked: return "run.locked";
    case ErrorCode::check_failed: return "check.failed";
    case ErrorCode::internal: return "internal";
  }
  return "internal";
}

int exit_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::not_found:
    case ErrorCode::conflict: return 2;
    case ErrorCode::config_invalid:
    case ErrorCode::config_missing: return 3;
    case ErrorCode::data_unavailable:
    case ErrorCode::data_unusable:
    case ErrorCode::exchange_unreachable:
    case ErrorCode::exchange_rate_limited:
    case ErrorCode::exchange_refused:
    case ErrorCode::exchange_unavailable:
    case ErrorCode::exchange_malformed: return 4;
    case ErrorCode::metrics_insufficient: return 5;
    case ErrorCode::store_unusable:
    case ErrorCode::store_diverged: return 6;
    case ErrorCode::deadline_exceeded: return 7;
    case ErrorCode::locked: return 8;
    case ErrorCode::check_failed: return 9;
    case ErrorCode::document_invalid:
    case ErrorCode::io:
    case ErrorCode::key_refused:
    case ErrorCode::remote_unreachable:
    case ErrorCode::remote_rejected:
    case ErrorCode::notify_unavailable:
    case ErrorCode::notify_rejected:
    case ErrorCode::internal: return 1;
  }
  return 1;
}

bool is_retryable(ErrorCode code) {
  return code == ErrorCode::exchange_unreachable || code == ErrorCode::exchange_rate_limited ||
         code == ErrorCode::exchange_unavailable || code == ErrorCode::remote_unreachable ||
         code == ErrorCode::notify_unavailable;
}

std::string Error::text() const {
  return hint.empty() ? message : message + " (" + hint + ")";
}

}  // namespace gridexit
