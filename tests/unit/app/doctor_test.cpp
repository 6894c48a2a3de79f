// doctor, verify and maintain over fakes: each broken set-up is named with its remedy.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/health.hpp"
#include "app/upkeep.hpp"
#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/ledger.hpp"
#include "gridexit/domain/paths.hpp"
#include "unit/app/fake_wiring.hpp"
#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using app::Check;
using audit::Level;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Doctor, LocksAreStaleOnlyWhenTheyAreOld) {
  ports::StoreSize size;
  EXPECT_EQ(app::check_locks(size).level, Level::ok);
  size.locks = {{"refs/heads/main.lock", 5}};
  EXPECT_EQ(app::check_locks(size).level, Level::ok) << "a git program may be at work";
  size.locks = {{"refs/heads/main.lock", 3600}};
  const Check check = app::check_locks(size);
  EXPECT_EQ(check.level, Level::warning);
  EXPECT_THAT(check.text, HasSubstr("refs/heads/main.lock is 60 min old"));
  EXPECT_FALSE(check.hint.empty());
}

TEST(Doctor, AFullDiskIsCritical) {
  ports::StoreSize size;
  size.free_bytes = 50'000'000;
  EXPECT_EQ(app::check_disk(size).level, Level::critical);
  size.free_bytes = 500'000'000;
  EXPECT_EQ(app::check_disk(size).level, Level::warning);
  size.free_bytes = 50'000'000'000;
  EXPECT_EQ(app::check_disk(size).level, Level::ok);
}

TEST(Doctor, CommitsThatAreOnlyHereAreCounted) {
  testing::FakeStore store;
  store.put({{"a", "1"}});
  const Check check = app::check_unpushed(store);
  EXPECT_EQ(check.level, Level::warning);
  EXPECT_THAT(check.text, HasSubstr("1 commits"));
  ASSERT_TRUE(store.push({}));
  EXPECT_EQ(app::check_unpushed(store).level, Level::ok);
}

TEST(Doctor, HalfAChannelIsCriticalAndNoneAWarning) {
  NotificationSettings settings;
  EXPECT_EQ(app::check_channels(settings).level, Level::warning);
  settings.pushover_token = Secret("token");
  EXPECT_EQ(app::check_channels(settings).level, Level::critical);
  settings.pushover_user = Secret("user");
  EXPECT_THAT(app::check_channels(settings).hint, HasSubstr("heartbeat"));
  settings.heartbeat_url = Secret("https://example.org/1");
  EXPECT_EQ(app::check_channels(settings).level, Level::ok);
}

TEST(Doctor, AChannelThatDoesNotAnswerIsCriticalAndTheHeartbeatAWarning) {
  const auto look = [](ErrorCode code) {
    return Result<std::string>(testing::failure(code, "pushover: says no"));
  };
  const Check refused = app::check_channel("pushover", look(ErrorCode::notify_rejected), "");
  EXPECT_EQ(refused.level, Level::critical);
  EXPECT_THAT(refused.hint, HasSubstr("check its token, user and address"));
  const Check away = app::check_channel("pushover", look(ErrorCode::notify_unavailable), "");
  EXPECT_EQ(away.level, Level::critical);
  EXPECT_THAT(away.hint, HasSubstr("messages wait until it answers"));
  const Result<std::string> well = std::string("can be reached");
  EXPECT_EQ(app::check_channel("pushover", well, "").level, Level::ok);
  const Check scarce = app::check_channel("pushover", well, "takes only 42 more messages");
  EXPECT_EQ(scarce.level, Level::warning);
  EXPECT_THAT(scarce.text, HasSubstr("42"));
  EXPECT_EQ(app::check_heartbeat(well).level, Level::ok);
  EXPECT_EQ(app::check_heartbeat(look(ErrorCode::notify_unavailable)).level, Level::warning);
}

TEST(Doctor, AnUnreadableLedgerIsNoReasonForAlarm) {
  testing::FakeStore store;
  testing::FakeState state;
  ASSERT_TRUE(state.save("ledger.yaml", "deliveries: ["));
  EXPECT_EQ(app::check_delivery(state).level, Level::warning);
  const Check messages = app::check_messages(store, state, {"ETH-USDT"}, {}, testing::kNow);
  EXPECT_EQ(messages.level, Level::warning) << messages.text;
  EXPECT_THAT(messages.hint, HasSubstr("the next run starts it anew"));
}

