#include "gridexit/base/hash.hpp"

#include <openssl/sha.h>

#include <array>
#include <span>

namespace gridexit {
namespace {

std::string hex(std::span<const unsigned char> digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(digest.size() * 2);
  for (const unsigned char byte : digest) {
    text.push_back(digits[byte >> 4]);
    text.push_back(digits[byte & 15]);
  }
  return text;
}

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(data_of(bytes), bytes.size(), digest.data());
  return hex(digest);
}

std::string git_blob_id(std::string_view bytes) {
  std::string object = "blob " + std::to_string(bytes.size());
  object.append(1, '\0').append(bytes);
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(data_of(object), object.size(), digest.data());
  return hex(digest);
}

}  // namespace gridexit
