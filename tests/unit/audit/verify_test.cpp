// `verify` from outside: an honest history passes, and every way of tampering with a real git
// repository is named.

#include <gtest/gtest.h>

#include "gridexit/domain/raw_day.hpp"
#include "unit/audit/history_fixture.hpp"

namespace gridexit {
namespace {

using audit::FindingKind;
using Verify = testing::HistoryFixture;

TEST_F(Verify, AnHonestHistoryIsProvenInFull) {
  live_through_a_crash();
  const auto report = verify();
  EXPECT_TRUE(report.findings.empty()) << text_of(report);
  EXPECT_EQ(report.records, 10);
  EXPECT_EQ(report.derived, 10);
  EXPECT_GT(report.documents, 60) << "candle files, decisions and exit states count too";
  EXPECT_EQ(report.commits, 12);
}

TEST_F(Verify, AnEditedRecordIsNamed) {
  live_through_a_crash();
  tamper_on_top(record_path(2), "s/^  verdict: .*/  verdict: TREND/");
  EXPECT_TRUE(has(verify(), FindingKind::record_changed, record_path(2)));
}

TEST_F(Verify, ARecordEditedInARewrittenHistoryBreaksTheChainAndDoesNotFollow) {
  live_through_a_crash();
  rewrite(replacing(record_path(2), "{close: ", "{close: 1"));
  const auto report = verify();
  EXPECT_TRUE(has(report, FindingKind::not_derivable, record_path(2))) << text_of(report);
  EXPECT_TRUE(has(report, FindingKind::chain_broken, record_path(3))) << text_of(report);
}

TEST_F(Verify, ADeletedRecordIsNamed) {
  live_through_a_crash();
  const std::string work = check_out();
  git(work, "rm -q " + record_path(1));
  git(work, "commit -qm tidied");
  git(work, "push -q origin HEAD:main");
  EXPECT_TRUE(has(verify(), FindingKind::document_removed, record_path(1)));
}

TEST_F(Verify, ARecordThatNeverWasInARewrittenHistoryIsMissedByItsSuccessor) {
  live_through_a_crash();
  rewrite([this](const std::string& path, std::string text) {
    return path == record_path(1) ? std::nullopt : std::optional{std::move(text)};
  });
  EXPECT_TRUE(has(verify(), FindingKind::chain_broken, record_path(2)));
}

TEST_F(Verify, AReorderedEntryOfAGridsHistoryIsNamed) {
  start_grid(first_hour_ - Hours{2});
  auto grid = codec::read<Grid>(content(*store_, paths::grid("grid-1")), "grid")->document;
  grid.history.push_back({false, first_hour_, "left", "operator", std::nullopt});
  commit(*store_, {{paths::grid("grid-1"), codec::write(grid)}}, "stop grid-1");
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
  std::swap(grid.history[0], grid.history[1]);
  std::swap(grid.history[0].time, grid.history[1].time);
  commit(*store_, {{paths::grid("grid-1"), codec::write(grid)}}, "tidied");
  EXPECT_TRUE(has(verify(), FindingKind::entries_lost, paths::grid("grid-1")));
}

TEST_F(Verify, AChangedTransitionIsNamed) {
  live_through_a_crash();
  const std::string day = paths::exit_states("ETH-USDT", first_hour_ + Hours{5});
  tamper_on_top(day, "s/to_state: MANDATORY_EXIT/to_state: WARNING/");
  EXPECT_TRUE(has(verify(), FindingKind::entries_lost, day)) << text_of(verify());
}

TEST_F(Verify, AForgedDecisionIsNamed) {
  live_through_a_crash();
  const auto crash = first_hour_ + Hours{5};
  const std::string real = paths::decision("ETH-USDT", crash);
  auto decision = codec::read<DecisionRecord>(content(*store_, real), real)->document;
  decision.created_at = first_hour_ + Hours{6};
  decision.decision_id = paths::decision_id("ETH-USDT", decision.created_at);
  const std::string forged = paths::decision("ETH-USDT", decision.created_at);
  commit(*store_, {{forged, codec::write(decision)}}, "one more");
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, forged)) << text_of(verify());
}

TEST_F(Verify, ADecisionThatSaysSomethingElseInARewrittenHistoryIsNamed) {
  live_through_a_crash();
  const std::string path = paths::decision("ETH-USDT", first_hour_ + Hours{5});
  rewrite(replacing(path, "action: STOP_GRID", "action: HOLD"));
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, record_path(5))) << text_of(verify());
}

