// Canonical YAML: two spaces of indent, block style unless asked for flow, texts plain only where
// no YAML reader could take them for something else, everything on one line.
#include <algorithm>
#include <array>
#include <cassert>

#include "emitter.hpp"
#include "gridexit/base/text.hpp"

namespace gridexit::codec {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Words that YAML 1.1 or 1.2 readers take for null, a truth value or a number, in lower case.
constexpr std::array<std::string_view, 11> kReserved{"null", "true", "false", "yes", "no", "on",
                                                     "off",  "y",    "n",     "nan", "inf"};

bool is_reserved(std::string_view text) {
  if (text.size() > 5) return false;
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return std::find(kReserved.begin(), kReserved.end(), lower) != kReserved.end();
}

// Starts with a letter and holds nothing that could be syntax: such a text is the same in every
// YAML reader.
bool is_plain(std::string_view text) {
  if (text.empty() || !is_letter(text.front()) || is_reserved(text)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '/';
  });
}

class YamlEmitter final : public Emitter {
 public:
  void begin_map(Style style) override { begin(true, style); }
  void end_map() override { end("{}"); }
  void begin_list(Style style) override { begin(false, style); }
  void end_list() override { end("[]"); }

  void key(std::string_view name) override {
    lead();
    out_ += is_plain(name) ? std::string(name) : quote(name);
    out_ += ':';
    after_key_ = true;
  }

  void plain(std::string_view text) override {
    lead();
    out_ += text;
    finish_scalar();
  }

  void string(std::string_view text) override {
    lead();
    out_ += is_plain(text) ? std::string(text) : quote(text);
    finish_scalar();
  }

  void comment(std::string_view text) override {
    if (in_flow()) return;
    if (!frames_.empty()) open_block();
    // Sections stand apart.
    if (indent() == 0 && !out_.empty()) out_ += '\n';
    for (const std::string_view line : split(text, '\n')) {
      out_.append(indent(), ' ');
      out_ += line.empty() ? "#" : "# ";
      out_ += line;
      out_ += '\n';
    }
  }

  void note(std::string_view text) override { note_ = text; }

  std::string take() override { return std::move(out_); }

 private:
  struct Frame {
    bool map = false;
    bool flow = false;
    bool empty = true;
    bool in_list_item = false;  ///< a block map whose first key stands behind the dash
    std::size_t indent = 0;
  };

  std::size_t indent() const { return frames_.empty() ? 0 : frames_.back().indent; }
  bool in_flow() const { return !frames_.empty() && frames_.back().flow; }

  // A block container's line break waits for its first entry, because an empty one stays on the
  // line.
  void open_block() {
    Frame& frame = frames_.back();
    if (!frame.empty) return;
    frame.empty = false;
    if (frames_.size() > 1 && !frame.in_list_item) out_ += '\n';
  }

  // Writes what stands in front of a key, an item or a value.
  void lead() {
    if (after_key_) {
      out_ += ' ';
      after_key_ = false;
      return;
    }
    if (frames_.empty()) return;
    Frame& frame = frames_.back();
    if (frame.flow) {
      if (!frame.empty) out_ += ", ";
      frame.empty = false;
      return;
    }
    const bool behind_dash = frame.empty && frame.in_list_item;
    open_block();
    if (!behind_dash) out_.append(frame.indent, ' ');
    if (!frame.map) out_ += "- ";
  }

  void begin(bool map, Style style) {
    const bool flow = style == Style::flow || in_flow();
    Frame frame{map, flow, true, false, 0};
    if (flow) {
      lead();
      out_ += map ? '{' : '[';
    } else if (!frames_.empty()) {
      frame.indent = frames_.back().indent + 2;
      if (!frames_.back().map) {
        lead();
        frame.in_list_item = true;
      }
      after_key_ = false;
    }
    frames_.push_back(frame);
  }

  void end(std::string_view when_empty) {
    assert(!frames_.empty());
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (frame.flow) {
      out_ += frame.map ? '}' : ']';
      finish_scalar();
    } else if (frame.empty) {
      if (!frame.in_list_item && !frames_.empty()) out_ += ' ';
      out_ += when_empty;
      finish_scalar();
    }
  }

  // In block style every scalar and every flow container ends its line.
  void finish_scalar() {
    if (in_flow()) return;
    if (!note_.empty()) out_ += "  # " + note_;
    note_.clear();
    out_ += '\n';
  }

  std::string out_;
  std::string note_;
  std::vector<Frame> frames_;
  bool after_key_ = false;
};

}  // namespace

std::unique_ptr<Emitter> make_yaml_emitter() {
  return std::make_unique<YamlEmitter>();
}

std::unique_ptr<Emitter> make_emitter(Format format) {
  return format == Format::json ? make_json_emitter() : make_yaml_emitter();
}

}  // namespace gridexit::codec
