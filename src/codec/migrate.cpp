#include "migrate.hpp"

#include <initializer_list>

namespace gridexit::codec {
namespace {

// Replaces a scalar by a map that holds it under each of the names.
void wrap(Tree& tree, Node& root, std::string_view key,
          std::initializer_list<std::string_view> names) {
  Node* old = root.find(key);
  if (old == nullptr || !old->is_scalar() || old->is_null()) return;
  Node map = tree.make(Node::Kind::map);
  map.key = old->key;
  map.line = old->line;
  for (const std::string_view name : names) {
    Node value = tree.copy(*old);
    value.key = name;
    map.children.push_back(std::move(value));
  }
  *old = std::move(map);
}

void remove(Node& map, std::string_view key) {
  for (auto child = map.children.begin(); child != map.children.end(); ++child) {
    if (child->key != key) continue;
    map.children.erase(child);
    return;
  }
}

// `last_notification: {WARNING: TIME, ...}` becomes entries of `notified`.
void migrate_notifications(Tree& tree, Node& root, const Node* grid_id) {
  const Node* old = root.find("last_notification");
  if (old == nullptr || !old->is_map() || root.find("notified") != nullptr) return;
  Node list = tree.make(Node::Kind::list);
  for (const Node& sent : old->children) {
    if (sent.is_null() || grid_id == nullptr) continue;
    Node entry = tree.make(Node::Kind::map);
    entry.line = sent.line;
    Node& time = entry.children.emplace_back(tree.copy(sent));
    time.key = "timestamp";
    Node& grid = entry.children.emplace_back(tree.copy(*grid_id));
    grid.key = "grid_id";
    Node& state = entry.children.emplace_back(tree.make_scalar(sent.key));
    state.key = "state";
    list.children.push_back(std::move(entry));
  }
  list.key = "notified";
  root.children.push_back(std::move(list));
  remove(root, "last_notification");
}

}  // namespace

// 1.0 had the verdict and the confidence as plain values.
void migrate(Tree& tree, Of<MetricsRecord>) {
  Node& root = tree.root();
  if (!root.is_map()) return;
  wrap(tree, root, "regime", {"raw", "verdict"});
  wrap(tree, root, "confidence", {"value", "base"});
}

// 1.0 named the grid once a day, and kept the last message per state.
void migrate(Tree& tree, Of<ExitStateDay>) {
  Node& root = tree.root();
  const Node* found = root.find("grid_id");
  if (found == nullptr) return;
  const Node grid_id = tree.copy(*found);
  if (Node* transitions = root.find("transitions"); transitions != nullptr) {
    for (Node& transition : transitions->children) {
      if (transition.is_map() && transition.find("grid_id") == nullptr) {
        transition.children.push_back(tree.copy(grid_id));
      }
    }
  }
  migrate_notifications(tree, root, &grid_id);
  remove(root, "grid_id");
}

}  // namespace gridexit::codec
