#include "kucoin_sign.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace gridexit::adapters::kucoin {

std::string sign(std::string_view secret, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  // Base64 of 32 bytes is 44 characters and the terminating zero.
  std::array<unsigned char, 64> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return {encoded.begin(), encoded.begin() + length};
}

std::vector<std::pair<std::string, std::string>> signed_headers(const ExchangeSettings& settings,
                                                                std::string_view method,
                                                                std::string_view path,
                                                                std::string_view body,
                                                                std::int64_t timestamp_ms) {
  const std::string& secret = settings.api_secret.reveal();
  const std::string& passphrase = settings.api_passphrase.reveal();
  const std::string timestamp = std::to_string(timestamp_ms);
  return {
      {"KC-API-KEY", settings.api_key.reveal()},
      {"KC-API-SIGN", sign(secret, fmt::format("{}{}{}{}", timestamp, method, path, body))},
      {"KC-API-TIMESTAMP", timestamp},
      // Version 1 sent the passphrase as it is; 2 and 3 sign it.
      {"KC-API-PASSPHRASE", settings.key_version == "1" ? passphrase : sign(secret, passphrase)},
      {"KC-API-KEY-VERSION", settings.key_version},
      {"Content-Type", "application/json"},
  };
}

}  // namespace gridexit::adapters::kucoin
