#include "yaml_parse.hpp"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <string>

#include "canonical_parse.hpp"

namespace gridexit::codec {
namespace {

// libyaml's parser as a value with a destructor.
class Parser {
 public:
  explicit Parser(std::string_view text) {
    usable_ = yaml_parser_initialize(&parser_) == 1;
    if (!usable_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    // libyaml ends the program on a null pointer, which an empty view may have.
    const char* const begin = text.empty() ? "" : text.data();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(begin),
                                 text.size());
  }
  ~Parser() {
    if (usable_) yaml_parser_delete(&parser_);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  bool next(yaml_event_t& event) { return usable_ && yaml_parser_parse(&parser_, &event) == 1; }

  std::string problem() const {
    if (!usable_ || parser_.problem == nullptr) return "is not readable";
    return std::string("is not valid YAML: ") + parser_.problem;
  }
  // A broken byte has no mark, so its line is counted by the caller from the offset.
  std::size_t problem_line() const { return usable_ ? parser_.problem_mark.line + 1 : 1; }

 private:
  yaml_parser_t parser_{};
  bool usable_ = false;
};

// One event; its texts are freed with it.
struct Event {
  yaml_event_t value{};
  Event() = default;
  ~Event() { yaml_event_delete(&value); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  int line() const { return static_cast<int>(value.start_mark.line) + 1; }
};

std::string_view view(const yaml_char_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

class Builder {
 public:
  Builder(std::string_view text, std::string_view file, ErrorCode code)
      : parser_(text), file_(file), code_(code) {}

  Result<Tree> build() {
    GX_CHECK(expect(YAML_STREAM_START_EVENT));
    Event start;
    GX_CHECK(advance(start));
    if (start.value.type == YAML_STREAM_END_EVENT) return std::move(tree_);
    Event first;
    GX_CHECK(advance(first));
    GX_TRY(Node root, node(first, 0));
    tree_.root() = std::move(root);
    GX_CHECK(expect(YAML_DOCUMENT_END_EVENT));
    Event last;
    GX_CHECK(advance(last));
    if (last.value.type != YAML_STREAM_END_EVENT) {
      return failure(last.line(), "a second document starts here: write one document per file");
    }
    return std::move(tree_);
  }

 private:
  Error failure(std::size_t line, std::string_view what) const {
    return Error{code_, fmt::format("{}:{}: {}", file_, line, what), "", {}};
  }
  Error failure(int line, std::string_view what) const {
    return failure(static_cast<std::size_t>(line), what);
  }

  Result<void> advance(Event& event) {
    if (!parser_.next(event.value)) return failure(parser_.problem_line(), parser_.problem());
    return {};
  }

  Result<void> expect(yaml_event_type_t type) {
    Event event;
    GX_CHECK(advance(event));
    if (event.value.type != type) return failure(event.line(), "is not one YAML document");
    return {};
  }

  Result<Node> node(const Event& event, int depth) {
    if (depth > kMaximumDepth) return failure(event.line(), "is nested too deeply");
    switch (event.value.type) {
      case YAML_SCALAR_EVENT: return scalar(event);
      case YAML_SEQUENCE_START_EVENT: return list(event, depth);
      case YAML_MAPPING_START_EVENT: return map(event, depth);
      case YAML_ALIAS_EVENT:
        return failure(event.line(), "aliases (*name) are not allowed: write the value itself");
      case YAML_NO_EVENT:
      case YAML_STREAM_START_EVENT:
      case YAML_STREAM_END_EVENT:
      case YAML_DOCUMENT_START_EVENT:
      case YAML_DOCUMENT_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: break;
    }
    return failure(event.line(), "a value is expected here");
  }

  Result<void> refuse_extras(int line, const yaml_char_t* anchor, const yaml_char_t* tag) const {
    if (anchor != nullptr) return failure(line, "anchors (&name) are not allowed");
    if (tag != nullptr) return failure(line, "tags (!type) are not allowed");
    return {};
  }

  Result<Node> scalar(const Event& event) {
    const auto& data = event.value.data.scalar;
    GX_CHECK(refuse_extras(event.line(), data.anchor, data.tag));
    Node made = tree_.make_scalar(view(data.value, data.length));
    made.quoted = data.style != YAML_PLAIN_SCALAR_STYLE;
    made.line = event.line();
    return made;
  }

  Result<Node> list(const Event& event, int depth) {
    const auto& data = event.value.data.sequence_start;
    GX_CHECK(refuse_extras(event.line(), data.anchor, data.tag));
    Node made = tree_.make(Node::Kind::list);
    made.line = event.line();
    while (true) {
      Event item;
      GX_CHECK(advance(item));
      if (item.value.type == YAML_SEQUENCE_END_EVENT) return made;
      GX_TRY(Node child, node(item, depth + 1));
      made.children.push_back(std::move(child));
    }
  }

  Result<Node> map(const Event& event, int depth) {
    const auto& data = event.value.data.mapping_start;
    GX_CHECK(refuse_extras(event.line(), data.anchor, data.tag));
    Node made = tree_.make(Node::Kind::map);
    made.line = event.line();
    while (true) {
      Event name;
      GX_CHECK(advance(name));
      if (name.value.type == YAML_MAPPING_END_EVENT) break;
      if (name.value.type != YAML_SCALAR_EVENT) {
        return failure(name.line(), "a key has to be plain text");
      }
      GX_TRY(const Node key, scalar(name));
      Event content;
      GX_CHECK(advance(content));
      GX_TRY(Node child, node(content, depth + 1));
      child.key = key.text;
      child.line = key.line;
      made.children.push_back(std::move(child));
    }
    GX_CHECK(refuse_duplicates(made));
    return made;
  }

  Result<void> refuse_duplicates(const Node& map) const {
    std::vector<const Node*> sorted;
    sorted.reserve(map.children.size());
    for (const Node& child : map.children) sorted.push_back(&child);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Node* a, const Node* b) { return a->key < b->key; });
    const auto twice =
        std::adjacent_find(sorted.begin(), sorted.end(),
                           [](const Node* a, const Node* b) { return a->key == b->key; });
    if (twice == sorted.end()) return {};
    return failure((*(twice + 1))->line,
                   fmt::format("the key \"{}\" stands here a second time (first in line {})",
                               (*twice)->key.substr(0, 60), (*twice)->line));
  }

  Parser parser_;
  std::string_view file_;
  ErrorCode code_;
  Tree tree_;
};

}  // namespace

Result<Tree> parse_with_libyaml(std::string_view text, std::string_view file, ErrorCode code) {
  return Builder(text, file, code).build();
}

Result<Tree> parse_yaml(std::string_view text, std::string_view file, ErrorCode code) {
  if (text.size() > kMaximumBytes) {
    return Error{code, fmt::format("{}: is larger than {} MB", file, kMaximumBytes >> 20), "", {}};
  }
  if (auto tree = parse_canonical(text)) return *std::move(tree);
  return parse_with_libyaml(text, file, code);
}

}  // namespace gridexit::codec
