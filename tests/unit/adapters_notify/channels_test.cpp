#include "gridexit/adapters/notify/channels.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/stand_in_server.hpp"

namespace gridexit::adapters {
namespace {

using nlohmann::json;
using testing_support::StandInServer;

Message rise() {
  Message message;
  message.id = "ETH-USDT/2026-02-02T14:00:00Z/WARNING";
  message.event = "exit_state";
  message.symbol = "ETH-USDT";
  message.grid_id = "eth-grid-1";
  message.timestamp = UtcTime{Seconds{1770040800}};
  message.state = ExitState::warning;
  message.previous_state = ExitState::normal;
  message.action = "PREPARE_EXIT";
  message.decision_id = "dec-ETH-USDT-20260202T140000Z";
  message.confidence = 0.71;
  message.price = 3412.5;
  message.break_probability = 0.27;
  message.reasons = {"near_bound: 27 % & more", "adx_rising"};
  message.problems = {"not recorded"};
  message.head = "0123abcd";
  message.page = "https://pages.example/eth.html?a=1&b=2";
  message.title = "ETH-USDT: WARNING";
  message.text = "Price 3412.5\nleave \xE2\x82\xAC & go";
  message.priority = 0;
  return message;
}

// "token=abc&user=..." of a request's body, still encoded.
std::optional<std::string> field(const std::string& form, const std::string& name) {
  const std::string text = "&" + form + "&";
  const std::size_t begin = text.find("&" + name + "=");
  if (begin == std::string::npos) return std::nullopt;
  const std::size_t value = begin + name.size() + 2;
  return text.substr(value, text.find('&', value) - value);
}

class ChannelTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!StandInServer::possible()) GTEST_SKIP() << "python3 is missing";
    server_.emplace("fake_webhook.py");
    settings_.pushover_token = Secret("pushover-token-secret");
    settings_.pushover_user = Secret("pushover-user-secret");
    settings_.pushover_url = server_->url();
    settings_.webhook_url = Secret(server_->url() + "/hooks/secret-path?key=secret-query");
    settings_.heartbeat_url = Secret(server_->url() + "/ping/secret-beat");
    settings_.heartbeat_failure_url = Secret(server_->url() + "/ping/secret-beat/fail");
  }

  WebhookNotifier webhook() { return {settings_, client_}; }
  PushoverNotifier pushover() { return {settings_, client_}; }
  // The code of a failed delivery after one planned answer; no failure may name a secret.
  template <class Deliver>
  std::optional<ErrorCode> outcome_of(const json& answer, Deliver deliver) {
    server_->plan(json::array({answer}));
    const auto result = deliver();
    if (result) return std::nullopt;
    const std::string text = result.error().text();
    EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    return result.error().code;
  }

  std::optional<StandInServer> server_;
  NotificationSettings settings_;
  std::shared_ptr<http::Client> client_ = std::make_shared<http::CurlClient>();
};

TEST_F(ChannelTest, WebhookSendsTheDocumentedFields) {
  ASSERT_TRUE(webhook().deliver(rise()));
  const json request = server_->log()[0];
  EXPECT_EQ(request["path"], "/hooks/secret-path?key=secret-query");
  EXPECT_EQ(request["headers"]["content-type"], "application/json");
  EXPECT_EQ(json::parse(request["body"].get<std::string>()), json::parse(R"({
    "event_id": "ETH-USDT/2026-02-02T14:00:00Z/WARNING",
    "event": "exit_state", "symbol": "ETH-USDT", "grid_id": "eth-grid-1",
    "timestamp": "2026-02-02T14:00:00Z", "state": "WARNING", "previous_state": "NORMAL",
    "action": "PREPARE_EXIT", "decision_id": "dec-ETH-USDT-20260202T140000Z", "confidence": 0.71,
    "price": 3412.5, "break_probability": 0.27,
    "reasons": ["near_bound: 27 % & more", "adx_rising"],
    "problems": ["not recorded"], "head": "0123abcd", "text": "Price 3412.5\nleave € & go"})"));
}

