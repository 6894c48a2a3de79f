// To whom a token may be shown.

#include "adapters/git/session.hpp"

#include <gtest/gtest.h>

namespace gridexit::adapters::git {
namespace {

TEST(Session, TheTokenGoesWhereNobodyReadsItOnTheWay) {
  for (const char* url : {"https://git.example/data.git", "HTTPS://git.example/data.git",
                          "http://localhost:3000/data.git", "http://127.0.0.1/data.git",
                          "http://bot@127.8.8.8:80/data.git", "http://[::1]:3000/data.git"}) {
    EXPECT_FALSE(is_readable_on_the_way(url)) << url;
  }
  for (const char* url :
       {"http://git.example/data.git", "HTTP://git.example/data.git",
        "http://127.evil.example/data.git", "http://127.0.0.1@git.example/data.git",
        "http://localhost.example:80/data.git", "http://10.0.0.7", "http://"}) {
    EXPECT_TRUE(is_readable_on_the_way(url)) << url;
  }
}

}  // namespace
}  // namespace gridexit::adapters::git
