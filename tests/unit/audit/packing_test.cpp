// Packing a real repository: everything stays readable, nothing stays twice, and a killed packing
// leaves a repository that the next one brings in order.

#include <gtest/gtest.h>

#include <filesystem>

#include "unit/audit/history_fixture.hpp"

namespace gridexit {
namespace {

class Packing : public testing::HistoryFixture {
 protected:
  /// Unpacks everything, as a repository of another git may be.
  void make_loose() const {
    const std::string packs = folder / "packs";
    std::filesystem::rename(path_ + "/objects/pack", packs);
    std::filesystem::create_directory(path_ + "/objects/pack");
    for (const auto& file : std::filesystem::directory_iterator(packs)) {
      if (file.path().extension() == ".pack")
        git(path_, "unpack-objects -q < " + file.path().string());
    }
  }

  void damage_packs() const {
    for (const auto& file : std::filesystem::directory_iterator(path_ + "/objects/pack")) {
      if (file.path().extension() != ".pack") continue;
      std::filesystem::permissions(file.path(), std::filesystem::perms::owner_all);
      testing_support::run_command("dd if=/dev/zero of=" + file.path().string() +
                                   " bs=1 seek=2000 count=4000 conv=notrunc 2>/dev/null");
    }
  }
};

TEST_F(Packing, PutsTheHoursTogetherAndKeepsEverything) {
  run_hours(3);
  const auto before = store_->size();
  ASSERT_TRUE(before) << before.error().text();
  EXPECT_EQ(before->packs, 4) << "the configuration and three hours";
  EXPECT_EQ(before->small_packs, 4);
  EXPECT_EQ(before->loose_objects, 0);
  const auto packed = store_->pack({});
  ASSERT_TRUE(packed) << packed.error().text();
  EXPECT_GT(packed->packed_objects, 60);
  const auto after = store_->size();
  EXPECT_EQ(after->packs, 1);
  EXPECT_EQ(after->loose_objects, 0);
  EXPECT_LT(after->pack_bytes, before->pack_bytes);
  expect_sound(path_);
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(Packing, ASinglePackStaysAsItIs) {
  run_hours(2);
  ASSERT_GT(store_->pack({})->packed_objects, 0);
  EXPECT_EQ(store_->pack({})->packed_objects, 0);
  EXPECT_EQ(store_->size()->packs, 1);
  run_hours(1);
  EXPECT_GT(store_->pack({})->packed_objects, 0);
  EXPECT_EQ(store_->size()->packs, 1);
  expect_sound(path_);
}

TEST_F(Packing, LooseObjectsOfAnotherGitArePackedToo) {
  run_hours(2);
  make_loose();
  const int loose = store_->size()->loose_objects;
  ASSERT_GT(loose, 40);
  const auto packed = store_->pack({});
  ASSERT_TRUE(packed) << packed.error().text();
  EXPECT_EQ(packed->packed_objects, loose);
  EXPECT_EQ(packed->removed_objects, loose);
  EXPECT_EQ(store_->size()->loose_objects, 0);
  expect_sound(path_);
}

TEST_F(Packing, GoesOnWhereABoundEndedIt) {
  run_hours(2);
  make_loose();
  for (int left = store_->size()->loose_objects; left > 0;) {
    const auto packed = store_->pack({.objects_max = 25});
    ASSERT_TRUE(packed) << packed.error().text();
    const int now = store_->size()->loose_objects;
    ASSERT_LT(now, left);
    if (now > 0) {
      EXPECT_EQ(packed->packed_objects, 25);
    }
    left = now;
    expect_sound(path_);
  }
  EXPECT_TRUE(verify().findings.empty()) << text_of(verify());
}

TEST_F(Packing, ABoundHoldsForSmallPacksToo) {
  run_hours(5);
  for (int packs = store_->size()->packs; packs > 1; --packs) {
    ASSERT_TRUE(store_->pack({.objects_max = 1})) << "two at a time, or nothing would be gained";
    ASSERT_EQ(store_->size()->packs, packs - 1);
    expect_sound(path_);
  }
}

TEST_F(Packing, EndsWhenTheRunIsAskedToEndAndLeavesTheRestToTheNext) {
  run_hours(2);
  make_loose();
  const auto asked_to_end = open_with({.path = path_, .stop_requested = [] { return true; }});
  const auto ended = asked_to_end->pack({});
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::deadline_exceeded);
  EXPECT_TRUE(store_->recover()->empty()) << "nothing half-written";
  expect_sound(path_);
  ASSERT_TRUE(store_->pack({}));
  EXPECT_EQ(store_->size()->loose_objects, 0);
  expect_sound(path_);
}

TEST_F(Packing, EndsWhenItsTimeIsOver) {
  run_hours(1);
  const auto ended = store_->pack({.seconds_max = 0});
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().code, ErrorCode::deadline_exceeded);
  expect_sound(path_);
}

TEST_F(Packing, ALooseObjectIsKeptWhenItsPackIsDamaged) {
  run_hours(1);
  make_loose();
  const std::string loose = folder / "loose";
  std::filesystem::copy(path_ + "/objects", loose, std::filesystem::copy_options::recursive);
  ASSERT_TRUE(store_->pack({}));
  // The packing was killed before it removed anything, and the disk lost the pack's middle.
  std::filesystem::copy(
      loose, path_ + "/objects",
      std::filesystem::copy_options::recursive | std::filesystem::copy_options::skip_existing);
  damage_packs();
  const auto again = open(path_)->pack({});
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_GT(open(path_)->size()->loose_objects, 0);
}

TEST_F(Packing, AKillBetweenAPackAndItsIndexIsRecoveredFrom) {
  run_hours(1);
  testing_support::write_file(path_ + "/objects/pack/pack-0123456789.idx", "an index alone");
  EXPECT_EQ(store_->recover().value(),
            std::vector<std::string>{"objects/pack/pack-0123456789.idx"});
  expect_sound(path_);
}

TEST_F(Packing, LeftoversOfAKilledPackingAreRemoved) {
  run_hours(1);
  testing_support::write_file(path_ + "/objects/pack/pack_git2_123", "half a pack");
  ASSERT_TRUE(store_->recover());
  ASSERT_TRUE(store_->pack({}));
  EXPECT_FALSE(std::filesystem::exists(path_ + "/objects/pack/pack_git2_123"));
  expect_sound(path_);
}

}  // namespace
}  // namespace gridexit
