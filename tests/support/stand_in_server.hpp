#pragma once
// A stand-in server of tests/support/*.py as a separate process on loopback, with the control that
// those scripts describe (stand_in.py). Tests skip when python3 is missing.

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gridexit/adapters/http/client.hpp"
#include "support/process.hpp"
#include "support/source_tree.hpp"

namespace gridexit::testing_support {

class StandInServer {
 public:
  static bool possible() { return program_exists("python3"); }

  explicit StandInServer(const std::string& script, std::vector<std::string> options = {},
                         std::string ca_file = {})
      : process_(command(script, options)),
        control_({.ca_file = std::move(ca_file), .should_stop = {}}) {
    const std::string line = process_.read_line().value_or("");
    if (std::sscanf(line.c_str(), "port %d", &port_) != 1) std::abort();
    encrypted_ = !options.empty() && options.front() == "--certificate";
  }

  int port() const { return port_; }
  std::string url(const std::string& host = "127.0.0.1") const {
    return (encrypted_ ? "https://" : "http://") + host + ":" + std::to_string(port_);
  }

  /// One misbehaviour for each of the next requests.
  void plan(const nlohmann::json& misbehaviours) { set({{"next", misbehaviours}}); }
  /// Settings of the particular server.
  void set(const nlohmann::json& settings) {
    ask(adapters::http::Method::post, "/_control", settings.dump());
  }
  /// Requests so far, without those of the control.
  nlohmann::json log() {
    return nlohmann::json::parse(ask(adapters::http::Method::get, "/_log", ""));
  }

  void stop() { process_.kill(); }

 private:
  static std::vector<std::string> command(const std::string& script,
                                          const std::vector<std::string>& options) {
    // A proxy of the surroundings would see requests to loopback.
    ::setenv("no_proxy", "*", 1);
    std::vector<std::string> words{"python3", source_file("tests/support/" + script).string()};
    words.insert(words.end(), options.begin(), options.end());
    return words;
  }

  std::string ask(adapters::http::Method method, const std::string& path, const std::string& body) {
    adapters::http::Request request;
    request.method = method;
    request.url = url() + path;
    request.body = body;
    const auto outcome = control_.send(request);
    if (const auto* response = std::get_if<adapters::http::Response>(&outcome))
      return response->body;
    std::abort();
  }

  BackgroundProcess process_;
  adapters::http::CurlClient control_;
  int port_ = 0;
  bool encrypted_ = false;
};

}  // namespace gridexit::testing_support
