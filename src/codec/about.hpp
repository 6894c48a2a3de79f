#pragma once
// What a description says about one field besides its name and type.

#include <optional>
#include <string_view>
#include <type_traits>

namespace gridexit::codec {

/// Block: one entry a line. Flow: all of it within one line, for small leaf maps.
enum class Style { block, flow };

/// What a text has to look like; the table is in about.cpp.
enum class TextKind {
  any,
  filled,
  symbol,
  name,
  date,
  url,
  sha256,
  object_id,
  decision_id,
  exchange
};

struct About {
  std::string_view doc = {};         ///< one or two sentences, shown in schemas and commented files
  std::optional<double> above = {};  ///< exclusive lower end
  std::optional<double> min = {};    ///< inclusive
  std::optional<double> max = {};    ///< inclusive
  TextKind text = TextKind::any;
  bool required = false;           ///< even where defaults stand in for missing keys
  bool absent_when_unset = false;  ///< written only when set, instead of null
  bool defaulted = false;          ///< may be missing in data: the default stands
  Style style = Style::block;
  std::string_view variable = {};  ///< a secret's environment variable
};

/// Whether a text fits; `pattern` is the same as a regular expression, `rule` the same for people.
struct TextRule {
  bool (*fits)(std::string_view);
  std::string_view pattern;
  std::string_view rule;
};
const TextRule& text_rule(TextKind kind);

/// Whether a text is a URL that carries a user's credentials.
bool has_credentials(std::string_view text);

/// What has a description; all other types are spelt out by the visitors.
template <class T>
concept Described = std::is_class_v<T>;

/// For descriptions that serve reading (D = T) and writing (D = const T).
template <class D, class T>
concept Is = std::is_same_v<std::remove_const_t<D>, T>;

}  // namespace gridexit::codec