TEST_F(Verify, ARecordWhoseCandlesWereOtherIsNamed) {
  live_through_a_crash();
  const std::string day = paths::raw_data("ETH-USDT", first_hour_ - Hours{24 * 5});
  auto raw = codec::read<RawDay>(content(*store_, day), day)->document;
  CandleSeries changed;
  for (std::size_t i = 0; i < raw.h1.size(); ++i) {
    Candle bar = raw.h1.at(i);
    if (i == 3) bar.volume += 1, bar.high *= 1.001;
    changed.push_back(bar);
  }
  raw.h1 = changed;
  rewrite([&](const std::string& path, std::string text) {
    return std::optional{path == day ? codec::write(raw) : std::move(text)};
  });
  EXPECT_TRUE(has(verify(), FindingKind::dataset_mismatch, record_path(0))) << text_of(verify());
}

TEST_F(Verify, AHistoryRewrittenAndChainedAnewIsCaughtByItsAnchors) {
  run_hours(4);
  const std::string head = store_->head().value();
  EXPECT_TRUE(verify({head, head.substr(0, 10)}).findings.empty()) << text_of(verify({head}));
  // The forger takes the last two hours back and lets the real program record others.
  git(path_, "update-ref refs/heads/main " + git(path_, "rev-parse main~2").substr(0, 40));
  git(path_, "reflog expire --expire=now --all");
  git(path_, "gc -q --prune=now");
  store_ = open(path_);
  hour_ -= Hours{1};
  run_hours(1);
  EXPECT_TRUE(verify().findings.empty())
      << "by itself the new history is flawless: " << text_of(verify());
  EXPECT_TRUE(has(verify({head}), FindingKind::anchor_lost, ""));
}

TEST_F(Verify, AnAnchorThatWasPutOnTopOfTheRemotesCommitsStands) {
  run_hours(2);
  const std::string head = store_->head().value();
  // The same record again on top of another commit, as a push after a conflict leaves it.
  rewrite([](const std::string&, std::string text) { return std::optional{std::move(text)}; });
  ASSERT_NE(open(path_)->head().value(), head);
  EXPECT_TRUE(verify({head}).findings.empty()) << text_of(verify({head}));
}

// The forged history is flawless by itself, and the quoted commit is still among the objects.
TEST_F(Verify, AnAnchorOfWhichAnEntryWasDroppedIsLost) {
  run_hours(1);
  start_grid(hour_ - Hours{1});
  run_hours(1);
  const std::string path = paths::grid("grid-1");
  Grid grid = codec::read<Grid>(store_->read(path).value()->content, path)->document;
  grid.history.push_back({false, hour_, "left", "operator", std::nullopt});
  commit(*store_, {{path, codec::write(grid)}}, "stop grid-1");
  const std::string head = store_->head().value();
  rewrite([&](const std::string& where, std::string text) -> std::optional<std::string> {
    if (where == path && text == codec::write(grid)) return std::nullopt;
    return text;
  });
  EXPECT_TRUE(has(verify({head}), FindingKind::anchor_lost, "")) << text_of(verify({head}));
}

TEST_F(Verify, AnAnchorWhoseConfigurationWasNeverInForceIsLost) {
  run_hours(1);
  commit(*store_, {{std::string(paths::kEnvironmentFile), "valid "}}, "another configuration");
  const std::string head = store_->head().value();
  rewrite([&](const std::string& path, std::string text) -> std::optional<std::string> {
    if (path == paths::kEnvironmentFile && text == "valid ") return std::nullopt;
    return text;
  });
  EXPECT_TRUE(has(verify({head}), FindingKind::anchor_lost, "")) << text_of(verify({head}));
}

TEST_F(Verify, WhereARecordSaysThatItsCandlesAreFromFollowsFromThem) {
  run_hours(2);
  rewrite(replacing(record_path(1), "source: archive", "source: kucoin"));
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, record_path(1))) << text_of(verify());
}

TEST_F(Verify, AShallowHistorySaysThatItProvesNothingBeforeItsCut) {
  run_hours(3);
  git(folder.path(), "clone -q --bare --depth 2 'file://" + path_ + "' cut");
  path_ = folder / "cut";
  const auto report = verify();
  ASSERT_FALSE(report.findings.empty());
  EXPECT_EQ(report.findings.front().kind, FindingKind::not_proven);
  EXPECT_EQ(report.findings.size(), 1U) << text_of(report);
}

TEST_F(Verify, AnUnreadableDocumentIsNamed) {
  run_hours(1);
  commit(*store_, {{"grids/grid-9.yaml", "grid_id: [\n"}}, "by hand");
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, "grids/grid-9.yaml"));
}

}  // namespace
}  // namespace gridexit
