#include "app/render/table.hpp"

#include <algorithm>

#include "gridexit/base/text.hpp"

namespace gridexit::app {

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::vector<std::string> lines{""};
  for (const std::string_view word : split(text, ' ')) {
    if (word.empty()) continue;
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (display_width(line) + 1 + display_width(word) <= width) {
      line += ' ';
      line += word;
    } else {
      lines.emplace_back(word);
    }
  }
  return lines;
}

std::size_t display_width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string Table::render(const Style& style) const {
  std::vector<std::size_t> widths;
  for (const std::string& text : head_) widths.push_back(display_width(text));
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i].text));
    }
  }
  const auto render_row = [&](const std::vector<Cell>& row) {
    std::string line;
    std::size_t gap = 0;  // written only before a cell that has text
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!row[i].text.empty()) {
        line.append(gap, ' ');
        gap = 0;
      }
      line += style.paint(row[i].tone, row[i].text);
      gap += widths[i] - display_width(row[i].text) + 2;
    }
    return line + '\n';
  };
  std::vector<Cell> head;
  for (const std::string& text : head_) head.push_back({text, Tone::strong});
  std::string out = render_row(head);
  for (const auto& row : rows_) out += render_row(row);
  return out;
}

}  // namespace gridexit::app
