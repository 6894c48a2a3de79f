#pragma once
// A small ordered tree for what commands print under `-o json` and `-o yaml`. Documents of the data
// repository are not built here: they are written by codec, and enter as ready text
// (`Value::document`).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gridexit::app {

class Value {
 public:
  Value() = default;  ///< null
  Value(std::string text)
      : kind_(Kind::text), text_(std::move(text)) {}          // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : Value(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Value(const char* text) : Value(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Value(bool flag)
      : kind_(Kind::literal),
        text_(flag ? "true" : "false") {}  // NOLINT(google-explicit-constructor)
  Value(int number)
      : kind_(Kind::literal),
        text_(std::to_string(number)) {}  // NOLINT(google-explicit-constructor)
  Value(double number);                   // NOLINT(google-explicit-constructor)
  template <class T>
  Value(const std::optional<T>& value) {  // NOLINT(google-explicit-constructor)
    if (value) *this = Value(*value);
  }

  static Value array() { return Value(Kind::array); }
  static Value object() { return Value(Kind::object); }
  /// Ready JSON and the same as ready YAML, both of one document.
  static Value document(std::string json, std::string yaml);

  /// Adds a member to an object.
  Value& set(std::string key, Value value);
  /// Adds an element to an array.
  Value& add(Value value);

  bool is_empty_container() const { return members_.empty(); }

 private:
  enum class Kind { null, literal, text, array, object, document };
  explicit Value(Kind kind) : kind_(kind) {}

  void json(std::string& out, int indent) const;
  void yaml(std::string& out, int indent) const;
  std::string yaml_scalar() const;
  bool is_block() const;

  Kind kind_ = Kind::null;
  std::string text_;  ///< of scalars; JSON of a document
  std::string yaml_;  ///< of a document
  std::vector<std::pair<std::string, Value>> members_;

  friend std::string render_json(const Value& value);
  friend std::string render_json_line(const Value& value);
  friend std::string render_yaml(const Value& value);
};

/// Indented by two, with a final newline.
std::string render_json(const Value& value);
/// On one line, without a newline.
std::string render_json_line(const Value& value);
/// Block style, with a final newline.
std::string render_yaml(const Value& value);

/// The text as a JSON string, quotes included.
std::string json_string(std::string_view text);

}  // namespace gridexit::app
