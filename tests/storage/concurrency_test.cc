#include <atomic>
#include <thread>

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

// Also run under ThreadSanitizer.
class ConcurrencyTest : public StoreTest {
 protected:
  static constexpr int kThreads = 8;

  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  }

  // Runs `work(0)` to `work(kThreads - 1)` at once.
  static void RunThreads(const std::function<void(int)>& work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads.emplace_back(work, i);
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
  }
};

TEST_F(ConcurrencyTest, CounterLosesNoIncrement) {
  constexpr int kIncrements = 25;
  ASSERT_THAT(Put(MakeUnit("a", "counter", "0")), IsOk());
  std::atomic<int> successes = 0;
  RunThreads([&](int) {
    for (int i = 0; i < kIncrements; ++i) {
      const auto seen = view()->GetUnit({"a", "counter"});
      const auto result = Write([&](storage::Transaction& write) -> absl::Status {
        SILD_TRY(TranslationUnit unit, write.GetUnit({"a", "counter"}));
        if (unit.revision != seen->revision) {
          return absl::AbortedError("etag is stale");
        }
        std::string& text = unit.variants[0].segment.text;
        text = std::to_string(std::stoi(text) + 1);
        return write.Put(std::move(unit));
      });
      successes += result.ok() ? 1 : 0;
    }
  });
  EXPECT_GE(successes.load(), kIncrements);
  EXPECT_EQ(Text("a", "counter"), std::to_string(successes.load()));
}

TEST_F(ConcurrencyTest, WritersReadTheirOwnWrites) {
  RunThreads([&](int thread) {
    for (int i = 0; i < 20; ++i) {
      const std::string id = std::to_string(thread) + "-" + std::to_string(i);
      const auto written = Put(MakeUnit("a", id, "sild"));
      ASSERT_THAT(written, IsOk());
      const auto seen = view();
      EXPECT_GE(seen->revision(), written->revision);
      EXPECT_THAT(seen->GetUnit({"a", id}), IsOk());
    }
  });
  EXPECT_EQ(view()->CountUnits({"a"})->total, kThreads * 20);
}

TEST_F(ConcurrencyTest, ReadersSeeWholeEventsOnly) {
  const auto put_pair = [](const std::string& text) {
    return [text](storage::Transaction& write) {
      SILD_CHECK_OK(write.Put(MakeUnit("a", "left", text)));
      return write.Put(MakeUnit("a", "right", text));
    };
  };
  ASSERT_THAT(Write(put_pair("0")), IsOk());
  std::atomic<int> writers = kThreads / 2;
  RunThreads([&](int thread) {
    if (thread % 2 == 0) {
      for (int i = 0; i < 20; ++i) {
        EXPECT_THAT(Write(put_pair(std::to_string(thread * 100 + i))), IsOk());
      }
      --writers;
    }
    while (writers > 0) {
      const auto seen = view();
      EXPECT_EQ(seen->GetUnit({"a", "left"})->variants[0].segment.text,
                seen->GetUnit({"a", "right"})->variants[0].segment.text);
    }
  });
}

TEST_F(ConcurrencyTest, SameRequestAtOnceIsDoneOnce) {
  std::atomic<int> runs = 0;
  std::atomic<int> first_answers = 0;
  RunThreads([&](int) {
    const auto result = store().Write({.actor = "Mari", .request_id = "r", .fingerprint = 1},
                                      [&](storage::Transaction& write) {
                                        ++runs;
                                        return write.Put(MakeUnit("a", "u", "sild"));
                                      });
    ASSERT_THAT(result, IsOk());
    EXPECT_EQ(result->changes.size(), 1U);
    first_answers += result->replayed ? 0 : 1;
  });
  EXPECT_EQ(runs.load(), 1);
  EXPECT_EQ(first_answers.load(), 1);
}

TEST_F(ConcurrencyTest, FailedPlansDoNotDisturbTheirGroup) {
  std::atomic<int> stored = 0;
  RunThreads([&](int thread) {
    for (int i = 0; i < 20; ++i) {
      const std::string id = std::to_string(thread) + "-" + std::to_string(i);
      const bool fails = i % 2 == 1;
      const auto result = Write([&](storage::Transaction& write) -> absl::Status {
        SILD_CHECK_OK(write.Put(MakeUnit("a", id, "sild")));
        return fails ? absl::AbortedError("no") : absl::OkStatus();
      });
      EXPECT_EQ(result.ok(), !fails);
      stored += result.ok() ? 1 : 0;
    }
  });
  EXPECT_EQ(static_cast<int>(Ids("a").size()), stored.load());
  Reopen();
  EXPECT_EQ(static_cast<int>(Ids("a").size()), stored.load());
}

TEST_F(ConcurrencyTest, EverythingAtOnce) {
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(Put(MakeUnit("a", std::to_string(i), "sild")), IsOk());
  }
  RunThreads([&](int thread) {
    for (int i = 0; i < 10; ++i) {
      const std::string memory = "m" + std::to_string(thread);
      EXPECT_THAT(Put(MakeMemory(memory)), IsOk());
      EXPECT_THAT(Put(MakeUnit(memory, "u", "sild")), IsOk());
      EXPECT_THAT(Write([&](storage::Transaction& write) {
                    return write.CountUse({"a", std::to_string(thread)}, "");
                  }),
                  IsOk());
      const std::uint64_t listener = store().AddListener([] {});
      if (thread < 2) {
        auto load = store().BeginBulkLoad({}, {memory});
        ASSERT_THAT(load, IsOk());
        EXPECT_THAT((*load)->Add(MakeUnit(memory, "loaded", "sild")), IsOk());
        EXPECT_THAT((*load)->Finish(), IsOk());
      }
      EXPECT_THAT(view()->ReadChanges(view()->oldest_revision(), 0, 100'000), IsOk());
      EXPECT_THAT(Write([&](storage::Transaction& write) {
                    return write.Purge(UnitName{memory, "u"});
                  }),
                  IsOk());
      EXPECT_THAT(Delete(MemoryName{memory}), IsOk());
      store().RemoveListener(listener);
      EXPECT_THAT(store().Stats(), IsOk());
    }
  });
  Reopen();
  EXPECT_EQ(view()->GetUnit({"a", "0"})->usage_count, 10);
  EXPECT_EQ(store().Stats()->memory_count, 1);
}

}  // namespace
}  // namespace sild::test
