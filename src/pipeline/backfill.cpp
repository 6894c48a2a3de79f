#include "gridexit/pipeline/backfill.hpp"

#include <algorithm>
#include <map>

#include "backfill_candles.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/domain/paths.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/pipeline/history.hpp"
#include "hour_documents.hpp"
#include "hour_inputs.hpp"
#include "market.hpp"

namespace gridexit::pipeline {
namespace {

constexpr std::size_t kHoursPerProgress = 24;

// How far back an hour compares the exchange's 4h bars, and looks at 15m ones.
constexpr Hours kCoarse{48};
constexpr Hours kContext{24};

/// The hours of a range, one after the other. Candles and what an hour leaves for the next one stay
/// in memory; after an hour that was there already, the past is read again.
class PastHours {
 public:
  PastHours(ports::Store& store, ports::Exchange& exchange, const Rules& rules,
            const BackfillInputs& inputs, BackfillReport& report)
      : store_(store), exchange_(exchange), rules_(rules), inputs_(inputs), report_(report) {}

  Result<void> load_candles(UtcTime first_needed) {
    GX_TRY(const auto days, raw_days(store_, inputs_.symbol.text(), first_needed, inputs_.to));
    for (const RawDay& day : days) {
      bars_.append(day.h1.view());
      context_.append(day.m15.view());
    }
    if (auto coarse =
            exchange_.candles(inputs_.symbol, Timeframe::h4,
                              floor_to(report_.from, Timeframe::h4) - kCoarse, inputs_.to))
      coarse_ = std::move(*coarse);
    if (const auto symbol_rules = exchange_.symbol_rules(inputs_.symbol))
      symbol_rules_ = *symbol_rules;
    GX_TRY(grids_, all_grids(store_));
    return {};
  }

  Result<void> record_all() {
    const auto all = static_cast<std::size_t>((inputs_.to - report_.from) / Hours{1}) + 1;
    for (std::size_t i = 0; i < all; ++i) {
      GX_CHECK(record_hour(report_.from + Hours{i}));
      if (inputs_.progress && (i + 1 == all || (i + 1) % kHoursPerProgress == 0))
        inputs_.progress("hours", i + 1, all);
    }
    return {};
  }

 private:
  enum class Place { free, taken, before_another };

  Result<Place> place_of(UtcTime at) {
    if (const UtcTime day = floor_day(at); day != listed_day_) {
      GX_TRY(const auto places,
             record_places(store_, inputs_.symbol.text(), day, day + std::chrono::days{1}));
      recorded_hours_.clear();
      for (const RecordPlace& place : places) recorded_hours_.push_back(place.hour);
      listed_day_ = day;
    }
    if (std::find(recorded_hours_.begin(), recorded_hours_.end(), at) != recorded_hours_.end())
      return Place::taken;
    const bool later = !recorded_hours_.empty() && recorded_hours_.back() > at;
    return later ? Place::before_another : Place::free;
  }

  Result<void> record_hour(UtcTime at) {
    GX_TRY(const Place place, place_of(at));
    if (place != Place::free) {
      ++(place == Place::taken ? report_.present : report_.before_recorded);
      past_is_current_ = false;
      return {};
    }
    if (!past_is_current_) GX_CHECK(read_past(at));
    const auto outcome = evaluation::evaluate(inputs_of(at), rules_);
    if (!outcome) {
      ++report_.unusable;
      // Without its hint, which speaks of a next run: of the past there is none.
      report_.last_unusable = outcome.error().message;
      return {};
    }
    return commit_hour(*outcome);
  }

  Result<void> read_past(UtcTime at) {
    const std::string& symbol = inputs_.symbol.text();
    GX_TRY(predecessor_, newest_record(store_, symbol, at, Bound::before));
    GX_TRY(decisions_, decisions_between(store_, symbol,
                                         decisions_since(predecessor_, at, rules_.evaluation), at));
    GX_TRY(exit_days_, exit_state_days(store_, symbol, at - kRecent, at));
    past_is_current_ = true;
    return {};
  }

