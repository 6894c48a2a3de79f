// Packing a real repository: everything stays readable, nothing stays twice, and a killed packing
// leaves a repository that the next one brings in order.

#include <gtest/gtest.h>

#include <filesystem>

#include "unit/audit/history_fixture.hpp"

namespace gridexit {
namespace {

using Packing = testing::HistoryFixture;

TEST_F(Packing, PacksWhatIsLooseAndKeepsEverything) {
  run_hours(3);
  const auto before = store_->size();
  ASSERT_TRUE(before) << before.error().text();
  EXPECT_EQ(before->packs, 0);
  EXPECT_GT(before->loose_objects, 60);
  const auto packed = store_->pack();
  ASSERT_TRUE(packed) << packed.error().text();
  EXPECT_EQ(packed->packed_objects, before->loose_objects);
  EXPECT_EQ(packed->removed_objects, before->loose_objects);
  const auto after = store_->size();
  EXPECT_EQ(after->packs, 1);
  EXPECT_EQ(after->loose_objects, 0);
  EXPECT_LT(after->pack_bytes, before->loose_bytes);
  expect_sound(path_);
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(Packing, TheSecondPackHoldsOnlyWhatIsNew) {
  run_hours(2);
  ASSERT_TRUE(store_->pack());
  run_hours(1);
  const auto loose = store_->size()->loose_objects;
  EXPECT_EQ(store_->pack()->packed_objects, loose);
  EXPECT_EQ(store_->pack()->packed_objects, 0);
  EXPECT_EQ(store_->size()->packs, 2);
  expect_sound(path_);
}

TEST_F(Packing, ALooseObjectIsKeptWhenItsPackIsDamaged) {
  run_hours(1);
  const std::string loose = folder / "loose";
  std::filesystem::copy(path_ + "/objects", loose, std::filesystem::copy_options::recursive);
  ASSERT_TRUE(store_->pack());
  // The packing was killed before it removed anything, and the disk lost the pack's middle.
  std::filesystem::copy(
      loose, path_ + "/objects",
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::skip_existing);
  for (const auto& file : std::filesystem::directory_iterator(path_ + "/objects/pack")) {
    if (file.path().extension() != ".pack") continue;
    std::filesystem::permissions(file.path(), std::filesystem::perms::owner_all);
    testing_support::run_command("dd if=/dev/zero of=" + file.path().string() +
                                 " bs=1 seek=2000 count=4000 conv=notrunc 2>/dev/null");
  }
  const auto again = open(path_)->pack();
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_LT(again->removed_objects, open(path_)->size()->loose_objects + again->removed_objects);
  EXPECT_GT(open(path_)->size()->loose_objects, 0);
}

TEST_F(Packing, LeftoversOfAKilledPackingAreRemoved) {
  run_hours(1);
  testing_support::write_file(path_ + "/objects/pack/pack_git2_123", "half a pack");
  ASSERT_TRUE(store_->recover());
  ASSERT_TRUE(store_->pack());
  EXPECT_FALSE(std::filesystem::exists(path_ + "/objects/pack/pack_git2_123"));
  expect_sound(path_);
}

}  // namespace
}  // namespace gridexit
