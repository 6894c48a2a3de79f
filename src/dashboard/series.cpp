#include "series.hpp"

#include <array>
#include <string>

#include "gridexit/domain/names.hpp"
#include "gridexit/domain/timeframe.hpp"

namespace gridexit::dashboard {
namespace {

constexpr std::size_t kHours = static_cast<std::size_t>(kPageHours);

// The records of the page's hours by column; null where an hour has none.
using Rows = std::array<const MetricsRecord*, kHours>;

std::optional<std::size_t> column_of(UtcTime time, UtcTime last) {
  const auto back = (last - floor_hour(time)) / Hours{1};
  if (back < 0 || back >= kPageHours) return std::nullopt;
  return kHours - 1 - static_cast<std::size_t>(back);
}

Rows rows_of(const PageInputs& inputs) {
  Rows rows{};
  for (const MetricsRecord& record : inputs.history) {
    if (const auto column = column_of(record.timestamp, inputs.record.timestamp))
      rows[*column] = &record;
  }
  rows.back() = &inputs.record;
  return rows;
}

template <class Value>
Json column(const Rows& rows, int decimals, Value value) {
  Json entries = Json::array();
  for (const MetricsRecord* record : rows) {
    entries.push_back(record ? decimal(value(*record), decimals) : Json{});
  }
  return entries;
}

// One character an hour.
template <class Digit>
std::string digits(const Rows& rows, Digit digit) {
  std::string text(kHours, '-');
  for (std::size_t i = 0; i < kHours; ++i) {
    if (rows[i]) text[i] = digit(*rows[i]);
  }
  return text;
}

template <class Enum>
char digit_of(Enum value) {
  return static_cast<char>('0' + static_cast<int>(value));
}

void add_candles(Json& columns, const PageInputs& inputs) {
  const CandleView& bars = inputs.candles_1h;
  Json empty = Json::array();
  for (std::size_t i = 0; i < kHours; ++i) empty.push_back(nullptr);
  Json open = empty, high = empty, low = empty, close = empty;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const auto at = column_of(bars.time[i] + length(Timeframe::h1), inputs.record.timestamp);
    if (!at) continue;
    open[*at] = price(bars.open[i]);
    high[*at] = price(bars.high[i]);
    low[*at] = price(bars.low[i]);
    close[*at] = price(bars.close[i]);
  }
  columns["open"] = std::move(open);
  columns["high"] = std::move(high);
  columns["low"] = std::move(low);
  columns["close"] = std::move(close);
}

void add_metrics(Json& columns, const Rows& rows) {
  for (const MetricKey key : kMetricKeys) {
    columns[std::string{to_text(key)}] =
        column(rows, decimals(key), [key](const MetricsRecord& record) {
          return key == MetricKey::bollinger_bandwidth
                     ? record.h1.bollinger_bandwidth.bandwidth_ratio
                     : record.h1.metric(key).value;
        });
  }
}

void add_break_probability(Json& columns, const Rows& rows) {
  const auto chance = [](const MetricsRecord& record) {
    return record.exit_state ? record.exit_state->break_probability_24h : BreakProbability{};
  };
  columns["break"] = column(rows, 2, [&chance](const MetricsRecord& r) { return chance(r).both; });
  columns["break_lower"] =
      column(rows, 2, [&chance](const MetricsRecord& r) { return chance(r).lower; });
}

void add_gates(Json& columns, const Rows& rows) {
  Json gates = Json::array();
  for (std::size_t gate = 0; gate < std::size_t{kGateCount}; ++gate) {
    gates.push_back(digits(rows, [gate](const MetricsRecord& record) {
      const auto& all = record.gate_evaluation.gates;
      return gate < all.size() ? digit_of(all[gate].count) : '-';
    }));
  }
  columns["gates"] = std::move(gates);
}

}  // namespace

int decimals(MetricKey key) {
  switch (key) {
    case MetricKey::adx: return 1;
    case MetricKey::efficiency_ratio:
    case MetricKey::autocorrelation: return 2;
    case MetricKey::ou_half_life: return 1;
    case MetricKey::normalized_slope: return 3;
    case MetricKey::bollinger_bandwidth: return 2;
  }
  return 2;
}

Json hourly_columns(const PageInputs& inputs) {
  const Rows rows = rows_of(inputs);
  Json columns;
  columns["hours"] = kPageHours;
  columns["states"] = digits(rows, [](const MetricsRecord& record) {
    return record.exit_state ? digit_of(record.exit_state->state) : 'n';
  });
  columns["verdicts"] =
      digits(rows, [](const MetricsRecord& record) { return digit_of(record.regime.verdict); });
  add_candles(columns, inputs);
  add_metrics(columns, rows);
  using Record = const MetricsRecord&;
  columns["range_score"] = column(rows, 2, [](Record r) { return r.regime.range_score.combined; });
  columns["confidence"] =
      column(rows, 2, [](Record r) { return std::optional{r.confidence.value}; });
  if (inputs.record.exit_state) {
    add_break_probability(columns, rows);
  } else {
    add_gates(columns, rows);
  }
  return columns;
}

}  // namespace gridexit::dashboard
