#include "app/command_tree.hpp"

#include <algorithm>

#include "app/command_table.hpp"
#include "app/options.hpp"

namespace gridexit::app {
namespace {

std::string_view parent_path(std::string_view path) {
  const auto space = path.rfind(' ');
  return space == std::string_view::npos ? std::string_view() : path.substr(0, space);
}

std::string_view last_word(std::string_view path) {
  const auto space = path.rfind(' ');
  return space == std::string_view::npos ? path : path.substr(space + 1);
}

std::string_view group_summary(std::string_view name) {
  for (const CommandGroup& group : command_groups()) {
    if (group.name == name) return group.summary;
  }
  return "";
}

}  // namespace

CommandTree::CommandTree(CommonOptions& common) {
  // CLI11 keeps pointers to apps, not to nodes, so the vector may grow; the apps themselves stay
  // where they are.
  Node root;
  root.owned = std::make_unique<CLI::App>("", "gridexit");
  root.app = root.owned.get();
  root.summary = "Tells the operator of a KuCoin spot grid when to leave, why, and how sure it is";
  nodes_.push_back(std::move(root));
  add_general(*nodes_.front().app, common);
  nodes_.front().app->require_subcommand(0, 1);
  nodes_.front().app->add_flag_callback(
      "--version", [this] { version_ = true; }, "Version and commit of this program");

  for (const Command& command : command_table()) {
    CLI::App* parent = nodes_.front().app;
    if (const std::string_view group = parent_path(command.path); !group.empty()) {
      const auto known = std::find_if(nodes_.begin(), nodes_.end(),
                                      [&](const Node& node) { return node.path == group; });
      if (known != nodes_.end()) {
        parent = known->app;
      } else {
        Node& added = add(*parent, group, std::string(group), group_summary(group));
        added.app->require_subcommand(0, 1);
        add_general(*added.app, common);
        parent = added.app;
      }
    }
    Node& node = add(*parent, last_word(command.path), std::string(command.path), command.summary);
    node.command = &command;
    add_general(*node.app, common);
    node.body = command.define(*node.app);
  }
}

CommandTree::Node& CommandTree::add(CLI::App& parent, std::string_view word, std::string path,
                                    std::string_view summary) {
  Node node;
  node.app = parent.add_subcommand(std::string(word), std::string(summary));
  node.path = std::move(path);
  node.summary = std::string(summary);
  nodes_.push_back(std::move(node));
  return nodes_.back();
}

void CommandTree::add_general(CLI::App& app, CommonOptions& common) {
  app.set_help_flag();  // ours is an ordinary flag, read before anything that may be wrong
  app.add_flag_callback(
         "-h,--help", [this] { help_ = true; }, "This text")
      ->group(kCommonGroup);
  add_common(app, common);
}

const CommandTree::Node& CommandTree::chosen() const {
  const CLI::App* app = nodes_.front().app;
  while (!app->get_subcommands().empty()) app = app->get_subcommands().front();
  return *std::find_if(nodes_.begin(), nodes_.end(),
                       [app](const Node& node) { return node.app == app; });
}

std::vector<const CommandTree::Node*> CommandTree::below(const Node& node) const {
  std::vector<const Node*> found;
  for (const Node& candidate : nodes_) {
    if (!candidate.path.empty() && parent_path(candidate.path) == node.path) {
      found.push_back(&candidate);
    }
  }
  return found;
}

}  // namespace gridexit::app
