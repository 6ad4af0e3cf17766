#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class IdempotencyTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  }

  // Writes a new unit with a request id.
  absl::StatusOr<storage::WriteResult> Create(const std::string& request_id,
                                              std::uint64_t fingerprint, const std::string& unit) {
    return store().Write({.actor = "Mari", .request_id = request_id, .fingerprint = fingerprint},
                         [unit](storage::Transaction& write) {
                           if (write.GetUnit({"a", unit}).ok()) {
                             return absl::AlreadyExistsError("the plan ran twice");
                           }
                           return write.Put(MakeUnit("a", unit, "sild"));
                         });
  }
};

TEST_F(IdempotencyTest, RetryGivesTheFirstResult) {
  const auto first = Create("r", 1, "u");
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "muudetud")), IsOk());
  const auto retry = Create("r", 1, "u");
  ASSERT_THAT(retry, IsOk());
  EXPECT_FALSE(first->replayed);
  EXPECT_TRUE(retry->replayed);
  EXPECT_EQ(retry->revision, first->revision);
  ASSERT_THAT(retry->changes, SizeIs(1));
  EXPECT_EQ(std::get<TranslationUnit>(retry->changes[0].resource),
            std::get<TranslationUnit>(first->changes[0].resource));
}

TEST_F(IdempotencyTest, RetryIsKnownAfterReopening) {
  const auto first = Create("r", 1, "u");
  ASSERT_THAT(first, IsOk());
  Reopen();
  const auto retry = Create("r", 1, "u");
  ASSERT_THAT(retry, IsOk());
  EXPECT_TRUE(retry->replayed);
}

TEST_F(IdempotencyTest, AnotherRequestWithTheSameIdIsRefused) {
  ASSERT_THAT(Create("r", 1, "u"), IsOk());
  EXPECT_THAT(Create("r", 2, "v"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("request_id")));
}

TEST_F(IdempotencyTest, FailedRequestMayBeTriedAgain) {
  ASSERT_THAT(Create("other", 1, "u"), IsOk());
  ASSERT_FALSE(Create("r", 1, "u").ok());
  EXPECT_THAT(Create("r", 1, "v"), IsOk());
}

TEST_F(IdempotencyTest, IdsAreForgottenAfterTheWindow) {
  ASSERT_THAT(Create("r", 1, "u"), IsOk());
  now_ += options_.idempotency_window;
  EXPECT_THAT(Create("r", 2, "v"), IsOk());
  const auto retry = Create("r", 2, "v");  // The sweep of the old one leaves the new one.
  ASSERT_THAT(retry, IsOk());
  EXPECT_TRUE(retry->replayed);
}

TEST_F(IdempotencyTest, SweepingDeletesTheRows) {
  for (int i = 0; i < 100; ++i) {
    ASSERT_THAT(Create("r" + std::to_string(i), 1, "u" + std::to_string(i)), IsOk());
  }
  now_ += options_.idempotency_window;
  for (int i = 0; i < 20; ++i) {
    ASSERT_THAT(Put(MakeUnit("a", "later", "sild")), IsOk());
  }
  // Even if the clock is set back the ids are gone.
  now_ -= options_.idempotency_window;
  ASSERT_THAT(Delete(UnitName{"a", "u0"}), IsOk());
  const auto again = Create("r0", 1, "u0");
  ASSERT_THAT(again, IsOk());
  EXPECT_FALSE(again->replayed);
}

}  // namespace
}  // namespace sild::test
