#pragma once
// The visitor that turns a description into a JSON Schema (2020-12). Driven by describe_*.hpp over
// a default document.

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "about.hpp"
#include "emitter.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::codec {

class SchemaVisitor {
 public:
  /// `settings`: keys have defaults and unknown ones are refused.
  SchemaVisitor(Emitter& out, bool settings) : out_(out), settings_(settings) {}

  /// Writes the keys of the document's schema into the map that is open.
  template <class T>
  void document(const T& value) {
    members([&] { describe(*this, value); });
  }

  template <class T>
  void field(std::string_view key, const T& value, const About& about = {}) {
    open(key, about);
    shows_default_ = settings_ && !about.required;
    type(value, about, Nullable::no);
    out_.end_map();
    const bool may_be_missing = settings_ || about.absent_when_unset || about.defaulted;
    if (about.required || !may_be_missing) required_.emplace_back(key);
  }

  template <class Body>
  void object(std::string_view key, const About& about, const Body& body) {
    open(key, about);
    members([&] { body(*this); });
    out_.end_map();
    if (!settings_) required_.emplace_back(key);
  }

  void check(bool, std::string_view, std::string_view) {}
  void exactly_one(std::string_view a, bool, std::string_view b, bool) {
    alternatives_ = {std::string(a), std::string(b)};
  }

 private:
  enum class Nullable { no, yes };

  template <class T>
  void type(const std::optional<T>& value, const About& about, Nullable) {
    type(value.value_or(T{}), about, about.absent_when_unset ? Nullable::no : Nullable::yes);
  }
  void type(bool value, const About&, Nullable nullable) {
    name("boolean", nullable);
    default_plain(value ? "true" : "false", nullable);
  }
  void type(int value, const About& about, Nullable nullable) {
    name("integer", nullable);
    range(about);
    default_plain(std::to_string(value), nullable);
  }
  void type(double value, const About& about, Nullable nullable) {
    name("number", nullable);
    range(about);
    default_plain(format_number(value), nullable);
  }
  void type(const std::string& value, const About& about, Nullable nullable);
  void type(UtcTime, const About&, Nullable nullable);
  void type(const Secret&, const About& about, Nullable nullable);
  void type(Truth, const About&, Nullable nullable);
  void type(const CandleSeries&, const About&, Nullable nullable);
  void type(const std::vector<std::pair<std::string, std::optional<double>>>&, const About&,
            Nullable nullable);

  template <NamedEnum E>
  void type(E value, const About&, Nullable nullable) {
    const auto names = enum_names(value);
    choices(std::vector<std::string_view>(names.begin(), names.end()), nullable);
    default_text(to_text(value), nullable);
  }

  template <class T>
  void type(const std::vector<T>&, const About& about, Nullable nullable) {
    name("array", nullable);
    out_.key("items");
    out_.begin_map(Style::block);
    type(T{}, about, Nullable::no);
    out_.end_map();
  }

  template <Described T>
  void type(const T& value, const About&, Nullable nullable) {
    members([&] { describe(*this, value); }, nullable);
  }

  // The schema of a map: its members, which of them are required, and whether there may be others.
  template <class Body>
  void members(const Body& body, Nullable nullable = Nullable::no) {
    name("object", nullable);
    auto outer_required = std::exchange(required_, {});
    auto outer_alternatives = std::exchange(alternatives_, {});
    out_.key("properties");
    out_.begin_map(Style::block);
    body();
    out_.end_map();
    close_members();
    required_ = std::move(outer_required);
    alternatives_ = std::move(outer_alternatives);
  }

  void open(std::string_view key, const About& about);
  void name(std::string_view type, Nullable nullable);
  void range(const About& about);
  void choices(const std::vector<std::string_view>& names, Nullable nullable);
  void default_plain(std::string_view text, Nullable nullable);
  void default_text(std::string_view text, Nullable nullable);
  void close_members();

  Emitter& out_;
  bool settings_;
  bool shows_default_ = false;
  std::vector<std::string> required_;
  std::vector<std::string> alternatives_;
};

}  // namespace gridexit::codec
