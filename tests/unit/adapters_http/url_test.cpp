#include "gridexit/adapters/http/url.hpp"

#include <gtest/gtest.h>

namespace gridexit::adapters::http {
namespace {

TEST(EncodeForm, EncodesAllButTheUnreserved) {
  EXPECT_EQ(encode_form({{"a", "x y&=+"}, {"b", "\xE2\x82\xAC-._~"}, {"c", ""}}),
            "a=x%20y%26%3D%2B&b=%E2%82%AC-._~&c=");
  EXPECT_EQ(encode_form({}), "");
}

TEST(WithoutSecrets, ShowsSchemeHostAndPathOnly) {
  EXPECT_EQ(without_secrets("https://user:pass@host:8443/a/b?token=1#x"), "https://host:8443/a/b");
  EXPECT_EQ(without_secrets("https://host?token=1"), "https://host");
  EXPECT_EQ(without_secrets("https://us@er:p@host"), "https://host");
  EXPECT_EQ(without_secrets("user:pass@host/path"), "an address");
}

TEST(Masked, HidesEveryOccurrence) {
  EXPECT_EQ(masked("abcd and abcdabcd", "abcd"), "*** and ******");
  EXPECT_EQ(masked("nothing here", "abcd"), "nothing here");
  // An empty or tiny secret would hide all text, or never end.
  EXPECT_EQ(masked("aaa", ""), "aaa");
  EXPECT_EQ(masked("aaa", "a"), "aaa");
}

}  // namespace
}  // namespace gridexit::adapters::http