TEST_F(ChannelTest, WebhookSendsNullForWhatIsMissing) {
  Message alert;
  alert.event = "remote.unreachable";
  alert.text = "bytes that are no UTF-8: \xFF";
  ASSERT_TRUE(webhook().deliver(alert));
  const json body = json::parse(server_->log()[0]["body"].get<std::string>());
  for (const char* name : {"symbol", "grid_id", "state", "previous_state", "action", "decision_id",
                           "confidence", "price", "break_probability", "head"}) {
    EXPECT_TRUE(body.at(name).is_null()) << name;
  }
  EXPECT_EQ(body["reasons"], json::array());
}

TEST_F(ChannelTest, WebhookTellsLaterFromNever) {
  const auto deliver = [this] { return webhook().deliver(rise()); };
  for (const int status : {200, 201, 204}) {
    EXPECT_EQ(outcome_of({{"status", status}}, deliver), std::nullopt);
  }
  for (const int status : {500, 502, 503}) {
    EXPECT_EQ(outcome_of({{"status", status}}, deliver), ErrorCode::notify_unavailable);
  }
  for (const int status : {301, 400, 401, 404, 410, 429}) {
    EXPECT_EQ(outcome_of({{"status", status}}, deliver), ErrorCode::notify_rejected);
  }
  EXPECT_EQ(outcome_of({{"cut_body", true}}, deliver), ErrorCode::notify_unavailable);
  server_->stop();
  const auto refused = webhook().deliver(rise());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::notify_unavailable);
  EXPECT_EQ(refused.error().text().find("secret"), std::string::npos);
}

TEST_F(ChannelTest, PushoverSendsAForm) {
  ASSERT_TRUE(pushover().deliver(rise()));
  const json request = server_->log()[0];
  EXPECT_EQ(request["path"], "/1/messages.json");
  const std::string form = request["body"];
  EXPECT_EQ(field(form, "token"), "pushover-token-secret");
  EXPECT_EQ(field(form, "user"), "pushover-user-secret");
  EXPECT_EQ(field(form, "title"), "ETH-USDT%3A%20WARNING");
  EXPECT_EQ(field(form, "message"), "Price%203412.5%0Aleave%20%E2%82%AC%20%26%20go");
  EXPECT_EQ(field(form, "priority"), "0");
  EXPECT_EQ(field(form, "timestamp"), "1770040800");
  EXPECT_EQ(field(form, "url"), "https%3A%2F%2Fpages.example%2Feth.html%3Fa%3D1%26b%3D2");
  EXPECT_EQ(field(form, "retry"), std::nullopt);
}

TEST_F(ChannelTest, PushoverRepeatsEmergenciesWithinItsRules) {
  Message emergency = rise();
  emergency.priority = 2;
  emergency.page = "/var/lib/gridexit/eth.html";
  ASSERT_TRUE(pushover().deliver(emergency));
  const std::string form = server_->log()[0]["body"];
  EXPECT_EQ(field(form, "priority"), "2");
  EXPECT_GE(std::stoi(field(form, "retry").value_or("0")), 30);
  const int expire = std::stoi(field(form, "expire").value_or("0"));
  EXPECT_GT(expire, 0);
  EXPECT_LE(expire, 10800);
  EXPECT_LE(expire, 3600)
      << "the next hour's message takes over, so no receipt has to be cancelled";
  EXPECT_LE(expire / std::stoi(field(form, "retry").value_or("1")), 50)
      << "Pushover repeats no more often, and would be silent before it expires";
  EXPECT_EQ(field(form, "url"), std::nullopt);  // a path is no address
}

TEST_F(ChannelTest, PushoverNeverSendsAnEmptyOrTooLongMessage) {
  Message message = rise();
  message.text = "";
  ASSERT_TRUE(pushover().deliver(message));
  EXPECT_EQ(field(server_->log()[0]["body"], "message"), "ETH-USDT%3A%20WARNING");
  message.text = std::string(5000, 'x');
  ASSERT_TRUE(pushover().deliver(message));
  EXPECT_EQ(field(server_->log()[1]["body"], "message"), std::string(1023, 'x') + "%E2%80%A6");
}

