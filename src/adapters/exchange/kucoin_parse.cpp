#include "kucoin_parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gridexit/adapters/http/retry_after.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "kucoin_errors.hpp"

namespace gridexit::adapters::kucoin {
namespace {

using nlohmann::json;

constexpr std::int64_t kTimeMax = 253'402'300'799;  // the end of the year 9999, seconds
constexpr std::size_t kIdMax = 64;
constexpr double kAmountMax = 1e18;  // sums of such amounts stay finite

// Nothing for other types too.
std::optional<std::string> text_of(const json& object, const char* key) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<double> decimal_of(const json& object, const char* key) {
  const auto text = text_of(object, key);
  return text ? parse_number(*text) : std::nullopt;
}

// Times come as numbers or as text, depending on the endpoint.
std::optional<std::int64_t> integer_of(const json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_string()) return parse_integer(value.get_ref<const std::string&>());
  return std::nullopt;
}

bool is_html(const http::Response& response) {
  return response.header("content-type").find("html") != std::string_view::npos ||
         trim(response.body).substr(0, 1) == "<";
}

// The envelope's `data`.
Result<json> open_envelope(const http::Response& response) {
  json envelope = json::parse(response.body, nullptr, false);
  if (envelope.is_discarded() || !envelope.is_object()) {
    if (response.status != 200) {
      return failure(response.status, "", is_html(response) ? "(a web page)" : "");
    }
    return malformed(response.status, is_html(response) ? "a web page" : "no JSON object");
  }
  const auto code = text_of(envelope, "code");
  if (!code || code->empty()) {
    if (response.status != 200) return failure(response.status, "", "");
    return malformed(response.status, "no code");
  }
  if (*code != "200000" || response.status != 200) {
    if (*code == "200000") return failure(response.status, "", "");
    return failure(response.status, *code, text_of(envelope, "msg").value_or("no message"));
  }
  const auto data = envelope.find("data");
  if (data == envelope.end()) return malformed(response.status, "no data");
  return std::move(*data);
}

// [time, open, close, high, low, volume, turnover]: the close comes before the high.
std::optional<Candle> candle_of(const json& row) {
  if (!row.is_array() || row.size() < 6) return std::nullopt;
  const auto time = integer_of(row[0]);
  if (!time || *time < 0 || *time > kTimeMax) return std::nullopt;
  std::array<double, 5> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    const json& cell = row[i + 1];
    const auto value =
        cell.is_string() ? parse_number(cell.get_ref<const std::string&>()) : std::nullopt;
    const bool is_volume = i + 1 == values.size();
    if (!value || *value < 0 || (!is_volume && *value <= 0)) return std::nullopt;
    values[i] = *value;
  }
  const auto [open, close, high, low, volume] = values;
  return Candle{UtcTime{Seconds{*time}}, open, high, low, close, volume};
}

bool contradicts_itself(const Candle& candle) {
  return candle.high < std::max(candle.open, candle.close) ||
         candle.low > std::min(candle.open, candle.close);
}

// Ids come as numbers or as text; what else it may be would have to be encoded in a query.
std::optional<std::string> id_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !(found->is_string() || found->is_number_integer())) {
    return std::nullopt;
  }
  std::string id = found->is_string() ? found->get<std::string>() : found->dump();
  const bool is_plain =
      std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0; });
  if (!is_plain || id.empty() || id.size() > kIdMax) return std::nullopt;
  return id;
}

std::optional<Fill> fill_of(const json& row) {
  if (!row.is_object() || !row.contains("createdAt")) return std::nullopt;
  const auto id = id_of(row, "id");
  const auto created_ms = integer_of(row["createdAt"]);
  const auto side = text_of(row, "side");
  const auto size = decimal_of(row, "size");
  const auto funds = decimal_of(row, "funds");
  const auto fee = decimal_of(row, "fee");
  const auto fee_currency = text_of(row, "feeCurrency");
  if (!id || !created_ms || !size || !funds || !fee || !fee_currency) return std::nullopt;
  if (side != "buy" && side != "sell") return std::nullopt;
  for (const double amount : {*size, *funds, std::fabs(*fee)}) {
    if (amount < 0 || amount > kAmountMax) return std::nullopt;
  }
  return Fill{*id,  *created_ms,  side == "buy" ? Side::buy : Side::sell, *size, *funds,
              *fee, *fee_currency};
}

}  // namespace

std::string_view code_of(const Error& error) {
  for (const auto& [name, value] : error.context) {
    if (name == "code") return value;
  }
  return {};
}

bool refuses_key(const Error& error) {
  constexpr std::array<std::string_view, 10> kCodes{"400001", "400003", "400004", "400005",
                                                    "400006", "400007", "400008", "400009",
                                                    "400010", "411100"};
  return std::find(kCodes.begin(), kCodes.end(), code_of(error)) != kCodes.end();
}

std::optional<double> countdown_seconds(const http::Response& response, ErrorCode code) {
  if (code == ErrorCode::exchange_rate_limited) {
    const auto milliseconds = parse_integer(response.header("gw-ratelimit-reset"));
    if (milliseconds && *milliseconds >= 0) return static_cast<double>(*milliseconds) / 1000.0;
  } else if (code != ErrorCode::exchange_unavailable) {
    return std::nullopt;
  }
  return http::retry_after_seconds(response);
}