  evaluation::HourInputs inputs_of(UtcTime at) {
    forget_past_of(at);
    evaluation::HourInputs in(inputs_.symbol);
    in.at = at;
    in.origin = exchange_.info().simulated ? Origin::simulated : Origin::backfill;
    in.source = exchange_.info().source;
    in.engine = inputs_.engine;
    in.config = inputs_.config;
    in.predecessor = predecessor_;
    place_grids(in, grid_situation(grids_, inputs_.symbol.text(), at));
    const auto grid_start = in.grid ? std::optional{in.grid->start} : std::nullopt;
    in.delivered_1h = bars_.between(first_needed_bar(at, rules_.data, grid_start), at);
    in.exchange_4h =
        coarse_.between(floor_to(at, Timeframe::h4) - kCoarse, floor_to(at, Timeframe::h4));
    in.context_15m = context_.between(at - kContext, at);
    in.recent_decisions = decisions_;
    in.recent_notified = notified_in(exit_days_);
    in.symbol_rules = symbol_rules_;
    return in;
  }

  Result<void> commit_hour(const evaluation::HourOutcome& outcome) {
    const UtcTime at = outcome.record.timestamp;
    ports::ChangeSet changes;
    changes.author_time = at;
    changes.committer_time = at;
    add_entries(outcome, exit_days_);
    if (const auto problems = add_hour(outcome, exit_days_, {}, changes); !problems.empty()) {
      return Error{
          ErrorCode::internal,
          format_hour(at) + ": not recorded, a document is invalid: " + join(problems, "; "),
          "",
          {}};
    }
    GX_CHECK(store_.commit(changes));
    ++report_.recorded;
    recorded_hours_.push_back(at);
    predecessor_ = evaluation::Predecessor{outcome.record, reference_of(outcome.record)};
    if (outcome.decision) decisions_.push_back(*outcome.decision);
    return {};
  }

  // As if the past had been read now: decisions by their time, exit states by their day.
  void forget_past_of(UtcTime at) {
    const UtcTime since = decisions_since(predecessor_, at, rules_.evaluation);
    std::erase_if(decisions_,
                  [since](const DecisionRecord& decision) { return decision.created_at < since; });
    const std::string first_day = format_date(at - kRecent);
    std::erase_if(exit_days_, [&](const ExitStateDay& day) { return day.date < first_day; });
  }

  ports::Store& store_;
  ports::Exchange& exchange_;
  const Rules& rules_;
  const BackfillInputs& inputs_;
  BackfillReport& report_;

  CandleSeries bars_;
  CandleSeries context_;
  CandleSeries coarse_;
  std::optional<SymbolRules> symbol_rules_;
  std::vector<Grid> grids_;

  bool past_is_current_ = false;
  std::optional<evaluation::Predecessor> predecessor_;
  std::vector<DecisionRecord> decisions_;
  std::vector<ExitStateDay> exit_days_;

  UtcTime listed_day_ = UtcTime::max();
  std::vector<UtcTime> recorded_hours_;  ///< of that day, ascending
};

Result<void> fill(ports::Store& store, ports::Exchange& exchange, const Rules& rules,
                  const BackfillInputs& inputs, BackfillReport& report) {
  UtcTime first_needed = report.from;
  if (inputs.evaluate) {
    first_needed = first_needed_bar(report.from, rules.data, std::nullopt);
    GX_TRY(const auto grids, all_grids(store));
    const auto situation = grid_situation(grids, inputs.symbol.text(), report.from);
    if (situation.running) {
      first_needed = first_needed_bar(report.from, rules.data, situation.running->start);
    }
  }
  GX_CHECK(backfill_candles(store, exchange, inputs, first_needed, report));
  if (!inputs.evaluate) return {};
  PastHours hours(store, exchange, rules, inputs, report);
  GX_CHECK(hours.load_candles(first_needed));
  return hours.record_all();
}

}  // namespace

Result<BackfillReport> backfill(ports::Store& store, ports::Exchange& exchange, const Rules& rules,
                                const BackfillInputs& inputs) {
  BackfillReport report;
  report.to = floor_hour(inputs.to);
  report.from = inputs.from ? floor_hour(*inputs.from)
                            : floor_day(report.to) - std::chrono::days{kBackfillDays1h};
  if (report.from > report.to) {
    return Error{ErrorCode::usage, "the range ends before it begins", "swap --from and --to", {}};
  }
  GX_CHECK(store.begin_batch());
  const auto filled = fill(store, exchange, rules, inputs, report);
  const auto written = store.end_batch();
  GX_CHECK(filled);
  GX_CHECK(written);
  return report;
}

}  // namespace gridexit::pipeline
