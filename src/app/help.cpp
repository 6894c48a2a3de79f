#include "app/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/options.hpp"
#include "app/render/table.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

using Row = std::pair<std::string, std::string>;

std::string left_column(const CLI::Option& option) {
  if (option.get_positional()) return option.get_name(true);
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  const std::string type = option.get_type_name();
  return join(names, ", ") + (option.get_type_size() == 0 || type.empty() ? "" : " " + type);
}

// Descriptions start in one column; a left part that reaches into it takes a line of its own.
std::string render_rows(const std::vector<Row>& rows, int columns) {
  constexpr std::size_t widest = 26;
  std::size_t width = 0;
  for (const Row& row : rows) {
    if (row.first.size() <= widest) width = std::max(width, row.first.size());
  }
  std::string out;
  const std::string margin(width + 4, ' ');
  const std::size_t room = static_cast<std::size_t>(columns) - margin.size();
  for (const auto& [left, right] : rows) {
    const std::vector<std::string> lines = wrap(right, room);
    if (left.size() > width) {
      out += "  " + left + '\n';
      for (const std::string& line : lines) out += margin + line + '\n';
      continue;
    }
    out += fmt::format("  {:<{}}  {}\n", left, width, lines.front());
    for (std::size_t i = 1; i < lines.size(); ++i) out += margin + lines[i] + '\n';
  }
  return out;
}

std::string usage_line(const CommandTree& tree, const CommandTree::Node& node) {
  std::string line = "usage: gridexit";
  if (!node.path.empty()) line += " " + node.path;
  if (!tree.below(node).empty()) line += node.command == nullptr ? " COMMAND" : " [COMMAND]";
  for (const CLI::Option* option : node.app->get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = option->get_name(true);
    line += option->get_required() ? " " + name : " [" + name + "]";
  }
  return line + " [options]\n";
}

std::string render_options(const CommandTree::Node& node, int columns) {
  std::vector<Row> own;
  std::vector<Row> common;
  for (const CLI::Option* option : node.app->get_options()) {
    auto& rows = option->get_group() == kCommonGroup ? common : own;
    rows.emplace_back(left_column(*option), option->get_description());
  }
  std::string out;
  if (!own.empty()) out += "\nOptions:\n" + render_rows(own, columns);
  return out + "\nCommon options:\n" + render_rows(common, columns);
}

std::string render_examples(std::string_view examples) {
  std::string out = "\nExamples:\n";
  for (const std::string_view line : split(examples, '\n')) out += fmt::format("  {}\n", line);
  return out;
}

constexpr std::string_view kFirstSteps =
    "gridexit evaluate --symbol ETH-USDT --exchange simulated\n"
    "gridexit init --repo data --symbol ETH-USDT\n"
    "gridexit explain --repo data --symbol ETH-USDT";

}  // namespace

std::string render_help(const CommandTree& tree, const CommandTree::Node& node, int columns) {
  columns = std::clamp(columns, 60, 100);
  std::string out = (node.path.empty() ? "gridexit" : "gridexit " + node.path) + "\n";
  for (const std::string& line : wrap(node.summary + ".", static_cast<std::size_t>(columns))) {
    out += line + '\n';
  }
  out += '\n' + usage_line(tree, node);
  if (const auto below = tree.below(node); !below.empty()) {
    std::vector<Row> rows;
    rows.reserve(below.size());
    for (const CommandTree::Node* child : below)
      rows.emplace_back(child->app->get_name(), child->summary);
    out += "\nCommands:\n" + render_rows(rows, columns);
  }
  out += render_options(node, columns);
  if (node.command != nullptr) {
    out += render_examples(node.command->examples);
  } else if (node.path.empty()) {
    out += render_examples(kFirstSteps) + "\nMore: gridexit COMMAND --help\n";
  } else {
    out += fmt::format("\nMore: gridexit {} COMMAND --help\n", node.path);
  }
  return out;
}

}  // namespace gridexit::app
