// completion: a script for bash, zsh or fish, made from the command tree, so that it cannot know
// other commands than the program does.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "app/command_tree.hpp"
#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

enum class Shell { bash, zsh, fish };

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  return names;
}

bool takes_value(const CLI::Option& option) {
  return !option.get_positional() && option.get_items_expected_max() > 0;
}

bool takes_path(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  return type == "FILE" || type == "PATH" || type == "DIR";
}

// "text|json|yaml" as words; nothing for a placeholder like PATH, nor for that of "I/N|auto".
std::vector<std::string> value_words(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  std::vector<std::string> words;
  if (type.find('|') == std::string::npos) return words;
  for (const std::string_view word : split(type, '|')) {
    const bool is_placeholder =
        std::any_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!is_placeholder) words.emplace_back(word);
  }
  return words;
}

std::vector<std::string> words_below(const CommandTree& tree, const CommandTree::Node& node) {
  std::vector<std::string> words;
  for (const CommandTree::Node* child : tree.below(node)) words.push_back(child->app->get_name());
  return words;
}

// What may stand where an argument without dashes is expected.
std::vector<std::string> argument_words(const CommandTree::Node& node) {
  std::vector<std::string> all;
  for (const CLI::Option* option : node.app->get_options()) {
    if (!option->get_positional()) continue;
    const auto words = value_words(*option);
    all.insert(all.end(), words.begin(), words.end());
  }
  return all;
}

// Each option that takes a value, once, however many commands have it.
std::vector<const CLI::Option*> options_with_values(const CommandTree& tree) {
  std::vector<const CLI::Option*> options;
  std::set<std::string> seen;
  for (const CommandTree::Node& node : tree.nodes()) {
    for (const CLI::Option* option : node.app->get_options()) {
      if (takes_value(*option) && seen.insert(join(names_of(*option), "|")).second)
        options.push_back(option);
    }
  }
  return options;
}

std::string names_with_values(const CommandTree& tree, std::string_view separator) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options_with_values(tree)) {
    for (std::string& name : names_of(*option)) names.push_back(std::move(name));
  }
  return join(names, separator);
}

// "'grid start'", as the shells' lists of commands of one or of two words take them.
enum class PathLength { any, two_words };
std::string quoted_paths(const CommandTree& tree, PathLength length, std::string_view separator) {
  std::vector<std::string> paths;
  for (const CommandTree::Node& node : tree.nodes()) {
    const bool wanted = length == PathLength::any || node.path.find(' ') != std::string::npos;
    if (!node.path.empty() && wanted) paths.push_back("'" + node.path + "'");
  }
  return join(paths, separator);
}

// Single quotes for all three shells; descriptions keep their apostrophes out instead.
std::string quoted(std::string text) {
  std::replace(text.begin(), text.end(), '\'', ' ');
  return "'" + text + "'";
}

// Behind an option whose values only the reader knows nothing is offered, not even files.
std::string bash_value_cases(const CommandTree& tree) {
  std::string out;
  std::vector<std::string> paths;
  std::vector<std::string> others;
  for (const CLI::Option* option : options_with_values(tree)) {
    const std::string names = join(names_of(*option), "|");
    if (const auto words = value_words(*option); !words.empty()) {
      out += fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$cur\")); return ;;\n", names,
                         join(words, " "));
    } else {
      (takes_path(*option) ? paths : others).push_back(names);
    }
  }
  return out + fmt::format(
                   "    {}) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"
                   "    {}) compopt +o default 2>/dev/null; return ;;\n",
                   join(paths, "|"), join(others, "|"));
}

std::string bash_word_cases(const CommandTree& tree) {
  std::string out;
  for (const CommandTree::Node& node : tree.nodes()) {
    auto words = words_below(tree, node);
    for (std::string& word : argument_words(node)) words.push_back(std::move(word));
    for (const CLI::Option* option : node.app->get_options()) {
      for (std::string& name : names_of(*option)) words.push_back(std::move(name));
    }
    out += fmt::format("    '{}') words='{}' ;;\n", node.path, join(words, " "));
  }
  return out;
}

