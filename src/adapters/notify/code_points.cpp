#include "code_points.hpp"

namespace gridexit::adapters {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the well-formed sequence at the front of a non-empty text; 0 when there is none
// (Unicode, table 3-7).
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead <= 0xDF   ? 2
                             : lead >= 0xE0 && lead <= 0xEF ? 3
                             : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) > 0x9F;
  const bool too_large = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || surrogate || too_large ? 0 : length;
}

}  // namespace

std::string limited_to(std::string_view text, std::size_t limit) {
  std::string result;
  std::size_t count = 0;
  std::size_t before_last = 0;  // where the limit's last code point begins
  while (!text.empty()) {
    if (count == limit) {
      result.resize(before_last);
      return result.append(kEllipsis);
    }
    before_last = result.size();
    const std::size_t length = sequence_length(text);
    result.append(length == 0 ? kReplacement : text.substr(0, length));
    text.remove_prefix(length == 0 ? 1 : length);
    ++count;
  }
  return result;
}

std::string shortened(std::string_view text, std::size_t limit) {
  std::string cut = limited_to(text, limit);
  const std::size_t line_break = text.rfind('\n');
  if (line_break == std::string_view::npos || cut == limited_to(text, text.size() + 1)) return cut;
  // Bytes are never fewer than code points, so this leaves room enough.
  const std::string last = limited_to(text.substr(line_break), limit);
  if (last.size() > limit / 3) return cut;
  return limited_to(text.substr(0, line_break), limit - last.size()) + last;
}

}  // namespace gridexit::adapters
