#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/command_table.hpp"
#include "unit/app/fake_wiring.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " >/dev/null 2>&1").c_str()) == 0;
}

class Script {
 public:
  explicit Script(const std::string& text)
      : path_(std::filesystem::path(::testing::TempDir()) /
              ("gridexit-completion-" + std::to_string(::getpid()))) {
    std::ofstream(path_) << text;
  }
  ~Script() { std::filesystem::remove(path_); }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::string completion(const std::string& shell) {
  const auto ran = testing::run({"completion", shell});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  return ran.out;
}

// What bash would offer after these words; the last one is being typed.
std::string offered(const std::string& line) {
  const Script script(completion("bash"));
  const std::string command =
      "bash -c 'source " + script.path() + "; COMP_WORDS=(" + line +
      "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _gridexit; echo \"${COMPREPLY[@]}\"'";
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0);
  return out;
}

TEST(Completion, IsValidBash) {
  const Script script(completion("bash"));
  EXPECT_EQ(std::system(("bash -n " + script.path()).c_str()), 0);
}

TEST(Completion, IsValidZshAndFish) {
  for (const std::string shell : {"zsh", "fish"}) {
    const std::string text = completion(shell);
    EXPECT_THAT(text, HasSubstr("gridexit"));
    if (!has_program(shell)) continue;
    const Script script(text);
    EXPECT_EQ(std::system((shell + " -n " + script.path()).c_str()), 0) << shell;
  }
}

TEST(Completion, KnowsEveryCommand) {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    const std::string text = completion(shell);
    for (const app::Command& command : app::command_table()) {
      const std::string path(command.path);
      EXPECT_THAT(text, HasSubstr(path.substr(path.rfind(' ') + 1))) << shell;
    }
  }
}

TEST(Completion, SkipsOptionsWithTheirValues) {
  EXPECT_EQ(offered("gridexit --repo r eva"), "evaluate\n");
  EXPECT_EQ(offered("gridexit --repo = r eva"), "evaluate\n") << "as bash splits --repo=r";
  EXPECT_EQ(offered("gridexit -q eva"), "evaluate\n") << "a switch has no value";
  EXPECT_EQ(offered("gridexit -o json grid --repo evaluate sta"), "start\n");
  EXPECT_EQ(offered("gridexit grid start --reason stop --stop"), "--stop-loss\n");
}

TEST(Completion, OffersTheValuesThatThereAre) {
  EXPECT_EQ(offered("gridexit grid start --spacing a"), "arithmetic\n");
  EXPECT_EQ(offered("gridexit backtest --start = r"), "recorded\n");
  EXPECT_EQ(offered("gridexit -o = \"\""), "text json yaml\n");
  EXPECT_EQ(offered("gridexit schema grid"), "grid\n");
  EXPECT_EQ(offered("gridexit schema exit"), "exit_states exit_strategy_config\n");
  EXPECT_EQ(offered("gridexit completion f"), "fish\n");
  EXPECT_EQ(offered("gridexit backtest --shard \"\""), "auto\n");
  EXPECT_EQ(offered("gridexit --repo data decision act d e"), "executed\n");
  EXPECT_EQ(offered("gridexit grid start --lower \"\""), "\n") << "a number is the reader's";
}

TEST(Completion, OffersWhatFits) {
  EXPECT_EQ(offered("gridexit eva"), "evaluate\n");
  EXPECT_EQ(offered("gridexit grid st"), "start stop\n");
  EXPECT_EQ(offered("gridexit grid start --stop"), "--stop-loss\n");
  EXPECT_EQ(offered("gridexit evaluate -o j"), "json\n");
}

}  // namespace
}  // namespace gridexit
