#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using namespace testing;

constexpr const char* kId = "dec-ETH-USDT-20260202T140000Z";

class DecisionCommands : public ::testing::Test {
 protected:
  DecisionCommands() {
    put_configuration(wiring_.store);
    put(wiring_.store, sample_decision(Action::stop_grid));
    put(wiring_.store, sample_record_with_grid());
  }
  Ran decision(std::vector<std::string> words) {
    words.insert(words.begin(), "decision");
    words.insert(words.end(), {"--repo", "data"});
    return testing::run(wiring_, words);
  }
  DecisionRecord now() const {
    return stored<DecisionRecord>(wiring_.store, paths::decision("ETH-USDT", kHour));
  }

  FakeWiring wiring_;
};

TEST_F(DecisionCommands, ListShowsNewestWithAnswer) {
  EXPECT_THAT(decision({"list"}).out, HasSubstr(kId));
  EXPECT_THAT(decision({"list"}).out, HasSubstr("STOP_GRID  high"));
  EXPECT_EQ(decision({"list", "--symbol", "BTC-USDT", "-o", "json"}).out, "[]\n");
}

TEST_F(DecisionCommands, ShowSaysReasonsAndLineage) {
  const auto ran = decision({"show", kId});
  EXPECT_THAT(ran.out, HasSubstr("break_likely: lower 0.96 (>= 0.95)"));
  EXPECT_THAT(ran.out, HasSubstr("metrics/ETH-USDT/2026/02/02/2026-02-02-14.yaml"));
}

TEST_F(DecisionCommands, ActAppendsAndNothingElseChanges) {
  const auto ran =
      decision({"act", kId, "declined", "--until", "2026-02-02T20Z", "--note", "news expected"});
  ASSERT_EQ(ran.code, 0) << ran.err;
  ASSERT_EQ(decision({"act", kId, "executed", "--price", "2987.5"}).code, 0);
  DecisionRecord after = now();
  ASSERT_EQ(after.action_records.size(), 2U);
  EXPECT_EQ(after.action_records[0].action, OperatorAction::declined);
  EXPECT_EQ(after.action_records[0].note, "news expected");
  EXPECT_EQ(after.action_records[0].by, "ada");
  after.action_records.clear();
  EXPECT_EQ(codec::write(after), codec::write(sample_decision(Action::stop_grid)));
}

TEST_F(DecisionCommands, ActRemindsThatTheGridStillCountsAsRunning) {
  EXPECT_THAT(decision({"act", kId, "executed"}).err,
              HasSubstr("gridexit grid stop --id eth-grid-1"));
}

TEST_F(DecisionCommands, ActRefusesTimesOutOfOrder) {
  EXPECT_EQ(decision({"act", kId, "accepted", "--at", "2026-02-02T13Z"}).code, 2);
  EXPECT_EQ(decision({"act", kId, "declined", "--until", "2026-02-02T14Z"}).code, 2);
  EXPECT_TRUE(now().action_records.empty());
}

TEST_F(DecisionCommands, WhatWasExecutedIsNeitherDeclinedNorAcceptedLater) {
  ASSERT_EQ(decision({"act", kId, "accepted"}).code, 0);
  ASSERT_EQ(decision({"act", kId, "executed"}).code, 0);
  for (const std::string later : {"declined", "accepted"}) {
    const auto ran = decision({"act", kId, later});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("was executed at 2026-02-02T14:30:00Z and cannot be " + later));
  }
  EXPECT_EQ(now().action_records.size(), 2U);
}

TEST_F(DecisionCommands, WhatAsksForNothingTakesNoAnswer) {
  for (const Action action : {Action::hold, Action::wait}) {
    DecisionRecord asked = sample_decision(action);
    asked.recommendation.proposal.reset();
    put(wiring_.store, asked);
    for (const std::string answer : {"accepted", "declined", "executed"}) {
      const auto ran = decision({"act", kId, answer});
      EXPECT_EQ(ran.code, 2);
      EXPECT_THAT(ran.err, HasSubstr("asks for nothing that could be " + answer));
      EXPECT_THAT(ran.err, HasSubstr("gridexit grid start or gridexit grid stop"));
    }
  }
  EXPECT_TRUE(now().action_records.empty());
}

TEST_F(DecisionCommands, OnlyARefusalHoldsUntil) {
  for (const std::string answer : {"accepted", "executed"}) {
    const auto ran = decision({"act", kId, answer, "--until", "2026-02-02T20Z"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("leave --until out, or answer declined"));
  }
  EXPECT_TRUE(now().action_records.empty());
}

TEST_F(DecisionCommands, UnknownIdsSayWhereToLook) {
  EXPECT_EQ(decision({"show", "nonsense"}).code, 2);
  const auto missing = decision({"show", "dec-ETH-USDT-20260101T000000Z"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_THAT(missing.err, HasSubstr("gridexit decision list"));
}

}  // namespace
}  // namespace gridexit
