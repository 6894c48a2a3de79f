#pragma once
// Regime verdicts, their memory, and confidence (STRATEGY.md sections 2 and 3).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gridexit {

/// In danger order: a later one is more dangerous.
enum class Verdict { range_ok, range_weak, transition, trend };

inline bool is_range(Verdict verdict) {
  return verdict == Verdict::range_ok || verdict == Verdict::range_weak;
}
inline bool is_trending(Verdict verdict) {
  return !is_range(verdict);
}

/// What one evaluation leaves behind for its successors.
struct VerdictMemory {
  Verdict raw = Verdict::range_weak;
  Verdict verdict = Verdict::range_weak;
  double confidence = 0;

  bool operator==(const VerdictMemory&) const = default;
};

/// S(tf) and their combination; none where no metric has a score. 1 = ranging, 0 = trending.
struct RangeScores {
  std::optional<double> h1;
  std::optional<double> h4;
  std::optional<double> combined;
};

struct Regime {
  Verdict raw = Verdict::range_weak;
  Verdict verdict = Verdict::range_weak;
  RangeScores range_score;
  int hours_in_verdict = 0;
  /// Consecutive evaluations, oldest first, this one last; as long as any rule looks back.
  std::vector<VerdictMemory> memory;
};

struct Penalty {
  std::string name;    ///< name of STRATEGY.md section 3
  double amount = 0;   ///< subtracted from base
  std::string reason;  ///< for people
};

/// How far the metrics agree about the present; not a probability of profit.
struct Confidence {
  double value = 0;
  double base = 0;
  std::vector<Penalty> penalties;
};

}  // namespace gridexit
