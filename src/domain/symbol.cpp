#include "gridexit/domain/symbol.hpp"

#include <algorithm>

namespace gridexit {

Result<Symbol> Symbol::parse(std::string_view text) {
  const auto is_side = [](std::string_view side) {
    return side.size() >= 2 && side.size() <= 10 &&
           std::all_of(side.begin(), side.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
  };
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || !is_side(text.substr(0, dash)) ||
      !is_side(text.substr(dash + 1))) {
    return Error{ErrorCode::usage,
                 "\"" + std::string(text) + "\" is not a symbol",
                 "write BASE-QUOTE in upper case, for instance ETH-USDT",
                 {}};
  }
  return Symbol{std::string(text)};
}

}  // namespace gridexit
