// init: a new data repository whose first commit holds a commented configuration, and with it
// everything that the first `run` needs.

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/session.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"

namespace gridexit::app {
namespace {

struct Options {
  std::optional<std::string> remote;
  std::vector<Symbol> symbols;
  std::optional<double> capital;
};

ports::ChangeSet first_commit(const Options& options, const ExchangeChoice& exchange, UtcTime now) {
  Environment environment;
  environment.exchange.kind = exchange.text;
  std::vector<std::string> names;
  for (const Symbol& symbol : options.symbols) {
    environment.symbols.push_back({symbol.text(), true});
    names.push_back(symbol.text());
  }
  Rules rules;
  rules.capital.total_quote = options.capital.value_or(kDefaultCapital);

  ports::ChangeSet changes;
  changes.files.emplace(paths::kEnvironmentFile, codec::write_commented(environment));
  changes.files.emplace(paths::kRulesFile, codec::write_commented(rules));
  changes.subject = "Begin the record of " + join(names, ", ");
  changes.author_time = now;
  changes.committer_time = now;
  return changes;
}

std::string capital_line(const Options& options) {
  const std::string quote = options.symbols.front().quote();
  if (options.capital) {
    return fmt::format("capital: {} {}\n", format_number(*options.capital), quote);
  }
  return fmt::format(
      "capital: {} {}, assumed because --capital was not given (capital.total_quote in {})\n",
      format_number(kDefaultCapital), quote, paths::kRulesFile);
}

// "https://user:password@host/…": it would end in the repository's settings and in what we print.
bool holds_password(const std::string& url) {
  const auto scheme = url.find("://");
  if (scheme == std::string::npos) return false;
  const std::string host = url.substr(scheme + 3, url.find('/', scheme + 3) - scheme - 3);
  const auto at = host.rfind('@');
  return at != std::string::npos && host.find(':') < at;
}

std::string describe_remote(const Options& options, const CreatedRepository& created) {
  if (!options.remote) return "remote:  none; the record stays on this machine\n";
  return fmt::format("remote:  {}{}, {}\n", *options.remote,
                     created.remote_created ? " (created)" : "",
                     created.push_problem ? "not pushed yet" : "pushed");
}

std::string next_steps(const std::string& path, const Options& options) {
  return fmt::format(
      "\nnext:\n"
      "  1. read and adapt {1} and {2}\n"
      "  2. gridexit config check --repo {0}\n"
      "  3. gridexit run --repo {0}                      the first hour; then once an hour\n"
      "  4. gridexit explain --repo {0} --symbol {3}\n"
      "when you start a grid on the exchange, say so:\n"
      "  gridexit grid start --repo {0} --symbol {3} --lower L --upper U --cells N --capital Q\n",
      path, paths::kEnvironmentFile, paths::kRulesFile, options.symbols.front().text());
}

Result<void> check(const Options& options, const CommonOptions& common) {
  if (!common.repo) {
    return Error{ErrorCode::usage,
                 "--repo is missing",
                 "say where the data repository shall be, such as --repo data",
                 {}};
  }
  if (options.symbols.empty()) {
    return Error{ErrorCode::usage,
                 "--symbol is missing",
                 "name at least one market, such as --symbol ETH-USDT",
                 {}};
  }
  for (auto symbol = options.symbols.begin(); symbol != options.symbols.end(); ++symbol) {
    if (std::find(options.symbols.begin(), symbol, *symbol) == symbol) continue;
    return Error{ErrorCode::usage,
                 fmt::format("--symbol {} is given twice", symbol->text()),
                 "name each market once",
                 {}};
  }
  if (options.remote && holds_password(*options.remote)) {
    return Error{
        ErrorCode::usage,
        "--remote holds a password",
        "leave it out of the address and set GIT_TOKEN, or GIT_TOKEN_FILE to a file's path",
        {}};
  }
  return {};
}

// The runs to come may start in another folder.
Result<ExchangeChoice> lasting_exchange(Context& context) {
  GX_TRY(ExchangeChoice exchange, parse_exchange(context.common.exchange.value_or("kucoin")));
  if (exchange.kind == "archive") {
    const std::string folder = exchange.text.substr(exchange.kind.size() + 1);
    exchange.text = exchange.kind + ":" + context.wiring.absolute(folder);
  }
  return exchange;
}

Result<ExitCode> run_init(const Options& options, Context& context) {
  GX_CHECK(check(options, context.common));
  GX_TRY(const ExchangeChoice exchange, lasting_exchange(context));
  const std::string& path = *context.common.repo;
  GX_TRY(
      const CreatedRepository created,
      context.wiring.create_repository(
          {path, options.remote, first_commit(options, exchange, context.wiring.clock().now())}));
  if (created.push_problem) {
    context.output.warn("not pushed: " + *created.push_problem + "; the first run repeats it");
  }
  if (context.output.is_text()) {
    context.output.print(fmt::format("made {} (data of {})\n", path, exchange.text) +
                         capital_line(options) + describe_remote(options, created) +
                         next_steps(path, options));
    return ExitCode::done;
  }
  Value result = Value::object();
  result.set("path", path).set("exchange", exchange.text).set("commit", created.commit);
  result.set("capital_quote", options.capital.value_or(kDefaultCapital));
  result.set("remote", options.remote).set("remote_created", created.remote_created);
  result.set("pushed", options.remote.has_value() && !created.push_problem);
  context.output.print_tree(result);
  return ExitCode::done;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_symbols(app, options->symbols, "A market to watch; repeat it for several");
  add_text(app, "--remote", options->remote, "URL",
           "Where to push; a path that does not exist becomes a bare repository");
  add_positive(app, "--capital", options->capital,
               "Quote amount that grids may use in all (default: 1000, written into the rules)");
  return [options](Context& context) { return run_init(*options, context); };
}

}  // namespace

Command init_command() {
  return {
      "init", "Make a data repository with a commented default configuration",
      "gridexit init --repo data --symbol ETH-USDT --capital 2500\n"
      "gridexit init --repo data --symbol ETH-USDT --symbol BTC-USDT --remote "
      "git@example.org:grids.git\n"
      "gridexit init --repo demo --symbol ETH-USDT --exchange simulated:7 --remote demo-remote.git",
      define};
}

}  // namespace gridexit::app
