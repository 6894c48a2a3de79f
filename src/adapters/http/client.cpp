#include "gridexit/adapters/http/client.hpp"

namespace gridexit::adapters::http {

std::string_view to_text(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::post: return "POST";
    case Method::connect: return "CONNECT";
  }
  return {};
}

std::string_view to_text(FailureKind kind) {
  switch (kind) {
    case FailureKind::bad_request: return "bad_request";
    case FailureKind::dns: return "dns";
    case FailureKind::connect: return "connect";
    case FailureKind::tls: return "tls";
    case FailureKind::timeout: return "timeout";
    case FailureKind::oversize: return "oversize";
    case FailureKind::cut_body: return "cut_body";
    case FailureKind::cancelled: return "cancelled";
    case FailureKind::other: return "other";
  }
  return {};
}

std::string_view Response::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

}  // namespace gridexit::adapters::http
