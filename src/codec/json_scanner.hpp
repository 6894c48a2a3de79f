#pragma once
// A pull scanner over JSON text: the caller asks for what has to come next. Exists beside
// nlohmann_json because forty candle files an hour are read with it, at several times the speed,
// and because it knows the line of what it refuses.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gridexit::codec {

class JsonScanner {
 public:
  explicit JsonScanner(std::string_view text) : text_(text) {}

  /// Skips blanks; true, and one step further, when `expected` comes next.
  bool take(char expected);
  /// A text without escapes, as all names and values of our documents are.
  std::optional<std::string_view> string();
  /// A finite number.
  std::optional<double> number();
  /// Passes over any value; false when it is none.
  bool skip_value(int depth = 0);
  /// Nothing but blanks is left.
  bool at_end();
  /// Line of the present position, from 1.
  std::size_t line() const;

 private:
  void skip_blanks();
  bool skip_string();
  bool skip_members(char close, bool with_keys, int depth);

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace gridexit::codec
