#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <variant>

#include "gridexit/adapters/http/client.hpp"
#include "support/certificates.hpp"
#include "support/stand_in_server.hpp"

namespace gridexit::adapters::http {
namespace {

using nlohmann::json;
using testing_support::Certificates;
using testing_support::StandInServer;

Request get(std::string url) {
  Request request;
  request.url = std::move(url);
  return request;
}

// The kind of a failure; nothing for a response.
std::optional<FailureKind> kind_of(const Outcome& outcome) {
  if (const auto* failure = std::get_if<Failure>(&outcome)) return failure->kind;
  return std::nullopt;
}

class CurlClientTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!StandInServer::possible()) GTEST_SKIP() << "python3 is missing";
    server_.emplace("fake_webhook.py");
  }

  std::optional<StandInServer> server_;
  CurlClient client_;
};

TEST_F(CurlClientTest, DeliversStatusHeadersAndBody) {
  server_->plan(
      json::array({{{"status", 418}, {"body", "short"}, {"headers", {{"X-Mixed", "Yes "}}}}}));
  const Outcome outcome = client_.send(get(server_->url() + "/a?b=c"));
  const auto* response = std::get_if<Response>(&outcome);
  ASSERT_NE(response, nullptr);
  EXPECT_EQ(response->status, 418);
  EXPECT_EQ(response->body, "short");
  EXPECT_EQ(response->header("x-mixed"), "Yes");
  EXPECT_EQ(response->header("absent"), "");
  EXPECT_EQ(server_->log()[0]["path"], "/a?b=c");
}

