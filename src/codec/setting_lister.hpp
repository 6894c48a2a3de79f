#pragma once
// The visitor that lists the keys of a configuration document with their values: the source of the
// override names and of `config show`.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "about.hpp"
#include "emitter.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/text.hpp"
#include "gridexit/codec/settings.hpp"
#include "gridexit/domain/names.hpp"
#include "writer.hpp"

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
  void add(const std::vector<T>& values, const About&) {
    const auto out = make_yaml_emitter();
    out->begin_list(Style::flow);
    for (const T& value : values) Writer(*out).document(value);
    out->end_list();
    keys_.push_back({path_, std::string(trim(out->take())), false, true, ""});
  }
  template <class T>
  void add(const std::optional<T>& value, const About& about) {
    value ? add(*value, about) : put("null");
  }
  void add(bool value, const About&) { put(value ? "true" : "false"); }
  void add(int value, const About&) { put(std::to_string(value)); }
  void add(double value, const About&) { put(format_number(value)); }
  void add(const std::string& value, const About&) { put(value); }
  void add(const Secret& value, const About& about) {
    keys_.push_back({path_, value.empty() ? "" : "***", true, false, std::string(about.variable)});
  }
  template <NamedEnum E>
  void add(E value, const About&) {
    put(std::string(to_text(value)));
  }
  template <Described T>
  void add(const T& value, const About&) {
    describe(*this, value);
  }

  void put(std::string value) { keys_.push_back({path_, std::move(value), false, false, ""}); }

  std::vector<SettingKey> keys_;
  std::string path_;
};

}  // namespace gridexit::codec
