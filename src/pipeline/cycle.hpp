#pragma once
// One cycle's state while `run` goes through its steps. Each step is a method; the methods are
// grouped in files by what they are about: cycle.cpp (set-up), symbol_past.cpp (what came before),
// symbol_hour.cpp (evaluation), recording.cpp, delivering.cpp.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gridexit/dashboard/index.hpp"
#include "gridexit/domain/symbol.hpp"
#include "gridexit/evaluation/evaluate.hpp"
#include "gridexit/pipeline/configuration.hpp"
#include "gridexit/pipeline/history.hpp"
#include "gridexit/pipeline/run.hpp"
#include "market.hpp"
#include "messages.hpp"
#include "outbox.hpp"
#include "steps.hpp"

namespace gridexit::pipeline {

/// What one symbol's evaluation found and made.
struct SymbolHour {
  explicit SymbolHour(Symbol name) : symbol(std::move(name)) {}

  Symbol symbol;
  GridSituation situation;
  std::vector<Grid> grids;  ///< all of the repository
  std::optional<evaluation::Predecessor> predecessor;
  std::vector<HourOutcome> unrecorded;  ///< earlier hours that could not be committed, oldest first
  std::set<std::string> unreadable;     ///< paths that must therefore not be written either
  std::vector<MetricsRecord> history;   ///< of the page's hours, oldest first
  std::vector<DecisionRecord> decisions;        ///< those that matter (decisions_since)
  std::vector<DecisionRecord> older_decisions;  ///< those before that may still get a follow-up
  std::vector<ExitStateDay> exit_days;          ///< of the last 2 days
  std::optional<Market> market;
  std::optional<evaluation::HourOutcome> outcome;
  std::optional<MetricsRecord> found;  ///< the hour's record was there already
  std::optional<Error> failure;
  bool recorded = false;

  /// The document of the running grid; null while none runs.
  const Grid* running_grid() const;
};

class Cycle {
 public:
  Cycle(const RunInputs& inputs, RunPorts& ports);

  void synchronise();
  bool load_configuration();
  void connect();
  bool take_time();
  std::vector<Symbol> enabled_symbols();
  SymbolHour evaluate(const Symbol& symbol);
  void record(SymbolHour& hour);
  void deliver(std::vector<SymbolHour>& hours);
  void record_kpis();
  void push();
  void beat(const std::vector<SymbolHour>& hours);
  RunReport report(const std::vector<SymbolHour>& hours);
  /// Without any configuration nothing can be judged, but somebody must hear of it.
  RunReport report_unconfigured();

 private:
  /// Something that decides the exit code.
  void problem(Problem problem, ErrorCode code);
  /// Something the operator is told of that does not: the run did its work all the same.
  void note(Problem problem, ports::LogLevel level = ports::LogLevel::warning);
  void log(ports::LogLevel level, std::string event, std::string message);
  void connect_to(const Environment& environment);
  void push_to_remote();
  bool time_is_over() const;
  ports::Exchange* exchange() const;

  // symbol_past.cpp
  void load_past(SymbolHour& hour);
  void load_older_decisions(SymbolHour& hour, UtcTime before);
  void load_past_from_copies(SymbolHour& hour);
  void take_copies(SymbolHour& hour, const std::vector<UnreadableDocument>& unreadable);
  void name_unreadable(SymbolHour& hour, const std::vector<UnreadableDocument>& unreadable);
  void take_unrecorded(SymbolHour& hour);
  bool already_decided(SymbolHour& hour);

  // symbol_hour.cpp
  std::optional<AccountFigures> account(SymbolHour& hour);
  void evaluate_market(SymbolHour& hour);
  evaluation::HourInputs hour_inputs(SymbolHour& hour);
  void note_oddities(const SymbolHour& hour);
  void note_failure(SymbolHour& hour, Error error);

  // recording.cpp
  void add_record(const SymbolHour& hour, ports::ChangeSet& changes);
  void add_follow_ups(SymbolHour& hour, ports::ChangeSet& changes);
  Result<CandleSeries> recorded_bars(const SymbolHour& hour, UtcTime from, UtcTime to);
  void add_failed_hour(const SymbolHour& hour, ports::ChangeSet& changes);
  void add_unrecorded(const SymbolHour& hour, ports::ChangeSet& changes);
  void add_page(SymbolHour& hour, ports::ChangeSet& changes);
  void keep_copies(const SymbolHour& hour);
  void keep_for_later(const SymbolHour& hour);

  // delivering.cpp
  void note_half_a_channel();
  void note_unwatched_grids(const std::vector<SymbolHour>& hours);
  void note_rejections();
  void deliver_due_alerts();
  void deliver_exit_messages(const SymbolHour& hour);
  void deliver_setup_messages(const SymbolHour& hour);
  MessageContext context(const std::string& symbol, UtcTime at) const;
  void add_what_happened_since(const SymbolHour& hour, const std::string& grid_id,
                               MessageContext& context) const;
  std::optional<MetricsRecord> record_at(const SymbolHour& hour, UtcTime at) const;

  const RunInputs& inputs_;
  RunPorts& ports_;
  double started_;
  UtcTime now_;
  Steps steps_;
  UtcTime at_{};
  Outbox outbox_;
  std::optional<ConfigurationInForce> configuration_;
  std::optional<ports::Connections> connections_;
  std::optional<ports::KeyCheck> key_check_;
  std::map<std::string, std::vector<dashboard::IndexEntry>> index_entries_;
  /// By symbol: an hour without a record has no page that a message could name.
  std::map<std::string, UtcTime> newest_pages_;
  std::set<std::string> grids_by_copy_;  ///< paths of unreadable grids whose copy was judged
  /// A grid may be running that nobody judged, or a message waiting that nobody knows of.
  bool blind_ = false;
  /// Alerts belong to the hours as they come: a replay of old ones, and one that is refused, leaves
  /// those that wait, and the counts of what keeps failing, as they are.
  bool alerting_ = true;
  std::vector<Problem> problems_;
  std::vector<int> exit_codes_;
  ports::PushOutcome push_;
  std::string head_;
};

}  // namespace gridexit::pipeline
