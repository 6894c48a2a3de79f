#pragma once
// Typed command-line options over CLI11: each adds one option whose text is checked while it is
// parsed, so that a command's body sees only valid values. A wrong value says what is accepted.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::app {

/// "--symbol": BASE-QUOTE.
CLI::Option* add_symbol(CLI::App& app, std::optional<Symbol>& target, std::string description);
/// A UTC time: 2026-02-02T14Z, 2026-02-02T14:00:00Z or 2026-02-02.
CLI::Option* add_time(CLI::App& app, const std::string& name, std::optional<UtcTime>& target,
                      std::string description);
/// A positive number, as prices and amounts are.
CLI::Option* add_positive(CLI::App& app, const std::string& name, std::optional<double>& target,
                          std::string description);
/// A free text; `placeholder` is what help shows for it.
CLI::Option* add_text(CLI::App& app, const std::string& name, std::optional<std::string>& target,
                      const std::string& placeholder, std::string description);

/// A free text, as often as needed; several may follow one name.
void add_texts(CLI::App& app, const std::string& name, std::vector<std::string>& target,
               const std::string& placeholder, std::string description);

/// A switch that is off unless given.
void add_switch(CLI::App& app, const std::string& name, bool& target, std::string description);
/// A whole number within [least, most].
CLI::Option* add_integer(CLI::App& app, const std::string& name, std::optional<int>& target,
                         int least, int most, std::string description);
/// A word without dashes; `Need::optional` ones may be left out.
enum class Need { required, optional };
CLI::Option* add_argument(CLI::App& app, const std::string& name,
                          std::optional<std::string>& target, Need need, std::string description);
/// What completion offers for it; other words are not refused here.
void suggest(CLI::Option* option, const std::vector<std::string>& words);
/// Words without dashes, one at least.
void add_arguments(CLI::App& app, const std::string& name, std::vector<std::string>& target,
                   std::string description);
/// "--symbol", as often as needed.
void add_symbols(CLI::App& app, std::vector<Symbol>& target, std::string description);

/// One of a few words.
struct Word {
  std::string name;
  std::function<void()> choose;
};
CLI::Option* add_choice(CLI::App& app, const std::string& name, const std::vector<Word>& words,
                        std::string description);

/// The command line is refused without it.
void require(CLI::Option* option);

/// The options that every command takes.
void add_common(CLI::App& app, CommonOptions& common);
inline constexpr const char* kCommonGroup = "Common options";

/// The value as a Symbol. Fails with the remedy when the option was not given.
Result<Symbol> require_symbol(const std::optional<Symbol>& symbol);

}  // namespace gridexit::app
