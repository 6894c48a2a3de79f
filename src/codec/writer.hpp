#pragma once
// The visitor that writes a document into an emitter, in the description's order. Driven by
// describe_*.hpp.

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "about.hpp"
#include "emitter.hpp"
#include "gridexit/base/number.hpp"
#include "gridexit/base/time.hpp"
#include "gridexit/domain/candles.hpp"
#include "gridexit/domain/environment.hpp"
#include "gridexit/domain/names.hpp"

namespace gridexit::codec {

struct WriteOptions {
  bool comments = false;              ///< each key's documentation above it
  bool secrets_as_variables = false;  ///< "${NAME}" instead of "***"
  const std::map<std::string, std::string>* origins =
      nullptr;  ///< where each value came from, shown beside it
  Format format = Format::yaml;
};

class Writer {
 public:
  explicit Writer(Emitter& out, WriteOptions options = {}) : out_(out), options_(options) {}

  template <class T>
  void document(const T& value) {
    write(value, About{});
  }

  template <class T>
  void field(std::string_view key, const T& value, const About& about = {}) {
    if (about.absent_when_unset && is_unset(value)) return;
    if (options_.comments) comment(about);
    out_.key(key);
    const std::size_t parent = enter(key);
    write(value, about);
    path_.resize(parent);
  }

  /// Keys within `key` that belong to the same struct.
  template <class Body>
  void object(std::string_view key, const About& about, const Body& body) {
    out_.key(key);
    const std::size_t parent = enter(key);
    out_.begin_map(style(about));
    body(*this);
    out_.end_map();
    path_.resize(parent);
  }

  void check(bool, std::string_view, std::string_view) {}
  void exactly_one(std::string_view, bool, std::string_view, bool) {}

 private:
  template <class T>
  static bool is_unset(const T&) {
    return false;
  }
  template <class T>
  static bool is_unset(const std::optional<T>& value) {
    return !value.has_value();
  }

  // Goes down to `key`; returns the path's length before.
  std::size_t enter(std::string_view key) {
    const std::size_t parent = path_.size();
    if (parent > 0) path_ += '.';
    path_ += key;
    return parent;
  }

  Style style(const About& about) const {
    return options_.origins != nullptr ? Style::block : about.style;
  }

  void write(bool value, const About&) { plain(value ? "true" : "false"); }
  void write(int value, const About&) { plain(std::to_string(value)); }
  // A number that is none is unknown; readers refuse it where something has to stand.
  void write(double value, const About&) {
    plain(std::isfinite(value) ? format_number(value) : "null");
  }
  void write(const std::string& value, const About&) { text(value); }
  void write(UtcTime value, const About&) { text(format_utc(value)); }
  void write(const Secret& value, const About& about) {
    if (options_.secrets_as_variables) {
      text("${" + std::string(about.variable) + "}");
    } else {
      text(value.empty() ? "" : "***");
    }
  }
  void write(Truth value, const About&) {
    const bool is_bool = value == Truth::yes || value == Truth::no;
    is_bool ? plain(to_text(value)) : text(to_text(value));
  }
  template <NamedEnum E>
  void write(E value, const About&) {
    text(to_text(value));
  }

  void write(const std::vector<std::pair<std::string, std::optional<double>>>& values,
             const About& about) {
    out_.begin_map(style(about));
    for (const auto& [name, value] : values) field(name, value);
    out_.end_map();
  }

  // One bar a line: [open time in unix seconds, open, high, low, close, volume].
  void write(const CandleSeries& series, const About&) {
    out_.begin_list(Style::block);
    for (std::size_t i = 0; i < series.size(); ++i) {
      const Candle bar = series.at(i);
      out_.begin_list(Style::flow);
      out_.plain(std::to_string(bar.open_time.time_since_epoch().count()));
      for (const double number : {bar.open, bar.high, bar.low, bar.close, bar.volume}) {
        out_.plain(format_number(number));
      }
      out_.end_list();
    }
    out_.end_list();
  }

  template <class T>
  void write(const std::optional<T>& value, const About& about) {
    value ? write(*value, about) : plain("null");
  }

  template <class T>
  void write(const std::vector<T>& values, const About& about) {
    constexpr bool scalars = std::is_same_v<T, std::string>;
    out_.begin_list(scalars ? style(about) : Style::block);
    const std::size_t parent = path_.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
      path_ += "[" + std::to_string(i) + "]";
      write(values[i], about);
      path_.resize(parent);
    }
    out_.end_list();
  }

  template <Described T>
  void write(const T& value, const About& about) {
    out_.begin_map(style(about));
    describe(*this, value);
    out_.end_map();
  }

  void plain(std::string_view value) { scalar(value, false); }
  void text(std::string_view value) { scalar(value, true); }
  void scalar(std::string_view value, bool is_text);
  void comment(const About& about);

  Emitter& out_;
  WriteOptions options_;
  std::string path_;
};

}  // namespace gridexit::codec
