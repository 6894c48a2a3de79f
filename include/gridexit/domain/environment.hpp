#pragma once
// The deployment's parameters: `config/environment.yaml`. Secrets arrive here already resolved from
// the environment or from files; they never leave by any document, log or error text.

#include <optional>
#include <string>
#include <vector>

namespace gridexit {

/// A value that must never be shown. `reveal` marks every place where it leaves our hands.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  bool empty() const { return value_.empty(); }
  const std::string& reveal() const { return value_; }

 private:
  std::string value_;
};

struct SymbolSettings {
  std::string symbol;
  bool enabled = true;
};

struct ExchangeSettings {
  /// Or "archive:DIR", "simulated:SEED"; a repository holds one kind only.
  std::string kind = "kucoin";
  std::string base_url = "https://api.kucoin.com";
  Secret api_key;
  Secret api_secret;
  Secret api_passphrase;
  std::string key_version = "3";
  std::string ca_file;       ///< additional trust anchor, PEM; empty = the system's
  int settle_seconds = 20;   ///< the newest bar is closed this long after its end
  int timeout_seconds = 10;  ///< one request
  int attempts = 3;
};

struct RepositorySettings {
  std::string base_path;
  int push_timeout_seconds = 60;
  std::string author_name = "gridexit";
  std::string author_email = "gridexit@localhost";
  /// Private key file for an ssh remote, ed25519 or ecdsa; empty: the one in ~/.ssh.
  std::string ssh_key_path;
  std::string known_hosts_path;  ///< empty: ~/.ssh/known_hosts
  Secret ssh_key;                ///< the private key itself; wins over its path
  Secret ssh_passphrase;
  Secret token;         ///< for an http(s) remote
  std::string ca_file;  ///< trust anchors for an https remote, PEM; empty: the system's
};

struct NotificationSettings {
  Secret pushover_token;
  Secret pushover_user;
  std::string pushover_url = "https://api.pushover.net";
  Secret webhook_url;
  Secret heartbeat_url;
  Secret heartbeat_failure_url;
  int timeout_seconds = 10;

  /// Pushover takes messages only with both of its pair.
  bool has_half_of_pushover() const { return pushover_token.empty() != pushover_user.empty(); }
};

struct DashboardSettings {
  bool commit = true;
  std::string path;      ///< folder on disk; empty = in the state folder beside the repository
  std::string base_url;  ///< empty = messages name the page's path
};

struct Environment {
  std::string schema_version = "2.0";
  std::vector<SymbolSettings> symbols;
  ExchangeSettings exchange;
  RepositorySettings repository;
  NotificationSettings notifications;
  DashboardSettings dashboard;
};

}  // namespace gridexit