TEST_F(CurlClientTest, SendsBodyAndHeadersAsGiven) {
  Request request = get(server_->url() + "/post");
  request.method = Method::post;
  // Large enough for curl to want "100 Continue" first.
  request.body = std::string(100'000, 'x');
  request.headers = {{"Content-Type", "text/plain"}, {"User-Agent", "of-the-request"}};
  EXPECT_TRUE(std::holds_alternative<Response>(client_.send(request)));
  const json logged = server_->log()[0];
  EXPECT_EQ(logged["method"], "POST");
  EXPECT_EQ(logged["body"], request.body);
  EXPECT_EQ(logged["headers"]["content-type"], "text/plain");
  EXPECT_EQ(logged["headers"]["user-agent"], "of-the-request");
  EXPECT_FALSE(logged["headers"].contains("expect"));
}

TEST_F(CurlClientTest, OneRequestLeavesNothingBehindForTheNext) {
  Request post = get(server_->url());
  post.method = Method::post;
  post.body = "body";
  post.headers = {{"X-Once", "1"}};
  EXPECT_TRUE(std::holds_alternative<Response>(client_.send(post)));
  EXPECT_TRUE(std::holds_alternative<Response>(client_.send(get(server_->url()))));
  const json second = server_->log()[1];
  EXPECT_EQ(second["method"], "GET");
  EXPECT_EQ(second["body"], "");
  EXPECT_FALSE(second["headers"].contains("x-once"));
}

TEST_F(CurlClientTest, ConnectsWithoutARequestAndIsUsableAfterwards) {
  Request connect = get(server_->url() + "/hook");
  connect.method = Method::connect;
  const Outcome outcome = client_.send(connect);
  const auto* response = std::get_if<Response>(&outcome);
  ASSERT_NE(response, nullptr);
  EXPECT_EQ(response->status, 0);
  EXPECT_EQ(server_->log().size(), 0U);
  EXPECT_EQ(kind_of(client_.send(get(server_->url() + "/after"))), std::nullopt);
  EXPECT_EQ(server_->log()[0]["path"], "/after");
}

TEST_F(CurlClientTest, DoesNotFollowRedirects) {
  server_->plan(json::array({{{"status", 302}, {"headers", {{"Location", "/elsewhere"}}}}}));
  const Outcome outcome = client_.send(get(server_->url() + "/start"));
  ASSERT_TRUE(std::holds_alternative<Response>(outcome));
  EXPECT_EQ(std::get<Response>(outcome).status, 302);
  EXPECT_EQ(server_->log().size(), 1U);
}

TEST_F(CurlClientTest, RefusesBodiesOverTheLimit) {
  CurlClient small({.ca_file = {}, .body_max_bytes = 1000, .should_stop = {}});
  server_->plan(json::array({{{"oversize", 1000}}, {{"oversize", 1001}}, {{"oversize", 300'000}}}));
  EXPECT_TRUE(std::holds_alternative<Response>(small.send(get(server_->url()))));
  EXPECT_EQ(kind_of(small.send(get(server_->url()))), FailureKind::oversize);
  EXPECT_EQ(kind_of(small.send(get(server_->url()))), FailureKind::oversize);
}

TEST_F(CurlClientTest, UnpacksCompressedBodiesAndHoldsThemToTheLimitThen) {
  CurlClient small({.ca_file = {}, .body_max_bytes = 1000, .should_stop = {}});
  server_->set({{"gzip", true}});
  server_->plan(json::array({{{"oversize", 1000}}, {{"oversize", 300'000}}}));
  const Outcome outcome = small.send(get(server_->url()));
  const auto* response = std::get_if<Response>(&outcome);
  ASSERT_NE(response, nullptr);
  EXPECT_EQ(response->body, std::string(1000, 'x'));
  EXPECT_EQ(response->header("content-encoding"), "gzip");
  EXPECT_EQ(kind_of(small.send(get(server_->url()))), FailureKind::oversize)
      << "300 kB that were sent as a few hundred bytes";
}

TEST_F(CurlClientTest, TellsACutAnswerFromACompleteOne) {
  server_->plan(json::array({{{"cut_body", true}}, {{"cut_headers", true}}}));
  EXPECT_EQ(kind_of(client_.send(get(server_->url()))), FailureKind::cut_body);
  EXPECT_EQ(kind_of(client_.send(get(server_->url()))), FailureKind::cut_body);
  EXPECT_EQ(kind_of(client_.send(get(server_->url()))), std::nullopt);
}

TEST_F(CurlClientTest, GivesUpAfterTheTimeout) {
  server_->plan(json::array({{{"stall", true}}, {{"stall_body", true}}}));
  Request request = get(server_->url());
  request.timeout = std::chrono::milliseconds{100};
  EXPECT_EQ(kind_of(client_.send(request)), FailureKind::timeout);
  EXPECT_EQ(kind_of(client_.send(request)), FailureKind::timeout) << "within the body";
}

TEST_F(CurlClientTest, EndsATransferWhenTheRunIsAskedToEnd) {
  ClientOptions options;
  options.should_stop = [] { return true; };
  CurlClient stopping(std::move(options));
  EXPECT_EQ(kind_of(stopping.send(get(server_->url()))), FailureKind::cancelled);
}

TEST_F(CurlClientTest, ARefusedConnectionIsNamedWithoutTheAddress) {
  const std::string url = server_->url() + "/secret-path?token=secret";
  server_->stop();
  const Outcome outcome = client_.send(get(url));
  ASSERT_EQ(kind_of(outcome), FailureKind::connect);
  EXPECT_EQ(std::get<Failure>(outcome).message.find("secret"), std::string::npos);
}

TEST(CurlClient, RefusesWhatIsNoHttpAddress) {
  CurlClient client;
  for (const char* url : {"", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://", "no scheme"}) {
    const auto kind = kind_of(client.send(get(url)));
    EXPECT_TRUE(kind == FailureKind::bad_request || kind == FailureKind::dns) << url;
  }
}

TEST(CurlClient, RefusesHeadersThatWouldStartAnother) {
  CurlClient client;
  Request request = get("http://127.0.0.1:1/");
  request.headers = {{"KC-API-KEY", "key\r\nX-Injected: 1"}};
  EXPECT_EQ(kind_of(client.send(request)), FailureKind::bad_request);
}

class CurlClientTlsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!StandInServer::possible()) GTEST_SKIP() << "python3 is missing";
    if (!Certificates::possible()) GTEST_SKIP() << "openssl is missing";
  }

  // What a client that trusts the test's authority makes of a server with this certificate.
  Outcome ask(const std::string& certificate, Method method = Method::get) {
    EXPECT_TRUE(certificates_.made());
    server_.emplace("fake_webhook.py", std::vector<std::string>{"--certificate", certificate});
    CurlClient client({.ca_file = certificates_.authority(), .should_stop = {}});
    Request request = get(server_->url("localhost"));
    request.method = method;
    return client.send(request);
  }

  Certificates certificates_;
  std::optional<StandInServer> server_;
};

TEST_F(CurlClientTlsTest, TrustsAnAdditionalAuthority) {
  EXPECT_TRUE(std::holds_alternative<Response>(ask(certificates_.valid())));
  // Others still don't.
  CurlClient without;
  EXPECT_EQ(kind_of(without.send(get(server_->url("localhost")))), FailureKind::tls);
}

TEST_F(CurlClientTlsTest, ConnectingChecksTheCertificateToo) {
  EXPECT_TRUE(std::holds_alternative<Response>(ask(certificates_.valid(), Method::connect)));
  EXPECT_EQ(kind_of(ask(certificates_.expired(), Method::connect)), FailureKind::tls);
}

TEST_F(CurlClientTlsTest, RefusesACertificateForAnotherHost) {
  EXPECT_EQ(kind_of(ask(certificates_.for_another_host())), FailureKind::tls);
}

TEST_F(CurlClientTlsTest, RefusesAnExpiredCertificate) {
  EXPECT_EQ(kind_of(ask(certificates_.expired())), FailureKind::tls);
}

TEST(CurlClient, NamesACaFileThatCannotBeUsed) {
  CurlClient client({.ca_file = "/nonexistent/ca.pem", .should_stop = {}});
  const Outcome outcome = client.send(get("https://127.0.0.1:1/"));
  ASSERT_EQ(kind_of(outcome), FailureKind::tls);
  EXPECT_NE(std::get<Failure>(outcome).message.find("/nonexistent/ca.pem"), std::string::npos);
}

}  // namespace
}  // namespace gridexit::adapters::http
