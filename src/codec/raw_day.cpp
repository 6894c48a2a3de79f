// Candle files: read straight from text into columns, without a tree; everything else by the
// description.
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "describe_raw_day.hpp"
#include "document.hpp"
#include "gridexit/domain/timeframe.hpp"
#include "json_scanner.hpp"

namespace gridexit::codec {
namespace {

constexpr std::string_view kSyntax = "is not the JSON of a raw_data file";
constexpr std::size_t kMaximumProblems = 20;
constexpr double kLatestSecond = 253402300799;  // 9999-12-31

struct Column {
  Timeframe timeframe;
  CandleSeries RawDay::*series;
};
constexpr std::array<Column, 3> kColumns{
    {{Timeframe::h1, &RawDay::h1}, {Timeframe::m15, &RawDay::m15}, {Timeframe::m1, &RawDay::m1}}};

class RawDayReader {
 public:
  RawDayReader(std::string_view text, std::string_view file) : scanner_(text), file_(file) {}

  Result<Read<RawDay>> run() {
    scan();
    if (!problems_.empty()) return error_of(problems_, ErrorCode::document_invalid);
    result_.migrated = result_.document.schema_version != kPresentVersion;
    result_.document.schema_version = kPresentVersion;
    return std::move(result_);
  }

  std::vector<std::string> problems() {
    scan();
    return without_place(problems_);
  }

 private:
  void scan() {
    result_.document.schema_version.clear();
    const bool is_whole =
        members([this](std::string_view key) { return top(key); }) && scanner_.at_end();
    if (is_whole) {
      check_head();
    } else if (problems_.empty()) {
      report("", std::string(kSyntax));
    }
  }

  // An object's members; `member` consumes the value of one key.
  template <class Member>
  bool members(const Member& member) {
    if (!scanner_.take('{')) return false;
    if (scanner_.take('}')) return true;
    std::set<std::string_view> keys;
    do {
      const auto key = scanner_.string();
      if (!key || !scanner_.take(':')) return false;
      if (!keys.insert(*key).second) return fail(*key, "stands here a second time");
      if (!member(*key)) return false;
    } while (scanner_.take(','));
    return scanner_.take('}');
  }

  bool top(std::string_view key) {
    RawDay& day = result_.document;
    const std::array<std::pair<std::string_view, std::string*>, 4> texts{
        {{"schema_version", &day.schema_version},
         {"symbol", &day.symbol},
         {"date", &day.date},
         {"source", &day.source}}};
    for (const auto& [name, target] : texts) {
      if (key != name) continue;
      const auto value = scanner_.string();
      if (!value) return fail(key, "must be a text");
      *target = *value;
      return true;
    }
    if (key == "candles") return members([this](std::string_view name) { return timeframe(name); });
    return unknown(std::string(key));
  }

  bool timeframe(std::string_view name) {
    for (const Column& column : kColumns) {
      if (name == to_text(column.timeframe)) return rows(column);
    }
    return unknown(fmt::format("candles.{}", name));
  }

  bool unknown(const std::string& path) {
    result_.warnings.push_back(
        fmt::format("{}:{}: {}: is not a known key", file_, scanner_.line(), path));
    return scanner_.skip_value();
  }

  bool rows(const Column& column) {
    CandleSeries& series = result_.document.*column.series;
    series.clear();
    series.reserve(static_cast<std::size_t>(86400 / length(column.timeframe).count()));
    if (!scanner_.take('[')) return false;
    if (scanner_.take(']')) return true;
    do {
      std::array<double, 6> row{};
      if (!scanner_.take('[')) return false;
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto number = i == 0 || scanner_.take(',') ? scanner_.number() : std::nullopt;
        if (!number) {
          return fail(row_path(column, series.size()),
                      "must be 6 numbers: time, open, high, low, close, volume");
        }
        row[i] = *number;
      }
      if (!scanner_.take(']'))
        return fail(row_path(column, series.size()), "must be 6 numbers, no more");
      if (!add(column, row)) return false;
    } while (scanner_.take(','));
    return scanner_.take(']');
  }

