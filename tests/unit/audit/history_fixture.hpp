#pragma once
// An honest history in a real git repository, written by the real run over a made-up market; and
// the ways in which somebody may tamper with it, done with the git program.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/run.hpp"
#include "gridexit/pipeline/verify.hpp"
#include "support/fakes.hpp"
#include "support/git_fixture.hpp"
#include "support/story.hpp"

namespace gridexit::testing {

/// Hourly commits sync a lot, which costs nothing in memory. Set before any test makes its folder.
inline const bool kInMemory =
    std::filesystem::is_directory("/dev/shm") && ::setenv("TMPDIR", "/dev/shm", 0) == 0;

class HistoryFixture : public testing_support::GitFixture {
 protected:
  void SetUp() override {
    GitFixture::SetUp();
    if (IsSkipped()) return;
    story_.range(1200, 2000);
    first_hour_ = hour_ = story_.now();
    path_ = create("data");
    store_ = open(path_);
    Rules rules;
    rules.capital.total_quote = 1000;
    rules.expected = {};
    commit(*store_, {{std::string(paths::kEnvironmentFile), "valid"},
                     {std::string(paths::kRulesFile), codec::write(rules)}});
  }

  void start_grid(UtcTime at, double lower = 1900, double upper = 2100) {
    Grid grid;
    grid.grid_id = "grid-1";
    grid.symbol = "ETH-USDT";
    grid.exchange = "archive";
    GridVersion version;
    version.from = at;
    version.lower = lower;
    version.upper = upper;
    version.cells = 12;
    version.capital_quote = 1000;
    version.stop_loss = 1840;
    grid.versions = {version};
    grid.history = {{true, at, "first", "operator", std::nullopt}};
    commit(*store_, {{paths::grid("grid-1"), codec::write(grid)}}, "start grid-1");
  }

  /// Quiet hours, a crash out of a running grid, and hours after it.
  void live_through_a_crash() {
    run_hours(3);
    start_grid(hour_ - Hours{1});
    run_hours(2);
    story_.jump(1700).range(4, 1700);
    run_hours(5);
  }

  /// Evaluates the next hours; the market goes on ranging where the story has none for them.
  void run_hours(int hours) {
    for (int i = 0; i < hours; ++i) {
      if (story_.now() < hour_) story_.range(1, story_.price());
      run_hour(hour_);
      hour_ += Hours{1};
    }
  }

  void run_hour(UtcTime at) {
    market_.bars = &story_.bars();
    market_.server_time = at + Seconds{120};
    clock_.set(at + Seconds{120});
    pipeline::RunInputs inputs;
    inputs.engine = {"test", "0"};
    pipeline::RunPorts ports{clock_,
                             store_.get(),
                             nullptr,
                             state_,
                             log_,
                             parse,
                             [this](const auto&...) {
          return connect(); }};
    const auto report = pipeline::run(inputs, ports);
    ASSERT_EQ(report.exit_code, 0) << (report.problems.empty() ? "" : report.problems.front());
    ASSERT_TRUE(report.symbols.at(0).recorded);
  }

  static Result<ports::Configuration> parse(const ports::ConfigurationText& text) {
    ports::Configuration configuration;
    configuration.environment.symbols = {{"ETH-USDT", true}};
    GX_TRY(auto rules, codec::read<Rules>(text.rules, text.rules_name));
    configuration.rules = std::move(rules.document);
    return configuration;
  }

  ports::Connections connect() {
    ports::Connections connections{
        std::unique_ptr<ports::Exchange>(std::make_unique<FakeExchange>(market_)), {}, {}, {}};
    connections.notifiers.push_back(std::make_unique<FakeNotifier>("log", channel_));
    return connections;
  }

  pipeline::VerifyReport verify(std::vector<std::string> anchors = {}) {
    pipeline::VerifyInputs inputs;
    inputs.parse = parse;
    inputs.anchors = std::move(anchors);
    inputs.now = verified_at_;
    const auto fresh = open(path_);
    auto report = pipeline::verify(*fresh, inputs);
    EXPECT_TRUE(report) << report.error().text();
    return report ? *report : pipeline::VerifyReport{};
  }

  /// All findings, one a line: "kind path: text".
  static std::string text_of(const pipeline::VerifyReport& report) {
    std::string text;
    for (const audit::Finding& finding : report.findings) {
      text += std::string(to_text(finding.kind)) + " " + finding.path + ": " + finding.text + "\n";
    }
    return text;
  }
  static bool has(const pipeline::VerifyReport& report, audit::FindingKind kind,
                  const std::string& path) {
    for (const audit::Finding& finding : report.findings) {
      if (finding.kind == kind && finding.path == path) return true;
    }
    return false;
  }

  /// The path of the record `hours` after the first.
  std::string record_path(int hours) const {
    return paths::metrics("ETH-USDT", first_hour_ + Hours{hours});
  }

  /// Changes one file in a new commit on top.
  void tamper_on_top(const std::string& file, const std::string& sed) const {
    const std::string work = check_out();
    EXPECT_EQ(
        testing_support::run_command("sed -i '" + sed + "' '" + work + "/" + file + "'").status, 0);
    git(work, "commit -qam tidied");
    git(work, "push -q origin HEAD:main");
  }
  /// Commits what a shell command leaves in a clone.
  void change_by_hand(const std::string& command) const {
    std::filesystem::remove_all(folder / "work");
    const std::string work = check_out();
    EXPECT_EQ(testing_support::run_command("cd '" + work + "' && " + command).status, 0);
    git(work, "add -A");
    git(work, "commit -qm tidied");
    git(work, "push -q origin HEAD:main");
  }
  /// Makes all commits after the first again, each file as `edit` wants it (nothing: it never was),
  /// as if it had always been so.
  using Edit = std::function<std::optional<std::string>(const std::string& path, std::string text)>;
  void rewrite(const Edit& edit) {
    const auto line = store_->line()->commits;
    git(path_, "update-ref refs/heads/main " + line.front());
    for (std::size_t i = 1; i < line.size(); ++i) {
      ports::ChangeSet changes;
      changes.subject = "again";
      const auto files = store_->changes(line[i - 1], line[i], {});
      ASSERT_TRUE(files) << files.error().text();
      for (const ports::FileChange& file : *files) {
        auto text = edit(file.path, *store_->content(file.after));
        if (text) changes.files.emplace(file.path, *std::move(text));
      }
      ASSERT_TRUE(store_->commit(changes));
    }
  }
  /// An edit of one file: `from` becomes `to`.
  static Edit replacing(std::string path, std::string from, std::string to) {
    return [path, from, to](const std::string& file, std::string text) {
      const auto at = file == path ? text.find(from) : std::string::npos;
      if (at != std::string::npos) text.replace(at, from.size(), to);
      return std::optional{std::move(text)};
    };
  }
  std::string check_out() const {
    git(folder.path(), "clone -q '" + path_ + "' work");
    return folder / "work";
  }

  std::string path_;
  std::unique_ptr<adapters::GitRepository> store_;
  Story story_{*parse_utc("2025-01-01T00:00:00Z"), 2000};
  UtcTime first_hour_{};
  std::optional<UtcTime> verified_at_;
  UtcTime hour_ = first_hour_;  ///< the next one to be evaluated
  FakeMarket market_;
  FakeState state_;
  FakeLog log_;
  FakeClock clock_{*parse_utc("2025-01-01T00:00:00Z")};
  FakeChannel channel_;
};

}  // namespace gridexit::testing
