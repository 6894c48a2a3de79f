#include "app/options.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

// CLI11 prints "name: reason" for this exception; parse.cpp turns it into an Error.
[[noreturn]] void refuse(const std::string& option, const std::string& reason) {
  throw CLI::ValidationError(option, reason);
}

std::vector<std::string> names_of(const std::vector<Word>& words) {
  std::vector<std::string> names;
  names.reserve(words.size());
  for (const Word& word : words) names.push_back(word.name);
  return names;
}

}  // namespace

CLI::Option* add_symbol(CLI::App& app, std::optional<Symbol>& target, std::string description) {
  const auto store = [&target](const std::string& text) {
    auto symbol = Symbol::parse(text);
    if (!symbol) refuse("--symbol", symbol.error().text());
    target = *symbol;
  };
  return app.add_option_function<std::string>("--symbol", store, std::move(description))
      ->type_name("BASE-QUOTE");
}

CLI::Option* add_time(CLI::App& app, const std::string& name, std::optional<UtcTime>& target,
                      std::string description) {
  const auto store = [&target, name](const std::string& text) {
    target = parse_utc(text);
    if (!target) {
      refuse(name, "\"" + text + "\" is not a UTC time (write 2026-02-02T14Z or 2026-02-02)");
    }
  };
  return app.add_option_function<std::string>(name, store, std::move(description))
      ->type_name("TIME");
}

CLI::Option* add_positive(CLI::App& app, const std::string& name, std::optional<double>& target,
                          std::string description) {
  const auto store = [&target, name](const std::string& text) {
    target = parse_number(text);
    if (!target || *target <= 0) {
      refuse(name, "\"" + text + "\" is not a positive number (write it like 3412.5)");
    }
    if (*target < kSmallestAmount || *target > kLargestAmount) {
      refuse(name, "\"" + text + "\" is no price or amount there is (1e-15 to 1e15)");
    }
  };
  return app.add_option_function<std::string>(name, store, std::move(description))
      ->type_name("NUMBER");
}

CLI::Option* add_text(CLI::App& app, const std::string& name, std::optional<std::string>& target,
                      const std::string& placeholder, std::string description) {
  const auto store = [&target, name](const std::string& text) {
    if (text.empty()) refuse(name, "needs a value that is not empty");
    target = text;
  };
  return app.add_option_function<std::string>(name, store, std::move(description))
      ->type_name(placeholder);
}

void add_texts(CLI::App& app, const std::string& name, std::vector<std::string>& target,
               const std::string& placeholder, std::string description) {
  const auto store = [&target](const std::vector<std::string>& texts) { target = texts; };
  app.add_option_function<std::vector<std::string>>(name, store, std::move(description))
      ->type_name(placeholder)
      ->expected(1, CLI::detail::expected_max_vector_size)
      ->take_all();
}

void add_switch(CLI::App& app, const std::string& name, bool& target, std::string description) {
  app.add_flag_callback(
      name, [&target] { target = true; }, std::move(description));
}

CLI::Option* add_integer(CLI::App& app, const std::string& name, std::optional<int>& target,
                         int least, int most, std::string description) {
  const auto store = [&target, name, least, most](const std::string& text) {
    const auto number = parse_integer(text);
    if (!number || *number < least || *number > most) {
      refuse(name, fmt::format("\"{}\" is not a whole number from {} to {}", text, least, most));
    }
    target = static_cast<int>(*number);
  };
  return app.add_option_function<std::string>(name, store, std::move(description))->type_name("N");
}

CLI::Option* add_argument(CLI::App& app, const std::string& name,
                          std::optional<std::string>& target, Need need, std::string description) {
  return app
      .add_option_function<std::string>(
          name, [&target](const std::string& text) { target = text; }, std::move(description))
      ->required(need == Need::required);
}

void suggest(CLI::Option* option, const std::vector<std::string>& words) {
  option->type_name(join(words, "|"));
}

void add_arguments(CLI::App& app, const std::string& name, std::vector<std::string>& target,
                   std::string description) {
  const auto store = [&target](const std::vector<std::string>& words) { target = words; };
  app.add_option_function<std::vector<std::string>>(name, store, std::move(description))
      ->required();
}

void add_symbols(CLI::App& app, std::vector<Symbol>& target, std::string description) {
  const auto store = [&target](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      auto symbol = Symbol::parse(text);
      if (!symbol) refuse("--symbol", symbol.error().text());
      target.push_back(*std::move(symbol));
    }
  };
  app.add_option_function<std::vector<std::string>>("--symbol", store, std::move(description))
      ->type_name("BASE-QUOTE")
      ->expected(1)
      ->take_all();
}

CLI::Option* add_choice(CLI::App& app, const std::string& name, const std::vector<Word>& words,
                        std::string description) {
  const auto store = [words, name](const std::string& text) {
    for (const Word& word : words) {
      if (word.name == text) return word.choose();
    }
    refuse(name, "\"" + text + "\" is not known (choose " + join(names_of(words), ", ") + ")");
  };
  return app.add_option_function<std::string>(name, store, std::move(description))
      ->type_name(join(names_of(words), "|"));
}

void require(CLI::Option* option) {
  option->required();
}

void add_common(CLI::App& app, CommonOptions& common) {
  const auto grouped = [](CLI::Option* option) { option->group(kCommonGroup); };
  grouped(add_text(app, "--config", common.config, "PATH",
                   "Folder with environment.yaml and exit_strategy_config.yaml "
                   "(default: config/ in the data repository)"));
  grouped(add_text(app, "--repo", common.repo, "PATH",
                   "The data repository (default: $MARKET_MAKER_REPOSITORY_BASE_PATH)"));
  grouped(add_text(app, "--exchange", common.exchange, "KIND",
                   "kucoin (default), archive:DIR or simulated[:SEED]"));
  grouped(add_choice(app, "-o,--output",
                     {{"text", [&common] { common.output = OutputFormat::text; }},
                      {"json", [&common] { common.output = OutputFormat::json; }},
                      {"yaml", [&common] { common.output = OutputFormat::yaml; }}},
                     "Format of the result"));
  grouped(add_choice(app, "--log-format",
                     {{"json", [&common] { common.log_format = LogFormat::json; }},
                      {"text", [&common] { common.log_format = LogFormat::text; }}},
                     "Format of the log on stderr (default: text on a terminal, else json)"));
  grouped(add_choice(app, "--log-level",
                     {{"debug", [&common] { common.log_level = ports::LogLevel::debug; }},
                      {"info", [&common] { common.log_level = ports::LogLevel::info; }},
                      {"warning", [&common] { common.log_level = ports::LogLevel::warning; }},
                      {"error", [&common] { common.log_level = ports::LogLevel::error; }}},
                     "Least level that is logged (default: info for run, else warning)"));
  grouped(add_choice(app, "--color",
                     {{"auto", [&common] { common.color = ColorChoice::automatic; }},
                      {"always", [&common] { common.color = ColorChoice::always; }},
                      {"never", [&common] { common.color = ColorChoice::never; }}},
                     "Colour in the output (NO_COLOR is honoured)"));
  grouped(app.add_flag_callback(
      "-q,--quiet", [&common] { common.quiet = true; },
      "Only warnings and errors (and -o json or yaml)"));
}

Result<Symbol> require_symbol(const std::optional<Symbol>& symbol) {
  if (symbol) return *symbol;
  return Error{
      ErrorCode::usage, "--symbol is missing", "name the market, such as --symbol ETH-USDT", {}};
}

}  // namespace gridexit::app
