#pragma once
// The command table as a tree of CLI11 apps: what parsing, help and completion walk. Only these
// include this header, since CLI11 is slow to compile.

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

#include "app/command.hpp"

namespace gridexit::app {

class CommandTree {
 public:
  /// Builds all apps; `common` receives the common options wherever they stand. Touches no file.
  explicit CommandTree(CommonOptions& common);

  /// One word of a command line: the root (no name), a group or a command.
  struct Node {
    std::unique_ptr<CLI::App> owned;  ///< of the root alone
    CLI::App* app = nullptr;
    std::string path;  ///< "", "grid", "grid start"
    std::string summary;
    const Command* command = nullptr;  ///< none for the root and for groups
    Body body;
  };

  CLI::App& root() { return *nodes_.front().app; }
  const std::vector<Node>& nodes() const { return nodes_; }
  /// The node that the parsed words lead to.
  const Node& chosen() const;
  /// Nodes one word below that one.
  std::vector<const Node*> below(const Node& node) const;

  bool help_wanted() const { return help_; }
  bool version_wanted() const { return version_; }

  CommandTree(const CommandTree&) = delete;
  CommandTree& operator=(const CommandTree&) = delete;

 private:
  Node& add(CLI::App& parent, std::string_view word, std::string path, std::string_view summary);
  void add_general(CLI::App& app, CommonOptions& common);

  std::vector<Node> nodes_;
  bool help_ = false;
  bool version_ = false;
};

}  // namespace gridexit::app
