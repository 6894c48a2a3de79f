#include "retry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gridexit::adapters {

Retry::Retry(RetryPolicy policy, ports::Clock& clock)
    : policy_(policy), clock_(clock), random_(policy.seed) {}

Error Retry::refusal() const {
  return Error{ErrorCode::exchange_unavailable,
               fmt::format("not asked: {} calls in a row failed, the last with: {}", failed_calls_,
                           last_failure_),
               "the next run asks again",
               {}};
}

std::optional<double> Retry::wait_after(const Error& error, int attempt,
                                        std::optional<double> countdown_seconds) {
  if (!is_retryable(error.code) || attempt >= policy_.attempts) return std::nullopt;
  const double jitter = random_.uniform(draws_++);
  if (countdown_seconds) {
    if (*countdown_seconds > policy_.countdown_max) return std::nullopt;
    return *countdown_seconds + 0.5 * jitter;
  }
  const double step = std::ldexp(policy_.wait_min, attempt - 1);
  return std::min(policy_.wait_max, step * (1 + 0.5 * jitter));
}

// A refusal of what we asked says nothing about the exchange's health, so it neither counts nor
// resets.
void Retry::note_failure(const Error& error) {
  if (!is_retryable(error.code) && error.code != ErrorCode::exchange_malformed) return;
  ++failed_calls_;
  last_failure_ = error.message;
}

}  // namespace gridexit::adapters
