#include "backfill_candles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gridexit/codec/documents.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/pipeline/history.hpp"
#include "stored_days.hpp"

namespace gridexit::pipeline {
namespace {

using Days = std::chrono::days;

// Days that are fetched at once: few calls to the exchange, and little lost when killed.
constexpr Days kChunk{30};

constexpr std::array kStoredTimeframes{Timeframe::h1, Timeframe::m15, Timeframe::m1};

// From where on a timeframe's rows are wanted.
UtcTime first_wanted(Timeframe timeframe, UtcTime from, UtcTime to) {
  if (timeframe == Timeframe::h1) return from;
  const Days depth{timeframe == Timeframe::m15 ? kBackfillDays15m : kBackfillDays1m};
  return std::max(from, floor_day(to) - depth);
}

struct Range {
  UtcTime from{};
  UtcTime to{};
};

// The smallest range of [wanted.from, wanted.to) that holds all that is missing; empty: nothing is.
Range missing_in(const StoredDays& days, Timeframe timeframe, const Range& wanted) {
  Range missing{wanted.to, wanted.from};
  for (UtcTime day = floor_day(wanted.from); day < wanted.to; day += Days{1}) {
    const Range part{std::max(day, wanted.from), std::min(day + Days{1}, wanted.to)};
    const RawDay* stored = days.find(day);
    const auto rows = stored == nullptr
                          ? std::size_t{0}
                          : rows_of(*stored, timeframe).between(part.from, part.to).size();
    if (rows >= static_cast<std::size_t>((part.to - part.from) / length(timeframe))) continue;
    missing.from = std::min(missing.from, part.from);
    missing.to = std::max(missing.to, part.to);
  }
  return missing;
}

class Candles {
 public:
  Candles(ports::Store& store, ports::Exchange& exchange, const BackfillInputs& inputs,
          BackfillReport& report)
      : store_(store), exchange_(exchange), inputs_(inputs), report_(report) {}

  Result<void> load(UtcTime from) {
    const UtcTime first = floor_day(from);
    const auto all = static_cast<std::size_t>((inputs_.to - first) / Days{1}) + 1;
    for (UtcTime chunk = first; chunk < inputs_.to; chunk += kChunk) {
      GX_CHECK(load_chunk({std::max(chunk, from), std::min(chunk + kChunk, inputs_.to)}, from));
      if (!inputs_.progress) continue;
      inputs_.progress("days of candles",
                       std::min(all, static_cast<std::size_t>((chunk + kChunk - first) / Days{1})),
                       all);
    }
    return {};
  }

 private:
  Result<void> load_chunk(const Range& chunk, UtcTime from) {
    const std::string source = exchange_.info().source;
    GX_TRY(std::vector<RawDay> stored,
           raw_days(store_, inputs_.symbol.text(), chunk.from, chunk.to));
    for (const RawDay& day : stored) {
      if (day.source != source) {
        return Error{ErrorCode::conflict,
                     fmt::format("{} {}: this repository holds data of \"{}\", not of \"{}\"",
                                 day.symbol, day.date, day.source, source),
                     "use the same --exchange as before, or another repository",
                     {}};
      }
    }
    StoredDays days(inputs_.symbol, source, std::move(stored));
    for (const Timeframe timeframe : kStoredTimeframes) {
      Range wanted{std::max(chunk.from, first_wanted(timeframe, from, inputs_.to)), chunk.to};
      // The rows of a minute are stored once, when their day is complete.
      if (timeframe == Timeframe::m1) wanted = {floor_day(wanted.from), floor_day(wanted.to)};
      // A chunk before the depth of a finer timeframe wants none of its rows.
      if (wanted.from < wanted.to) GX_CHECK(fetch(timeframe, wanted, days));
    }
    return commit_days(std::move(days).changed());
  }

  Result<void> fetch(Timeframe timeframe, const Range& wanted, StoredDays& days) {
    const std::string name(to_text(timeframe));
    const bool known_missing = std::find(report_.unavailable.begin(), report_.unavailable.end(),
                                         name) != report_.unavailable.end();
    const Range missing = missing_in(days, timeframe, wanted);
    if (missing.from >= missing.to || known_missing) return {};
    const auto rows = exchange_.candles(inputs_.symbol, timeframe, missing.from, missing.to);
    if (rows) {
      days.add(timeframe, rows->view());
      return {};
    }
    // Finer candles never decide anything.
    const ErrorCode code = rows.error().code;
    if (timeframe == Timeframe::h1 || code != ErrorCode::data_unavailable) return rows.error();
    report_.unavailable.push_back(name);
    return {};
  }

  Result<void> commit_days(const std::map<std::string, RawDay>& changed) {
    for (const auto& [path, day] : changed) {
      const UtcTime date = parse_utc(day.date).value_or(UtcTime{});
      ports::ChangeSet changes;
      changes.files[path] = codec::write(day);
      changes.subject = fmt::format("{} {} candles", day.symbol, day.date);
      changes.body = fmt::format("backfill from {}: {} of 1h, {} of 15m, {} of 1m\n", day.source,
                                 day.h1.size(), day.m15.size(), day.m1.size());
      changes.author_time = std::min(date + Days{1}, inputs_.to);
      changes.committer_time = changes.author_time;
      GX_CHECK(store_.commit(changes));
      ++report_.days;
    }
    return {};
  }

  ports::Store& store_;
  ports::Exchange& exchange_;
  const BackfillInputs& inputs_;
  BackfillReport& report_;
};

}  // namespace

Result<void> backfill_candles(ports::Store& store, ports::Exchange& exchange,
                              const BackfillInputs& inputs, UtcTime from, BackfillReport& report) {
  return Candles(store, exchange, inputs, report).load(from);
}

}  // namespace gridexit::pipeline
