#include <chrono>
#include <latch>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "include/sild/client.h"
#include "tests/client/fake_server.h"
#include "tests/support/status_matchers.h"

namespace sild::client {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::SizeIs;

using ImportStream = grpc::ServerReaderWriter<v1::ImportUnitsResponse, v1::ImportUnitsRequest>;
using WatchWriter = grpc::ServerWriter<v1::WatchChangesResponse>;

Client ConnectTo(const FakeServer& server) {
  ClientOptions options;
  options.address = server.address();
  options.stream_retry = {.max_attempts = 3, .initial_backoff = std::chrono::milliseconds(1)};
  options.retry = options.stream_retry;
  return *Client::Connect(options);
}

grpc::Status Unavailable() { return {grpc::StatusCode::UNAVAILABLE, "draining"}; }

// What came on one import stream.
struct Received {
  v1::ImportUnitsRequest::Config config;
  std::string bytes;
  std::vector<std::size_t> chunk_sizes;
};

Received ReadAll(ImportStream& stream) {
  Received received;
  v1::ImportUnitsRequest request;
  while (stream.Read(&request)) {
    if (request.has_config()) {
      received.config = request.config();
    } else {
      received.bytes += request.chunk();
      received.chunk_sizes.push_back(request.chunk().size());
    }
  }
  return received;
}

v1::ImportUnitsResponse WithIssue(const std::string& message, int issue_count) {
  v1::ImportUnitsResponse response;
  response.add_issues()->set_message(message);
  response.set_issue_count(issue_count);
  return response;
}

constexpr auto kIgnoreImport = [](const UnitImportProgress&) {};

TEST(ImportUnits, SendsTheWholeFileInChunksAfterTheConfig) {
  FakeServer server;
  Received received;
  server.methods.import_units = [&](auto&, ImportStream& stream) {
    received = ReadAll(stream);
    return grpc::Status::OK;
  };
  std::string text;
  while (text.size() < 1'300'000) {
    text += "Привет, мир! " + std::to_string(text.size());
  }
  std::istringstream file(text);
  v1::ImportUnitsRequest::Config config;
  config.set_parent("memories/a");
  ASSERT_THAT(ConnectTo(server).ImportUnits(config, *SourceOf(file), kIgnoreImport), IsOk());
  EXPECT_EQ(received.config.parent(), "memories/a");
  EXPECT_TRUE(received.bytes == text) << received.bytes.size();
  EXPECT_THAT(received.chunk_sizes, SizeIs(3));
  EXPECT_THAT(received.chunk_sizes, Each(Le(512U * 1024)));
}

TEST(ImportUnits, GathersTheIssuesOfAllAnswers) {
  FakeServer server;
  server.methods.import_units = [](auto&, ImportStream& stream) {
    stream.Write(WithIssue("first", 1));
    ReadAll(stream);
    stream.Write(WithIssue("second", 2));
    return grpc::Status::OK;
  };
  std::istringstream file("<tmx/>");
  int answers = 0;
  const auto result = ConnectTo(server).ImportUnits({}, *SourceOf(file),
                                                    [&](const UnitImportProgress&) { ++answers; });
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(answers, 2);
  ASSERT_EQ(result->totals.issues_size(), 2);
  EXPECT_EQ(result->totals.issues(0).message(), "first");
  EXPECT_EQ(result->totals.issue_count(), 2);
}

TEST(ImportUnits, SendsABrokenStreamAgainFromTheStart) {
  FakeServer server;
  std::vector<Received> attempts;
  server.methods.import_units = [&](auto&, ImportStream& stream) {
    stream.Write(WithIssue("seen each time", 1));
    attempts.push_back(ReadAll(stream));
    return attempts.size() == 1 ? Unavailable() : grpc::Status::OK;
  };
  std::istringstream file("<tmx>õ</tmx>");
  const auto result = ConnectTo(server).ImportUnits({}, *SourceOf(file), kIgnoreImport);
  ASSERT_THAT(result, IsOk());
  ASSERT_THAT(attempts, SizeIs(2));
  EXPECT_EQ(attempts[1].bytes, "<tmx>õ</tmx>");
  EXPECT_EQ(attempts[1].config.import_id(), attempts[0].config.import_id());
  EXPECT_EQ(result->attempts, 2);
  EXPECT_EQ(result->totals.issues_size(), 1);
}

TEST(ImportUnits, GivesUpOnAStreamThatMakesNoProgress) {
  FakeServer server;
  int attempts = 0;
  server.methods.import_units = [&](auto&, ImportStream&) {
    ++attempts;
    return Unavailable();
  };
  std::istringstream file("<tmx/>");
  EXPECT_THAT(ConnectTo(server).ImportUnits({}, *SourceOf(file), kIgnoreImport),
              StatusIs(absl::StatusCode::kUnavailable, "draining"));
  EXPECT_EQ(attempts, 3);
}

TEST(ImportUnits, ReturnsTheRefusalOfTheServerWhileStillSending) {
  FakeServer server;
  server.methods.import_units = [](auto&, ImportStream&) {
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "line 1: not TMX");
  };
  std::istringstream file(std::string(20'000'000, 'x'));
  EXPECT_THAT(ConnectTo(server).ImportUnits({}, *SourceOf(file), kIgnoreImport),
              StatusIs(absl::StatusCode::kInvalidArgument, "line 1: not TMX"));
}

// Gives a few bytes, then fails once `was_called` is counted down.
class DamagedSource : public ByteSource {
 public:
  explicit DamagedSource(std::latch& was_called) : was_called_(was_called) {}

