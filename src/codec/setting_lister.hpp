#pragma once
// The visitor that lists the keys of a configuration document: the source of the override names.

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "about.hpp"
#include "gridexit/codec/settings.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::codec {

class SettingLister {
 public:
  template <class T>
  void document(const T& value) {
    describe(*this, value);
  }

  template <class T>
  void field(std::string_view key, const T& value, const About& about = {}) {
    if (key == "schema_version") return;
    const std::size_t parent = path_.size();
    if (parent > 0) path_ += '.';
    path_ += key;
    add(value, about);
    path_.resize(parent);
  }

  void check(bool, std::string_view, std::string_view) {}
  void exactly_one(std::string_view, bool, std::string_view, bool) {}

  std::vector<SettingKey> take() { return std::move(keys_); }

 private:
  template <class T>
  void add(const std::vector<T>&, const About&) {
    keys_.push_back({path_, false, true, ""});
  }
  template <class T>
  void add(const std::optional<T>&, const About&) {
    keys_.push_back({path_, false, false, ""});
  }
  void add(const std::string&, const About&) { keys_.push_back({path_, false, false, ""}); }
  void add(const Secret&, const About& about) {
    keys_.push_back({path_, true, false, std::string(about.variable)});
  }
  template <class T>
  void add(const T& value, const About&) {
    if constexpr (std::is_class_v<T>) {
      describe(*this, value);
    } else {
      keys_.push_back({path_, false, false, ""});
    }
  }

  std::vector<SettingKey> keys_;
  std::string path_;
};

}  // namespace gridexit::codec
