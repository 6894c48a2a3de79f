#include "about.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "gridexit/base/time.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/domain/symbol.hpp"

namespace gridexit::codec {
namespace {

bool is_lower_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

// A file name of its own: no separators, no leading dot.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.front() != '.' && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), is_name_character);
}

bool is_url(std::string_view text) {
  return (text.starts_with("https://") && text.size() > 8) ||
         (text.starts_with("http://") && text.size() > 7);
}

bool is_exchange(std::string_view text) {
  const auto has_argument = [text](std::string_view kind) {
    return text.starts_with(kind) && text.size() > kind.size();
  };
  return text == "kucoin" || text == "simulated" || has_argument("archive:") ||
         has_argument("simulated:");
}

constexpr std::array<TextRule, 10> kTextRules{{
    {[](std::string_view) { return true; }, "", ""},
    {[](std::string_view text) { return !text.empty(); }, "^[\\s\\S]+$", "must not be empty"},
    {[](std::string_view text) { return Symbol::parse(text).has_value(); },
     "^[A-Z0-9]{2,10}-[A-Z0-9]{2,10}$",
     "is not a symbol: write BASE-QUOTE in upper case, for instance ETH-USDT"},
    {is_name, "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$",
     "is not a name: use up to 64 letters, digits, '_', '-' and '.'"},
    {[](std::string_view text) { return text.size() == 10 && parse_utc(text).has_value(); },
     "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "is not a date like 2026-02-02"},
    {[](std::string_view text) { return text.empty() || is_url(text); }, "^(https?://.+)?$",
     "is not a URL: write https://..."},
    {[](std::string_view text) { return text.size() == 64 && is_lower_hex(text); },
     "^[0-9a-f]{64}$", "is not a SHA-256 in 64 hexadecimal digits"},
    {[](std::string_view text) { return text.size() == 40 && is_lower_hex(text); },
     "^[0-9a-f]{40}$", "is not a git id in 40 hexadecimal digits"},
    {[](std::string_view text) { return paths::decision_from_id(text).has_value(); },
     "^dec-[A-Z0-9-]+-[0-9]{8}T[0-9]{6}Z$",
     "is not a decision id like dec-ETH-USDT-20260202T140000Z"},
    {is_exchange, "^(kucoin|archive:.+|simulated(:.+)?)$",
     "must be kucoin, archive:DIR or simulated[:SEED]"},
}};

}  // namespace

const TextRule& text_rule(TextKind kind) {
  return kTextRules[static_cast<std::size_t>(kind)];
}

bool has_credentials(std::string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view rest = text.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return false;
  // ssh://git@host names a user only; in http the user part alone may already be a token.
  return text.starts_with("http") || authority.substr(0, at).find(':') != std::string_view::npos;
}

}  // namespace gridexit::codec
