#include "app/output.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "unit/app/samples.hpp"

namespace gridexit {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace testing;

// A standard output that takes nothing.
class Broken final : public std::streambuf {
 public:
  explicit Broken(int why) : why_(why) {}

 private:
  int_type overflow(int_type) override {
    errno = why_;
    return traits_type::eof();
  }
  int why_;
};

Ran run_into(int why, FakeWiring& wiring, const std::vector<std::string>& args) {
  Broken broken(why);
  std::ostream out(&broken);
  std::ostringstream err;
  const app::Streams streams{out, err, false, false, 80};
  const int code = app::run(args, streams, wiring);
  return {code, "", err.str()};
}

TEST(Output, AResultThatCannotBeWrittenIsAFailure) {
  FakeWiring wiring;
  put_configuration(wiring.store);
  put(wiring.store, sample_grid());
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"schema"},
        {"schema", "grid"},
        {"completion", "bash"},
        {"evaluate", "--help"},
        {"--version"},
        {"grid", "list", "--repo", "data"},
        {"grid", "show", "eth-grid-1", "--repo", "data", "-o", "yaml"},
        {"config", "show", "--repo", "data", "-o", "json"}}) {
    const auto ran = run_into(ENOSPC, wiring, args);
    EXPECT_EQ(ran.code, 1) << args.front();
    EXPECT_THAT(ran.err, HasSubstr("could not be written to standard output: No space left on "
                                   "device"));
  }
}

TEST(Output, AWorseFailureKeepsItsCode) {
  FakeWiring wiring;
  wiring.files["bad.yaml"] = "grid_id: x\n";
  const auto ran = run_into(ENOSPC, wiring, {"grid", "validate", "bad.yaml", "-o", "json"});
  EXPECT_EQ(ran.code, 2);
}

TEST(Output, AReaderThatHasSeenEnoughIsNone) {
  FakeWiring wiring;
  const auto ran = run_into(EPIPE, wiring, {"schema", "grid"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.err, IsEmpty());
}

class ForeignText : public ::testing::Test {
 protected:
  ForeignText() {
    Grid grid = sample_grid();
    grid.history.back().reason =
        "\x1b]0;title\x07 and \x1b[2J and \xc2\x9b"
        "8m\r, caf\xc3\xa9";
    put(wiring_.store, grid);
  }
  Ran show(const std::vector<std::string>& extra) {
    std::vector<std::string> args{"grid", "show", "eth-grid-1", "--repo", "data"};
    args.insert(args.end(), extra.begin(), extra.end());
    return testing::run(wiring_, args);
  }
  FakeWiring wiring_;
};

TEST_F(ForeignText, ReachesNoTerminalWithControlCharacters) {
  const std::string shown = "\\x1b]0;title\\x07 and \\x1b[2J and \\x9b8m\\x0d, caf\xc3\xa9\n";
  EXPECT_THAT(show({}).out, HasSubstr(shown));
  const auto colored = show({"--color", "always"});
  EXPECT_THAT(colored.out, HasSubstr(shown));
  EXPECT_THAT(colored.out, HasSubstr("\x1b[1meth-grid-1\x1b[0m")) << "our own colours stay";
}

TEST_F(ForeignText, StaysAsItIsForScripts) {
  const auto read = codec::read<Grid>(show({"-o", "yaml"}).out, "shown");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_THAT(read->document.history.back().reason, HasSubstr("\x1b[2J"));
}

TEST_F(ForeignText, IsNoDangerInAnErrorEither) {
  EXPECT_THAT(testing::run(wiring_, {"grid", "show", "a\x1b[2J", "--repo", "data"}).err,
              HasSubstr("a\\x1b[2J"));
}

}  // namespace
}  // namespace gridexit
