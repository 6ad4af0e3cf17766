#include "server/storage/overlay.h"

#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::test {
namespace {

using Map = std::map<std::string, std::string>;

// No rows: what overlays are stacked upon here.
class NoRows final : public storage::Rows {
 public:
  absl::StatusOr<std::optional<std::string>> Get(std::string_view) const override {
    return std::nullopt;
  }
  std::unique_ptr<storage::Cursor> Walk(std::string_view, std::string_view) const override {
    class Nothing final : public storage::Cursor {
     public:
      bool Valid() const override { return false; }
      std::string_view key() const override { return ""; }
      std::string_view value() const override { return ""; }
      void Next() override {}
      void Seek(std::string_view) override {}
      absl::Status status() const override { return absl::OkStatus(); }
    };
    return std::make_unique<Nothing>();
  }
};

Map Read(const storage::Rows& rows, std::string_view begin, std::string_view end,
         std::string_view seek) {
  Map result;
  const auto cursor = rows.Walk(begin, end);
  for (cursor->Seek(seek); cursor->Valid(); cursor->Next()) {
    result.emplace(cursor->key(), cursor->value());
  }
  return result;
}

class OverlayTest : public ::testing::TestWithParam<int> {};

TEST_P(OverlayTest, ReadsLikeOneMap) {
  std::mt19937 random(static_cast<std::mt19937::result_type>(GetParam()));
  const auto key = [&] { return std::string(1, static_cast<char>('a' + random() % 12)); };
  const NoRows nothing;
  storage::Overlay group(nothing);
  Map expected;
  for (int round = 0; round < 30; ++round) {
    storage::Overlay write(group);
    for (std::size_t i = random() % 8; i > 0; --i) {
      const std::string changed = key();
      if (random() % 3 == 0) {
        write.Delete(changed);
        expected.erase(changed);
      } else {
        write.Put(changed, std::to_string(round));
        expected[changed] = std::to_string(round);
      }
    }
    const std::string begin = key();
    const std::string seek = std::max(begin, key());
    EXPECT_EQ(Read(write, "", "z", ""), expected) << "seed " << GetParam();
    EXPECT_EQ(Read(write, begin, "k", seek),
              seek < "k" ? Map(expected.lower_bound(seek), expected.lower_bound("k")) : Map());
    for (char c = 'a'; c < 'm'; ++c) {
      const auto it = expected.find(std::string(1, c));
      const auto value = write.Get(std::string(1, c));
      ASSERT_THAT(value, IsOk());
      EXPECT_EQ(value->has_value(), it != expected.end());
    }
    group.Absorb(write);
    EXPECT_EQ(Read(group, "", "z", ""), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, OverlayTest, ::testing::Range(1, 20));

}  // namespace
}  // namespace sild::test
