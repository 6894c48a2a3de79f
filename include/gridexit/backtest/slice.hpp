#pragma once
// Work for more than one machine: numbered items, of which each machine does every n-th. What comes
// of an item never depends on which machine did it, nor on the others.

#include <cstddef>

namespace gridexit::backtest {

/// The items whose number leaves `index` when divided by `count`; by default all.
struct Slice {
  std::size_t index = 0;  ///< below `count`
  std::size_t count = 1;  ///< at least 1

  bool has(std::size_t item) const { return item % count == index; }
  /// How many of the items 0 ... total - 1 it has.
  std::size_t size(std::size_t total) const {
    return total > index ? (total - index - 1) / count + 1 : 0;
  }
};

}  // namespace gridexit::backtest
