#pragma once
// How often and how patiently a live exchange is asked: three attempts with growing waits and
// jitter, the gateway's own countdown honoured, and a circuit that three failed calls in a row open
// for the rest of the run. One object serves all calls to one exchange.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "gridexit/base/result.hpp"
#include "gridexit/ports/clock.hpp"
#include "random.hpp"

namespace gridexit::adapters {

struct RetryPolicy {
  int attempts = 3;
  double wait_min = 1;   ///< seconds before the second attempt; doubled before each further one
  double wait_max = 10;  ///< seconds
  double countdown_max =
      35;  ///< seconds; KuCoin's pools refill every 30 s, so more is not worth the run's time
  int circuit_calls = 3;   ///< failed calls in a row that open the circuit
  std::uint64_t seed = 1;  ///< of the jitter
};

/// Outcome of one attempt, with the countdown that the other side announced.
template <class T>
struct Attempt {
  Result<T> result;
  std::optional<double> countdown_seconds;
};

class Retry {
 public:
  /// `clock` must outlive it.
  Retry(RetryPolicy policy, ports::Clock& clock);

  /// Calls `once` (returning Attempt<T>) until it succeeds, fails for good, or the attempts are
  /// used up. An open circuit calls nothing. Errors: those of `once`; exchange.unavailable from the
  /// circuit.
  template <class T, class Once>
  Result<T> call(Once once) {
    if (is_open()) return refusal();
    for (int attempt = 1;; ++attempt) {
      Attempt<T> outcome = once();
      if (outcome.result) {
        failed_calls_ = 0;
        return std::move(outcome.result);
      }
      const auto wait = wait_after(outcome.result.error(), attempt, outcome.countdown_seconds);
      if (!wait) {
        note_failure(outcome.result.error());
        return std::move(outcome.result);
      }
      clock_.wait(*wait);
    }
  }

 private:
  bool is_open() const { return failed_calls_ >= policy_.circuit_calls; }
  Error refusal() const;
  std::optional<double> wait_after(const Error& error, int attempt,
                                   std::optional<double> countdown_seconds);
  void note_failure(const Error& error);

  RetryPolicy policy_;
  ports::Clock& clock_;
  RandomStream random_;
  std::uint64_t draws_ = 0;
  int failed_calls_ = 0;
  std::string last_failure_;
};

}  // namespace gridexit::adapters
