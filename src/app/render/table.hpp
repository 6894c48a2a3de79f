#pragma once
// Text in columns and lines of a given width.

#include <string>
#include <string_view>
#include <vector>

#include "app/render/style.hpp"

namespace gridexit::app {

/// Lines of at most `width` characters, broken at spaces; a longer word stays whole. At least one
/// line.
std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// Characters that a UTF-8 text takes on a terminal (one for each code point).
std::size_t display_width(std::string_view text);

/// One cell; painted after it was padded, so that colour does not shift columns.
struct Cell {
  std::string text;
  Tone tone = Tone::plain;
};

/// Rows under a head, columns two spaces apart and as wide as their widest cell; no spaces at the
/// ends of lines.
class Table {
 public:
  explicit Table(std::vector<std::string> head) : head_(std::move(head)) {}
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  std::string render(const Style& style) const;

 private:
  std::vector<std::string> head_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace gridexit::app
