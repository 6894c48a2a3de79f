// Hours that can't be recorded: what they said is remembered, and recorded with the first hour that
// can be.

#include "gridexit/domain/record.hpp"
#include "pipeline/hour_documents.hpp"
#include "unit/pipeline/run_fixture.hpp"

namespace gridexit {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace): the fakes are the subject here
using pipeline::reference_of;

// One close below the range, and then prices well inside of it: a state that only memory holds.
class Unrecorded : public RunTest {
 protected:
  Unrecorded() {
    start_grid(story_.now() - Hours{5});
    run_live(story_.now());
    story_.jump(1896);
    outside_ = story_.now();
    story_.jump(1985).range(5, 1990);
  }

  ExitState state_at(int hours) {
    const auto report = run_live(outside_ + Hours{hours});
    const auto& record = report.symbols.at(0).record;
    return record && record->exit_state ? record->exit_state->state : ExitState::normal;
  }

  MetricsRecord recorded(int hours) const {
    const std::string path = paths::metrics("ETH-USDT", outside_ + Hours{hours});
    const auto read = codec::read<MetricsRecord>(store_.text(path), path);
    EXPECT_TRUE(read) << path << (read ? "" : ": " + read.error().text());
    return read ? read->document : MetricsRecord{};
  }

  void expect_all_recorded_after(int hours) {
    for (int hour = 0; hour <= hours; ++hour) {
      const MetricsRecord record = recorded(hour);
      EXPECT_EQ(record.previous, reference_of(hour == 0 ? recorded(-1) : recorded(hour - 1)))
          << "hour " << hour;
    }
    const std::string path = paths::exit_states("ETH-USDT", outside_);
    const auto day = codec::read<ExitStateDay>(store_.text(path), path);
    ASSERT_TRUE(day);
    ASSERT_FALSE(day->document.transitions.empty());
    EXPECT_EQ(day->document.transitions[0].timestamp, outside_);
    EXPECT_EQ(state_.files.count("unrecorded.ETH-USDT.yaml"), 0U);
  }

  UtcTime outside_;
};

TEST_F(Unrecorded, TheStateOutlivesCommitsThatFail) {
  store_.fail_commit = true;
  EXPECT_EQ(state_at(0), ExitState::latest_acceptable_exit);
  EXPECT_EQ(state_at(1), ExitState::latest_acceptable_exit) << "one calm hour of three";
  EXPECT_EQ(webhook_.delivered.front().state, ExitState::latest_acceptable_exit);
  store_.fail_commit = false;
  EXPECT_EQ(state_at(2), ExitState::latest_acceptable_exit);
  EXPECT_EQ(state_at(3), ExitState::warning) << "the third calm hour";
  expect_all_recorded_after(3);
}

TEST_F(Unrecorded, TheStateOutlivesARepositoryThatIsNotThere) {
  use_store_ = false;
  EXPECT_EQ(state_at(0), ExitState::latest_acceptable_exit);
  EXPECT_EQ(state_at(1), ExitState::latest_acceptable_exit);
  use_store_ = true;
  EXPECT_EQ(state_at(2), ExitState::latest_acceptable_exit);
  expect_all_recorded_after(2);
}

TEST_F(Unrecorded, AFailedHourTakesNoneWithIt) {
  store_.fail_commit = true;
  EXPECT_EQ(state_at(0), ExitState::latest_acceptable_exit);
  store_.fail_commit = false;
  market_.candles_error = failure(ErrorCode::exchange_unreachable, "connection refused");
  run_live(outside_ + Hours{1});
  market_.candles_error.reset();
  EXPECT_EQ(state_at(2), ExitState::latest_acceptable_exit);
  EXPECT_EQ(recorded(0).previous, reference_of(recorded(-1)));
  EXPECT_EQ(recorded(2).previous, reference_of(recorded(0)));
}

TEST_F(Unrecorded, RemindersKeepTheirGap) {
  store_.fail_commit = true;
  webhook_.delivered.clear();
  for (int hour = 0; hour < 2; ++hour) state_at(hour);
  EXPECT_EQ(std::count_if(webhook_.delivered.begin(), webhook_.delivered.end(),
                          [](const Message& message) { return message.event == "exit_state"; }),
            1)
      << "LATEST_ACCEPTABLE_EXIT is repeated after two hours";
}

TEST_F(Unrecorded, TheSameHourAgainIsRecordedAsItself) {
  store_.fail_commit = true;
  state_at(0);
  store_.fail_commit = false;
  EXPECT_EQ(state_at(0), ExitState::latest_acceptable_exit);
  expect_all_recorded_after(0);
}

TEST_F(Unrecorded, AHistoryThatWentOnWithoutThemIsNotContradicted) {
  store_.fail_commit = true;
  state_at(0);
  store_.fail_commit = false;
  // Somebody else's evaluation of the same hour.
  MetricsRecord other = recorded(-1);
  other.timestamp = outside_;
  other.previous = reference_of(recorded(-1));
  store_.put({{paths::metrics("ETH-USDT", outside_), codec::write(other)}});
  state_at(1);
  EXPECT_EQ(codec::write(recorded(0)), codec::write(other));
  EXPECT_EQ(recorded(1).previous, reference_of(other));
}

}  // namespace
}  // namespace gridexit
