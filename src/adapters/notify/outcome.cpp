#include "outcome.hpp"

#include <fmt/format.h>

#include <chrono>
#include <variant>

namespace gridexit::adapters {
namespace {

// A wrong address or line break stays wrong; everything else on the network may pass.
ErrorCode code_of(http::FailureKind kind) {
  return kind == http::FailureKind::bad_request ? ErrorCode::notify_rejected
                                                : ErrorCode::notify_unavailable;
}

}  // namespace

Result<void> delivery_outcome(std::string_view channel, const http::Outcome& outcome) {
  if (const auto* failure = std::get_if<http::Failure>(&outcome)) {
    return Error{code_of(failure->kind), fmt::format("{}: {}", channel, failure->message), "", {}};
  }
  const int status = std::get<http::Response>(outcome).status;
  if (status >= 200 && status < 300) return {};
  std::string message = fmt::format("{}: answered with HTTP {}", channel, status);
  if (status >= 500) return Error{ErrorCode::notify_unavailable, std::move(message), "", {}};
  return Error{ErrorCode::notify_rejected,
               std::move(message),
               status < 400 ? "redirects are not followed: set the final address"
                            : "check the channel's address and credentials",
               {}};
}

Result<void> reachable(std::string_view channel, const std::string& url, int timeout_seconds,
                       http::Client& client) {
  http::Request request;
  request.method = http::Method::connect;
  request.url = url;
  request.timeout = std::chrono::seconds{timeout_seconds};
  const http::Outcome outcome = client.send(request);
  const auto* failure = std::get_if<http::Failure>(&outcome);
  return failure == nullptr ? Result<void>() : delivery_outcome(channel, outcome);
}

}  // namespace gridexit::adapters
