#pragma once
// Everything outside the program that a command may need, as ports. The real one
// (src/app/wiring.cpp) is the only file that names concrete adapters; tests pass a fake.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gridexit/base/result.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/ports/clock.hpp"
#include "gridexit/ports/configuration.hpp"
#include "gridexit/ports/connections.hpp"
#include "gridexit/ports/exchange.hpp"
#include "gridexit/ports/history.hpp"
#include "gridexit/ports/local_state.hpp"
#include "gridexit/ports/log.hpp"
#include "gridexit/ports/maintenance.hpp"
#include "gridexit/ports/store.hpp"
#include "gridexit/ports/telemetry.hpp"

namespace gridexit::app {

/// Reading leaves the repository alone; writing holds the run lock and has recovered from an
/// interrupted run.
enum class Access { read, write };

/// An opened data repository: its versions, the other side, and the small folder beside it.
class Repository {
 public:
  virtual ~Repository() = default;
  virtual ports::Store& store() = 0;
  virtual ports::Remote& remote() = 0;
  virtual ports::LocalState& state() = 0;
  /// The whole history, and the files behind it; none where there is no disk behind the store.
  virtual ports::History* history() { return nullptr; }
  virtual ports::Maintenance* maintenance() { return nullptr; }
};

/// What `run` works on. It goes on without a store: the evaluation then happens in memory.
class RunPlace {
 public:
  virtual ~RunPlace() = default;
  virtual ports::Store* store() = 0;    ///< none: see store_error
  virtual ports::Remote* remote() = 0;  ///< none without a store
  virtual ports::LocalState& state() = 0;
  virtual std::optional<Error> store_error() const = 0;
  virtual ports::Maintenance* maintenance() { return nullptr; }  ///< none without a store
};

/// What `init` makes.
struct NewRepository {
  std::string path;
  std::optional<std::string>
      remote;  ///< URL or path; a path that does not exist becomes a bare repository
  ports::ChangeSet first_commit;  ///< on `main`
};

struct CreatedRepository {
  std::string commit;
  bool remote_created = false;
  std::optional<std::string>
      push_problem;  ///< why the first push did not get through; none: pushed, or no remote
};

/// Which market: `kucoin`, `archive` with a folder, `simulated` with a seed.
struct ExchangeChoice {
  std::string text = "kucoin";  ///< as written: "archive:candles"
  std::string kind = "kucoin";  ///< "kucoin", "archive", "simulated"
};

/// One configuration value and where it came from ("config/environment.yaml", "MARKET_MAKER_…",
/// "default").
struct ConfigEntry {
  std::string key;
  std::string value;  ///< "***" for secrets
  std::string origin;
};

class Wiring {
 public:
  virtual ~Wiring() = default;

  /// A variable of the process environment; nothing when unset or empty.
  virtual std::optional<std::string> variable(const std::string& name) = 0;
  virtual ports::Clock& clock() = 0;
  /// A file's bytes; "-" is standard input. Errors: not_found, io.
  virtual Result<std::string> read_file(const std::string& path) = 0;
  /// The bars of a candle file (.csv, .csv.gz), ascending and each once. Errors: data.unavailable,
  /// data.unusable.
  virtual Result<CandleSeries> read_candles(const std::string& path) = 0;
  /// Replaces a file; folders on the way are made. A device or pipe is written to. Error: io.
  virtual Result<void> write_file(const std::string& path, const std::string& content) = 0;

  /// The path as it is named from any folder.
  virtual std::string absolute(const std::string& path) = 0;

  /// Errors: config_invalid, with every problem on its own line.
  virtual Result<ports::Configuration> parse_configuration(
      const ports::ConfigurationText& text) = 0;
  /// The same for a run, which has to go on: an override that is invalid is left out and named.
  virtual Result<ports::Configuration> parse_for_run(const ports::ConfigurationText& text) = 0;
  /// Every value of a valid configuration, in the documents' order.
  virtual Result<std::vector<ConfigEntry>> trace_configuration(
      const ports::ConfigurationText& text) = 0;
  /// Errors: store_unusable, run.locked.
  virtual Result<std::unique_ptr<Repository>> open_repository(const std::string& path,
                                                              Access access) = 0;
  /// What earlier runs kept beside a repository, whatever became of it since; empty when nothing is
  /// there. Only to be read.
  virtual std::unique_ptr<ports::LocalState> kept_state(const std::string& repository) = 0;
  /// Takes the run lock; a repository that cannot be used is in the answer, not an error, and one
  /// whose lock cannot be had for another reason than a second run is only read. Error: run.locked.
  virtual Result<std::unique_ptr<RunPlace>> open_for_run(const std::string& path) = 0;
  /// Errors: conflict (something is there already), store_unusable, remote.*.
  virtual Result<CreatedRepository> create_repository(const NewRepository& wanted) = 0;
  /// Errors: usage (unknown kind, no such folder), exchange.*.
  virtual Result<std::unique_ptr<ports::Exchange>> make_exchange(
      const ExchangeChoice& choice, const ExchangeSettings& settings) = 0;
  /// Where pages of a repository go that have no folder of their own.
  virtual std::string page_folder(const std::string& repository) = 0;
  /// Everything that the hourly run talks to; `choice` may be why there is no exchange. Pages go to
  /// the settings' folder too; where there is none, those that are not committed to `page_folder`.
  virtual ports::Connections connect(const Result<ExchangeChoice>& choice,
                                     const Environment& environment, const std::string& repository,
                                     ports::Log& log) = 0;
  /// Where the numbers of a run go; none when no collector is configured.
  virtual ports::Telemetry* telemetry() { return nullptr; }
  /// Whether the process was asked to end (SIGTERM).
  virtual std::function<bool()> stop_requested() = 0;
};

}  // namespace gridexit::app
