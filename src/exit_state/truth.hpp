#pragma once
// Three-valued logic: an unknown part leaves the whole unknown unless the others decide alone.
// Private to this module.

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "gridexit/domain/exit_state.hpp"

namespace gridexit::exit_state {

inline Truth truth(bool met) {
  return met ? Truth::yes : Truth::no;
}

inline Truth at_least(std::optional<double> value, double threshold) {
  return value ? truth(*value >= threshold) : Truth::unknown;
}

inline Truth at_most(std::optional<double> value, double threshold) {
  return value ? truth(*value <= threshold) : Truth::unknown;
}

/// Yes when all are, no as soon as one is, else unknown.
inline Truth all_of(std::initializer_list<Truth> parts) {
  if (std::count(parts.begin(), parts.end(), Truth::no) > 0) return Truth::no;
  return std::count(parts.begin(), parts.end(), Truth::unknown) > 0 ? Truth::unknown : Truth::yes;
}

/// Yes as soon as one is, no when all are, else unknown.
inline Truth any_of(std::initializer_list<Truth> parts) {
  if (std::count(parts.begin(), parts.end(), Truth::yes) > 0) return Truth::yes;
  return std::count(parts.begin(), parts.end(), Truth::unknown) > 0 ? Truth::unknown : Truth::no;
}

}  // namespace gridexit::exit_state
