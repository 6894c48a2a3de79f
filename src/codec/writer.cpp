#include "writer.hpp"

#include <fmt/format.h>

#include "gridexit/base/text.hpp"

namespace gridexit::codec {
namespace {

constexpr std::size_t kCommentWidth = 96;

// Breaks a text into lines for a comment.
std::string wrapped(std::string_view text) {
  std::string result;
  std::size_t column = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (column > 0 && column + 1 + word.size() > kCommentWidth) {
      result += '\n';
      column = 0;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
}

std::string range_of(const About& about) {
  if (about.above && about.max) {
    return fmt::format("above {} to {}", format_number(*about.above), format_number(*about.max));
  }
  if (about.above) return "above " + format_number(*about.above);
  if (about.min && about.max) {
    return fmt::format("{} to {}", format_number(*about.min), format_number(*about.max));
  }
  if (about.min) return "from " + format_number(*about.min);
  return about.max ? "up to " + format_number(*about.max) : "";
}

}  // namespace

void Writer::scalar(std::string_view value, bool is_text) {
  const auto put = [&] { is_text ? out_.string(value) : out_.plain(value); };
  if (options_.origins == nullptr) return put();
  const auto found = options_.origins->find(path_);
  const std::string origin = found == options_.origins->end() ? "" : found->second;
  if (options_.format == Format::yaml) {
    out_.note(origin);
    return put();
  }
  out_.begin_map(Style::flow);
  out_.key("value");
  put();
  out_.key("origin");
  out_.string(origin);
  out_.end_map();
}

void Writer::comment(const About& about) {
  if (about.doc.empty()) return;
  const std::string range = range_of(about);
  out_.comment(
      wrapped(range.empty() ? std::string(about.doc) : fmt::format("{} ({})", about.doc, range)));
}

}  // namespace gridexit::codec
