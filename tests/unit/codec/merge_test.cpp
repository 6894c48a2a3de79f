// Two runs appended to the same document: both additions survive, nothing is rewritten.
#include <gtest/gtest.h>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "unit/codec/samples.hpp"

namespace gridexit::codec {
namespace {

const std::string kDayPath = paths::exit_states("ETH-USDT", samples::at());

ExitStateDay with_transition(ExitStateDay day, Hours after, ExitState to) {
  Transition transition = day.transitions.front();
  transition.timestamp = samples::at() + after;
  transition.to_state = to;
  day.transitions.push_back(transition);
  return day;
}

TEST(Merge, BothSidesAdditionsAfterTheSharedStart) {
  const ExitStateDay base = samples::exit_state_day();
  const ExitStateDay theirs = with_transition(base, Hours{2}, ExitState::mandatory_exit);
  ExitStateDay ours = with_transition(base, Hours{4}, ExitState::normal);
  ours = with_transition(ours, Hours{3}, ExitState::latest_acceptable_exit);
  const auto merged = merge_appended(kDayPath, write(base), write(ours), write(theirs));
  ASSERT_TRUE(merged) << merged.error().message;
  // Theirs stays a prefix; ours follows in time order.
  ExitStateDay expected = with_transition(theirs, Hours{3}, ExitState::latest_acceptable_exit);
  expected = with_transition(expected, Hours{4}, ExitState::normal);
  EXPECT_EQ(*merged, write(expected));
}

TEST(Merge, TheSameEntryIsKeptOnce) {
  const ExitStateDay base = samples::exit_state_day();
  const ExitStateDay ours = with_transition(base, Hours{2}, ExitState::mandatory_exit);
  ExitStateDay theirs = ours;
  theirs.notified.push_back({samples::at() + Hours{1}, "eth-grid-1", ExitState::warning});
  const auto merged = merge_appended(kDayPath, write(base), write(ours), write(theirs));
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(*merged, write(theirs));
}

TEST(Merge, NewOnBothSides) {
  const ExitStateDay ours = samples::exit_state_day();
  ExitStateDay theirs = ours;
  theirs.transitions.front().timestamp += Hours{1};
  const auto merged = merge_appended(kDayPath, "", write(ours), write(theirs));
  ASSERT_TRUE(merged) << merged.error().message;
  theirs.transitions.push_back(ours.transitions.front());
  EXPECT_EQ(*merged, write(theirs));
}

TEST(Merge, ASideWithoutTheDocumentAddsNothing) {
  const std::string theirs = write(samples::exit_state_day());
  const auto merged = merge_appended(kDayPath, {}, {}, theirs);
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(*merged, theirs);
}

TEST(Merge, RecordsOfADecision) {
  const DecisionRecord base = samples::decision();
  DecisionRecord ours = base;
  ours.action_records.push_back(
      {samples::at() + Hours{2}, "bo", OperatorAction::accepted, {}, {}, {}});
  DecisionRecord theirs = base;
  theirs.evaluation_records.push_back({"72h", samples::at() + Hours{72}, "good", "late", {}, {}});
  const std::string path = paths::decision("ETH-USDT", samples::at());
  const auto merged = merge_appended(path, write(base), write(ours), write(theirs));
  ASSERT_TRUE(merged) << merged.error().message;
  ours.evaluation_records.push_back(theirs.evaluation_records.back());
  EXPECT_EQ(*merged, write(ours));
}

TEST(Merge, AFollowUpOfBothSidesIsThereOnce) {
  const DecisionRecord base = samples::decision();
  DecisionRecord ours = base;
  ours.evaluation_records.push_back({"72h", samples::at() + Hours{73}, "good", "none", {}, {}});
  DecisionRecord theirs = base;
  theirs.evaluation_records.push_back({"72h", samples::at() + Hours{72}, "good", "none", {}, {}});
  const std::string path = paths::decision("ETH-USDT", samples::at());
  const auto merged = merge_appended(path, write(base), write(ours), write(theirs));
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(*merged, write(theirs));
}

TEST(Merge, AChangedValueIsAConflict) {
  const DecisionRecord base = samples::decision();
  DecisionRecord ours = base;
  ours.recommendation.confidence = 0.1;
  DecisionRecord theirs = base;
  theirs.action_records.clear();
  const std::string path = paths::decision("ETH-USDT", samples::at());
  const auto changed = merge_appended(path, write(base), write(ours), write(base) + "\n# x");
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().code, ErrorCode::conflict);
  EXPECT_NE(changed.error().message.find("recommendation.confidence"), std::string::npos);
  ours = base;
  ours.action_records.push_back(base.action_records.front());
  const auto removed = merge_appended(path, write(base), write(ours), write(theirs));
  ASSERT_FALSE(removed);
  EXPECT_NE(removed.error().message.find("action_records: had an entry changed or removed"),
            std::string::npos);
}

TEST(Merge, AGridsHistoryIsNotPutOutOfOrder) {
  const Grid base = samples::grid();
  Grid ours = base;
  ours.history.push_back({true, samples::at() + Hours{1}, "again", "ana", {}});
  Grid theirs = base;
  theirs.history.push_back({true, samples::at() + Hours{2}, "again", "bo", {}});
  const auto merged =
      merge_appended(paths::grid("eth-grid-1"), write(base), write(ours), write(theirs));
  ASSERT_FALSE(merged);
  EXPECT_EQ(merged.error().code, ErrorCode::conflict);
  EXPECT_NE(merged.error().message.find("ascending order of time"), std::string::npos);
}

TEST(Merge, CandleRowsOfBoth) {
  const RawDay base = samples::raw_day();
  RawDay ours = base;
  RawDay theirs = base;
  const UtcTime start = floor_day(samples::at());
  ours.h1.push_back({start + Hours{3}, 1, 1, 1, 1, 1});
  ours.h1.push_back({start + Hours{4}, 2, 2, 2, 2, 2});
  theirs.h1.push_back({start + Hours{4}, 9, 9, 9, 9, 9});
  theirs.h1.push_back({start + Hours{5}, 3, 3, 3, 3, 3});
  const auto merged =
      merge_appended(paths::raw_data("ETH-USDT", start), write(base), write(ours), write(theirs));
  ASSERT_TRUE(merged) << merged.error().message;
  RawDay expected = base;
  expected.h1.push_back(ours.h1.at(3));
  expected.h1.push_back(theirs.h1.at(3));
  expected.h1.push_back(theirs.h1.at(4));
  EXPECT_EQ(*merged, write(expected));
}

TEST(Merge, ImmutableDocumentsConflictAndUntouchedOnesPass) {
  const std::string path = paths::metrics("ETH-USDT", samples::at());
  EXPECT_EQ(merge_appended(path, "", "a", "b").error().code, ErrorCode::conflict);
  EXPECT_EQ(*merge_appended(path, "", "a", "a"), "a");
  EXPECT_EQ(*merge_appended(path, "a", "a", "b"), "b");
  EXPECT_EQ(*merge_appended(path, "b", "a", "b"), "a");
  EXPECT_EQ(*merge_appended("dashboards/index.html", "", "ours", "theirs"), "ours");
  EXPECT_EQ(*merge_appended("kpis/2026/2026-02-02.yaml", "", "ours", "theirs"), "theirs");
}

TEST(Merge, ADocumentOfVersion1IsNotWritten) {
  const std::string base = "symbol: ETH-USDT\ngrid_id: eth-grid-1\ndate: 2026-02-02\n";
  const auto merged = merge_appended("exit_states/ETH-USDT/2026-02-02.yaml", base,
                                     base + "transitions: []\n", base + "notified: []\n");
  ASSERT_FALSE(merged);
  EXPECT_NE(merged.error().message.find("is of version 1.0"), std::string::npos);
}

TEST(Merge, KeysOfANewerProgramAreNotDropped) {
  const std::string base = write(samples::exit_state_day());
  const std::string ours =
      write(with_transition(samples::exit_state_day(), Hours{1}, ExitState::normal));
  const auto merged = merge_appended(kDayPath, base, ours, base + "extra: 1\n");
  ASSERT_FALSE(merged);
  EXPECT_NE(merged.error().message.find("extra"), std::string::npos);
}

}  // namespace
}  // namespace gridexit::codec
