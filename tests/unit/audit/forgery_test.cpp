// What a forger may try on a real git repository beyond editing what is there: additions that the
// program would not have made, files that are no documents, merges, times that cannot be.

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/audit/history_fixture.hpp"

namespace gridexit {
namespace {

using audit::FindingKind;

class Forgery : public testing::HistoryFixture {
 protected:
  std::string commit_tree(const std::string& tree, const std::string& parents) const {
    std::string id = git(path_, "commit-tree -m merged " + parents + " " + tree);
    return id.substr(0, 40);
  }
  std::string id_of(const std::string& name) const {
    return git(path_, "rev-parse " + name).substr(0, 40);
  }
  void set_head(const std::string& commit) const {
    git(path_, "update-ref refs/heads/main " + commit);
  }
  static auto count(const pipeline::VerifyReport& report, const std::string& path) {
    return std::count_if(report.findings.begin(), report.findings.end(),
                         [&](const audit::Finding& finding) { return finding.path == path; });
  }
};

TEST_F(Forgery, AKeyThatTheProgramDoesNotWriteIsNamedOnce) {
  start_grid(first_hour_);
  const std::string path = paths::grid("grid-1");
  change_by_hand("echo 'surprise: 1' >> " + path);
  change_by_hand("sed -i 's/^surprise: 1/surprise: 2/' " + path);
  const auto report = verify();
  EXPECT_TRUE(has(report, FindingKind::invalid_document, path)) << text_of(report);
  EXPECT_EQ(count(report, path), 1) << text_of(report);
}

TEST_F(Forgery, AKeyWithinARecommendationIsNamed) {
  run_hours(1);
  const std::string path = paths::decision("ETH-USDT", first_hour_);
  change_by_hand("sed -i 's/^recommendation:/&\\n  operator_excuse: x/' " + path);
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, path)) << text_of(verify());
}

TEST_F(Forgery, AKeyOfANewRecordIsNamed) {
  run_hours(2);
  rewrite(replacing(record_path(1), "price: ", "extra: 1\nprice: "));
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, record_path(1))) << text_of(verify());
}

TEST_F(Forgery, AKeyThatStandsTwiceIsNamed) {
  run_hours(1);
  const std::string decision = paths::decision("ETH-USDT", first_hour_);
  const std::string day = paths::raw_data("ETH-USDT", first_hour_ - Hours{24});
  change_by_hand("echo 'symbol: ETH-USDT' >> " + decision + " && sed -i '0,/\"date\"/s//" +
                 "\"date\": \"2020-01-01\", &/' " + day);
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, decision)) << text_of(verify());
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, day)) << text_of(verify());
}

TEST_F(Forgery, AnythingButAPlainFileIsNamed) {
  run_hours(2);
  change_by_hand("chmod +x " + record_path(0) + " && ln -sf ../../../../../README " +
                 record_path(1));
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, record_path(0))) << text_of(verify());
  EXPECT_TRUE(has(verify(), FindingKind::invalid_document, record_path(1))) << text_of(verify());
}

TEST_F(Forgery, AFileThatDoesNotBelongThereIsNamed) {
  run_hours(1);
  start_grid(first_hour_);
  const std::string day = paths::metrics_day_folder("ETH-USDT", first_hour_);
  change_by_hand("echo x > " + day + "/notes.txt && cp " + record_path(0) + " " + day +
                 "/other.yaml && cp grids/grid-1.yaml grids/grid-2.yaml && cp " + record_path(0) +
                 " " + paths::flat(record_path(0)));
  const auto report = verify();
  for (const std::string& path : {day + "/notes.txt", day + "/other.yaml",
                                  std::string("grids/grid-2.yaml"), paths::flat(record_path(0))}) {
    EXPECT_TRUE(has(report, FindingKind::invalid_document, path)) << path << text_of(report);
  }
  EXPECT_TRUE(has(report, FindingKind::chain_broken, day + "/other.yaml"))
      << "a second record of the hour";
}

// Everybody who has the honest head can go on to the merge: nothing is rewritten for them.
TEST_F(Forgery, AMergeThatTakesAnotherLineIsNamed) {
  run_hours(3);
  const std::string honest = id_of("main");
  set_head(id_of("main~2"));
  store_ = open(path_);
  set_head(commit_tree(id_of("main^{tree}"), "-p " + id_of("main") + " -p " + honest));
  const auto report = verify();
  EXPECT_TRUE(has(report, FindingKind::document_removed, record_path(1))) << text_of(report);
  EXPECT_TRUE(has(report, FindingKind::document_removed, record_path(2))) << text_of(report);
}

TEST_F(Forgery, AMergeThatKeepsWhatBothSidesHadIsFine) {
  run_hours(2);
  const std::string honest = id_of("main");
  set_head(id_of("main~1"));
  store_ = open(path_);
  start_grid(first_hour_ + Hours{2});
  const std::string other = id_of("main");
  set_head(honest);
  git(folder.path(), "clone -q '" + path_ + "' merging");
  git(folder / "merging", "fetch -q '" + path_ + "' " + honest);
  git(path_, "update-ref refs/heads/other " + other);
  git(folder / "merging", "pull -q --no-rebase --no-edit origin other");
  git(folder / "merging", "push -q origin HEAD:main");
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(Forgery, ARecordThatWasPutInLaterIsNamed) {
  run_hours(2);
  hour_ += Hours{1};
  run_hours(1);
  auto record = codec::read<MetricsRecord>(content(*store_, record_path(1)), "")->document;
  record.timestamp = first_hour_ + Hours{2};
  commit(*store_, {{record_path(2), codec::write(record)}});
  EXPECT_TRUE(has(verify(), FindingKind::chain_broken, record_path(2))) << text_of(verify());
}

TEST_F(Forgery, ARecordOfAnHourToComeIsNamed) {
  run_hours(2);
  verified_at_ = first_hour_ + Hours{1};
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
  verified_at_ = first_hour_;
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, record_path(1))) << text_of(verify());
}

TEST_F(Forgery, AnAnswerFromBeforeItsDecisionIsNamed) {
  run_hours(1);
  const std::string path = paths::decision("ETH-USDT", first_hour_);
  auto decision = codec::read<DecisionRecord>(content(*store_, path), path)->document;
  decision.action_records.push_back(
      {first_hour_ - Seconds{1}, "operator", OperatorAction::accepted, {}, {}, {}});
  commit(*store_, {{path, codec::write(decision)}});
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, path)) << text_of(verify());
}

TEST_F(Forgery, AConfigurationThatWasGivenUpIsNamed) {
  run_hours(1);
  const std::string first = store_->line()->commits.front();
  Rules rules;
  rules.capital.total_quote = 1100;
  rules.expected = {};
  const std::string second =
      commit(*store_, {{std::string(paths::kRulesFile), codec::write(rules)}});
  run_hours(2);
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
  rewrite(replacing(record_path(2), second, first));
  EXPECT_TRUE(has(verify(), FindingKind::not_derivable, record_path(2))) << text_of(verify());
}

}  // namespace
}  // namespace gridexit