TEST(Doctor, ARefusedMessageIsCriticalAndAWaitingOneAWarning) {
  testing::FakeState state;
  EXPECT_EQ(app::check_delivery(state).level, Level::ok);
  Ledger ledger;
  ledger.pending_alerts.emplace_back();
  ledger.pending_alerts.back().id = "alert/1";
  ledger.pending_alerts.back().title = "push failing";
  ASSERT_TRUE(state.save("ledger.yaml", codec::write(ledger)));
  EXPECT_EQ(app::check_delivery(state).level, Level::warning) << app::check_delivery(state).text;
  ledger.deliveries = {{"exit/1", "pushover", DeliveryStatus::rejected, testing::kNow}};
  ASSERT_TRUE(state.save("ledger.yaml", codec::write(ledger)));
  const Check check = app::check_delivery(state);
  EXPECT_EQ(check.level, Level::critical);
  EXPECT_THAT(check.text, HasSubstr("pushover refused message exit/1"));
}

TEST(Doctor, AnExitMessageThatNoChannelTookIsCritical) {
  testing::FakeStore store;
  testing::FakeState state;
  ExitStateDay day;
  day.symbol = "ETH-USDT";
  day.date = format_date(testing::kNow);
  day.notified = {{floor_hour(testing::kNow), "eth-1", ExitState::mandatory_exit}};
  store.put({{paths::exit_states("ETH-USDT", testing::kNow), codec::write(day)}});
  NotificationSettings settings;
  settings.webhook_url = Secret("https://example.org/hook");
  const auto check = [&] {
    return app::check_messages(store, state, {"ETH-USDT"}, settings, testing::kNow);
  };
  EXPECT_EQ(check().level, Level::ok) << "without a ledger nothing was sent from here";
  Ledger ledger;
  ASSERT_TRUE(state.save("ledger.yaml", codec::write(ledger)));
  EXPECT_EQ(check().level, Level::critical);
  EXPECT_THAT(check().text, HasSubstr("exit/ETH-USDT/eth-1/20260202T140000Z/MANDATORY_EXIT"));
  ledger.deliveries = {{"exit/ETH-USDT/eth-1/20260202T140000Z/MANDATORY_EXIT", "webhook",
                        DeliveryStatus::delivered, testing::kNow}};
  ASSERT_TRUE(state.save("ledger.yaml", codec::write(ledger)));
  EXPECT_EQ(check().level, Level::ok);
}

TEST(Doctor, NoRecordIsCriticalOnlyWhileAGridRuns) {
  testing::FakeStore store;
  EXPECT_EQ(app::check_freshness(store, "ETH-USDT", testing::kNow).level, Level::warning);
  Grid grid;
  grid.grid_id = "eth-1";
  grid.symbol = "ETH-USDT";
  grid.exchange = "kucoin";
  GridVersion version;
  version.from = testing::kNow - Hours{9};
  version.lower = 1900;
  version.upper = 2100;
  version.cells = 10;
  version.capital_quote = 1000;
  grid.versions = {version};
  grid.history = {{true, testing::kNow - Hours{9}, "", "operator", std::nullopt}};
  EXPECT_EQ(app::check_watched(store, {}, testing::kNow).level, Level::ok);
  store.put({{paths::grid("eth-1"), codec::write(grid)}});
  EXPECT_EQ(app::check_freshness(store, "ETH-USDT", testing::kNow).level, Level::critical);
  EXPECT_EQ(app::check_watched(store, {"ETH-USDT"}, testing::kNow).level, Level::ok);
  const Check unwatched = app::check_watched(store, {"BTC-USDT"}, testing::kNow);
  EXPECT_EQ(unwatched.level, Level::critical);
  EXPECT_THAT(unwatched.hint, HasSubstr("grid stop --id eth-1"));
}

TEST(Doctor, QuietShowsOnlyWhatIsNotWell) {
  testing::FakeWiring wiring;
  Environment environment;
  environment.symbols = {{"ETH-USDT", true}};
  Rules rules;
  rules.capital.total_quote = 1000;
  wiring.store.put({{std::string(paths::kEnvironmentFile), codec::write(environment)},
                    {std::string(paths::kRulesFile), codec::write(rules)}});
  const auto ran = testing::run(wiring, {"doctor", "--repo", "data", "-q"});
  EXPECT_EQ(ran.code, 9);
  EXPECT_THAT(ran.out, HasSubstr("critical  exchange: "));
  EXPECT_THAT(ran.out, Not(HasSubstr("ok  ")));
  EXPECT_THAT(testing::run(wiring, {"grid", "list", "--repo", "data", "-q"}).out,
              ::testing::IsEmpty());
  EXPECT_THAT(testing::run(wiring, {"grid", "list", "--repo", "data", "-q", "-o", "json"}).out,
              HasSubstr("[]"));
}

