#pragma once
// Reproducible pseudo-random numbers by counter: the n-th number of a stream is a function of (key,
// n) alone, the same with every compiler and library. SplitMix64's output function (Steele, Lea,
// Flood 2014).

#include <cstdint>
#include <string_view>

namespace gridexit::adapters {

constexpr std::uint64_t mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

/// A stream of independent numbers.
class RandomStream {
 public:
  constexpr explicit RandomStream(std::uint64_t key) : key_(mix(key)) {}

  /// A stream of its own, for another purpose.
  constexpr RandomStream fork(std::uint64_t purpose) const {
    return RandomStream{key_ ^ mix(purpose)};
  }

  constexpr std::uint64_t bits(std::uint64_t n) const {
    return mix(key_ + n * 0xd1342543de82ef95ULL);
  }

  /// In [0, 1).
  constexpr double uniform(std::uint64_t n) const {
    return static_cast<double>(bits(n) >> 11) * 0x1.0p-53;
  }
  /// In [low, high).
  constexpr double between(std::uint64_t n, double low, double high) const {
    return low + (high - low) * uniform(n);
  }
  /// Mean 0, variance 1, nearly normal: the sum of four uniforms (largest value 3.46).
  constexpr double normal(std::uint64_t n) const {
    const std::uint64_t word = bits(n);
    double sum = 0;
    for (int shift = 0; shift < 64; shift += 16) {
      sum += static_cast<double>((word >> shift) & 0xffff) * 0x1.0p-16;
    }
    constexpr double kSqrt3 = 1.7320508075688772;
    return (sum - 2 + 2 * 0x1.0p-16) * kSqrt3;
  }

 private:
  std::uint64_t key_;
};

/// A key from text (FNV-1a).
constexpr std::uint64_t key_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace gridexit::adapters
