#pragma once
// Where writers put a document: one stream of keys and values, rendered as YAML or as JSON with
// stable bytes.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "about.hpp"
#include "gridexit/codec/documents.hpp"

namespace gridexit::codec {

class Emitter {
 public:
  virtual ~Emitter() = default;
  virtual void begin_map(Style style) = 0;
  virtual void end_map() = 0;
  virtual void begin_list(Style style) = 0;
  virtual void end_list() = 0;
  virtual void key(std::string_view name) = 0;
  /// A number, true, false or null: written as it stands.
  virtual void plain(std::string_view text) = 0;
  /// Text; quoted where it would read as something else.
  virtual void string(std::string_view text) = 0;
  /// A comment above the next key; none within flow style. JSON has none.
  virtual void comment(std::string_view text) = 0;
  /// A comment behind the next scalar. JSON has none.
  virtual void note(std::string_view text) = 0;
  /// The text, finished.
  virtual std::string take() = 0;
};

std::unique_ptr<Emitter> make_yaml_emitter();
std::unique_ptr<Emitter> make_json_emitter();
std::unique_ptr<Emitter> make_emitter(Format format);

/// The text within double quotes, control characters and line separators escaped, broken UTF-8
/// replaced by U+FFFD: valid in YAML and JSON alike.
std::string quote(std::string_view text);

}  // namespace gridexit::codec