// In COMP_WORDS "--repo=data" is three words.
std::string bash_script(const CommandTree& tree) {
  return fmt::format(
      R"(# gridexit completion for bash; load it with: source <(gridexit completion bash)
_gridexit() {{
  local cur prev path word words index
  cur="${{COMP_WORDS[COMP_CWORD]}}"
  prev="${{COMP_WORDS[COMP_CWORD-1]}}"
  if [[ "$cur" == '=' ]]; then
    cur=''
  elif [[ "$prev" == '=' ]]; then
    prev="${{COMP_WORDS[COMP_CWORD-2]}}"
  fi
  path=''
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="${{COMP_WORDS[index]}}"
    case "$word" in
      {})
        index=$((index + 1))
        [[ "${{COMP_WORDS[index]}}" == '=' ]] && index=$((index + 1))
        continue ;;
      -*) continue ;;
    esac
    case "$path $word" in
      " $word") path="$word" ;;
      {}) path="$path $word" ;;
    esac
  done
  case "$prev" in
{}  esac
  case "$path" in
{}    *) words='' ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}}
complete -o default -F _gridexit gridexit
)",
      names_with_values(tree, "|"), quoted_paths(tree, PathLength::two_words, "|"),
      bash_value_cases(tree), bash_word_cases(tree));
}

std::string zsh_script(const CommandTree& tree) {
  return "#compdef gridexit\n"
         "# gridexit completion for zsh; put it on $fpath as _gridexit, or: source <(gridexit "
         "completion zsh)\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bash_script(tree);
}

std::string fish_option(const CLI::Option& option, const std::string& condition) {
  std::string line =
      fmt::format("complete -c gridexit -n {} -l {}", condition, option.get_lnames().front());
  if (!option.get_snames().empty()) line += " -s " + option.get_snames().front();
  if (const auto words = value_words(option); !words.empty()) {
    line += fmt::format(" -x -a '{}'", join(words, " "));
  } else if (takes_value(option)) {
    line += takes_path(option) ? " -r -F" : " -x";
  }
  return line + " -d " + quoted(option.get_description()) + "\n";
}

std::string fish_function(const CommandTree& tree) {
  return fmt::format(
      R"(# gridexit completion for fish; load it with: gridexit completion fish | source
# Whether the command typed so far, without options and their values, is this one.
function __gridexit_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l path
    set -l is_value no
    for word in $words
        if test $is_value = yes
            set is_value no
            continue
        end
        switch $word
            case {}
                set is_value yes
            case '-*'
                continue
            case '*'
                if contains -- (string trim "$path $word") {}
                    set -a path $word
                end
        end
    end
    test "$path" = "$argv[1]"
end
complete -c gridexit -f
)",
      names_with_values(tree, " "), quoted_paths(tree, PathLength::any, " "));
}

std::string fish_script(const CommandTree& tree) {
  std::string out = fish_function(tree);
  for (const CommandTree::Node& node : tree.nodes()) {
    const std::string condition = fmt::format("'__gridexit_at \"{}\"'", node.path);
    for (const CommandTree::Node* child : tree.below(node)) {
      out += fmt::format("complete -c gridexit -n {} -a {} -d {}\n", condition,
                         child->app->get_name(), quoted(child->summary));
    }
    if (const auto words = argument_words(node); !words.empty()) {
      out += fmt::format("complete -c gridexit -n {} -a '{}'\n", condition, join(words, " "));
    }
    for (const CLI::Option* option : node.app->get_options()) {
      if (option->get_name() == "FILE")
        out += fmt::format("complete -c gridexit -n {} -F\n", condition);
      if (!option->get_lnames().empty()) out += fish_option(*option, condition);
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
