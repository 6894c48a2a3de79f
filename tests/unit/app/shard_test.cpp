// A backtest on several machines: whatever the number of parts, their report is that of one machine
// to the last byte; and parts that do not belong together are refused by name.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/backtest/shard.hpp"
#include "support/series.hpp"
#include "unit/app/fake_wiring.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kPlain{"backtest", "--candles", "A-USDT_1h.csv", "B-USDT_1h.csv"};

std::vector<std::string> with(std::vector<std::string> args, const std::vector<std::string>& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

const std::vector<std::string> kSweep =
    with(kPlain, {"--set", "exit_rules.latest.break_low=0.5,0.90,0.95", "--set",
                  "exit_rules.latest.trend_break=0.5,0.6"});
const std::vector<std::string> kWalk = with(kSweep, {"--walk-forward", "40d/20d"});

testing::FakeWiring markets() {
  testing::FakeWiring wiring;
  wiring.candles["A-USDT_1h.csv"] = support::series_of(support::walk(7, 2900), 0.002);
  wiring.candles["B-USDT_1h.csv"] = support::series_of(support::walk(8, 2600), 0.002);
  return wiring;
}

/// The parts of n machines as files of the wiring, named from the last to the first.
std::vector<std::string> make_parts(testing::FakeWiring& wiring,
                                    const std::vector<std::string>& args, int count) {
  std::vector<std::string> names;
  for (int i = count; i >= 1; --i) {
    const std::string shard = std::to_string(i) + "/" + std::to_string(count);
    names.push_back("parts/shard-" + std::to_string(i) + "-of-" + std::to_string(count) + ".json");
    const auto ran = testing::run(wiring, with(args, {"--shard", shard, "--out", "parts/"}));
    EXPECT_EQ(ran.code, 0) << ran.err;
  }
  return names;
}

testing::Ran merge(testing::FakeWiring& wiring, const std::vector<std::string>& names,
                   const std::vector<std::string>& more = {}) {
  return testing::run(wiring, with(with({"backtest", "merge"}, names), more));
}

class Shards : public ::testing::TestWithParam<std::vector<std::string>> {};

TEST_P(Shards, AnyNumberOfThemMergesToTheSameBytes) {
  auto wiring = markets();
  const auto text = testing::run(wiring, with(GetParam(), {"--html", "whole.html"}));
  const auto json = testing::run(wiring, with(GetParam(), {"-o", "json"}));
  ASSERT_EQ(text.code, 0) << text.err;
  for (const int count : {1, 2, 3, 5, 9}) {
    SCOPED_TRACE(count);
    const auto names = make_parts(wiring, GetParam(), count);
    EXPECT_EQ(merge(wiring, names, {"--html", "merged.html"}).out, text.out);
    EXPECT_EQ(merge(wiring, names, {"-o", "json"}).out, json.out);
    EXPECT_TRUE(wiring.files["merged.html"] == wiring.files["whole.html"]);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, Shards, ::testing::Values(kPlain, kSweep, kWalk));

TEST(Shard, ReadsBackWhatItWrote) {
  auto wiring = markets();
  for (const auto& args : {kPlain, kSweep, kWalk}) {
    const auto ran = testing::run(wiring, with(args, {"--shard", "2/2"}));
    const auto part = app::read_part(ran.out, "part");
    ASSERT_TRUE(part) << part.error().message;
    EXPECT_EQ(app::write_part(*part), ran.out);
  }
}

TEST(Shard, AutoIsWhatAnIndexedJobSays) {
  auto wiring = markets();
  wiring.variables["JOB_COMPLETION_INDEX"] = "1";
  const auto automatic = with(kPlain, {"--shard", "auto"});
  const auto half = testing::run(wiring, automatic);
  EXPECT_EQ(half.code, 2);
  EXPECT_THAT(half.err, HasSubstr("SHARD_COUNT"));
  wiring.variables["SHARD_COUNT"] = "3";
  EXPECT_EQ(testing::run(wiring, automatic).out,
            testing::run(wiring, with(kPlain, {"--shard", "2/3"})).out);
  wiring.variables["JOB_COMPLETION_INDEX"] = "3";
  EXPECT_EQ(testing::run(wiring, automatic).code, 2);
  // Without "auto" the variables mean nothing: a backtest inside some job is a whole one.
  EXPECT_THAT(testing::run(wiring, kPlain).out, HasSubstr("these rules"));
}

TEST(Shard, RefusesWhatIsNoPartOrHasNone) {
  auto wiring = markets();
  for (const char* shard : {"0/2", "3/2", "1", "1/", "x/2", "1/0", "-1/2", "1/2/3"})
    EXPECT_EQ(testing::run(wiring, with(kPlain, {"--shard", shard})).code, 2) << shard;
  EXPECT_EQ(testing::run(wiring, with(kPlain, {"--out", "x"})).code, 2);
  EXPECT_EQ(testing::run(wiring, with(kPlain, {"--shard", "1/2", "--html", "x"})).code, 2);
  EXPECT_EQ(testing::run(wiring, with(kPlain, {"--shard", "1/2", "--check-lookahead"})).code, 2);
  EXPECT_EQ(testing::run(wiring, {"backtest", "merge"}).code, 2);
}

/// Two parts of a sweep, one of which is spoiled by the test.
class Merge : public ::testing::Test {
 protected:
  void expect_refused(const std::vector<std::string>& names, const std::string& because) {
    const auto ran = merge(wiring_, names);
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, HasSubstr(because));
  }
  void replace(const std::string& from, const std::string& to) {
    std::string& text = wiring_.files[names_[0]];
    ASSERT_NE(text.find(from), std::string::npos);
    text.replace(text.find(from), from.size(), to);
  }

  testing::FakeWiring wiring_ = markets();
  std::vector<std::string> names_ = make_parts(wiring_, kSweep, 2);
};

TEST_F(Merge, NamesThePartThatIsMissing) {
  expect_refused({names_[0]}, "missing: part 1/2");
  expect_refused({names_[0], "nowhere.json"}, "nowhere.json");
}

TEST_F(Merge, NamesThePartThatIsThereTwice) {
  wiring_.files["copy.json"] = wiring_.files[names_[0]];
  expect_refused({names_[0], names_[1], "copy.json"}, "copy.json: the same part (2 of 2)");
}

TEST_F(Merge, RefusesPartsOfAnotherBacktest) {
  const auto refuse_other = [&](const std::vector<std::string>& args, const std::string& because) {
    wiring_.files["other.json"] = testing::run(wiring_, args).out;
    expect_refused({"other.json", names_[1]}, because);
  };
  refuse_other(with(kPlain, {"--shard", "2/2"}), "other set");
  refuse_other(with(kSweep, {"--shard", "2/2", "--shape", "widths"}), "other shape");
  refuse_other(with(kSweep, {"--shard", "2/2", "--offsets", "0,8"}), "other offsets");
  refuse_other(with(kSweep, {"--shard", "2/3"}), "one of");
  refuse_other(with(kWalk, {"--shard", "2/2"}), "other walk_forward");
  std::swap(wiring_.candles["A-USDT_1h.csv"], wiring_.candles["B-USDT_1h.csv"]);
  refuse_other(with(kSweep, {"--shard", "2/2"}), "other candles");
  replace("[\"engine\", \"", "[\"engine\", \"9.");
  expect_refused(names_, "other engine");
}

TEST_F(Merge, RefusesOtherRules) {
  replace("[\"rules\", \"", "[\"rules\", \"0");
  expect_refused(names_, "other rules");
}

TEST_F(Merge, RefusesWhatIsNoPart) {
  const std::string whole = wiring_.files[names_[0]];
  const auto refuse_text = [&](const std::string& text, const std::string& because) {
    wiring_.files[names_[0]] = text;
    expect_refused(names_, because);
    expect_refused(names_, names_[0]);
  };
  refuse_text("", "not JSON");
  refuse_text(whole.substr(0, whole.size() / 2), "cut off");
  refuse_text("{}", "something else");
  refuse_text("[1, 2]", "something else");
  wiring_.files[names_[0]] = whole;
  replace("\"version\": 1", "\"version\": 2");
  expect_refused(names_, "version");
  wiring_.files[names_[0]] = whole;
  replace("\"runs\": ", "\"runs\": -");
  expect_refused(names_, "rows[0].runs");
}

TEST_F(Merge, RefusesAnUnfinishedPart) {
  std::string& text = wiring_.files[names_[0]];
  const auto rows = text.find("\"rows\": [");
  text = text.substr(0, rows) + "\"rows\": []}";
  expect_refused(names_, "unfinished: 0 of 3 items");
}

}  // namespace
}  // namespace gridexit
