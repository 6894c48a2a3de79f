#pragma once
// Rounding to an exchange's increment. Only what leaves as an order proposal is rounded, and only
// here.

namespace gridexit::decision {

/// The largest multiple of `increment` not above `value`, as the double nearest to its decimal
/// text: 0.3 stays 0.3 for an increment of 0.1. A value within binary noise of a multiple is that
/// multiple. The value itself when the increment is not positive (unknown).
double round_down(double value, double increment);

/// The smallest multiple not below `value`, likewise.
double round_up(double value, double increment);

}  // namespace gridexit::decision
