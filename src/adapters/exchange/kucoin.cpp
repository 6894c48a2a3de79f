#include "kucoin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <utility>
#include <variant>

#include "gridexit/adapters/http/url.hpp"
#include "kucoin_sign.hpp"

namespace gridexit::adapters {
namespace {

// 1500 rows are the limit; one bucket more than wanted is asked for, and some servers count both
// ends.
constexpr std::int64_t kWindowBuckets = 1488;
// KuCoin opened in September 2017: there is nothing earlier to page through.
constexpr UtcTime kFirstCandle{Seconds{1'483'228'800}};
// One call looks no further than a week from its start.
constexpr Seconds kFillWindow{7 * 86'400};
constexpr std::size_t kFillsOnAPage = 100;
// A grid fills a few times an hour; an account with more is not this grid's alone.
constexpr int kFillPages = 50;
constexpr int kNewestAttempts = 6;
constexpr double kNewestWaitSeconds = 5;
// A bar that is missing longer than this after its end is a gap, not a late bar.
constexpr Seconds kNewestPatience{600};

std::string_view type_of(Timeframe timeframe) {
  switch (timeframe) {
    case Timeframe::m1: return "1min";
    case Timeframe::m5: return "5min";
    case Timeframe::m15: return "15min";
    case Timeframe::h1: return "1hour";
    case Timeframe::h4: return "4hour";
  }
  return {};
}

Error unreachable(const http::Failure& failure) {
  switch (failure.kind) {
    case http::FailureKind::cancelled:
      return Error{ErrorCode::deadline_exceeded, failure.message, "", {}};
    case http::FailureKind::bad_request:
      return Error{ErrorCode::exchange_refused,
                   failure.message,
                   "check exchange.base_url and the key's values",
                   {}};
    case http::FailureKind::tls:
      return Error{ErrorCode::exchange_unreachable,
                   failure.message,
                   "a proxy's own certificate goes into exchange.ca_file",
                   {}};
    case http::FailureKind::oversize:
      return Error{ErrorCode::exchange_malformed, failure.message, "", {}};
    case http::FailureKind::dns:
    case http::FailureKind::connect:
    case http::FailureKind::timeout:
    case http::FailureKind::cut_body:
    case http::FailureKind::other:
      return Error{ErrorCode::exchange_unreachable,
                   failure.message,
                   "check the network and exchange.base_url",
                   {}};
  }
  return {};
}

std::string without_query(const std::string& path) {
  return path.substr(0, path.find('?'));
}

}  // namespace

KucoinExchange::KucoinExchange(ExchangeSettings settings, std::unique_ptr<http::Client> client,
                               ports::Clock& clock, RetryPolicy policy,
                               std::function<void(const ExchangeCall&)> on_call)
    : settings_(std::move(settings)),
      client_(std::move(client)),
      clock_(clock),
      retry_(policy, clock),
      on_call_(std::move(on_call)) {
  while (!settings_.base_url.empty() && settings_.base_url.back() == '/') {
    settings_.base_url.pop_back();
  }
}

ports::ExchangeInfo KucoinExchange::info() const {
  // A key that is set in part counts, so that the key check can say what is missing.
  const bool has_keys = !settings_.api_key.empty() || !settings_.api_secret.empty() ||
                        !settings_.api_passphrase.empty();
  return {"kucoin", false, has_keys};
}

Result<CandleSeries> KucoinExchange::candles(const Symbol& symbol, Timeframe timeframe,
                                             UtcTime from, UtcTime to) {
  if (from >= to) return CandleSeries{};
  if (!server_offset_) GX_CHECK(synchronise());
  const Seconds step = length(timeframe);
  const Seconds settle{settings_.settle_seconds};
  // The caller names the newest bar it wants by `to`; when that has only just ended, it is worth a
  // wait.
  const UtcTime end = floor_to(to, timeframe);
  const bool wants_newest =
      end - step >= from && end <= server_now() && server_now() < end + kNewestPatience;
  const double until_settled =
      static_cast<double>((end + settle).time_since_epoch().count()) - server_seconds();
  if (wants_newest && until_settled > 0) clock_.wait(until_settled);

  Bars bars;
  GX_CHECK(fetch(bars, symbol, timeframe, from, std::min(to, server_now() + step)));
  if (wants_newest) GX_CHECK(ask_for_newest(bars, symbol, timeframe, end - step));
  const UtcTime settled = server_now() - settle;
  CandleSeries series;
  series.reserve(bars.size());
  for (const auto& [time, candle] : bars) {
    if (time + step <= settled) series.push_back(candle);
  }
  return series;
}

Result<void> KucoinExchange::fetch(Bars& bars, const Symbol& symbol, Timeframe timeframe,
                                   UtcTime from, UtcTime to) {
  const Seconds step = length(timeframe);
  from = std::max(from, kFirstCandle);
  for (UtcTime start = from; start < to; start += kWindowBuckets * step) {
    const UtcTime end = std::min(to, start + kWindowBuckets * step);
    // Whether endAt is included is not documented: ask for one interval more and drop what is
    // outside.
    const std::string path =
        fmt::format("/api/v1/market/candles?symbol={}&type={}&startAt={}&endAt={}", symbol.text(),
                    type_of(timeframe), start.time_since_epoch().count(),
                    (end + step).time_since_epoch().count());
    GX_TRY(const std::vector<Candle> rows,
           get<std::vector<Candle>>(Access::open, path, kucoin::parse_candles));
    for (const Candle& row : rows) {
      if (row.open_time >= from && row.open_time < to) bars.emplace(row.open_time, row);
    }
  }
  return {};
}

Result<void> KucoinExchange::ask_for_newest(Bars& bars, const Symbol& symbol, Timeframe timeframe,
                                            UtcTime newest) {
  for (int attempt = 0; attempt < kNewestAttempts && bars.count(newest) == 0; ++attempt) {
    clock_.wait(kNewestWaitSeconds);
    GX_CHECK(fetch(bars, symbol, timeframe, newest, newest + length(timeframe)));
  }
  return {};
}

Result<UtcTime> KucoinExchange::server_time() {
  GX_CHECK(synchronise());
  return server_now();
}

Result<SymbolRules> KucoinExchange::symbol_rules(const Symbol& symbol) {
  return get<SymbolRules>(Access::open, "/api/v2/symbols/" + symbol.text(), kucoin::parse_symbol);
}

Result<ports::KeyCheck> KucoinExchange::check_key() {
  key_usable_ = false;
  if (const auto missing = missing_secret()) return ports::KeyCheck{false, *missing};
  if (!server_offset_) GX_CHECK(synchronise());
  auto check = get<ports::KeyCheck>(Access::with_key, "/api/v1/user/api-key", kucoin::parse_key);
  if (!check && kucoin::refuses_key(check.error())) {
    return ports::KeyCheck{false, check.error().text()};
  }
  key_usable_ = check.has_value() && check->usable;
  return check;
}

Result<AccountFigures> KucoinExchange::account(const Symbol& symbol) {
  GX_CHECK(expect_usable_key());
  return get<AccountFigures>(Access::with_key, "/api/v1/accounts",
                             [&symbol](const http::Response& response) {
                               return kucoin::parse_accounts(response, symbol);
                             });
}

Result<FillFigures> KucoinExchange::fills(const Symbol& symbol, UtcTime from, UtcTime to) {
  GX_CHECK(expect_usable_key());
  FillFigures figures;
  figures.from = from;
  for (UtcTime start = from; start < to; start += kFillWindow) {
    GX_TRY(const std::vector<kucoin::Fill> fills,
           fetch_fills(symbol, start, std::min(to, start + kFillWindow)));
    for (const kucoin::Fill& fill : fills) {
      const bool is_buy = fill.side == kucoin::Side::buy;
      ++figures.count;
      (is_buy ? figures.base_bought : figures.base_sold) += fill.size;
      (is_buy ? figures.quote_paid : figures.quote_received) += fill.funds;
      if (fill.fee_currency == symbol.quote()) {
        figures.fees += fill.fee;
      } else if (fill.fee != 0) {
        ++figures.other_fees;
      }
    }
  }
  return figures;
}

Result<std::vector<kucoin::Fill>> KucoinExchange::fetch_fills(const Symbol& symbol, UtcTime from,
                                                              UtcTime to) {
  const std::int64_t from_ms = from.time_since_epoch().count() * 1000;
  const std::int64_t to_ms = to.time_since_epoch().count() * 1000;
  const std::string first_page =
      fmt::format("/api/v1/hf/fills?symbol={}&limit={}&startAt={}&endAt={}", symbol.text(),
                  kFillsOnAPage, from_ms, to_ms);
  std::vector<kucoin::Fill> fills;
  std::set<std::string> known;  // a fill that arrives between two calls moves the others on
  std::string path = first_page;
  for (int number = 0; number < kFillPages; ++number) {
    GX_TRY(kucoin::FillPage page,
           get<kucoin::FillPage>(Access::with_key, path, kucoin::parse_fills));
    // Whether endAt is included is not documented.
    for (kucoin::Fill& fill : page.fills) {
      const bool is_inside = fill.created_ms >= from_ms && fill.created_ms < to_ms;
      if (is_inside && known.insert(fill.id).second) fills.push_back(std::move(fill));
    }
    if (page.fills.size() < kFillsOnAPage || page.last_id.empty()) return fills;
    path = first_page + "&lastId=" + page.last_id;
  }
  return Error{ErrorCode::exchange_malformed,
               fmt::format("{} has over {} fills within a week", symbol.text(),
                           kFillPages * static_cast<int>(kFillsOnAPage)),
               "",
               {}};
}

Result<void> KucoinExchange::expect_usable_key() const {
  if (key_usable_) return {};
  return Error{ErrorCode::key_refused, "no account call without a usable API key", "", {}};
}

Result<void> KucoinExchange::synchronise() {
  // The answer's time is the server's somewhere between sending and receiving; the middle is the
  // best guess. Retries would spoil it, so the last attempt's own start is taken.
  double asked = 0;
  const auto once = [&] {
    asked = clock_.monotonic_seconds();
    return get_once<std::int64_t>(Access::open, "/api/v1/timestamp", kucoin::parse_server_time);
  };
  GX_TRY(const std::int64_t milliseconds, retry_.call<std::int64_t>(once));
  const double middle = (asked + clock_.monotonic_seconds()) / 2;
  server_offset_ = static_cast<double>(milliseconds) / 1000.0 - middle;
  return {};
}

std::optional<std::string> KucoinExchange::missing_secret() const {
  if (!info().has_keys) return "no API key is set";
  if (settings_.api_key.empty()) return "the API key is missing; secret or passphrase are set";
  if (settings_.api_secret.empty()) return "the API secret is missing";
  if (settings_.api_passphrase.empty()) return "the API passphrase is missing";
  return std::nullopt;
}

template <class T, class Parse>
Result<T> KucoinExchange::get(Access access, const std::string& path, Parse parse) {
  bool synchronised_again = false;
  return retry_.call<T>([&]() -> Attempt<T> {
    Attempt<T> outcome = get_once<T>(access, path, parse);
    const bool clock_refused =
        !outcome.result && kucoin::code_of(outcome.result.error()) == "400002";
    if (access == Access::open || !clock_refused || synchronised_again) return outcome;
    synchronised_again = true;
    if (auto synchronised = synchronise(); !synchronised) {
      return {std::move(synchronised).error(), std::nullopt};
    }
    return get_once<T>(access, path, parse);
  });
}

template <class T, class Parse>
Attempt<T> KucoinExchange::get_once(Access access, const std::string& path, const Parse& parse) {
  const double started = clock_.monotonic_seconds();
  http::Outcome answer = client_->send(make_request(access, path));
  const double seconds = clock_.monotonic_seconds() - started;
  const auto failed = [&](Error error, int status, std::optional<double> countdown) -> Attempt<T> {
    error.message = fmt::format("GET {}{}: {}", http::without_secrets(settings_.base_url),
                                without_query(path), error.message);
    error = without_own_secrets(std::move(error));
    note_call(path, status, &error, seconds);
    return {std::move(error), countdown};
  };
  if (const auto* failure = std::get_if<http::Failure>(&answer)) {
    return failed(unreachable(*failure), 0, std::nullopt);
  }
  const auto& response = std::get<http::Response>(answer);
  Result<T> parsed = parse(response);
  if (!parsed) {
    const auto countdown = kucoin::countdown_seconds(response, parsed.error().code);
    return failed(std::move(parsed).error(), response.status, countdown);
  }
  note_call(path, response.status, nullptr, seconds);
  return {std::move(parsed), std::nullopt};
}

http::Request KucoinExchange::make_request(Access access, const std::string& path) const {
  http::Request request;
  request.url = settings_.base_url + path;
  request.timeout = std::chrono::seconds{settings_.timeout_seconds};
  if (access == Access::with_key) {
    const auto timestamp_ms = static_cast<std::int64_t>(std::llround(server_seconds() * 1000));
    request.headers = kucoin::signed_headers(settings_, "GET", path, "", timestamp_ms);
  }
  return request;
}

void KucoinExchange::note_call(const std::string& path, int status, const Error* error,
                               double seconds) const {
  if (!on_call_) return;
  on_call_({"GET " + without_query(path), status,
            error == nullptr ? std::string{} : std::string(to_text(error->code)), seconds});
}

// KuCoin's messages may quote what was sent.
Error KucoinExchange::without_own_secrets(Error error) const {
  for (const Secret* secret :
       {&settings_.api_key, &settings_.api_secret, &settings_.api_passphrase}) {
    error.message = http::masked(std::move(error.message), secret->reveal());
    error.hint = http::masked(std::move(error.hint), secret->reveal());
  }
  return error;
}

double KucoinExchange::server_seconds() const {
  return server_offset_.value_or(0) + clock_.monotonic_seconds();
}

UtcTime KucoinExchange::server_now() const {
  return UtcTime{Seconds{static_cast<std::int64_t>(std::floor(server_seconds()))}};
}

}  // namespace gridexit::adapters
