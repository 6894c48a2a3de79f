#pragma once
// KuCoin's error codes and HTTP statuses as our error codes, with what to do about each.

#include <string_view>

#include "gridexit/base/error.hpp"

namespace gridexit::adapters::kucoin {

/// The failure that a status and KuCoin's own code (empty when the body had none) mean. `text` is
/// KuCoin's message.
Error failure(int status, std::string_view code, std::string_view text);

/// An answer that is not what the protocol promises.
Error malformed(int status, std::string_view problem);

}  // namespace gridexit::adapters::kucoin
