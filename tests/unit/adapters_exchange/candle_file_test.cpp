#include "gridexit/adapters/exchange/candle_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "support/process.hpp"
#include "support/temporary_folder.hpp"

namespace gridexit::adapters {
namespace {

using testing_support::TemporaryFolder;
using testing_support::write_file;

const std::string kHeader = "time,open,high,low,close,volume,turnover\n";

TEST(ParseCandleCsv, ReadsColumnsByTheirMeaning) {
  const auto series = parse_candle_csv(
      kHeader + "1699538400,1920.67,1992.79,1920.5,1985.84,9161.5,\r\n1699542000,1,4,0.5,2,0,7.5",
      "x.csv");
  ASSERT_TRUE(series) << series.error().text();
  ASSERT_EQ(series->size(), 2U);
  EXPECT_EQ(series->at(0),
            (Candle{UtcTime{Seconds{1699538400}}, 1920.67, 1992.79, 1920.5, 1985.84, 9161.5}));
  EXPECT_EQ(series->at(1), (Candle{UtcTime{Seconds{1699542000}}, 1, 4, 0.5, 2, 0}));
}

TEST(ParseCandleCsv, LeavesWhatRowsSayTogetherToTheIntegrityGate) {
  // Descending, duplicated, misaligned, high below low.
  const auto series =
      parse_candle_csv(kHeader + "7200,1,1,1,1,1,\n7200,2,2,2,2,1,\n3601,1,1,9,1,1,\n", "x.csv");
  ASSERT_TRUE(series);
  EXPECT_EQ(series->size(), 3U);
  EXPECT_EQ(series->at(2).open_time, UtcTime{Seconds{3601}});
}

TEST(ParseCandleCsv, NamesFileLineColumnAndValue) {
  struct Case {
    std::string row;
    std::string said;
  };
  for (const Case& wrong : {
           Case{"1,2,3,4,5,6", "does not have 7 columns"},
           Case{"1,2,3,4,5,6,7,8", "does not have 7 columns"},
           Case{"", "does not have 7 columns"},
           Case{"x,1,1,1,1,1,", "time \"x\""},
           Case{"-1,1,1,1,1,1,", "time \"-1\""},
           Case{"9999999999999,1,1,1,1,1,", "time \"9999999999999\""},
           Case{"1,nan,1,1,1,1,", "open \"nan\""},
           Case{"1,1,inf,1,1,1,", "high \"inf\""},
           Case{"1,1,1,0,1,1,", "low \"0\""},
           Case{"1,1,1,1,-3,1,", "close \"-3\""},
           Case{"1,1,1,1, 1,1,", "close \" 1\""},
           Case{"1,1,1,1,1,-1,", "volume \"-1\""},
           Case{"1,1,1,1,1,,", "volume \"\""},
           Case{"1,1,1,1,1,1,x", "turnover \"x\""},
       }) {
    const auto series = parse_candle_csv(
        kHeader + "3600,1,1,1,1,1,\n" + wrong.row + "\n7200,1,1,1,1,1,", "dir/x.csv");
    ASSERT_FALSE(series) << wrong.row;
    EXPECT_EQ(series.error().code, ErrorCode::data_unusable);
    EXPECT_EQ(series.error().message.rfind("dir/x.csv:3: ", 0), 0U) << series.error().message;
    EXPECT_NE(series.error().message.find(wrong.said), std::string::npos) << series.error().message;
    EXPECT_FALSE(series.error().hint.empty());
  }
}

TEST(ParseCandleCsv, DemandsTheHeader) {
  for (const char* text :
       {"", "\n", "1,2,3,4,5,6,7\n", "time,open,close,high,low,volume,turnover\n"}) {
    const auto series = parse_candle_csv(text, "x.csv");
    ASSERT_FALSE(series) << text;
    EXPECT_EQ(series.error().message.rfind("x.csv:1: ", 0), 0U);
  }
}

TEST(ParseCandleCsv, ShowsNoControlCharacters) {
  const auto series = parse_candle_csv(kHeader + "1,\x1b[31m,1,1,1,1,\n", "x.csv");
  ASSERT_FALSE(series);
  EXPECT_EQ(series.error().message.find('\x1b'), std::string::npos);
}

class CandleFileTest : public testing::Test {
 protected:
  std::string plain() { return folder_ / "ETH-USDT_1h.csv"; }
  std::string compressed() { return plain() + ".gz"; }
  void write_compressed(std::size_t rows) {
    std::string text = kHeader;
    for (std::size_t i = 0; i < rows; ++i) {
      text +=
          std::to_string(3600 * (i + 1)) + ",1.5,2,1,1." + std::to_string(i % 997 + 1) + ",3,\n";
    }
    write_file(plain(), text);
    ASSERT_EQ(testing_support::run_command("gzip -f " + plain()).status, 0);
  }

  TemporaryFolder folder_;
};

TEST_F(CandleFileTest, ReadsGzip) {
  write_compressed(20'000);
  const auto series = load_candle_file(compressed());
  ASSERT_TRUE(series) << series.error().text();
  EXPECT_EQ(series->size(), 20'000U);
}

TEST_F(CandleFileTest, RefusesACutOrDamagedGzip) {
  write_compressed(20'000);
  const std::string whole = testing_support::read_file(compressed());
  for (const std::size_t size :
       {whole.size() - 1, whole.size() - 9, whole.size() / 2, std::size_t{30}}) {
    write_file(compressed(), whole.substr(0, size));
    const auto series = load_candle_file(compressed());
    ASSERT_FALSE(series) << size << " of " << whole.size();
    EXPECT_EQ(series.error().code, ErrorCode::data_unusable);
  }
  std::string damaged = whole;
  damaged[whole.size() / 2] = static_cast<char>(damaged[whole.size() / 2] ^ 0x55);
  write_file(compressed(), damaged);
  EXPECT_FALSE(load_candle_file(compressed()));
}

TEST_F(CandleFileTest, SaysWhenThereIsNoSuchFile) {
  const auto series = load_candle_file(folder_ / "none.csv");
  ASSERT_FALSE(series);
  EXPECT_EQ(series.error().code, ErrorCode::data_unavailable);
}

}  // namespace
}  // namespace gridexit::adapters
