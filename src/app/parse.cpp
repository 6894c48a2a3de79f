#include "app/parse.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/command_tree.hpp"
#include "app/help.hpp"
#include "gridexit/app/version.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

Error usage(std::string message, std::string hint) {
  return {ErrorCode::usage, std::move(message), std::move(hint), {}};
}

std::string help_hint(const std::string& path) {
  return path.empty() ? "see gridexit --help" : fmt::format("see gridexit {} --help", path);
}

std::vector<std::string> words_below(const CommandTree& tree) {
  std::vector<std::string> words;
  for (const CommandTree::Node* below : tree.below(tree.chosen()))
    words.push_back(below->app->get_name());
  return words;
}

Error unknown_command(const CommandTree& tree, const std::string& word) {
  const CommandTree::Node& node = tree.chosen();
  const std::string typed = node.path.empty() ? word : node.path + " " + word;
  if (const auto near = nearest(word, words_below(tree))) {
    const std::string meant = node.path.empty() ? *near : node.path + " " + *near;
    return usage(fmt::format("unknown command \"{}\"; did you mean \"{}\"?", typed, meant),
                 help_hint(node.path));
  }
  return usage(fmt::format("unknown command \"{}\"", typed), help_hint(node.path));
}

Error unknown_option(const CommandTree& tree, const std::string& word) {
  const CommandTree::Node& node = tree.chosen();
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> candidates;
  for (const CLI::Option* option : node.app->get_options()) {
    for (const std::string& text : option->get_lnames()) candidates.push_back("--" + text);
  }
  if (std::find(candidates.begin(), candidates.end(), name) != candidates.end()) {
    return usage(fmt::format("option \"{}\" stands before its command", name),
                 fmt::format("write it after \"{}\"", node.path));
  }
  if (const auto near = nearest(name, candidates)) {
    return usage(fmt::format("unknown option \"{}\"; did you mean \"{}\"?", name, *near),
                 help_hint(node.path));
  }
  return usage(fmt::format("unknown option \"{}\"", name), help_hint(node.path));
}

// What CLI11 left over says more than its exception: the first of these words is the user's
// mistake.
Error explain_failure(const CommandTree& tree, const CLI::App& root,
                      const CLI::ParseError& failure) {
  const std::vector<std::string> left = root.remaining(true);
  if (!left.empty()) {
    const std::string& word = left.front();
    if (word.size() > 1 && word.front() == '-') return unknown_option(tree, word);
    const bool takes_a_command =
        tree.chosen().command == nullptr || nearest(word, words_below(tree)).has_value();
    if (takes_a_command) return unknown_command(tree, word);
    return usage(fmt::format("unexpected argument \"{}\"", word), help_hint(tree.chosen().path));
  }
  if (dynamic_cast<const CLI::RequiredError*>(&failure) != nullptr) {
    std::string what = failure.what();  // "ID is required"
    what = what.substr(0, what.find(' '));
    return usage(what + " is missing", help_hint(tree.chosen().path));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&failure) != nullptr) {
    const std::string what = failure.what();  // "--symbol: 1 required BASE-QUOTE missing"
    const std::string name = what.substr(0, what.find(':'));
    const CLI::Option* option = tree.chosen().app->get_option_no_throw(name);
    const bool repeated = option != nullptr && option->count() > 1;
    return usage(name + (repeated ? " is given more than once" : " needs a value"),
                 help_hint(tree.chosen().path));
  }
  return usage(failure.what(), help_hint(tree.chosen().path));
}

// "help grid start" is what people try first.
std::vector<std::string> in_our_words(std::vector<std::string> args) {
  if (args.empty() || args.front() != "help") return args;
  args.erase(args.begin());
  args.emplace_back("--help");
  return args;
}

}  // namespace

Parsed parse(const std::vector<std::string>& args, int columns) {
  auto common = std::make_shared<CommonOptions>();
  const auto tree = std::make_shared<CommandTree>(*common);
  try {
    std::vector<std::string> words = in_our_words(args);
    std::reverse(words.begin(), words.end());  // as CLI11 takes them
    tree->root().parse(std::move(words));
  } catch (const CLI::ParseError& failure) {
    if (tree->help_wanted()) return Answer{render_help(*tree, tree->chosen(), columns)};
    return Refusal{explain_failure(*tree, tree->root(), failure), *common};
  }
  const CommandTree::Node& node = tree->chosen();
  if (tree->version_wanted()) {
    const EngineVersion engine = engine_version();
    return Answer{fmt::format("gridexit {} ({})\n", engine.version, engine.commit)};
  }
  if (tree->help_wanted() || node.command == nullptr) {
    return Answer{render_help(*tree, node, columns)};
  }
  return Invocation{node.command, *common, node.body};
}

}  // namespace gridexit::app
