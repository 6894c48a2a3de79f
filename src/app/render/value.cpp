#include "app/render/value.hpp"

#include <fmt/format.h>

#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

constexpr int kOneLine = -1;

void line_break(std::string& out, int indent) {
  if (indent == kOneLine) return;
  out += '\n';
  out.append(static_cast<std::size_t>(indent), ' ');
}

int deeper(int indent) {
  return indent == kOneLine ? kOneLine : indent + 2;
}

// A ready text with every line but the first moved to the right, without its final newline.
std::string indented(std::string_view text, int indent) {
  std::string out;
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  for (const std::string_view line : split(text, '\n')) {
    if (!out.empty()) {
      out += '\n';
      if (!line.empty()) out.append(static_cast<std::size_t>(indent), ' ');
    }
    out += line;
  }
  return out;
}

}  // namespace

Value::Value(double number) : kind_(Kind::literal), text_(format_number(number)) {}

Value Value::document(std::string json, std::string yaml) {
  Value value(Kind::document);
  value.text_ = std::move(json);
  value.yaml_ = std::move(yaml);
  return value;
}

Value& Value::set(std::string key, Value value) {
  members_.emplace_back(std::move(key), std::move(value));
  return *this;
}

Value& Value::add(Value value) {
  members_.emplace_back(std::string(), std::move(value));
  return *this;
}

bool Value::is_block() const {
  return kind_ == Kind::document ||
         ((kind_ == Kind::array || kind_ == Kind::object) && !members_.empty());
}

void Value::json(std::string& out, int indent) const {
  switch (kind_) {
    case Kind::null: out += "null"; return;
    case Kind::literal: out += text_; return;
    case Kind::text: out += json_string(text_); return;
    case Kind::document: out += indented(text_, indent); return;
    case Kind::array:
    case Kind::object: break;
  }
  const bool is_object = kind_ == Kind::object;
  out += is_object ? '{' : '[';
  bool first = true;
  for (const auto& [key, member] : members_) {
    if (!first) out += indent == kOneLine ? ", " : ",";
    first = false;
    line_break(out, deeper(indent));
    if (is_object) out += json_string(key) + ": ";
    member.json(out, deeper(indent));
  }
  if (!members_.empty()) line_break(out, indent);
  out += is_object ? '}' : ']';
}

std::string Value::yaml_scalar() const {
  switch (kind_) {
    case Kind::null: return "null";
    case Kind::literal: return text_;
    case Kind::text: return json_string(text_);  // a JSON string is a YAML double-quoted scalar
    case Kind::array: return "[]";
    case Kind::object: return "{}";
    case Kind::document: break;
  }
  return "";
}

// Writes a block whose first line continues the present one (after "- " or at the line's start).
void Value::yaml(std::string& out, int indent) const {
  if (kind_ == Kind::document) {
    out += indented(yaml_, indent);
    return;
  }
  if (!is_block()) {
    out += yaml_scalar();
    return;
  }
  bool first = true;
  for (const auto& [key, member] : members_) {
    if (!first) line_break(out, indent);
    first = false;
    if (kind_ == Kind::array) {
      out += "- ";
      member.yaml(out, indent + 2);
      continue;
    }
    out += key + ":";
    if (member.is_block()) {
      line_break(out, indent + 2);
    } else {
      out += ' ';
    }
    member.yaml(out, indent + 2);
  }
}

std::string render_json(const Value& value) {
  std::string out;
  value.json(out, 0);
  return out + '\n';
}

std::string render_json_line(const Value& value) {
  std::string out;
  value.json(out, kOneLine);
  return out;
}

std::string render_yaml(const Value& value) {
  std::string out;
  value.yaml(out, 0);
  return out + '\n';
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

}  // namespace gridexit::app
