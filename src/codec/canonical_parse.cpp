#include "canonical_parse.hpp"

#include <algorithm>
#include <string>

#include "utf8.hpp"
#include "yaml_parse.hpp"

namespace gridexit::codec {
namespace {

constexpr std::size_t kLongestKey = 128;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_plain(char c) {
  return is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '/';
}

// Every function leaves the position behind what it took, or returns false: then the text is not
// canonical.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(tree_.keep(text)) {}

  std::optional<Tree> run() {
    Node root = tree_.make(Node::Kind::map);
    root.line = 1;
    if (text_.empty() || text_.front() == ' ' || !map(root, 0, 0) || at_ != text_.size())
      return std::nullopt;
    tree_.root() = std::move(root);
    return std::move(tree_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool take(char expected) {
    if (peek() != expected) return false;
    ++at_;
    return true;
  }

  bool end_line() {
    ++line_;
    return take('\n');
  }

  // Whether the next line has exactly this indent, which is then taken.
  bool indented(std::size_t indent) {
    const std::size_t found = std::min(text_.find_first_not_of(' ', at_), text_.size()) - at_;
    if (found != indent || at_ + found == text_.size()) return false;
    at_ += indent;
    return true;
  }

  bool key(Node& child) {
    if (!scalar(child) || child.text.size() > kLongestKey || !take(':')) return false;
    child.key = child.text;
    child.text = {};
    child.quoted = false;
    return true;
  }

  // A block map; the first line's indent is taken already.
  bool map(Node& node, std::size_t indent, int depth) {
    if (depth > kMaximumDepth) return false;
    do {
      Node& child = node.children.emplace_back(tree_.make(Node::Kind::scalar));
      if (!key(child)) return false;
      const bool is_whole = take(' ') ? inline_value(child, depth + 1) && end_line()
                                      : end_line() && nested(child, indent + 2, depth + 1);
      if (!is_whole) return false;
    } while (indented(indent));
    return has_unique_keys(node);
  }

  bool nested(Node& node, std::size_t indent, int depth) {
    if (!indented(indent)) return false;
    const bool is_list = peek() == '-' && peek(1) == ' ';
    node.kind = is_list ? Node::Kind::list : Node::Kind::map;
    return is_list ? list(node, indent, depth) : map(node, indent, depth);
  }

  bool list(Node& node, std::size_t indent, int depth) {
    if (depth > kMaximumDepth) return false;
    do {
      if (!take('-') || !take(' ')) return false;
      Node& child = node.children.emplace_back(tree_.make(Node::Kind::scalar));
      child.line = line_;
      if (!item(child, indent + 2, depth + 1)) return false;
    } while (indented(indent));
    return true;
  }

  // Behind a dash: a value within the line, or a block map that starts there.
  bool item(Node& node, std::size_t indent, int depth) {
    const std::size_t start = at_;
    if (inline_value(node, depth) && peek() == '\n') return end_line();
    if (node.kind != Node::Kind::scalar) return false;
    at_ = start;
    node = tree_.make(Node::Kind::map);
    node.line = line_;
    return map(node, indent, depth);
  }

  bool inline_value(Node& node, int depth) {
    if (depth > kMaximumDepth) return false;
    if (peek() == '{') return flow(node, Node::Kind::map, '}', depth);
    if (peek() == '[') return flow(node, Node::Kind::list, ']', depth);
    return scalar(node);
  }

  bool flow(Node& node, Node::Kind kind, char close, int depth) {
    ++at_;
    node.kind = kind;
    node.line = line_;
    if (take(close)) return true;
    do {
      if (!node.children.empty() && !take(' ')) return false;
      Node& child = node.children.emplace_back(tree_.make(Node::Kind::scalar));
      child.line = line_;
      if (kind == Node::Kind::map && (!key(child) || !take(' '))) return false;
      if (!inline_value(child, depth + 1)) return false;
    } while (take(','));
    return take(close) && (kind == Node::Kind::list || has_unique_keys(node));
  }

  bool scalar(Node& node) {
    node.line = line_;
    node.quoted = peek() == '"';
    if (node.quoted) return quoted(node);
    if (!is_alphanumeric(peek()) && !(peek() == '-' && is_digit(peek(1)))) return false;
    const std::size_t start = at_++;
    while (is_plain(peek())) ++at_;
    node.text = text_.substr(start, at_ - start);
    return true;
  }

  bool quoted(Node& node) {
    const std::size_t start = ++at_;
    bool has_escapes = false;
    while (peek() != '"') {
      if (peek() == '\\') {
        has_escapes = true;
        // Only what stands for itself; anything longer is left to libyaml.
        if (peek(1) != '"' && peek(1) != '\\') return false;
        at_ += 2;
        continue;
      }
      const CodePoint next = at_ < text_.size() ? decode_utf8(text_.substr(at_)) : CodePoint{};
      if (next.bytes == 0 || needs_escape(next.code)) return false;
      at_ += next.bytes;
    }
    const std::string_view raw = text_.substr(start, at_ - start);
    node.text = has_escapes ? tree_.keep(unescaped(raw)) : raw;
    ++at_;
    return true;
  }

  static std::string unescaped(std::string_view raw) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      if (raw[i] == '\\') ++i;
      text += raw[i];
    }
    return text;
  }

  static bool has_unique_keys(const Node& map) {
    for (auto member = map.children.begin(); member != map.children.end(); ++member) {
      const bool twice = std::any_of(map.children.begin(), member, [&member](const Node& earlier) {
        return earlier.key == member->key;
      });
      if (twice) return false;
    }
    return true;
  }

  Tree tree_;
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::optional<Tree> parse_canonical(std::string_view text) {
  return Parser(text).run();
}

}  // namespace gridexit::codec
