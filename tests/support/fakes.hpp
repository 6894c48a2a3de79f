#pragma once
// Fakes of all ports, in memory. They record what was asked and fail on demand.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gridexit/base/hash.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/connections.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/log.hpp"
#include "gridexit/ports/store.hpp"

namespace gridexit::testing {

inline Error failure(ErrorCode code, std::string message) {
  return {code, std::move(message), "", {}};
}

class FakeClock final : public ports::Clock {
 public:
  explicit FakeClock(UtcTime now) : now_(now) {}
  UtcTime now() override { return now_; }
  double monotonic_seconds() override { return elapsed_; }
  void wait(double seconds) override { elapsed_ += seconds; }
  void set(UtcTime now) { now_ = now; }
  void advance_monotonic(double seconds) { elapsed_ += seconds; }

 private:
  UtcTime now_;
  double elapsed_ = 0;
};

/// A store and its remote: a list of commits, each a whole tree.
class FakeStore final : public ports::Store, public ports::Remote {
 public:
  using Tree = std::map<std::string, std::string, std::less<>>;
  struct Commit {
    std::string id;
    Tree tree;
    ports::ChangeSet changes;
  };

  Result<std::optional<ports::StoredFile>> read(std::string_view path) override {
    return read_in(commits_.empty() ? Tree{} : commits_.back().tree, path);
  }
  Result<std::vector<ports::StoredEntry>> list(std::string_view folder) override {
    std::map<std::string, ports::StoredEntry> entries;
    if (commits_.empty()) return std::vector<ports::StoredEntry>{};
    const std::string prefix = folder.empty() ? "" : std::string(folder) + "/";
    for (const auto& [path, content] : commits_.back().tree) {
      if (!path.starts_with(prefix)) continue;
      const std::string rest = path.substr(prefix.size());
      const std::size_t slash = rest.find('/');
      const std::string name = rest.substr(0, slash);
      ports::StoredEntry& entry = entries[name];
      entry.name = name;
      entry.is_folder = slash != std::string::npos;
      entry.id = git_blob_id(entry.is_folder ? entry.id + rest + content : content);
    }
    std::vector<ports::StoredEntry> list;
    for (auto& [name, entry] : entries) list.push_back(std::move(entry));
    return list;
  }
  Result<ports::CommitOutcome> commit(const ports::ChangeSet& changes) override {
    if (fail_commit) return failure(ErrorCode::store_unusable, "no space left on device");
    Tree tree = commits_.empty() ? Tree{} : commits_.back().tree;
    const Tree before = tree;
    for (const auto& [path, content] : changes.files) tree[path] = content;
    if (tree == before && !commits_.empty()) return ports::CommitOutcome{commits_.back().id, false};
    const std::string id =
        sha256_hex(std::to_string(commits_.size()) + changes.subject).substr(0, 40);
    commits_.push_back({id, std::move(tree), changes});
    return ports::CommitOutcome{id, true};
  }
  Result<std::string> head() override {
    return commits_.empty() ? std::string() : commits_.back().id;
  }
  Result<std::vector<std::string>> commits_of(std::string_view path, int limit) override {
    if (fail_history) return failure(ErrorCode::store_unusable, "object not found");
    std::vector<std::string> ids;
    for (auto commit = commits_.rbegin(); commit != commits_.rend() && std::ssize(ids) < limit;
         ++commit) {
      for (const auto& [file, content] : commit->changes.files) {
        if (!file.starts_with(path)) continue;
        ids.push_back(commit->id);
        break;
      }
    }
    return ids;
  }
  Result<std::optional<ports::StoredFile>> read_at(std::string_view id,
                                                   std::string_view path) override {
    for (const Commit& commit : commits_) {
      if (commit.id == id) return read_in(commit.tree, path);
    }
    return failure(ErrorCode::not_found, "no commit " + std::string(id));
  }
  Result<int> unpushed() override { return static_cast<int>(commits_.size() - pushed_); }

  Result<ports::SyncOutcome> synchronise(const ports::MergeFile&) override {
    if (fail_fetch) return failure(ErrorCode::remote_unreachable, "remote: connection refused");
    return ports::SyncOutcome{true, true, rewritten, 0};
  }
  Result<ports::PushOutcome> push(const ports::MergeFile&) override {
    ++push_calls;
    if (fail_push) return failure(ErrorCode::remote_unreachable, "remote: connection refused");
    const int commits = static_cast<int>(commits_.size() - pushed_);
    pushed_ = commits_.size();
    return ports::PushOutcome{true, true, commits, 100};
  }

