// completion: a script for bash, zsh or fish, made from the command tree, so that it cannot know
// other commands than the program does.

#include <fmt/format.h>

#include <algorithm>

#include "app/command_tree.hpp"
#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

enum class Shell { bash, zsh, fish };

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

std::vector<std::string> words_below(const CommandTree& tree, const CommandTree::Node& node) {
  std::vector<std::string> words;
  for (const CommandTree::Node* child : tree.below(node)) words.push_back(child->app->get_name());
  return words;
}

// "text|json|yaml" as words; nothing for a placeholder like PATH.
std::vector<std::string> value_words(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  std::vector<std::string> words;
  if (type.find('|') == std::string::npos) return words;
  for (const std::string_view word : split(type, '|')) words.emplace_back(word);
  return words;
}

// Single quotes for all three shells; descriptions keep their apostrophes out instead.
std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '\'', ' ');
  return "'" + text + "'";
}

std::string bash_value_cases(const CommandTree& tree) {
  std::string out;
  for (const CLI::Option* option : tree.nodes().front().app->get_options()) {
    const auto words = value_words(*option);
    if (words.empty()) continue;
    std::vector<std::string> names;
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    out += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n",
                       join(names, "|"), join(words, " "));
  }
  return out;
}

std::string bash_script(const CommandTree& tree) {
  std::string cases;
  for (const CommandTree::Node& node : tree.nodes()) {
    auto words = words_below(tree, node);
    const auto options = option_names(*node.app);
    words.insert(words.end(), options.begin(), options.end());
    cases += fmt::format("    '{}') words='{}' ;;\n", node.path, join(words, " "));
  }
  std::string longer;  // commands of two words: a word after the first may also be a value
  for (const CommandTree::Node& node : tree.nodes()) {
    if (node.path.find(' ') != std::string::npos)
      longer += fmt::format("{}'{}'", longer.empty() ? "" : "|", node.path);
  }
  return fmt::format(
      R"(# gridexit completion for bash; load it with: source <(gridexit completion bash)
_gridexit() {{
  local cur prev path word words index
  cur="${{COMP_WORDS[COMP_CWORD]}}"
  prev="${{COMP_WORDS[COMP_CWORD-1]}}"
  path=''
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="${{COMP_WORDS[index]}}"
    case "$word" in
      -*) continue ;;
    esac
    case "$path $word" in
      " $word") path="$word" ;;
      {}) path="$path $word" ;;
    esac
  done
  case "$prev" in
{}    --repo|--config|--grid|--standalone) COMPREPLY=($(compgen -f -- "$cur")); return ;;
  esac
  case "$path" in
{}    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}}
complete -o default -F _gridexit gridexit
)",
      longer, bash_value_cases(tree), cases);
}

std::string zsh_script(const CommandTree& tree) {
  return "#compdef gridexit\n"
         "# gridexit completion for zsh; put it on $fpath as _gridexit, or: source <(gridexit "
         "completion zsh)\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(tree);
}

// fish's condition that exactly the words of `path` were typed.
std::string fish_condition(const CommandTree& tree, const CommandTree::Node& node) {
  if (node.path.empty()) return "__fish_use_subcommand";
  std::vector<std::string> parts;
  for (const std::string_view word : split(node.path, ' ')) {
    parts.push_back(fmt::format("__fish_seen_subcommand_from {}", word));
  }
  if (const auto below = words_below(tree, node); !below.empty()) {
    parts.push_back(fmt::format("not __fish_seen_subcommand_from {}", join(below, " ")));
  }
  return join(parts, "; and ");
}

std::string fish_script(const CommandTree& tree) {
  std::string out =
      "# gridexit completion for fish; load it with: gridexit completion fish | source\n"
      "complete -c gridexit -f\n";
  for (const CommandTree::Node& node : tree.nodes()) {
    const std::string condition = fish_condition(tree, node);
    for (const CommandTree::Node* child : tree.below(node)) {
      out += fmt::format("complete -c gridexit -n '{}' -a {} -d {}\n", condition,
                         child->app->get_name(), quoted(child->summary));
    }
    for (const CLI::Option* option : node.app->get_options()) {
      if (option->get_lnames().empty()) continue;
      std::string line = fmt::format("complete -c gridexit -n '{}' -l {}", condition,
                                     option->get_lnames().front());
      if (!option->get_snames().empty()) line += " -s " + option->get_snames().front();
      if (option->get_type_size() != 0) {
        const auto words = value_words(*option);
        line += words.empty() ? " -r -F" : fmt::format(" -x -a '{}'", join(words, " "));
      }
      out += line + " -d " + quoted(option->get_description()) + "\n";
    }
  }
  return out;
}

struct Options {
  Shell shell = Shell::bash;
};

Result<ExitCode> run_completion(const Options& options, Context& context) {
  CommonOptions unused;
  const CommandTree tree(unused);
  switch (options.shell) {
    case Shell::bash: context.output.insist(bash_script(tree)); break;
    case Shell::zsh: context.output.insist(zsh_script(tree)); break;
    case Shell::fish: context.output.insist(fish_script(tree)); break;
  }
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_choice(app, "SHELL",
             {{"bash", [options] { options->shell = Shell::bash; }},
              {"zsh", [options] { options->shell = Shell::zsh; }},
              {"fish", [options] { options->shell = Shell::fish; }}},
             "bash, zsh or fish")
      ->required();
  return [options](Context& context) { return run_completion(*options, context); };
}

}  // namespace

Command completion_command() {
  return {"completion", "Print a completion script for your shell",
          "source <(gridexit completion bash)\n"
          "gridexit completion fish > ~/.config/fish/completions/gridexit.fish",
          define};
}

}  // namespace gridexit::app
