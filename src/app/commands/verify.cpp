// verify: audits the whole history of the data repository (pipeline::verify) and says what is
// proven, what is wrong, and what could not be proven.

#include "gridexit/pipeline/verify.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/commands/commands.hpp"
#include "app/options.hpp"
#include "app/render/table.hpp"
#include "app/session.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::app {
namespace {

using audit::Finding;
using audit::FindingKind;

struct Options {
  std::optional<std::string> anchors;
};

constexpr std::size_t kShortestAnchor = 7;
constexpr std::size_t kLongestAnchor = 40;
constexpr std::size_t kShortId = 10;

bool is_commit_id(std::string_view text) {
  return text.size() >= kShortestAnchor && text.size() <= kLongestAnchor &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// One head a line; empty lines and those that begin with # do not count.
Result<std::vector<std::string>> read_anchors(const Options& options, Context& context) {
  std::vector<std::string> anchors;
  if (!options.anchors) return anchors;
  GX_TRY(const std::string text, context.wiring.read_file(*options.anchors));
  int number = 0;
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.front() == '#') continue;
    if (!is_commit_id(line)) {
      return Error{ErrorCode::usage,
                   fmt::format("{}:{}: \"{}\" is not a commit id", *options.anchors, number, line),
                   "write one head a line, 7 to 40 hexadecimal digits",
                   {}};
    }
    anchors.emplace_back(line);
  }
  return anchors;
}

// The exchange is asked for increments only where that needs no network.
std::optional<SymbolRules> offline_rules(Context& context, ports::Store& store,
                                         const Symbol& symbol) {
  const auto file = store.read("config/environment.yaml");
  const auto rules = store.read("config/exit_strategy_config.yaml");
  if (!file || !*file || !rules || !*rules) return std::nullopt;
  ports::ConfigurationText text;
  text.environment = (*file)->content;
  text.rules = (*rules)->content;
  const auto configuration = context.wiring.parse_configuration(text);
  if (!configuration) return std::nullopt;
  const auto choice = choose_exchange(context.common, configuration->environment, Mixing::harmless);
  if (!choice || choice->kind == "kucoin") return std::nullopt;
  const auto exchange = context.wiring.make_exchange(*choice, configuration->environment.exchange);
  if (!exchange) return std::nullopt;
  const auto found = (*exchange)->symbol_rules(symbol);
  return found ? std::optional{*found} : std::nullopt;
}

Value to_value(const pipeline::VerifyReport& report) {
  Value findings = Value::array();
  for (const Finding& finding : report.findings) {
    Value row = Value::object();
    row.set("kind", to_text(finding.kind)).set("path", finding.path);
    row.set("commit", finding.commit).set("text", finding.text);
    findings.add(std::move(row));
  }
  Value value = Value::object();
  value.set("proven", report.findings.empty()).set("head", report.head);
  value.set("commits", report.commits).set("documents", report.documents);
  value.set("records", report.records).set("records_derived", report.derived);
  value.set("anchors_found", report.anchors).set("findings", std::move(findings));
  return value;
}

std::string render(const pipeline::VerifyReport& report, const Style& style) {
  std::string text = fmt::format(
      "{} commits to {}, {} documents, {} records, {} of them derived again\n", report.commits,
      report.head.substr(0, kShortId), report.documents, report.records, report.derived);
  if (report.anchors > 0) text += fmt::format("{} anchors are in the history\n", report.anchors);
  if (report.findings.empty()) {
    return text + style.paint(Tone::good, "proven") +
           ": records never changed, documents were only added to, the chain is unbroken, and "
           "records, decisions, exit states and follow-ups follow from their data; a day's KPIs "
           "are "
           "only held to what they said first\n";
  }
  for (const Finding& finding : report.findings) {
    const bool open = finding.kind == FindingKind::not_proven;
    text += fmt::format(
        "{}  {}{}{}{}\n", style.paint(open ? Tone::caution : Tone::danger, to_text(finding.kind)),
        finding.path, finding.path.empty() ? "" : ": ", finding.text,
        finding.commit.empty() ? ""
                               : fmt::format(" (commit {})", finding.commit.substr(0, kShortId)));
  }
  const auto open =
      std::count_if(report.findings.begin(), report.findings.end(),
                    [](const Finding& finding) { return finding.kind == FindingKind::not_proven; });
  return text + style.paint(Tone::danger, "NOT proven") +
         fmt::format(": {} findings, {} of them only lack a proof\n", report.findings.size(), open);
}

Result<ExitCode> run_verify(const Options& options, Context& context) {
  GX_TRY(const auto repository, open_repository(context, Access::read));
  pipeline::VerifyInputs inputs;
  GX_TRY(inputs.anchors, read_anchors(options, context));
  inputs.parse = [&context](const ports::ConfigurationText& text) {
    return context.wiring.parse_configuration(text);
  };
  inputs.symbol_rules = [&](const Symbol& symbol) {
    return offline_rules(context, repository->store(), symbol);
  };
  inputs.now = context.wiring.clock().now();
  inputs.progress = [&context](std::size_t done, std::size_t all) {
    context.output.progress(fmt::format("verifying {} of {} commits", done, all));
  };
  if (repository->history() == nullptr) {
    return Error{ErrorCode::store_unusable, "this repository has no history to verify", "", {}};
  }
  const auto report = pipeline::verify(*repository->history(), inputs);
  context.output.progress("");
  if (!report) return report.error();
  if (context.output.is_text()) {
    const std::string text = render(*report, context.output.style());
    if (report->findings.empty()) {
      context.output.print(text);
    } else {
      context.output.insist(text);
    }
  } else {
    context.output.print_tree(to_value(*report));
  }
  return report->findings.empty() ? ExitCode::done : ExitCode::check_failed;
}

Body define(CLI::App& app) {
  auto options = std::make_shared<Options>();
  add_text(app, "--anchors", options->anchors, "FILE",
           "Heads quoted in messages and logs, one a line, that must still be in the history");
  return [options](Context& context) { return run_verify(*options, context); };
}

}  // namespace

Command verify_command() {
  return {"verify",
          "Prove over the whole history that nothing was changed and that every record follows",
          "gridexit verify --repo data\n"
          "gridexit verify --repo data --anchors heads.txt\n"
          "gridexit verify --repo data -o json",
          define};
}

}  // namespace gridexit::app