  /// Puts files in place as an operator's commit would.
  void put(std::map<std::string, std::string> files) {
    ports::ChangeSet changes;
    changes.files = std::move(files);
    changes.subject = "operator";
    (void)commit(changes);
  }
  const std::deque<Commit>& commits() const { return commits_; }
  std::string text(const std::string& path) const {
    const auto& tree = commits_.back().tree;
    const auto found = tree.find(path);
    return found == tree.end() ? "" : found->second;
  }

  bool fail_history = false;
  bool fail_commit = false;
  bool fail_fetch = false;
  bool fail_push = false;
  bool rewritten = false;
  int push_calls = 0;

 private:
  static Result<std::optional<ports::StoredFile>> read_in(const Tree& tree, std::string_view path) {
    const auto found = tree.find(path);
    if (found == tree.end()) return std::optional<ports::StoredFile>{};
    return std::optional{ports::StoredFile{found->second, git_blob_id(found->second)}};
  }

  std::deque<Commit> commits_;
  std::size_t pushed_ = 0;
};

class FakeState final : public ports::LocalState {
 public:
  Result<std::optional<std::string>> load(std::string_view name) override {
    const auto found = files.find(name);
    if (found == files.end()) return std::optional<std::string>{};
    return std::optional{found->second};
  }
  Result<void> save(std::string_view name, std::string_view content) override {
    files[std::string(name)] = content;
    return {};
  }
  Result<void> remove(std::string_view name) override {
    files.erase(std::string(name));
    return {};
  }
  std::map<std::string, std::string, std::less<>> files;
};

class FakeLog final : public ports::Log {
 public:
  void event(const ports::LogEvent& event) override { events.push_back(event); }
  std::vector<ports::LogEvent> events;
};

/// What a market and its misbehaviour look like; shared with the exchange that a run owns.
struct FakeMarket {
  const CandleSeries* bars = nullptr;
  UtcTime server_time{};
  bool has_keys = false;
  ports::KeyCheck key{true, ""};
  std::optional<Error> candles_error;
  std::optional<Error> fills_error;
  std::string only_failing_symbol;  ///< empty: the error is every symbol's
  int account_calls = 0;
  int candle_calls = 0;
};

class FakeExchange final : public ports::Exchange {
 public:
  explicit FakeExchange(FakeMarket& market) : market_(market) {}
  ports::ExchangeInfo info() const override { return {"archive", false, market_.has_keys}; }
  Result<CandleSeries> candles(const Symbol& symbol, Timeframe timeframe, UtcTime from,
                               UtcTime to) override {
    ++market_.candle_calls;
    const bool concerned =
        market_.only_failing_symbol.empty() || market_.only_failing_symbol == symbol.text();
    if (market_.candles_error && concerned) return *market_.candles_error;
    if (timeframe != Timeframe::h1) return failure(ErrorCode::data_unavailable, "only 1h here");
    CandleSeries series;
    series.append(market_.bars->between(from, to));
    return series;
  }
  Result<UtcTime> server_time() override { return market_.server_time; }
  Result<SymbolRules> symbol_rules(const Symbol&) override {
    return SymbolRules{0.01, 0.0000001, 0.0001, 0.1};
  }
  Result<ports::KeyCheck> check_key() override { return market_.key; }
  Result<AccountFigures> account(const Symbol&) override {
    ++market_.account_calls;
    return AccountFigures{1, 500, 1, 500};
  }
  Result<FillFigures> fills(const Symbol&, UtcTime from, UtcTime) override {
    if (market_.fills_error) return *market_.fills_error;
    FillFigures fills;
    fills.from = from;
    fills.count = 3;
    return fills;
  }

 private:
  FakeMarket& market_;
};

/// What was delivered, and how to fail.
struct FakeChannel {
  std::vector<Message> delivered;
  std::optional<ErrorCode> fail_with;
  std::string notice;
};

class FakeNotifier final : public ports::Notifier {
 public:
  FakeNotifier(std::string name, FakeChannel& channel)
      : name_(std::move(name)), channel_(channel) {}
  std::string name() const override { return name_; }
  Result<void> deliver(const Message& message) override {
    if (channel_.fail_with) return failure(*channel_.fail_with, "channel says no");
    channel_.delivered.push_back(message);
    return {};
  }
  Result<std::string> look() override {
    if (channel_.fail_with) return failure(*channel_.fail_with, "channel says no");
    return std::string("can be reached");
  }
  std::string notice() const override { return channel_.notice; }

 private:
  std::string name_;
  FakeChannel& channel_;
};

class FakeHeartbeat final : public ports::Heartbeat {
 public:
  explicit FakeHeartbeat(std::vector<bool>& beats) : beats_(beats) {}
  Result<void> beat(ports::Health health, std::string_view) override {
    beats_.push_back(health == ports::Health::well);
    return {};
  }
  Result<std::string> look() override { return std::string("can be reached"); }

 private:
  std::vector<bool>& beats_;
};

}  // namespace gridexit::testing
