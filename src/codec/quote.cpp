#include <fmt/format.h>

#include <cstdint>

#include "emitter.hpp"
#include "utf8.hpp"

namespace gridexit::codec {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void append_escaped(std::string& out, std::uint32_t code) {
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code == '\r') {
    out += "\\r";
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", code);
  }
}

}  // namespace

std::string quote(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out.push_back('"');
  while (!text.empty()) {
    const CodePoint next = decode_utf8(text);
    if (next.bytes == 0) {
      out += kReplacement;
      text.remove_prefix(1);
      continue;
    }
    if (next.code == '"' || next.code == '\\') {
      out.push_back('\\');
      out += text.front();
    } else if (needs_escape(next.code)) {
      append_escaped(out, next.code);
    } else {
      out += text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  out.push_back('"');
  return out;
}

}  // namespace gridexit::codec
