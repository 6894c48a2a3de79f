#pragma once
// How long a server asks to be left alone, by the header that any server or gateway may send.

#include <optional>

#include "gridexit/adapters/http/client.hpp"

namespace gridexit::adapters::http {

/// Seconds from the answer on, by its `Retry-After` (RFC 9110, 10.2.3): a number of them, or a
/// date, which counts from the answer's own `Date`, never from this machine's clock. 0 for a date
/// that has passed; nothing without the header, or when it or the `Date` can't be read.
std::optional<double> retry_after_seconds(const Response& response);

}  // namespace gridexit::adapters::http
