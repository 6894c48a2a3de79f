#pragma once
// What an HTTP answer means for a message: delivered, to be repeated, or refused; and whether there
// would be anybody to answer.

#include <string>
#include <string_view>

#include "gridexit/adapters/http/client.hpp"
#include "gridexit/base/result.hpp"

namespace gridexit::adapters {

/// 2xx is success. No answer and 5xx: notify.unavailable; 3xx and 4xx: notify.rejected. `channel`
/// begins the message ("webhook"); the address is never named, since it is a secret.
Result<void> delivery_outcome(std::string_view channel, const http::Outcome& outcome);

/// Whether a connection to the address comes about, without a request.
Result<void> reachable(std::string_view channel, const std::string& url, int timeout_seconds,
                       http::Client& client);

}  // namespace gridexit::adapters
