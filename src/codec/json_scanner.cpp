#include "json_scanner.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace gridexit::codec {
namespace {

constexpr int kMaximumNesting = 24;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

void JsonScanner::skip_blanks() {
  while (at_ < text_.size() &&
         (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
    ++at_;
  }
}

bool JsonScanner::take(char expected) {
  skip_blanks();
  if (at_ >= text_.size() || text_[at_] != expected) return false;
  ++at_;
  return true;
}

std::optional<std::string_view> JsonScanner::string() {
  if (!take('"')) return std::nullopt;
  const std::size_t end = text_.find_first_of("\"\\\n", at_);
  if (end == std::string_view::npos || text_[end] != '"') return std::nullopt;
  const std::string_view value = text_.substr(at_, end - at_);
  at_ = end + 1;
  return value;
}

std::optional<double> JsonScanner::number() {
  skip_blanks();
  const char* first = text_.data() + at_;
  const char* last = text_.data() + text_.size();
  // from_chars also takes "inf" and "nan", which JSON does not have.
  const char* digit = first != last && *first == '-' ? first + 1 : first;
  if (digit == last || !is_digit(*digit)) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(first, last, value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  at_ += static_cast<std::size_t>(end - first);
  return value;
}

bool JsonScanner::skip_string() {
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    if (c == '"') return true;
    if (c == '\\') ++at_;
  }
  return false;
}

bool JsonScanner::skip_members(char close, bool with_keys, int depth) {
  if (take(close)) return true;
  do {
    if (with_keys && (!take('"') || !skip_string() || !take(':'))) return false;
    if (!skip_value(depth + 1)) return false;
  } while (take(','));
  return take(close);
}

bool JsonScanner::skip_value(int depth) {
  if (depth > kMaximumNesting) return false;
  if (take('"')) return skip_string();
  if (take('{')) return skip_members('}', true, depth);
  if (take('[')) return skip_members(']', false, depth);
  for (const std::string_view word : {"null", "true", "false"}) {
    if (text_.substr(at_, word.size()) != word) continue;
    at_ += word.size();
    return true;
  }
  return number().has_value();
}

bool JsonScanner::at_end() {
  skip_blanks();
  return at_ == text_.size();
}

std::size_t JsonScanner::line() const {
  const std::string_view before = text_.substr(0, std::min(at_, text_.size()));
  return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
}

}  // namespace gridexit::codec