TEST_F(ChannelTest, PushoverCountsCharactersAndKeepsTheLastLine) {
  const std::string emoji = "\xF0\x9F\x9A\xA8";
  const std::string encoded = "%F0%9F%9A%A8";
  const auto repeated = [](const std::string& text, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += text;
    return result;
  };
  Message message = rise();
  message.title = repeated(emoji, 251);
  message.text = repeated(emoji, 2000) + "\nhead 0123";
  ASSERT_TRUE(pushover().deliver(message));
  const std::string form = server_->log()[0]["body"];
  EXPECT_EQ(field(form, "title"), repeated(encoded, 249) + "%E2%80%A6");
  EXPECT_EQ(field(form, "message"), repeated(encoded, 1013) + "%E2%80%A6%0Ahead%200123");
}

TEST_F(ChannelTest, PushoverSaysWhenTheMonthsMessagesRunOut) {
  const auto notice_after = [this](const json& headers, int status = 200) {
    server_->plan(
        json::array({{{"raw", R"({"status":1})"}, {"status", status}, {"headers", headers}}}));
    PushoverNotifier channel = pushover();
    (void)channel.deliver(rise());
    return channel.notice();
  };
  EXPECT_EQ(notice_after(json::object()), "") << "the headers may be missing";
  EXPECT_EQ(notice_after({{"X-Limit-App-Remaining", "9000"}}), "");
  EXPECT_EQ(notice_after({{"X-Limit-App-Remaining", "soon"}}), "");
  EXPECT_EQ(notice_after({{"X-Limit-App-Remaining", "42"}, {"X-Limit-App-Reset", "1772345600"}}),
            "pushover takes only 42 more messages until 2026-03-01T06:13:20Z");
  EXPECT_EQ(notice_after({{"X-Limit-App-Remaining", "0"}}, 429),
            "pushover takes only 0 more messages");
}

TEST_F(ChannelTest, PushoverIsLookedAtWithoutAMessage) {
  const auto look = [this] { return pushover().look(); };
  const auto found = look();
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(*found, "knows token and user; 2 devices");
  const json request = server_->log()[0];
  EXPECT_EQ(request["path"], "/1/users/validate.json");
  EXPECT_EQ(request["body"], "token=pushover-token-secret&user=pushover-user-secret");
  EXPECT_EQ(outcome_of({{"status", 503}}, look), ErrorCode::notify_unavailable);
  EXPECT_EQ(
      outcome_of({{"raw", R"({"user":"invalid","errors":["user key is invalid"],"status":0})"},
                  {"status", 400}},
                 look),
      ErrorCode::notify_rejected);
  EXPECT_EQ(outcome_of({{"raw", R"({"status":0})"}}, look), ErrorCode::notify_rejected);
}

TEST_F(ChannelTest, WebhookAndHeartbeatAreLookedAtWithoutARequest) {
  const auto see_webhook = [this] { return webhook().look(); };
  const auto see_heartbeat = [this] { return make_heartbeat(settings_, client_)->look(); };
  EXPECT_TRUE(see_webhook());
  EXPECT_TRUE(see_heartbeat());
  EXPECT_EQ(server_->log().size(), 0U) << "a receiver may take any request for an event";
  server_->stop();
  for (const Result<std::string>& gone : {see_webhook(), see_heartbeat()}) {
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::notify_unavailable);
    EXPECT_EQ(gone.error().text().find("secret"), std::string::npos) << gone.error().text();
  }
}

TEST_F(ChannelTest, PushoverTellsLaterFromNever) {
  const auto deliver = [this] { return pushover().deliver(rise()); };
  EXPECT_EQ(outcome_of({{"status", 500}}, deliver), ErrorCode::notify_unavailable);
  EXPECT_EQ(outcome_of({{"raw", "<html>a proxy</html>"}}, deliver), ErrorCode::notify_unavailable);
  EXPECT_EQ(outcome_of({{"raw", R"({"status":0})"}}, deliver), ErrorCode::notify_rejected);
  EXPECT_EQ(outcome_of({{"raw", R"({"status":0})"}, {"status", 429}}, deliver),
            ErrorCode::notify_rejected);
  EXPECT_EQ(
      outcome_of({{"raw", R"({"status":0,"errors":["user pushover-user-secret is invalid"]})"},
                  {"status", 400}},
                 deliver),
      ErrorCode::notify_rejected);
}

