#include "include/sild/client.h"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "include/sild/pages.h"
#include "tests/client/fake_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace sild::client {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::IsOk;
using ::sild::test::MetadataOf;
using ::sild::test::StatusIs;
using ::sild::test::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Options for a server that answers at once, so that tests need not wait.
ClientOptions OptionsFor(const std::string& address) {
  ClientOptions options;
  options.address = address;
  options.user = "mari";
  options.retry = {.max_attempts = 4, .initial_backoff = std::chrono::milliseconds(1)};
  options.stream_retry = options.retry;
  return options;
}

Client ConnectTo(const FakeServer& server) {
  return *Client::Connect(OptionsFor(server.address()));
}

grpc::Status Unavailable() { return {grpc::StatusCode::UNAVAILABLE, "busy"}; }

TEST(Client, RefusesAWrongAddress) {
  EXPECT_THAT(Client::Connect(OptionsFor("not an address")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("host:port")));
}

TEST(Client, ReturnsTheServersError) {
  FakeServer server;
  server.methods.get_unit = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "no unit memories/a/units/õ");
  };
  EXPECT_THAT(ConnectTo(server).GetUnit({}),
              StatusIs(absl::StatusCode::kNotFound, "no unit memories/a/units/õ"));
}

TEST(Client, RepeatsAnUnavailableWriteUnderOneRequestId) {
  FakeServer server;
  std::vector<std::string> ids;
  server.methods.create_unit = [&](auto&, const v1::CreateUnitRequest& request, auto&) {
    ids.push_back(request.request_id());
    return ids.size() < 3 ? Unavailable() : grpc::Status::OK;
  };
  ASSERT_THAT(ConnectTo(server).CreateUnit({}), IsOk());
  ASSERT_THAT(ids, SizeIs(3));
  EXPECT_THAT(ids, ElementsAre(ids[0], ids[0], ids[0]));
}

TEST(Client, GivesUpAfterTheLastAttempt) {
  FakeServer server;
  int calls = 0;
  server.methods.get_unit = [&](auto&, const auto&, auto&) {
    ++calls;
    return Unavailable();
  };
  EXPECT_THAT(ConnectTo(server).GetUnit({}), StatusIs(absl::StatusCode::kUnavailable, "busy"));
  EXPECT_EQ(calls, 4);
}

TEST(Client, DoesNotRepeatWhatTheServerRefused) {
  FakeServer server;
  int calls = 0;
  server.methods.create_unit = [&](auto&, const auto&, auto&) {
    ++calls;
    return grpc::Status(grpc::StatusCode::ABORTED, "stale etag");
  };
  EXPECT_THAT(ConnectTo(server).CreateUnit({}), StatusIs(absl::StatusCode::kAborted, "stale etag"));
  EXPECT_EQ(calls, 1);
}

TEST(Client, SendsTheUser) {
  FakeServer server;
  std::string user;
  server.methods.get_stats = [&](grpc::ServerContext& context, const auto&, auto&) {
    user = MetadataOf(context, "sild-user");
    return grpc::Status::OK;
  };
  ASSERT_THAT(ConnectTo(server).GetStats({}), IsOk());
  EXPECT_EQ(user, "mari");
}

TEST(Client, AsksToSeeTheNewestRevisionItHasSeen) {
  FakeServer server;
  std::vector<std::string> wanted;
  std::vector<std::string> revisions = {"41", "7", "42"};
  server.methods.get_stats = [&](grpc::ServerContext& context, const auto&, auto&) {
    wanted.push_back(MetadataOf(context, "sild-min-revision"));
    context.AddTrailingMetadata("sild-revision", revisions[wanted.size() - 1]);
    return grpc::Status::OK;
  };
  Client client = ConnectTo(server);
  for (int i = 0; i < 3; ++i) {
    ASSERT_THAT(client.GetStats({}), IsOk());
  }
  EXPECT_THAT(wanted, ElementsAre("", "41", "41"));
}

TEST(Client, TakesTheRevisionOfInitialMetadataToo) {
  FakeServer server;
  std::string wanted;
  server.methods.get_stats = [&](grpc::ServerContext& context, const auto&, auto&) {
    wanted = MetadataOf(context, "sild-min-revision");
    context.AddInitialMetadata("sild-revision", "9");
    return grpc::Status::OK;
  };
  Client client = ConnectTo(server);
  ASSERT_THAT(client.GetStats({}), IsOk());
  ASSERT_THAT(client.GetStats({}), IsOk());
  EXPECT_EQ(wanted, "9");
}

TEST(Client, MarksAServerThatCannotBeReached) {
  const std::string address = FakeServer().address();  // Gone again.
  const absl::Status status = Client::Connect(OptionsFor(address))->GetStats({}).status();
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("cannot reach " + address)));
  EXPECT_TRUE(IsUnreachable(status));
}

TEST(Client, DoesNotMarkAServerThatSaysItIsUnavailable) {
  FakeServer server;
  server.methods.get_stats = [](auto&, const auto&, auto&) { return Unavailable(); };
  EXPECT_FALSE(IsUnreachable(ConnectTo(server).GetStats({}).status()));
}

TEST(Client, EndsACallAtItsDeadline) {
  FakeServer server;
  server.methods.get_stats = [](grpc::ServerContext& context, const auto&, auto&) {
    while (!context.IsCancelled()) {
      std::this_thread::yield();
    }
    return grpc::Status::CANCELLED;
  };
  ClientOptions options = OptionsFor(server.address());
  options.deadlines.read = std::chrono::milliseconds(200);
  EXPECT_THAT(Client::Connect(options)->GetStats({}),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("")));
}

TEST(Client, SpeaksOverAUnixSocket) {
  const TempDir directory;
  FakeServer server("unix:" + (directory.path() / "sild.sock").string());
  server.methods.get_stats = [](auto&, const auto&, v1::Stats& stats) {
    stats.set_version("1.2.3");
    return grpc::Status::OK;
  };
  const auto stats = ConnectTo(server).GetStats({});
  ASSERT_THAT(stats, IsOk());
  EXPECT_EQ(stats->version(), "1.2.3");
}

// Serves three pages of one memory each.
void ServePages(FakeServer& server) {
  server.methods.list_memories = [](auto&, const v1::ListMemoriesRequest& request,
                                    v1::ListMemoriesResponse& page) {
    const int number = request.page_token().empty() ? 1 : std::stoi(request.page_token());
    page.add_memories()->set_name("memories/m" + std::to_string(number));
    page.set_next_page_token(number == 3 ? "" : std::to_string(number + 1));
    return grpc::Status::OK;
  };
}

TEST(ForEachPage, VisitsAllPagesInOrder) {
  FakeServer server;
  ServePages(server);
  Client client = ConnectTo(server);
  std::vector<std::string> names;
  ASSERT_THAT(ForEachPage(client, &Client::ListMemories, v1::ListMemoriesRequest(),
                          [&](const v1::ListMemoriesResponse& page) {
                            names.push_back(page.memories(0).name());
                            return true;
                          }),
              IsOk());
  EXPECT_THAT(names, ElementsAre("memories/m1", "memories/m2", "memories/m3"));
}

TEST(ForEachPage, EndsWhenTheVisitorHasEnough) {
  FakeServer server;
  ServePages(server);
  Client client = ConnectTo(server);
  int pages = 0;
  ASSERT_THAT(ForEachPage(client, &Client::ListMemories, v1::ListMemoriesRequest(),
                          [&](const v1::ListMemoriesResponse&) { return ++pages < 2; }),
              IsOk());
  EXPECT_EQ(pages, 2);
}

}  // namespace
}  // namespace sild::client
