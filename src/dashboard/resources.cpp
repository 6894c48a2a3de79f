#include "resources.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "gridexit/base/hash.hpp"

namespace gridexit::dashboard {
namespace {

std::string policy(std::string_view scripts, std::string_view styles) {
  return fmt::format(
      "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; "
      "form-action 'none'",
      scripts, styles);
}

bool is_style(const Asset& asset) {
  return asset.name.ends_with(".css");
}

std::uint32_t nibble(char digit) {
  return static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

// Base64 of bytes given as hexadecimal digits: 3 bytes are 6 digits are 4 letters.
std::string base64_of_hex(std::string_view hex) {
  constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 6) {
    const std::string_view part = hex.substr(i, 6);
    std::uint32_t bits = 0;
    for (std::size_t digit = 0; digit < 6; ++digit) {
      bits = bits << 4U | (digit < part.size() ? nibble(part[digit]) : 0U);
    }
    const std::size_t used = part.size() / 2 + 1;
    for (std::size_t letter = 0; letter < 4; ++letter) {
      text += letter < used ? letters[bits >> (18U - 6U * letter) & 63U] : '=';
    }
  }
  return text;
}

std::string source_of(std::string_view content) {
  return "'sha256-" + base64_of_hex(sha256_hex(content)) + "' ";
}

std::string reference(const Asset& asset, std::string_view up) {
  const std::string address = fmt::format("{}assets/{}/{}", up, asset_version(), asset.name);
  return is_style(asset) ? fmt::format("<link rel=\"stylesheet\" href=\"{}\">\n", address)
                         : fmt::format("<script src=\"{}\"></script>\n", address);
}

}  // namespace

Resources linked_resources(std::string_view up) {
  Resources resources{policy("'self'", "'self'"), "", ""};
  for (const Asset& asset : assets()) {
    (is_style(asset) ? resources.styles : resources.scripts) += reference(asset, up);
  }
  return resources;
}

Resources linked_style(std::string_view up) {
  return {policy("'none'", "'self'"), linked_resources(up).styles, ""};
}

Resources inlined_resources(std::span<const Asset> files) {
  Resources resources;
  std::string scripts;
  std::string styles;
  for (const Asset& asset : files) {
    if (is_style(asset)) {
      styles += source_of(asset.bytes);
      resources.styles += fmt::format("<style>{}</style>\n", asset.bytes);
    } else {
      scripts += source_of(asset.bytes);
      resources.scripts += fmt::format("<script>{}</script>\n", asset.bytes);
    }
  }
  resources.policy = policy(scripts, styles);
  return resources;
}

}  // namespace gridexit::dashboard
