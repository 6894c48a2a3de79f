// A record that began under version 1.0, in its flat layout: what of it can be proven, what cannot,
// and that nobody gets out of the chain by calling a document one of 1.0.

#include <gtest/gtest.h>

#include "unit/audit/history_fixture.hpp"

namespace gridexit {
namespace {

using audit::FindingKind;

class EarlierVersion : public testing::HistoryFixture {
 protected:
  void SetUp() override {
    HistoryFixture::SetUp();
    if (IsSkipped()) return;
    start_grid(first_hour_ - Hours{5});
    commit(*store_, {{flat_record(-2), record_text(-2)}});
    const std::string change = format_utc(first_hour_ - Hours{1});
    commit(*store_,
           {{flat_record(-1), record_text(-1)},
            {paths::flat(paths::exit_states("ETH-USDT", first_hour_ - Hours{1})),
             "symbol: ETH-USDT\ngrid_id: grid-1\ndate: " + format_date(first_hour_ - Hours{1}) +
                 "\ntransitions:\n  - {timestamp: \"" + change +
                 "\", from_state: NORMAL, to_state: WARNING}\n"},
            {flat_decision(),
             "decision_id: " + paths::decision_id("ETH-USDT", first_hour_ - Hours{1}) +
                 "\nsymbol: ETH-USDT\ngrid_id: grid-1\ncreated_at: \"" + change +
                 "\"\nrecommendation: {action: PREPARE_EXIT}\nseen: RANGE_OK\n"}});
  }

  std::string flat_record(int hours) const { return paths::flat(record_path(hours)); }
  std::string record_text(int hours) const {
    return "schema_version: \"1.0\"\nsymbol: ETH-USDT\ntimestamp: \"" +
           format_utc(first_hour_ + Hours{hours}) +
           "\"\nregime: RANGE_OK\nconfidence: 0.72\nnotes: old\n";
  }
  std::string flat_decision() const {
    return paths::flat(paths::decision("ETH-USDT", first_hour_ - Hours{1}));
  }
  DecisionRecord decision() {
    return codec::read<DecisionRecord>(content(*store_, flat_decision()), "")->document;
  }
};

TEST_F(EarlierVersion, ItsRecordsAreSaidOnceAndTheNextOneFollowsThem) {
  run_hours(3);
  const auto report = verify();
  ASSERT_EQ(report.findings.size(), 1U) << text_of(report);
  EXPECT_EQ(report.findings[0].kind, FindingKind::not_proven);
  EXPECT_NE(report.findings[0].text.find("4 records, decisions and days are of version 1.0"),
            std::string::npos);
  EXPECT_EQ(report.derived, 3);
  const auto first = codec::read<MetricsRecord>(content(*store_, record_path(0)), "")->document;
  ASSERT_TRUE(first.previous);
  EXPECT_EQ(first.previous->path, flat_record(-1));
  EXPECT_EQ(first.exit_state->previous, ExitState::warning) << "the state of 1.0 goes on";
}

TEST_F(EarlierVersion, WhatGoesOnInThePresentLayoutKeepsWhatWasThere) {
  DecisionRecord answered = decision();
  answered.action_records.push_back(
      {first_hour_, "operator", OperatorAction::accepted, {}, {}, {}});
  const std::string path = paths::decision("ETH-USDT", first_hour_ - Hours{1});
  commit(*store_, {{path, codec::write(answered)}});
  EXPECT_EQ(verify().findings.size(), 1U) << text_of(verify());
  answered.recommendation.action = Action::hold;
  commit(*store_, {{path, codec::write(answered)}});
  EXPECT_TRUE(has(verify(), FindingKind::entries_lost, path)) << text_of(verify());
}

TEST_F(EarlierVersion, OnceItIsWrittenADocumentOfItHasAllItsKeys) {
  change_by_hand("echo 'excuse: none' >> " + flat_decision());
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, flat_decision())) << text_of(verify());
}

TEST_F(EarlierVersion, ADocumentOfItIsNamedOncePresentOnesAreThere) {
  run_hours(1);
  commit(*store_, {{flat_record(1), record_text(1)}});
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, flat_record(1))) << text_of(verify());
}

}  // namespace
}  // namespace gridexit
