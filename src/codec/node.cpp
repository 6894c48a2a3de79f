#include "node.hpp"

#include <algorithm>

namespace gridexit::codec {
namespace {

constexpr std::size_t kFirstBlock = std::size_t{16} * 1024;

}  // namespace

bool Node::is_null() const {
  return is_scalar() && !quoted &&
         (text.empty() || text == "null" || text == "~" || text == "Null" || text == "NULL");
}

const Node* Node::find(std::string_view name) const {
  if (!is_map()) return nullptr;
  const auto found = std::find_if(children.begin(), children.end(),
                                  [name](const Node& child) { return child.key == name; });
  return found == children.end() ? nullptr : &*found;
}

Node* Node::find(std::string_view name) {
  if (!is_map()) return nullptr;
  const auto found = std::find_if(children.begin(), children.end(),
                                  [name](const Node& child) { return child.key == name; });
  return found == children.end() ? nullptr : &*found;
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.text != b.text || a.is_null() != b.is_null()) return false;
  if (a.is_map()) {
    return a.children.size() == b.children.size() &&
           std::all_of(a.children.begin(), a.children.end(), [&b](const Node& member) {
             const Node* other = b.find(member.key);
             return other != nullptr && same(member, *other);
           });
  }
  return std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                    same);
}

Tree::Tree()
    : memory_(std::make_unique<std::pmr::monotonic_buffer_resource>(kFirstBlock)),
      root_(std::make_unique<Node>(memory_.get())) {}

Node Tree::make(Node::Kind kind) const {
  Node node(memory_.get());
  node.kind = kind;
  return node;
}

Node Tree::make_scalar(std::string_view text) {
  Node node = make(Node::Kind::scalar);
  node.text = keep(text);
  return node;
}

std::string_view Tree::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* bytes = static_cast<char*>(memory_->allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), bytes);
  return {bytes, text.size()};
}

Node Tree::copy(const Node& node) {
  Node copied = make(node.kind);
  copied.quoted = node.quoted;
  copied.line = node.line;
  copied.key = keep(node.key);
  copied.text = keep(node.text);
  copied.origin = keep(node.origin);
  copied.shown = keep(node.shown);
  copied.children.reserve(node.children.size());
  for (const Node& child : node.children) copied.children.push_back(copy(child));
  return copied;
}

Node& Tree::member(Node& map, std::string_view name) {
  if (Node* found = map.find(name)) return *found;
  Node& added = map.children.emplace_back(make(Node::Kind::map));
  added.key = keep(name);
  return added;
}

}  // namespace gridexit::codec
