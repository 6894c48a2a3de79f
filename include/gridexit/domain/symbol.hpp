#pragma once
// A spot market's name, canonical "BASE-QUOTE" in upper case.

#include <compare>
#include <string>
#include <string_view>

#include "gridexit/base/result.hpp"

namespace gridexit {

class Symbol {
 public:
  /// Accepts 2 to 10 upper-case letters or digits on each side of one dash. Error: usage, with the
  /// remedy.
  static Result<Symbol> parse(std::string_view text);

  const std::string& text() const { return text_; }
  std::string base() const { return text_.substr(0, text_.find('-')); }
  std::string quote() const { return text_.substr(text_.find('-') + 1); }

  auto operator<=>(const Symbol&) const = default;

 private:
  explicit Symbol(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// What the exchange accepts for a symbol's orders; prices are multiples of price_increment.
struct SymbolRules {
  double price_increment = 0;  ///< quote per base
  double base_increment = 0;   ///< base
  double base_min_size = 0;    ///< base, the smallest order
  double min_funds = 0;        ///< quote, the smallest order value
};

}  // namespace gridexit
