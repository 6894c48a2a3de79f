#include "app/backtest/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gridexit/base/number.hpp"

namespace gridexit::app {
namespace {

constexpr std::int64_t kMostShards = 10'000;

Error refused(std::string message, std::string hint) {
  return {ErrorCode::usage, std::move(message), std::move(hint), {}};
}

Result<backtest::Slice> slice_of(std::int64_t number, std::int64_t count, const std::string& text) {
  if (count >= 1 && count <= kMostShards && number >= 1 && number <= count) {
    return backtest::Slice{static_cast<std::size_t>(number - 1), static_cast<std::size_t>(count)};
  }
  return refused(fmt::format("--shard: {} is no part of at most {} parts", text, kMostShards),
                 "the first of four is 1/4, the last 4/4");
}

Result<std::int64_t> number_of(const char* name, Wiring& wiring) {
  const auto text = wiring.variable(name);
  const auto number = text ? parse_integer(*text) : std::nullopt;
  if (number && *number >= 0 && *number <= kMostShards) return *number;
  return refused(
      text ? fmt::format("--shard auto: {} is \"{}\", which is no number of a part", name, *text)
           : fmt::format("--shard auto: {} is not set", name),
      "an Indexed Job sets JOB_COMPLETION_INDEX; set SHARD_COUNT to its completions");
}

std::string file_name(const backtest::Slice& slice) {
  return fmt::format("shard-{}-of-{}.json", slice.index + 1, slice.count);
}

std::string other_setting(const Asked& a, const Asked& b) {
  for (std::size_t i = 0; i < a.settings.size() && i < b.settings.size(); ++i) {
    if (a.settings[i] == b.settings[i]) continue;
    const std::string& name = a.settings[i].first;
    return fmt::format("{} (\"{}\", not \"{}\")", name, b.settings[i].second, a.settings[i].second);
  }
  return a.settings.size() == b.settings.size() ? "" : "settings";
}

// What the windows of a walk-forward are, as text; none when the part chose among nothing.
std::string windows_of(const Part& part) {
  const auto* walked = std::get_if<WalkedPart>(&part.found);
  if (walked == nullptr || part.slice.size(part.items()) == 0) return "";
  std::string text = "windows";
  for (const backtest::Step& step : walked->steps) {
    text += fmt::format(" {} {} {} {}", format_utc(step.tune_from), format_utc(step.test_from),
                        format_utc(step.test_to), step.tested.size());
  }
  return text;
}

// What everything else of the two comes to, as text.
std::string fingerprint(const Part& part) {
  Part bare{part.asked, {}, ComparedPart{}};
  return fmt::format("{} {}", part.found.index(), write_part(bare));
}

Result<void> check_same(const NamedPart& first, const NamedPart& other) {
  const std::string hint = "make all parts with the same program, rules, data and options";
  if (const auto what = other_setting(first.part.asked, other.part.asked); !what.empty())
    return refused(fmt::format("{}: other {} than {}", other.name, what, first.name), hint);
  if (first.part.slice.count != other.part.slice.count) {
    return refused(fmt::format("{}: one of {} parts, {} is one of {}", other.name,
                               other.part.slice.count, first.name, first.part.slice.count),
                   hint);
  }
  if (fingerprint(first.part) != fingerprint(other.part))
    return refused(fmt::format("{}: of another backtest than {}", other.name, first.name), hint);
  return {};
}

}  // namespace

Result<backtest::Slice> read_shard(const std::string& text, Wiring& wiring) {
  if (text == "auto") {
    GX_TRY(const std::int64_t index, number_of("JOB_COMPLETION_INDEX", wiring));
    GX_TRY(const std::int64_t count, number_of("SHARD_COUNT", wiring));
    return slice_of(index + 1, count, fmt::format("part {} of {}", index + 1, count));
  }
  const auto slash = std::min(text.find('/'), text.size());
  const auto number = parse_integer(std::string_view(text).substr(0, slash));
  const auto count =
      slash == text.size() ? std::nullopt : parse_integer(std::string_view(text).substr(slash + 1));
  return slice_of(number.value_or(0), count.value_or(0), "\"" + text + "\"");
}

Result<void> check_parts(const std::vector<NamedPart>& parts) {
  std::map<std::size_t, std::string> names;
  std::string windows;
  for (const NamedPart& each : parts) {
    GX_CHECK(check_same(parts.front(), each));
    const std::string own = windows_of(each.part);
    if (windows.empty()) windows = own;
    if (!own.empty() && own != windows)
      return refused(each.name + ": other windows than the parts before it", "make it again");
    const auto [known, added] = names.emplace(each.part.slice.index, each.name);
    if (added) continue;
    return refused(fmt::format("{}: the same part ({} of {}) as {}", each.name,
                               each.part.slice.index + 1, each.part.slice.count, known->second),
                   "leave one of them out");
  }
  const std::size_t count = parts.front().part.slice.count;
  std::string missing;
  for (std::size_t i = 0; i < count; ++i) {
    if (names.count(i) == 0)
      missing += fmt::format("{}{}/{}", missing.empty() ? "" : ", ", i + 1, count);
  }
  if (missing.empty()) return {};
  return refused("missing: part " + missing, "make it with --shard and name its file too");
}

Result<ExitCode> publish(const Part& part, const std::optional<std::string>& out,
                         Context& context) {
  const std::string text = write_part(part);
  if (out.value_or("-") == "-") {
    context.output.deliver(text);
    return ExitCode::done;
  }
  const std::string path = out->ends_with('/') ? *out + file_name(part.slice) : *out;
  GX_CHECK(context.wiring.write_file(path, text));
  context.output.remark(
      fmt::format("part {} of {} is in {}; when all are there: gridexit backtest "
                  "merge FILE...",
                  part.slice.index + 1, part.slice.count, path));
  return ExitCode::done;
}

}  // namespace gridexit::app
