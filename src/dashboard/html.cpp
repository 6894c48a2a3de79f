#include "html.hpp"

#include <algorithm>

namespace gridexit::dashboard {

std::string escape(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string escape_json(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      escaped += "\\u003c";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string fill(std::string_view page_template, std::span<const Slot> slots) {
  std::string page;
  while (true) {
    const std::size_t open = page_template.find("{{");
    const std::size_t close = page_template.find("}}", open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    page += page_template.substr(0, open);
    const std::string_view name = page_template.substr(open + 2, close - open - 2);
    const auto slot = std::find_if(slots.begin(), slots.end(), [name](const Slot& candidate) {
      return candidate.first == name;
    });
    if (slot != slots.end()) page += slot->second;
    page_template.remove_prefix(close + 2);
  }
  return page.append(page_template);
}

std::string readable(UtcTime time) {
  const std::string text = format_utc(time);  // 2026-02-02T14:00:00Z
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

}  // namespace gridexit::dashboard