TEST_F(ChannelTest, PushoverQuotesTheReasonAndTheRequest) {
  server_->plan(json::array(
      {{{"raw", R"({"status":0,"user":"invalid","errors":["user identifier is invalid"],)"
                R"("request":"a1b2"})"},
        {"status", 400}}}));
  const auto refused = pushover().deliver(rise());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("user identifier is invalid"), std::string::npos);
  EXPECT_NE(refused.error().message.find("a1b2"), std::string::npos);
}

TEST_F(ChannelTest, HeartbeatCallsTheAddressThatFits) {
  const auto heartbeat = make_heartbeat(settings_, client_);
  ASSERT_NE(heartbeat, nullptr);
  EXPECT_TRUE(heartbeat->beat(ports::Health::well, "0123abcd"));
  EXPECT_TRUE(heartbeat->beat(ports::Health::failing, ""));
  const json log = server_->log();
  EXPECT_EQ(log[0]["method"], "GET");
  EXPECT_EQ(log[0]["path"], "/ping/secret-beat");
  EXPECT_EQ(log[0]["headers"]["user-agent"], "gridexit (head 0123abcd)");
  EXPECT_EQ(log[1]["path"], "/ping/secret-beat/fail");
}

TEST_F(ChannelTest, HeartbeatFailuresAreSaidWithoutTheAddress) {
  const auto beat = [this] {
    return make_heartbeat(settings_, client_)->beat(ports::Health::well, "x");
  };
  EXPECT_EQ(outcome_of({{"status", 503}}, beat), ErrorCode::notify_unavailable);
  EXPECT_EQ(outcome_of({{"status", 404}}, beat), ErrorCode::notify_rejected);
}

TEST_F(ChannelTest, AnAddressThatIsNotSetIsNotCalled) {
  settings_.heartbeat_failure_url = Secret();
  EXPECT_TRUE(make_heartbeat(settings_, client_)->beat(ports::Health::failing, "x"));
  settings_.heartbeat_url = Secret();
  EXPECT_EQ(make_heartbeat(settings_, client_), nullptr);
  EXPECT_EQ(server_->log().size(), 0U);
}

TEST(LogNotifier, WritesOneLineThatWeighsWhatTheMessageAsksFor) {
  std::vector<std::string> lines;
  std::vector<Weight> weights;
  LogNotifier log([&](Weight weight, std::string_view line) {
    weights.push_back(weight);
    lines.emplace_back(line);
  });
  ASSERT_TRUE(log.deliver(rise()));
  EXPECT_EQ(lines,
            std::vector<std::string>{"ETH-USDT: WARNING: Price 3412.5 leave \xE2\x82\xAC & go"});
  Message calm = rise();
  calm.state = ExitState::normal;
  calm.priority = -1;
  ASSERT_TRUE(log.deliver(calm));
  Message alert = calm;
  alert.state.reset();
  alert.priority = 1;
  ASSERT_TRUE(log.deliver(alert));
  EXPECT_EQ(weights, (std::vector<Weight>{Weight::warning, Weight::news, Weight::warning}));
}

TEST(MakeNotifiers, TakesWhatIsConfiguredAndAlwaysTheLog) {
  const auto client = std::make_shared<http::CurlClient>();
  const auto names = [&](const NotificationSettings& settings) {
    std::vector<std::string> result;
    for (const auto& channel : make_notifiers(settings, client, [](Weight, std::string_view) {})) {
      result.push_back(channel->name());
    }
    return result;
  };
  EXPECT_EQ(names({}), (std::vector<std::string>{"log"}));
  NotificationSettings settings;
  settings.pushover_token = Secret("t");
  settings.webhook_url = Secret("https://hook.example/x");
  EXPECT_EQ(names(settings),
            (std::vector<std::string>{"log", "webhook"}));  // half of Pushover's pair
  settings.pushover_user = Secret("u");
  EXPECT_EQ(names(settings), (std::vector<std::string>{"log", "pushover", "webhook"}));
}

}  // namespace
}  // namespace gridexit::adapters
