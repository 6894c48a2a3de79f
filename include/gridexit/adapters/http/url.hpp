#pragma once
// URL texts: encoding what goes out, and hiding what must not be shown.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gridexit::adapters::http {

/// Percent-encodes all but RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);

/// "a=1&b=x%20y": a query, or an application/x-www-form-urlencoded body. The order is kept.
std::string encode_form(const std::vector<std::pair<std::string, std::string>>& fields);

/// The URL without user, password, query and fragment, for error texts. "an address" when it does
/// not look like one. Addresses that are themselves secret (webhook, heartbeat) must not be shown
/// even so.
std::string without_secrets(std::string_view url);

/// `text` with every occurrence of `secret` as "***". Secrets under 4 characters are left: they
/// would hide anything.
std::string masked(std::string text, std::string_view secret);

}  // namespace gridexit::adapters::http
