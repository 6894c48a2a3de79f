#pragma once
// What an audit has found so far, each with the commit at which it was found.

#include <string>
#include <utility>
#include <vector>

#include "gridexit/audit/finding.hpp"

namespace gridexit::pipeline {

class Findings {
 public:
  /// What is added from now on was found at this commit; empty: in the history as a whole.
  void at(std::string commit) { commit_ = std::move(commit); }

  void add(audit::FindingKind kind, const std::string& path, std::string text) {
    constexpr std::size_t kMaximum = 1000;
    if (all_.size() < kMaximum) all_.push_back({kind, path, commit_, std::move(text)});
  }

  std::vector<audit::Finding> take() && { return std::move(all_); }

 private:
  std::string commit_;
  std::vector<audit::Finding> all_;
};

}  // namespace gridexit::pipeline