TEST(Doctor, MissingHoursAndUnreadableDocumentsAreNamed) {
  testing::FakeStore store;
  const UtcTime at = floor_hour(testing::kNow);
  store.put({{paths::metrics("ETH-USDT", at - Hours{4}), "x"},
             {paths::metrics("ETH-USDT", at - Hours{1}), "x"}});
  const Check hours = app::check_missing_hours(store, "ETH-USDT", testing::kNow);
  EXPECT_EQ(hours.level, Level::warning);
  EXPECT_THAT(hours.text, HasSubstr("2 hours of the last week have no record, the newest " +
                                    format_hour(at - Hours{2})));
  const Check documents = app::check_documents(store, {"ETH-USDT"}, testing::kNow);
  EXPECT_EQ(documents.level, Level::critical);
  EXPECT_THAT(documents.text, HasSubstr(paths::metrics("ETH-USDT", at - Hours{4})));
}

TEST(Doctor, AnswersEvenWithoutARepository) {
  testing::FakeWiring wiring;
  const auto ran = testing::run(wiring, {"doctor", "--repo", "elsewhere"});
  EXPECT_EQ(ran.code, 9);
  EXPECT_THAT(ran.out, HasSubstr("critical  repository: elsewhere is not a git repository"));
  EXPECT_THAT(ran.out, HasSubstr("-> make one with gridexit init"));
}

TEST(Doctor, AnInvalidConfigurationAndADeadExchangeAreCritical) {
  testing::FakeWiring wiring;
  wiring.store.put({{std::string(paths::kEnvironmentFile), "symbols: 3\n"},
                    {std::string(paths::kRulesFile), codec::write(Rules{})}});
  auto ran = testing::run(wiring, {"doctor", "--repo", "data", "-o", "json"});
  EXPECT_EQ(ran.code, 9);
  EXPECT_THAT(ran.out, HasSubstr("\"check\": \"configuration\""));
  Environment environment;
  environment.symbols = {{"ETH-USDT", true}};
  Rules rules;
  rules.capital.total_quote = 1000;
  wiring.store.put({{std::string(paths::kEnvironmentFile), codec::write(environment)},
                    {std::string(paths::kRulesFile), codec::write(rules)}});
  ran = testing::run(wiring, {"doctor", "--repo", "data"});
  EXPECT_EQ(ran.code, 9);
  EXPECT_THAT(ran.out, HasSubstr("ok        configuration: valid"));
  EXPECT_THAT(ran.out, HasSubstr("critical  exchange: api.kucoin.com: connection refused"));
}

TEST(Upkeep, PackingIsDueAWeekAfterTheLastOneOrWhenThereIsMuch) {
  ports::StoreSize size;
  EXPECT_FALSE(app::packing_is_due(size));
  size.small_packs = 100;
  size.oldest_small_pack_age_seconds = 6 * 86400.0;
  size.loose_objects = 100;
  EXPECT_FALSE(app::packing_is_due(size));
  size.oldest_small_pack_age_seconds = 8 * 86400.0;
  EXPECT_TRUE(app::packing_is_due(size));
  size.small_packs = 1;
  EXPECT_FALSE(app::packing_is_due(size)) << "nothing to put together";
  size.small_packs = 300;
  size.oldest_small_pack_age_seconds = 60;
  EXPECT_TRUE(app::packing_is_due(size)) << "replayed hours";
  size.small_packs = 0;
  size.loose_objects = 20000;
  EXPECT_TRUE(app::packing_is_due(size));
}

TEST(Upkeep, AnHourlyRunPacksNoMoreAtOnceThanFitsIntoItsTime) {
  class Many final : public ports::Maintenance {
   public:
    Result<ports::StoreSize> size() override {
      ports::StoreSize size;
      size.loose_objects = 1000000;
      return size;
    }
    Result<ports::PackOutcome> pack(const ports::PackBounds& bounds) override {
      asked.push_back(bounds);
      return ports::PackOutcome{};
    }
    Result<ports::RemoteLook> look_at_remote(double) override { return ports::RemoteLook{}; }
    std::vector<ports::PackBounds> asked;
  } many;
  testing::FakeLog log;
  app::pack_when_due(many, log);
  ASSERT_EQ(many.asked.size(), 1U);
  EXPECT_LE(many.asked[0].objects_max, 20000);
  EXPECT_LT(many.asked[0].seconds_max, 300) << "a run's time";
}

TEST(Verify, AnAnchorThatIsNoCommitIdIsRefusedWithItsPlace) {
  testing::FakeWiring wiring;
  wiring.files["heads.txt"] = "# heads\n1a2b3c4d\nnot a head\n";
  const auto ran = testing::run(wiring, {"verify", "--repo", "data", "--anchors", "heads.txt"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("heads.txt:3: \"not a head\" is not a commit id"));
}

}  // namespace
}  // namespace gridexit
