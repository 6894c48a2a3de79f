#include "variables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/text.hpp"
#include "yaml_parse.hpp"

namespace gridexit::codec {
namespace {

bool is_variable_name(std::string_view name) {
  const auto is_start = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  return !name.empty() && is_start(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [is_start](char c) { return is_start(c) || (c >= '0' && c <= '9'); });
}

class Expansion {
 public:
  Expansion(Tree& tree, std::string_view file, const std::vector<SettingKey>& keys,
            const Outside& outside)
      : tree_(tree), file_(file), keys_(keys), outside_(outside) {}

  std::vector<Problem> run() {
    visit(tree_.root(), "");
    return std::move(problems_);
  }

 private:
  void visit(Node& node, const std::string& path) {
    if (node.is_scalar()) {
      if (node.text.find("${") != std::string_view::npos && !is_secret(path)) expand(node, path);
      return;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      Node& child = node.children[i];
      const std::string name = node.is_list() ? fmt::format("[{}]", i)
                               : path.empty() ? std::string(child.key)
                                              : fmt::format(".{}", child.key);
      visit(child, path + name);
    }
  }

  bool is_secret(std::string_view path) const {
    return std::any_of(keys_.begin(), keys_.end(),
                       [path](const SettingKey& key) { return key.secret && key.path == path; });
  }

  // A secret's variable in an ordinary value would be shown by `config show`.
  bool names_secret(std::string_view name) const {
    return std::any_of(keys_.begin(), keys_.end(), [name](const SettingKey& key) {
      return key.secret && key.variable == name;
    });
  }

  void expand(Node& node, const std::string& path) {
    std::string result;
    std::string_view rest = node.text;
    while (true) {
      const std::size_t start = rest.find("${");
      result += rest.substr(0, start);
      if (start == std::string_view::npos) break;
      rest.remove_prefix(start + 2);
      const std::size_t end = rest.find('}');
      const std::string_view name = rest.substr(0, end);
      if (end == std::string_view::npos || !is_variable_name(name)) {
        return report(node, path, "holds \"${\" without a variable's name: write ${NAME}");
      }
      const auto value = look_up(node, path, name);
      if (!value) return;
      result += *value;
      rest.remove_prefix(end + 1);
    }
    node.shown = node.text;
    node.text = tree_.keep(result);
    node.quoted = false;
  }

  std::optional<std::string> look_up(const Node& node, const std::string& path,
                                     std::string_view name) {
    if (names_secret(name)) {
      report(node, path, fmt::format("must not hold the secret {}: it would be shown", name));
      return std::nullopt;
    }
    auto found = outside_.variable(name);
    if (!found) {
      report(node, path, found.error().text());
      return std::nullopt;
    }
    if (!*found) {
      report(node, path,
             fmt::format("the environment variable {} is not set: set it, or write the value here",
                         name));
      return std::nullopt;
    }
    return (*found)->value;
  }

  void report(const Node& node, const std::string& path, std::string text) {
    problems_.push_back({fmt::format("{}:{}", file_, node.line), path, std::move(text)});
  }

  Tree& tree_;
  std::string_view file_;
  const std::vector<SettingKey>& keys_;
  const Outside& outside_;
  std::vector<Problem> problems_;
};

// The node at a dotted path, sections added where they are missing; null when a section is no map.
Node* locate(Tree& tree, std::string_view path) {
  Node* node = &tree.root();
  for (const std::string_view part : split(path, '.')) {
    if (node->is_null()) node->kind = Node::Kind::map;
    if (!node->is_map()) return nullptr;
    node = &tree.member(*node, part);
  }
  return node;
}

void mark(Tree& tree, Node& node, std::string_view origin) {
  node.origin = tree.keep(origin);
  for (Node& child : node.children) mark(tree, child, origin);
}

}  // namespace

std::optional<std::string_view> whole_variable(std::string_view text) {
  if (!text.starts_with("${") || !text.ends_with("}")) return std::nullopt;
  const std::string_view name = text.substr(2, text.size() - 3);
  return is_variable_name(name) ? std::optional(name) : std::nullopt;
}

std::vector<Problem> expand_variables(Tree& tree, std::string_view file,
                                      const std::vector<SettingKey>& keys, const Outside& outside) {
  if (!outside.variable) return {};
  return Expansion(tree, file, keys, outside).run();
}

std::vector<Problem> apply_overrides(Tree& tree, const std::vector<SettingKey>& keys,
                                     const std::vector<Override>& overrides) {
  std::vector<Problem> problems;
  for (const Override& change : overrides) {
    Node* node = locate(tree, change.path);
    // A section that is no map is a problem of the file and reported by the reader.
    if (node == nullptr) continue;
    const std::string_view key = node->key;
    const bool is_list = std::any_of(keys.begin(), keys.end(), [&change](const SettingKey& known) {
      return known.path == change.path && known.list;
    });
    if (is_list) {
      auto parsed = parse_yaml(change.value, change.origin, ErrorCode::config_invalid);
      if (!parsed) {
        problems.push_back(
            {change.origin, change.path, "must be a list in YAML's flow style: [a, b]"});
        continue;
      }
      *node = tree.copy(parsed->root());
    } else {
      *node = tree.make_scalar(change.value);
    }
    node->key = key;
    mark(tree, *node, change.origin);
  }
  return problems;
}

}  // namespace gridexit::codec
