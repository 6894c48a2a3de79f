#pragma once
// The inside of the document layer: a parsed YAML text as a tree, with the line of everything in
// it. Types are not guessed here; the description of a document says what a scalar has to be.
// Nothing of this leaves the module.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string_view>
#include <vector>

namespace gridexit::codec {

struct Node {
  enum class Kind : std::uint8_t { scalar, list, map };

  explicit Node(std::pmr::memory_resource* memory) : children(memory) {}

  Kind kind = Kind::scalar;
  bool quoted = false;    ///< a quoted scalar is text, whatever it looks like
  bool taken = false;     ///< a description asked for this key
  int line = 0;           ///< 1-based; 0 when it comes from no file
  std::string_view key;   ///< name within a map
  std::string_view text;  ///< of a scalar
  std::string_view
      origin;  ///< environment variable that replaced the value, empty when the file's stands
  std::string_view shown;  ///< what errors show instead of `text`; empty = `text`
  std::pmr::vector<Node> children;

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  /// A plain `null`, `~` or nothing at all.
  bool is_null() const;
  /// The member of that name; null pointer when there is none or this is no map.
  Node* find(std::string_view name);
  const Node* find(std::string_view name) const;
};

/// Same content, whatever the lines and the quotes' style.
bool same(const Node& a, const Node& b);

/// A tree and the memory behind its texts.
class Tree {
 public:
  Tree();

  Node& root() { return *root_; }
  const Node& root() const { return *root_; }
  /// A node that may be put into this tree.
  Node make(Node::Kind kind) const;
  Node make_scalar(std::string_view text);
  /// A copy of the text that lives as long as the tree.
  std::string_view keep(std::string_view text);
  /// A deep copy of a node of another tree.
  Node copy(const Node& node);
  /// The member `name` of `map`, added as an empty map when it is missing.
  Node& member(Node& map, std::string_view name);

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_;
  std::unique_ptr<Node> root_;
};

}  // namespace gridexit::codec
