#pragma once
// A certificate authority of one test's own, and server certificates of every kind that must or
// must not be trusted.

#include <optional>
#include <string>

#include "support/process.hpp"
#include "support/temporary_folder.hpp"

namespace gridexit::testing_support {

class Certificates {
 public:
  static bool possible() { return program_exists("openssl"); }

  Certificates() {
    const std::string key = folder_ / "key.pem";
    made_ = run("openssl ecparam -name prime256v1 -genkey -noout -out " + key) &&
            run("openssl req -new -x509 -key " + key + " -subj /CN=test-authority -days 2 -out " +
                authority() + " -addext basicConstraints=critical,CA:TRUE");
  }

  bool made() const { return made_; }
  std::string authority() const { return folder_ / "authority.pem"; }
  /// For localhost and 127.0.0.1.
  std::string valid() { return issue("valid", "DNS:localhost,IP:127.0.0.1", 2); }
  std::string for_another_host() { return issue("another", "DNS:elsewhere.example", 2); }
  std::string expired() { return issue("expired", "DNS:localhost,IP:127.0.0.1", -1); }

 private:
  bool run(const std::string& command) { return run_command(command).status == 0; }

  // Certificate and key in one file.
  std::string issue(const std::string& name, const std::string& names, int days) {
    const std::string key = folder_ / "key.pem";
    const std::string request = folder_ / (name + ".csr");
    const std::string extension = folder_ / (name + ".ext");
    const std::string file = folder_ / (name + ".pem");
    write_file(extension, "subjectAltName=" + names + "\n");
    made_ = made_ &&
            run("openssl req -new -key " + key + " -subj /CN=" + name + " -out " + request) &&
            run("openssl x509 -req -in " + request + " -CA " + authority() + " -CAkey " + key +
                " -CAcreateserial -days " + std::to_string(days) + " -extfile " + extension +
                " -out " + file) &&
            run("cat " + key + " >> " + file);
    return file;
  }

  TemporaryFolder folder_;
  bool made_ = false;
};

}  // namespace gridexit::testing_support
