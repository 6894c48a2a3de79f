#include "secrets.hpp"

#include <fmt/format.h>

#include <fstream>

#include "gridexit/base/text.hpp"

namespace gridexit::adapters::config {
namespace {

constexpr std::size_t kLongestSecret = 4096;

}  // namespace

Result<std::string> read_secret_file(std::string_view variable, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string content(kLongestSecret + 1, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(file.gcount()));
  const std::string_view secret = trim(content);
  // A folder opens, but can't be read; eof without data is an empty file.
  if (!file.eof() || secret.empty()) {
    return Error{
        ErrorCode::io,
        fmt::format(
            "the file \"{}\" that {} names can't be read, is empty, or is longer than {} bytes",
            path, variable, kLongestSecret),
        "",
        {}};
  }
  return std::string(secret);
}

codec::Lookup secret_lookup(const EnvironmentVariables& variables) {
  return [&variables](std::string_view name) -> Result<std::optional<codec::Found>> {
    const auto direct = variables.find(std::string(name));
    if (direct != variables.end() && !direct->second.empty()) {
      return std::optional(codec::Found{direct->second, direct->first});
    }
    const auto file = variables.find(std::string(name) + std::string(kFileSuffix));
    if (file == variables.end() || file->second.empty()) return std::optional<codec::Found>();
    GX_TRY(std::string secret, read_secret_file(file->first, file->second));
    return std::optional(codec::Found{std::move(secret), file->first});
  };
}

codec::Lookup variable_lookup(const EnvironmentVariables& variables) {
  return [&variables](std::string_view name) -> Result<std::optional<codec::Found>> {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::optional<codec::Found>();
    return std::optional(codec::Found{found->second, found->first});
  };
}

}  // namespace gridexit::adapters::config