  absl::StatusOr<std::size_t> Read(std::span<char> buffer) override {
    if (reads_++ > 0) {
      was_called_.wait();
      return absl::DataLossError("the gzip file is damaged");
    }
    buffer[0] = '<';
    return 1U;
  }
  absl::Status Rewind() override { return absl::OkStatus(); }
  std::int64_t position_bytes() const override { return 0; }

 private:
  std::latch& was_called_;
  int reads_ = 0;
};

TEST(ImportUnits, DoesNotPassADamagedFileOffAsWhole) {
  auto server = std::make_unique<FakeServer>();
  // A call that is cancelled before the server heard of it is never a method's.
  std::latch was_called(1);
  bool was_cancelled = false;
  server->methods.import_units = [&](grpc::ServerContext& context, ImportStream& stream) {
    was_called.count_down();
    ReadAll(stream);
    // The stream may end a moment before the server learns that it was cancelled.
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!was_cancelled && std::chrono::steady_clock::now() < limit) {
      was_cancelled = context.IsCancelled();
    }
    return grpc::Status::OK;
  };
  DamagedSource file(was_called);
  EXPECT_THAT(ConnectTo(*server).ImportUnits({}, file, kIgnoreImport),
              StatusIs(absl::StatusCode::kDataLoss, "the gzip file is damaged"));
  server.reset();  // Waits for the method to end.
  EXPECT_TRUE(was_cancelled);
}

TEST(ExportUnits, WritesTheChunksInOrder) {
  FakeServer server;
  server.methods.export_units = [](auto&, const auto&, auto& stream) {
    v1::ExportUnitsResponse response;
    response.set_chunk("<tmx>");
    stream.Write(response);
    response.set_chunk("õ</tmx>");
    response.set_unit_count(1);
    stream.Write(response);
    return grpc::Status::OK;
  };
  std::ostringstream out;
  const auto last = ConnectTo(server).ExportUnits({}, out, [](const auto&) {});
  ASSERT_THAT(last, IsOk());
  EXPECT_EQ(out.str(), "<tmx>õ</tmx>");
  EXPECT_EQ(last->unit_count(), 1);
  EXPECT_EQ(last->chunk(), "");
}

TEST(ExportUnits, DoesNotBeginAgainAfterTheFirstByte) {
  FakeServer server;
  int calls = 0;
  server.methods.export_units = [&](auto&, const auto&, auto& stream) {
    ++calls;
    v1::ExportUnitsResponse response;
    response.set_chunk("<tmx>");
    stream.Write(response);
    return Unavailable();
  };
  std::ostringstream out;
  EXPECT_THAT(ConnectTo(server).ExportUnits({}, out, [](const auto&) {}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("")));
  EXPECT_EQ(calls, 1);
}

TEST(ExportUnits, FailsIfTheOutputDoes) {
  FakeServer server;
  server.methods.export_units = [](auto&, const auto&, auto& stream) {
    v1::ExportUnitsResponse response;
    response.set_chunk("<tmx>");
    stream.Write(response);
    return grpc::Status::OK;
  };
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_THAT(ConnectTo(server).ExportUnits({}, out, [](const auto&) {}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cannot write")));
}

void SendRevision(WatchWriter& stream, std::int64_t revision) {
  v1::WatchChangesResponse message;
  message.set_revision(revision);
  message.add_changes()->set_revision(revision);
  stream.Write(message);
}

TEST(WatchChanges, ResumesAfterTheLastRevisionSeen) {
  FakeServer server;
  std::vector<std::int64_t> starts;
  server.methods.watch_changes = [&](auto&, const v1::WatchChangesRequest& request,
                                     WatchWriter& stream) {
    starts.push_back(request.start_revision());
    SendRevision(stream, starts.size() == 1 ? 7 : 8);
    return starts.size() == 1 ? Unavailable() : grpc::Status::OK;
  };
  v1::WatchChangesRequest request;
  request.set_start_revision(5);
  std::vector<std::int64_t> seen;
  ASSERT_THAT(ConnectTo(server).WatchChanges(request,
                                             [&](const v1::WatchChangesResponse& message) {
                                               seen.push_back(message.revision());
                                               return true;
                                             }),
              IsOk());
  EXPECT_THAT(starts, ElementsAre(5, 8));
  EXPECT_THAT(seen, ElementsAre(7, 8));
}

TEST(WatchChanges, ReturnsThatTheRevisionIsNoLongerKept) {
  FakeServer server;
  server.methods.watch_changes = [](auto&, const auto&, WatchWriter&) {
    return grpc::Status(grpc::StatusCode::OUT_OF_RANGE, "the oldest revision kept is 90");
  };
  EXPECT_THAT(ConnectTo(server).WatchChanges({}, [](const auto&) { return true; }),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("90")));
}

// Sends revisions until the client goes away.
grpc::Status SendForEver(grpc::ServerContext& context, const v1::WatchChangesRequest&,
                         WatchWriter& stream) {
  SendRevision(stream, 1);
  while (!context.IsCancelled()) {
    std::this_thread::yield();
  }
  return grpc::Status::CANCELLED;
}

TEST(WatchChanges, EndsWhenTheCallerHasEnough) {
  FakeServer server;
  server.methods.watch_changes = SendForEver;
  EXPECT_THAT(ConnectTo(server).WatchChanges({}, [](const auto&) { return false; }), IsOk());
}

TEST(WatchChanges, EndsWhenItIsStoppedFromAnotherThread) {
  FakeServer server;
  server.methods.watch_changes = SendForEver;
  std::stop_source stop;
  std::thread stopper;
  EXPECT_THAT(ConnectTo(server).WatchChanges(
                  {},
                  [&](const auto&) {
                    stopper = std::thread([&stop] { stop.request_stop(); });
                    return true;
                  },
                  stop.get_token()),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("stopped")));
  stopper.join();
}

}  // namespace
}  // namespace sild::client
