// JSON with two spaces of indent; flow containers on one line without blanks, so that a candle is a
// line.
#include <cassert>

#include "emitter.hpp"

namespace gridexit::codec {
namespace {

class JsonEmitter final : public Emitter {
 public:
  void begin_map(Style style) override { begin('{', '}', style); }
  void end_map() override { end(); }
  void begin_list(Style style) override { begin('[', ']', style); }
  void end_list() override { end(); }

  void key(std::string_view name) override {
    lead();
    out_ += quote(name);
    out_ += in_flow() ? ":" : ": ";
    after_key_ = true;
  }

  void plain(std::string_view text) override {
    lead();
    out_ += text;
  }

  void string(std::string_view text) override {
    lead();
    out_ += quote(text);
  }

  void comment(std::string_view) override {}
  void note(std::string_view) override {}

  std::string take() override {
    out_ += '\n';
    return std::move(out_);
  }

 private:
  struct Frame {
    char close = '}';
    bool flow = false;
    bool empty = true;
  };

  bool in_flow() const { return !frames_.empty() && frames_.back().flow; }

  void new_line() {
    out_ += '\n';
    out_.append(frames_.size() * 2, ' ');
  }

  void lead() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (frames_.empty()) return;
    Frame& frame = frames_.back();
    if (!frame.empty) out_ += ',';
    frame.empty = false;
    if (!frame.flow) new_line();
  }

  void begin(char open, char close, Style style) {
    const bool flow = style == Style::flow || in_flow();
    lead();
    out_ += open;
    frames_.push_back({close, flow, true});
  }

  void end() {
    assert(!frames_.empty());
    const Frame frame = frames_.back();
    frames_.pop_back();
    if (!frame.flow && !frame.empty) new_line();
    out_ += frame.close;
  }

  std::string out_;
  std::vector<Frame> frames_;
  bool after_key_ = false;
};

}  // namespace

std::unique_ptr<Emitter> make_json_emitter() {
  return std::make_unique<JsonEmitter>();
}

}  // namespace gridexit::codec
