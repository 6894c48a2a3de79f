#pragma once
// The description of `config/environment.yaml`. Secrets name the environment variable that they
// come from.

#include <set>
#include <string>

#include "about.hpp"
#include "gridexit/domain/environment.hpp"

namespace gridexit::codec {

template <class V, Is<SymbolSettings> D>
void describe(V& v, D& d) {
  v.field("symbol", d.symbol, {.doc = "BASE-QUOTE.", .text = TextKind::symbol, .required = true});
  v.field("enabled", d.enabled, {.doc = "Whether the hourly run evaluates it."});
}

template <class V, Is<ExchangeSettings> D>
void describe(V& v, D& d) {
  v.field("kind", d.kind,
          {.doc = "kucoin, archive:DIR (candle files) or simulated[:SEED]; a repository holds one "
                  "kind only.",
           .text = TextKind::exchange});
  v.field("base_url", d.base_url, {.doc = "KuCoin's REST address.", .text = TextKind::url});
  v.field("api_key", d.api_key,
          {.doc = "Optional: without keys everything works, positions are estimated. The key needs "
                  "the permission General alone.",
           .variable = "KUCOIN_API_KEY"});
  v.field("api_secret", d.api_secret, {.doc = "Its secret.", .variable = "KUCOIN_API_SECRET"});
  v.field("api_passphrase", d.api_passphrase,
          {.doc = "Its passphrase.", .variable = "KUCOIN_API_PASSPHRASE"});
  v.field("key_version", d.key_version,
          {.doc = "Version of the key, as KuCoin shows it.", .text = TextKind::filled});
  v.field("ca_file", d.ca_file,
          {.doc = "Additional trust anchor (PEM file); empty: the system's alone."});
  v.field(
      "settle_seconds", d.settle_seconds,
      {.doc = "The newest bar is taken as closed this long after its end.", .min = 0, .max = 600});
  v.field("timeout_seconds", d.timeout_seconds,
          {.doc = "Time for one request.", .min = 1, .max = 60});
  v.field("attempts", d.attempts, {.doc = "Attempts for one request.", .min = 1, .max = 10});
}

template <class V, Is<RepositorySettings> D>
void describe(V& v, D& d) {
  v.field("base_path", d.base_path,
          {.doc = "The data repository's folder; empty: the one named by --repo, or the one that "
                  "this file is in."});
  v.field("push_timeout_seconds", d.push_timeout_seconds,
          {.doc = "Time for one push.", .min = 5, .max = 240});
  v.field("author_name", d.author_name,
          {.doc = "Author of the commits.", .text = TextKind::filled});
  v.field("author_email", d.author_email,
          {.doc = "The author's address.", .text = TextKind::filled});
  v.field(
      "ssh_key_path", d.ssh_key_path,
      {.doc = "Private key file for an ssh remote (ed25519 or ecdsa); empty: ~/.ssh/id_ed25519, "
              "else ~/.ssh/id_ecdsa."});
  v.field("known_hosts_path", d.known_hosts_path,
          {.doc = "Hosts that an ssh remote may be; any other is refused. Empty: "
                  "~/.ssh/known_hosts."});
  v.field("ssh_key", d.ssh_key,
          {.doc = "The private key itself, where there is no file; it wins over ssh_key_path.",
           .variable = "GIT_SSH_KEY"});
  v.field("ssh_passphrase", d.ssh_passphrase,
          {.doc = "The private key's passphrase.", .variable = "GIT_SSH_PASSPHRASE"});
  v.field("token", d.token,
          {.doc = "Token for an https remote; over http it is sent to this machine alone.",
           .variable = "GIT_TOKEN"});
  v.field("ca_file", d.ca_file,
          {.doc = "Trust anchors for an https remote (PEM file); empty: the system's."});
}

template <class V, Is<NotificationSettings> D>
void describe(V& v, D& d) {
  v.field("pushover_token", d.pushover_token,
          {.doc = "Pushover application; empty: no Pushover.", .variable = "PUSHOVER_TOKEN"});
  v.field("pushover_user", d.pushover_user,
          {.doc = "Pushover user or group.", .variable = "PUSHOVER_USER"});
  v.field("pushover_url", d.pushover_url, {.doc = "Pushover's address.", .text = TextKind::url});
  v.field("webhook_url", d.webhook_url,
          {.doc = "Address that gets each message as JSON; a secret, as it often holds a token.",
           .text = TextKind::url,
           .variable = "WEBHOOK_URL"});
  v.field("heartbeat_url", d.heartbeat_url,
          {.doc = "Dead man's switch: called when every running grid was evaluated on fresh data; "
                  "its silence is the alert.",
           .text = TextKind::url,
           .variable = "HEARTBEAT_URL"});
  v.field("heartbeat_failure_url", d.heartbeat_failure_url,
          {.doc = "Called otherwise.", .text = TextKind::url, .variable = "HEARTBEAT_FAILURE_URL"});
  v.field("timeout_seconds", d.timeout_seconds,
          {.doc = "Time for one message.", .min = 1, .max = 60});
}

template <class V, Is<DashboardSettings> D>
void describe(V& v, D& d) {
  v.field("commit", d.commit, {.doc = "Whether pages are kept in git."});
  v.field("path", d.path,
          {.doc = "Folder for the pages on disk; empty: pages in the state folder beside the "
                  "repository, where the hourly run writes only when commit is false, and gridexit "
                  "dashboard always."});
  v.field("base_url", d.base_url,
          {.doc = "Where the pages are served, for links in messages; empty: messages name the "
                  "page's path.",
           .text = TextKind::url});
}

template <class V, Is<Environment> D>
void describe(V& v, D& d) {
  v.field("schema_version", d.schema_version, {.doc = "Version of this document's form."});
  v.field("symbols", d.symbols,
          {.doc = "Required: the markets to evaluate, each with its symbol (BASE-QUOTE) and "
                  "whether the hourly run evaluates it.",
           .required = true,
           .style = Style::flow});
  v.field("exchange", d.exchange, {.doc = "The exchange."});
  v.field("repository", d.repository, {.doc = "The data repository."});
  v.field("notifications", d.notifications,
          {.doc = "Messages to the operator. The log always gets them."});
  v.field("dashboard", d.dashboard, {.doc = "Pages."});
  std::set<std::string> names;
  for (const SymbolSettings& entry : d.symbols) names.insert(entry.symbol);
  v.check(!d.symbols.empty(), "symbols", "must name at least one symbol");
  v.check(names.size() == d.symbols.size(), "symbols", "names a symbol twice");
}

}  // namespace gridexit::codec
