// Configuration files are written by hand: whatever the bytes, loading ends with values that are
// valid once more when they are written, or with an error that names the file.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gridexit/adapters/config/load.hpp"
#include "gridexit/codec/documents.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gridexit;
  // The first half may be the environment and the second the rules: both parsers see every input.
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = bytes.find("\n---rules---\n");
  ports::ConfigurationText text;
  text.environment = bytes.substr(0, cut);
  text.rules = cut == std::string::npos ? bytes : bytes.substr(cut + 13);
  const auto effective =
      adapters::config::load(text, {{"NAME", "value"}, {"KUCOIN_API_KEY", "s3cr3t"}});
  if (!effective) {
    const bool names_file = effective.error().message.find("config/") != std::string::npos;
    if (effective.error().code != ErrorCode::config_invalid || !names_file) std::abort();
    return 0;
  }
  if (!codec::problems(effective->rules).empty()) std::abort();
  if (!codec::problems(effective->environment).empty()) std::abort();
  if (adapters::config::show(*effective, codec::Format::yaml).find("s3cr3t") != std::string::npos)
    std::abort();
  return 0;
}
