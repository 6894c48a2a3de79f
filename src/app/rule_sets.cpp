#include "app/rule_sets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gridexit/base/text.hpp"
#include "gridexit/codec/settings.hpp"

namespace gridexit::app {
namespace {

constexpr std::size_t kMost = 100'000;

struct Setting {
  std::string key;
  std::vector<std::string> values;
};

Result<Setting> parse_setting(const std::string& text) {
  const auto equals = text.find('=');
  Setting setting;
  setting.key = text.substr(0, equals);
  if (equals != std::string::npos) {
    for (const std::string_view value : split(std::string_view(text).substr(equals + 1), ','))
      setting.values.emplace_back(value);
  }
  const bool has_empty =
      std::find(setting.values.begin(), setting.values.end(), "") != setting.values.end();
  if (!setting.key.empty() && !setting.values.empty() && !has_empty) return setting;
  return Error{ErrorCode::usage,
               fmt::format("--set {}: not KEY=VALUE,VALUE,...", text),
               "write it like --set exit_rules.latest.break_low=0.90,0.95",
               {}};
}

Error given_twice(const Setting& first, const Setting& second) {
  const std::string a = join(first.values, ",");
  const std::string b = join(second.values, ",");
  return {ErrorCode::usage,
          fmt::format("--set {} is given twice, with {} and with {}", first.key, a, b),
          fmt::format("to try all of them write --set {}={},{}", first.key, a, b),
          {}};
}

// The n-th combination, counted with the last setting as the lowest digit.
std::vector<codec::Override> combination(const std::vector<Setting>& settings, std::size_t n) {
  std::vector<codec::Override> overrides(settings.size());
  for (std::size_t i = settings.size(); i-- > 0;) {
    const Setting& setting = settings[i];
    overrides[i] = {setting.key, setting.values[n % setting.values.size()], "--set"};
    n /= setting.values.size();
  }
  return overrides;
}

}  // namespace

Result<std::vector<RuleSet>> rule_sets(const Rules& base,
                                       const std::vector<std::string>& settings) {
  std::vector<Setting> parsed;
  std::size_t count = 1;
  for (const std::string& text : settings) {
    GX_TRY(Setting setting, parse_setting(text));
    const auto twice = std::find_if(parsed.begin(), parsed.end(),
                                    [&](const Setting& known) { return known.key == setting.key; });
    if (twice != parsed.end()) return given_twice(*twice, setting);
    count *= setting.values.size();
    if (count > kMost) {
      return Error{ErrorCode::usage,
                   fmt::format("--set: more than {} combinations", kMost),
                   "leave out some values",
                   {}};
    }
    parsed.push_back(std::move(setting));
  }
  const std::string text = codec::write(base);
  std::vector<RuleSet> sets;
  for (std::size_t n = 0; n < count; ++n) {
    codec::Outside outside;
    outside.overrides = combination(parsed, n);
    std::vector<std::string> names;
    for (const codec::Override& change : outside.overrides)
      names.push_back(change.path + "=" + change.value);
    auto read = codec::read_settings<Rules>(text, "the rules", outside);
    if (!read) {
      Error error = std::move(read).error();
      error.code = ErrorCode::usage;  // the rules themselves were valid
      if (error.hint.empty()) error.hint = "gridexit config show lists all keys with their values";
      return error;
    }
    sets.push_back({join(names, " "), std::move(read->document)});
  }
  return sets;
}

}  // namespace gridexit::app
