#pragma once
// The visitor that fills a document from a tree and collects every problem with its line and path.
// Driven by the descriptions (describe_*.hpp); what does not depend on a document's type is in
// reader.cpp.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "about.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/codec/settings.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/names.hpp"
#include "node.hpp"

namespace gridexit::codec {

/// What may be missing and what may be too much.
enum class Strictness {
  data,      ///< every key is there; an unknown one is a warning
  migrated,  ///< a document of an earlier version: missing keys keep their defaults, unknown ones
             ///< are warnings
  settings,  ///< missing keys keep their defaults; an unknown one is a problem
};

/// One broken rule.
struct Problem {
  std::string where;  ///< "file:line", or the environment variable that brought the value
  std::string path;
  std::string text;
};

class Reader {
 public:
  /// `secrets` may be null: then secrets stay empty.
  Reader(Tree& tree, std::string_view file, Strictness strictness, const Lookup* secrets = nullptr)
      : tree_(tree), file_(file), strictness_(strictness), secrets_(secrets) {}

  template <class T>
  void document(T& value) {
    read(tree_.root(), value, About{});
  }

  template <class T>
  void field(std::string_view key, T& value, const About& about = {}) {
    constexpr Absent absent = std::is_same_v<T, Secret> ? Absent::as_null
                              : is_leaf<T>              ? Absent::keeps_default
                                                        : Absent::as_empty_map;
    if (Node* node = take(key, about, absent)) {
      const Step step(*this, key);
      read(*node, value, about);
    } else {
      note_default(key);
    }
  }

  /// Keys within `key` that belong to the same struct.
  template <class Body>
  void object(std::string_view key, const About& about, const Body& body) {
    Node* node = take(key, about, Absent::as_empty_map);
    if (node == nullptr) return;
    const Step step(*this, key);
    within(*node, [&] { body(*this); });
  }

  /// A rule over several fields. Left out when the fields themselves have problems already.
  void check(bool holds, std::string_view key, std::string_view rule);
  /// Exactly one of two optional keys is set.
  void exactly_one(std::string_view a, bool has_a, std::string_view b, bool has_b);

  const std::vector<Problem>& problems() const { return problems_; }
  std::vector<std::string>& warnings() { return warnings_; }
  /// Dotted key -> "file:line", the variable's name, or "default"; leaves only.
  std::map<std::string, std::string>& origins() { return origins_; }

 private:
  // What a missing key of a settings document is read as: a missing section still has its fields, a
  // missing secret still has its variable.
  enum class Absent { keeps_default, as_empty_map, as_null };

  struct Segment {
    std::string_view key;
    std::size_t index = 0;
  };
  // One step down the path, taken back at the end of the scope.
  class Step {
   public:
    Step(Reader& reader, std::string_view key, std::size_t index = 0) : reader_(reader) {
      reader_.path_.push_back({key, index});
    }
    ~Step() { reader_.path_.pop_back(); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reader& reader_;
  };

  template <class T>
  struct Leaf : std::bool_constant<!std::is_class_v<T>> {};
  template <class T>
  struct Leaf<std::optional<T>> : Leaf<T> {};
  template <class T>
  struct Leaf<std::vector<T>> : std::true_type {};
  template <class T>
  static constexpr bool is_leaf =
      Leaf<T>::value || std::is_same_v<T, std::string> || std::is_same_v<T, Secret> ||
      std::is_same_v<T, UtcTime> || std::is_same_v<T, std::optional<std::string>> ||
      std::is_same_v<T, std::optional<UtcTime>>;

  void read(Node& node, bool& value, const About& about);
  void read(Node& node, int& value, const About& about);
  void read(Node& node, double& value, const About& about);
  void read(Node& node, std::string& value, const About& about);
  void read(Node& node, UtcTime& value, const About& about);
  void read(Node& node, Secret& value, const About& about);
  void read(Node& node, std::vector<std::pair<std::string, std::optional<double>>>& values,
            const About& about);

  template <NamedEnum E>
  void read(Node& node, E& value, const About& about) {
    const auto names = enum_names(value);
    if (const auto index = choose(node, names.data(), names.size(), about))
      value = static_cast<E>(*index);
  }

  template <class T>
  void read(Node& node, std::optional<T>& value, const About& about) {
    if (node.is_null()) {
      note_origin(node);
      value.reset();
      return;
    }
    T inner{};
    read(node, inner, about);
    value = std::move(inner);
  }

  template <class T>
  void read(Node& node, std::vector<T>& values, const About& about) {
    if (!begin_list(node)) return;
    values.clear();
    values.reserve(node.children.size());
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const Step step(*this, {}, i);
      values.emplace_back();
      read(node.children[i], values.back(), about);
    }
  }

  template <Described T>
  void read(Node& node, T& value, const About&) {
    within(node, [&] { describe(*this, value); });
  }

  template <class Body>
  void within(Node& node, const Body& body) {
    if (!begin_map(node)) return;
    const Frame outer = std::exchange(frame_, Frame{&node, 0, names_.size(), problems_.size()});
    body();
    report_unknown();
    names_.resize(frame_.first_name);
    frame_ = outer;
  }

  struct Frame {
    Node* map = nullptr;
    std::size_t cursor = 0;
    std::size_t first_name = 0;
    std::size_t first_problem = 0;
  };

  // The member of the present map, or null when its absence is no problem or has been reported.
  Node* take(std::string_view key, const About& about, Absent absent);
  Node* find_next(std::string_view key);
  bool begin_map(Node& node);
  bool begin_list(Node& node);
  bool is_missing(Node& node, const About& about);
  std::optional<std::size_t> choose(Node& node, const std::string_view* names, std::size_t count,
                                    const About& about);
  bool in_range(const Node& node, double value, const About& about);
  void report(const Node& node, std::string_view text);
  void report_at(const Node& node, std::string path, std::string text);
  void report_unknown();
  void resolve(const Node& node, std::string_view name, Secret& value, const About& about);
  void note_default(std::string_view key);
  void note_origin(const Node& node);
  std::string where(const Node& node) const;
  std::string path() const;
  std::string path_of(std::string_view key) const;

  Tree& tree_;
  std::string_view file_;
  Strictness strictness_;
  const Lookup* secrets_;
  Frame frame_;
  std::vector<Segment> path_;
  std::vector<std::string_view> names_;
  std::vector<Problem> problems_;
  std::vector<std::string> warnings_;
  std::map<std::string, std::string> origins_;
};

}  // namespace gridexit::codec