Result<std::vector<Candle>> parse_candles(const http::Response& response) {
  auto data = open_envelope(response);
  if (!data) {
    Error error = std::move(data).error();
    // All other parameters are ours and known to be right.
    if (code_of(error) == "400100") {
      error.code = ErrorCode::data_unavailable;
      error.hint = "check the symbol's name at KuCoin";
    }
    return error;
  }
  if (!data->is_array()) return malformed(response.status, "candles are not a list");
  std::vector<Candle> candles;
  candles.reserve(data->size());
  std::size_t contradictions = 0;
  for (const json& row : *data) {
    const auto candle = candle_of(row);
    if (!candle) {
      return malformed(response.status, fmt::format("candle row {} is not a time and five decimals",
                                                    candles.size() + 1));
    }
    if (contradicts_itself(*candle)) ++contradictions;
    candles.push_back(*candle);
  }
  if (contradictions * 2 > candles.size()) {
    return malformed(response.status, "most candles have a close outside high and low");
  }
  return candles;
}

Result<std::int64_t> parse_server_time(const http::Response& response) {
  GX_TRY(const json data, open_envelope(response));
  const auto milliseconds = integer_of(data);
  if (!milliseconds || *milliseconds <= 0 || *milliseconds / 1000 > kTimeMax) {
    return malformed(response.status, "the server time is not in milliseconds");
  }
  return *milliseconds;
}

Result<SymbolRules> parse_symbol(const http::Response& response) {
  GX_TRY(const json data, open_envelope(response));
  const auto price_increment = decimal_of(data, "priceIncrement");
  const auto base_increment = decimal_of(data, "baseIncrement");
  const auto base_min_size = decimal_of(data, "baseMinSize");
  if (!price_increment || !base_increment || !base_min_size || *price_increment <= 0 ||
      *base_increment <= 0 || *base_min_size < 0) {
    return malformed(response.status, "the symbol lacks its increments");
  }
  // Null for some markets; then baseMinSize alone counts.
  const double min_funds = std::max(0.0, decimal_of(data, "minFunds").value_or(0));
  return SymbolRules{*price_increment, *base_increment, *base_min_size, min_funds};
}

Result<AccountFigures> parse_accounts(const http::Response& response, const Symbol& symbol) {
  GX_TRY(const json data, open_envelope(response));
  if (!data.is_array()) return malformed(response.status, "accounts are not a list");
  AccountFigures figures;
  for (const json& row : data) {
    const auto currency = text_of(row, "currency");
    const auto type = text_of(row, "type");
    const auto balance = decimal_of(row, "balance");
    const auto available = decimal_of(row, "available");
    if (!currency || !type || !balance || !available) {
      return malformed(response.status, "an account lacks currency, type, balance or available");
    }
    if (std::fabs(*balance) > kAmountMax || std::fabs(*available) > kAmountMax) {
      return malformed(response.status, "an account holds an impossible amount");
    }
    // `trade_hf` is the trading account of users that KuCoin has moved to it, beside `trade`.
    if (*type != "main" && *type != "trade" && *type != "trade_hf") continue;
    if (*currency == symbol.base()) {
      figures.base += *balance;
      figures.base_available += *available;
    } else if (*currency == symbol.quote()) {
      figures.quote += *balance;
      figures.quote_available += *available;
    }
  }
  return figures;
}

Result<FillPage> parse_fills(const http::Response& response) {
  GX_TRY(const json data, open_envelope(response));
  const auto items = data.is_object() ? data.find("items") : data.end();
  if (items == data.end() || !items->is_array()) {
    return malformed(response.status, "fills are not a page of items");
  }
  FillPage page;
  for (const json& row : *items) {
    auto fill = fill_of(row);
    if (!fill) {
      return malformed(
          response.status,
          fmt::format("fill {} lacks id, time, side, size, funds or fee", page.fills.size() + 1));
    }
    page.fills.push_back(*std::move(fill));
  }
  page.last_id = id_of(data, "lastId").value_or("");
  return page;
}

Result<ports::KeyCheck> parse_key(const http::Response& response) {
  GX_TRY(const json data, open_envelope(response));
  const auto permission = text_of(data, "permission");
  if (!permission) return malformed(response.status, "the key lacks its permissions");
  bool general = false;
  bool spot = false;
  std::vector<std::string> refused;
  for (const std::string_view part : split(*permission, ',')) {
    const std::string_view name = trim(part);
    if (name == "General") {
      general = true;
    } else if (name == "Spot") {
      spot = true;
    } else if (!name.empty()) {
      refused.emplace_back(name.substr(0, 40));
    }
  }
  std::vector<std::string> problems;
  if (!refused.empty()) problems.push_back("it also has " + join(refused, ", "));
  if (!general) problems.push_back("it lacks General");
  // The addresses are masked, so this proves that there is a list, not what is on it.
  if (trim(text_of(data, "ipWhitelist").value_or("")).empty()) {
    problems.push_back("it has no IP whitelist");
  }
  if (!problems.empty()) {
    return ports::KeyCheck{false, "the API key is refused: " + join(problems, "; ") +
                                      " (make a key with the permission General alone, bound to an "
                                      "IP address)"};
  }
  return ports::KeyCheck{true, spot ? "the API key may trade (Spot); General alone is enough" : ""};
}

}  // namespace gridexit::adapters::kucoin
