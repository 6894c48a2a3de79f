#pragma once
// One HTTP exchange as a value: request in, response or failure out. The interface has one method
// so that tests can count and script it; CurlClient is the real one. Nothing here retries, follows
// redirects or knows a venue: that is the caller's business. No error text ever holds a query, a
// path, a header or a body.

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gridexit::adapters::http {

enum class Method {
  get,
  post,
  connect,  ///< name lookup, connection and TLS handshake alone: nothing is asked; answers status 0
};

std::string_view to_text(Method method);

struct Request {
  Method method = Method::get;
  std::string url;  ///< http or https, already percent-encoded
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  ///< sent with POST only
  std::chrono::milliseconds timeout{
      10'000};  ///< from the first byte asked to the last one received
  std::chrono::milliseconds connect_timeout{5'000};
};

struct Response {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case; the last of equal names
  std::string body;

  /// The header of that lower-case name, or an empty text.
  std::string_view header(const std::string& name) const;
};

/// Why there is no response.
enum class FailureKind {
  bad_request,  ///< URL or local set-up unusable: nothing was sent
  dns,          ///< the host name does not resolve
  connect,      ///< refused or unreachable
  tls,          ///< certificate or handshake
  timeout,
  oversize,   ///< the answer exceeds the limit
  cut_body,   ///< the connection ended inside the answer
  cancelled,  ///< the run was asked to end
  other,
};

/// "dns", "connect", ...: stable, for logs and telemetry.
std::string_view to_text(FailureKind kind);

struct Failure {
  FailureKind kind = FailureKind::other;
  std::string message;  ///< for people; names no URL
};

using Outcome = std::variant<Response, Failure>;

class Client {
 public:
  virtual ~Client() = default;
  /// Sends once and waits. Any complete HTTP answer is a Response, whatever its status.
  virtual Outcome send(const Request& request) = 0;
};

struct ClientOptions {
  std::string
      ca_file;  ///< PEM, trusted besides the system's certificates; empty = the system's alone
  std::size_t body_max_bytes = std::size_t{8} * 1024 * 1024;
  std::string user_agent = "gridexit";
  /// Asked about once a second during a transfer; true ends it with FailureKind::cancelled.
  std::function<bool()> should_stop;
};

/// libcurl. Certificates and host names are always verified. Keeps its connection between calls;
/// for one thread.
class CurlClient final : public Client {
 public:
  explicit CurlClient(ClientOptions options = {});
  ~CurlClient() override;
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  Outcome send(const Request& request) override;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace gridexit::adapters::http
