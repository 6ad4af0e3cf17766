#include "server/storage/committer.h"

#include <csignal>
#include <deque>

#include <sys/resource.h>

#include "server/storage/database.h"
#include "server/storage/embedded_log.h"
#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::HasSubstr;

// A log that answers as told, and otherwise as the embedded one. It also keeps what it was given.
class ScriptedLog final : public storage::EventLog {
 public:
  explicit ScriptedLog(rocksdb::DB& db) : log_(db) {}

  absl::Status Append(Revision expected_head, std::span<const storage::Event> events,
                      rocksdb::WriteBatch& state) override {
    heads.push_back(expected_head);
    if (!answers.empty()) {
      const absl::Status answer = answers.front();
      answers.pop_front();
      return answer;
    }
    for (const storage::Event& event : events) {
      revisions.push_back(event.revision);
      change_counts.push_back(event.changes.size());
    }
    return log_.Append(expected_head, events, state);
  }

  std::deque<absl::Status> answers;
  std::vector<Revision> heads;
  std::vector<Revision> revisions;
  std::vector<std::size_t> change_counts;

 private:
  storage::EmbeddedLog log_;
};

class CommitterTest : public ::testing::Test {
 protected:
  CommitterTest() {
    options_.directory = directory_.path();
    options_.block_cache_bytes = 1U << 20;
    auto database = storage::OpenDatabase(options_);
    EXPECT_THAT(database, IsOk());
    database_ = *std::move(database);
    log_ = std::make_unique<ScriptedLog>(*database_.db);
    indexes_ = std::make_unique<storage::IndexKeeper>(*database_.db, options_);
    publisher_ = std::make_unique<storage::Publisher>(
        storage::StoredView::Take(*database_.db, indexes_.get()).value());
    committer_ = std::make_unique<storage::Committer>(
        *database_.db, *log_, *publisher_, *indexes_, options_,
        [](const storage::Overlay&, rocksdb::SequenceNumber) {});
  }

  absl::StatusOr<storage::WriteResult> PutMemory(const std::string& id) {
    return committer_->Write({}, [id, this](storage::Transaction& write) {
      ++runs_;
      return write.Put(MakeMemory(id));
    });
  }

  TempDir directory_;
  storage::StoreOptions options_;
  storage::Database database_;
  std::unique_ptr<ScriptedLog> log_;
  std::unique_ptr<storage::IndexKeeper> indexes_;
  std::unique_ptr<storage::Publisher> publisher_;
  std::unique_ptr<storage::Committer> committer_;
  int runs_ = 0;
};

TEST_F(CommitterTest, GivesTheLogEachEventWithItsChanges) {
  ASSERT_THAT(PutMemory("a"), IsOk());
  const auto result = committer_->Write({}, [](storage::Transaction& write) {
    SILD_CHECK_OK(write.Put(MakeUnit("a", "u", "sild")));
    return write.Put(MakeUnit("a", "v", "sild"));
  });
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(log_->revisions.back(), result->revision);
  EXPECT_EQ(log_->heads.back().value, result->revision.value - 1);
  EXPECT_EQ(log_->change_counts, (std::vector<std::size_t>{1, 2}));
}

TEST_F(CommitterTest, RunsThePlanAgainIfAnotherWriterWasFirst) {
  log_->answers = {absl::AbortedError("head moved"), absl::AbortedError("head moved")};
  EXPECT_THAT(PutMemory("a"), IsOk());
  EXPECT_EQ(runs_, 3);
  EXPECT_THAT(publisher_->view()->GetMemory({"a"}), IsOk());
}

TEST_F(CommitterTest, GivesUpIfOthersAreAlwaysFirst) {
  log_->answers.assign(100, absl::AbortedError("head moved"));
  EXPECT_THAT(PutMemory("a"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("try again")));
  log_->answers.clear();
  EXPECT_THAT(PutMemory("a"), IsOk());
}

TEST_F(CommitterTest, TakesNoMoreWritesOnceTheLogRefused) {
  ASSERT_THAT(PutMemory("a"), IsOk());
  log_->answers = {absl::InternalError("disk")};
  EXPECT_THAT(PutMemory("b"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("restart")));
  EXPECT_THAT(PutMemory("c"), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("restart")));
  EXPECT_EQ(log_->revisions.size(), 1U);
  EXPECT_THAT(publisher_->view()->GetMemory({"a"}), IsOk());
}

TEST_F(CommitterTest, PlansErrorStaysWhenTheLogRefuses) {
  log_->answers = {absl::InternalError("disk")};
  EXPECT_THAT(
      committer_->Write({}, [](storage::Transaction&) { return absl::AbortedError("stale"); }),
      StatusIs(absl::StatusCode::kAborted, HasSubstr("stale")));
}

// A disk that is full, as far as this process can tell: no file may grow beyond a size.
class FullDiskTest : public StoreTest {
 protected:
  void LimitFiles(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  void TearDown() override { LimitFiles(RLIM_INFINITY); }
};

TEST_F(FullDiskTest, ReadsGoOnAndNothingAcknowledgedIsLost) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  LimitFiles(20'000);
  std::vector<std::string> acknowledged;
  absl::Status status;
  for (int i = 10; status.ok() && i < 100; ++i) {
    const std::string id = "u" + std::to_string(i);
    status = Put(MakeUnit("a", id, std::string(300, 'x'))).status();
    if (status.ok()) {
      acknowledged.push_back(id);
    }
  }
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr("restart")));
  EXPECT_GT(acknowledged.size(), 3U);
  EXPECT_EQ(Ids("a"), acknowledged);
  LimitFiles(RLIM_INFINITY);
  EXPECT_THAT(Put(MakeMemory("b")), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("restart")));
  Reopen();
  EXPECT_EQ(Ids("a"), acknowledged);
  EXPECT_THAT(Put(MakeUnit("a", "next", "sild")), IsOk());
}

}  // namespace
}  // namespace sild::test
