#include "schema_visitor.hpp"

#include <fmt/format.h>

namespace gridexit::codec {

void SchemaVisitor::open(std::string_view key, const About& about) {
  out_.key(key);
  out_.begin_map(Style::block);
  if (about.doc.empty()) return;
  out_.key("description");
  out_.string(about.doc);
}

void SchemaVisitor::name(std::string_view type, Nullable nullable) {
  out_.key("type");
  if (nullable == Nullable::no) return out_.string(type);
  out_.begin_list(Style::flow);
  out_.string(type);
  out_.string("null");
  out_.end_list();
}

void SchemaVisitor::range(const About& about) {
  const auto put = [this](std::string_view key, const std::optional<double>& end) {
    if (!end) return;
    out_.key(key);
    out_.plain(format_number(*end));
  };
  put("minimum", about.min);
  put("exclusiveMinimum", about.above);
  put("maximum", about.max);
}

void SchemaVisitor::choices(const std::vector<std::string_view>& names, Nullable nullable) {
  out_.key("enum");
  out_.begin_list(Style::flow);
  for (const std::string_view name : names) out_.string(name);
  if (nullable == Nullable::yes) out_.plain("null");
  out_.end_list();
}

void SchemaVisitor::default_plain(std::string_view text, Nullable nullable) {
  if (!shows_default_ || nullable == Nullable::yes) return;
  out_.key("default");
  out_.plain(text);
}

void SchemaVisitor::default_text(std::string_view text, Nullable nullable) {
  if (!shows_default_ || nullable == Nullable::yes) return;
  out_.key("default");
  out_.string(text);
}

void SchemaVisitor::type(const std::string& value, const About& about, Nullable nullable) {
  name("string", nullable);
  if (const auto pattern = text_rule(about.text).pattern; !pattern.empty()) {
    out_.key("pattern");
    out_.string(pattern);
  }
  if (!value.empty()) default_text(value, nullable);
}

void SchemaVisitor::type(UtcTime, const About&, Nullable nullable) {
  name("string", nullable);
  out_.key("format");
  out_.string("date-time");
}

void SchemaVisitor::type(const Secret&, const About& about, Nullable) {
  name("string", Nullable::yes);
  out_.key("pattern");
  out_.string("^(\\$\\{[A-Za-z_][A-Za-z0-9_]*\\})?$");
  default_text(fmt::format("${{{}}}", about.variable), Nullable::no);
}

void SchemaVisitor::type(Truth, const About&, Nullable) {
  out_.key("enum");
  out_.begin_list(Style::flow);
  out_.plain("true");
  out_.plain("false");
  out_.string("unknown");
  out_.string("not_applicable");
  out_.end_list();
}

void SchemaVisitor::type(const CandleSeries&, const About&, Nullable) {
  name("array", Nullable::no);
  out_.key("items");
  out_.begin_map(Style::block);
  name("array", Nullable::no);
  out_.key("items");
  out_.begin_map(Style::flow);
  name("number", Nullable::no);
  out_.end_map();
  for (const std::string_view limit : {"minItems", "maxItems"}) {
    out_.key(limit);
    out_.plain("6");
  }
  out_.end_map();
}

void SchemaVisitor::type(const std::vector<std::pair<std::string, std::optional<double>>>&,
                         const About&, Nullable nullable) {
  name("object", nullable);
  out_.key("additionalProperties");
  out_.begin_map(Style::flow);
  name("number", Nullable::yes);
  out_.end_map();
}

void SchemaVisitor::close_members() {
  if (!required_.empty()) {
    out_.key("required");
    out_.begin_list(Style::flow);
    for (const std::string& key : required_) out_.string(key);
    out_.end_list();
  }
  if (!alternatives_.empty()) {
    out_.key("oneOf");
    out_.begin_list(Style::block);
    for (const std::string& key : alternatives_) {
      out_.begin_map(Style::flow);
      out_.key("required");
      out_.begin_list(Style::flow);
      out_.string(key);
      out_.end_list();
      out_.end_map();
    }
    out_.end_list();
  }
  if (!settings_) return;
  out_.key("additionalProperties");
  out_.plain("false");
}

}  // namespace gridexit::codec