  // Problems of single rows are collected; only a flood of them ends the reading.
  bool add(const Column& column, const std::array<double, 6>& row) {
    CandleSeries& series = result_.document.*column.series;
    const std::string_view problem = problem_of(column.timeframe, series, row);
    const bool has_time = row[0] >= 0 && row[0] <= kLatestSecond;
    const UtcTime time{Seconds{has_time ? static_cast<std::int64_t>(row[0]) : 0}};
    if (!problem.empty()) report(row_path(column, series.size()), std::string(problem));
    series.push_back({time, row[1], row[2], row[3], row[4], row[5]});
    return problems_.size() < kMaximumProblems;
  }

  static std::string_view problem_of(Timeframe timeframe, const CandleSeries& series,
                                     const std::array<double, 6>& row) {
    const auto step = static_cast<double>(length(timeframe).count());
    if (!(row[0] >= 0 && row[0] <= kLatestSecond) || std::fmod(row[0], step) > 0)
      return "its time is not a multiple of the bar's length";
    const UtcTime time{Seconds{static_cast<std::int64_t>(row[0])}};
    if (!series.empty() && time <= series.view().time.back())
      return "its time is not after the row before";
    for (std::size_t i = 1; i <= 4; ++i) {
      if (!(row[i] > 0)) return "its prices must be above 0";
    }
    return row[5] >= 0 ? "" : "its volume must not be negative";
  }

  void check_head() {
    const RawDay& day = result_.document;
    if (day.schema_version != kPresentVersion && day.schema_version != "1.0" &&
        !day.schema_version.empty()) {
      report("schema_version",
             fmt::format("\"{}\" is not a version that this program reads: use a newer program",
                         day.schema_version.substr(0, 20)));
    }
    if (!text_rule(TextKind::symbol).fits(day.symbol))
      report("symbol", std::string(text_rule(TextKind::symbol).rule));
    if (!text_rule(TextKind::name).fits(day.source)) {
      report("source", std::string(text_rule(TextKind::name).rule));
    }
    if (!text_rule(TextKind::date).fits(day.date))
      return report("date", std::string(text_rule(TextKind::date).rule));
    const UtcTime start = *parse_utc(day.date);
    for (const Column& column : kColumns) {
      const CandleView view = (day.*column.series).view();
      if (!view.empty() && (view.time.front() < start || view.time.back() >= start + Hours{24})) {
        report(fmt::format("candles.{}", to_text(column.timeframe)), "has rows of another day");
      }
    }
  }

  static std::string row_path(const Column& column, std::size_t index) {
    return fmt::format("candles.{}[{}]", to_text(column.timeframe), index);
  }
  void report(std::string path, std::string text) {
    problems_.push_back(
        {fmt::format("{}:{}", file_, scanner_.line()), std::move(path), std::move(text)});
  }
  bool fail(std::string_view path, std::string_view text) {
    report(std::string(path), std::string(text));
    return false;
  }

  JsonScanner scanner_;
  std::string_view file_;
  Read<RawDay> result_;
  std::vector<Problem> problems_;
};

}  // namespace

Result<Read<RawDay>> read_text(std::string_view text, std::string_view file, Of<RawDay>) {
  if (text.size() > kMaximumBytes) {
    return Error{ErrorCode::document_invalid,
                 fmt::format("{}: is larger than {} MB", file, kMaximumBytes >> 20),
                 "",
                 {}};
  }
  return RawDayReader(text, file).run();
}

Format native_format(Of<RawDay>) {
  return Format::json;
}

std::vector<std::string> problems_of(const RawDay& day, Of<RawDay>) {
  return RawDayReader(write(day), "").problems();
}

GX_DOCUMENT(RawDay);

}  // namespace gridexit::codec
