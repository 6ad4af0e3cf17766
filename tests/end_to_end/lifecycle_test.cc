#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "sild/v1/memory_service.grpc.pb.h"
#include "sild/v1/watch_service.grpc.pb.h"
#include "tests/end_to_end/server_process.h"

namespace sild {
namespace {

using ::testing::HasSubstr;

// How `sildd` starts, tells that it is there, and ends.
class LifecycleTest : public ::testing::Test {
 protected:
  LifecycleTest() { Connect(); }

  void Connect() {
    channel_ = server_.Connect();
    memories_ = v1::MemoryService::NewStub(channel_);
    watches_ = v1::WatchService::NewStub(channel_);
  }

  grpc::Status CreateMemory(const std::string& id) {
    grpc::ClientContext context;
    v1::CreateMemoryRequest request;
    request.set_memory_id(id);
    v1::Memory response;
    return memories_->CreateMemory(&context, request, &response);
  }

  // Calls a method that takes and gives one message; returns the bytes of the answer.
  std::string CallRaw(const std::string& method, const std::string& bytes) {
    grpc::ClientContext context;
    const grpc::Slice slice(bytes);
    const grpc::ByteBuffer request(&slice, 1);
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(channel_);
    const auto stream = stub.PrepareCall(&context, method, &queue);
    const auto wait = [&queue] {
      void* tag = nullptr;
      bool ok = false;
      return queue.Next(&tag, &ok) && ok;
    };
    stream->StartCall(nullptr);
    EXPECT_TRUE(wait());
    stream->WriteLast(request, grpc::WriteOptions(), nullptr);
    EXPECT_TRUE(wait());
    grpc::ByteBuffer response;
    stream->Read(&response, nullptr);
    EXPECT_TRUE(wait());
    grpc::Status status;
    stream->Finish(&status, nullptr);
    wait();
    EXPECT_TRUE(status.ok()) << status.error_message();
    std::vector<grpc::Slice> slices;
    response.Dump(&slices);
    std::string answer;
    for (const grpc::Slice& part : slices) {
      answer.append(reinterpret_cast<const char*>(part.begin()), part.size());
    }
    return answer;
  }

  test::ServerProcess server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::MemoryService::Stub> memories_;
  std::unique_ptr<v1::WatchService::Stub> watches_;
};

TEST_F(LifecycleTest, SaysThatItServes) {
  // `HealthCheckResponse { status: SERVING }`
  EXPECT_EQ(CallRaw("/grpc.health.v1.Health/Check", ""), "\x08\x01");
}

TEST_F(LifecycleTest, ReflectionListsItsServices) {
  // `ServerReflectionRequest { list_services: "*" }`
  const std::string answer =
      CallRaw("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "\x3A\x01*");
  for (const char* service : {"Admin", "Alignment", "Glossary", "Match", "Memory", "Watch"}) {
    EXPECT_THAT(answer, HasSubstr("sild.v1." + std::string(service) + "Service"));
  }
}

TEST_F(LifecycleTest, EndsWellOnSigterm) {
  ASSERT_TRUE(CreateMemory("m").ok());
  EXPECT_EQ(server_.Terminate(), 0);
  EXPECT_FALSE(std::filesystem::exists(server_.data() / "port"));
  server_.Start();
  Connect();
  EXPECT_EQ(CreateMemory("m").error_code(), grpc::StatusCode::ALREADY_EXISTS);
}

TEST_F(LifecycleTest, EndsWellOnSigtermWhileSomebodyWatches) {
  grpc::ClientContext context;
  const auto stream = watches_->WatchChanges(&context, v1::WatchChangesRequest());
  v1::WatchChangesResponse response;
  ASSERT_TRUE(stream->Read(&response));  // The first message says where the feed stands.
  EXPECT_EQ(server_.Terminate(), 0);
  while (stream->Read(&response)) {
  }
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(LifecycleTest, FinishesAnImportThatIsUnderWayAtSigterm) {
  ASSERT_TRUE(CreateMemory("m").ok());
  grpc::ClientContext context;
  const auto stream = memories_->ImportUnits(&context);
  v1::ImportUnitsRequest request;
  request.mutable_config()->set_parent("memories/m");
  request.mutable_config()->set_format(v1::UNIT_FORMAT_TMX);
  ASSERT_TRUE(stream->Write(request));
  request.set_chunk("<tmx version=\"1.4\"><header srclang=\"en\"/><body>");
  ASSERT_TRUE(stream->Write(request));
  v1::ImportUnitsResponse response;
  ASSERT_TRUE(stream->Read(&response));  // Progress: the server has begun.
  ASSERT_EQ(kill(server_.pid(), SIGTERM), 0);
  while (std::filesystem::exists(server_.data() / "port")) {  // Goes away as the end begins.
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  request.set_chunk(
      "<tu><tuv xml:lang=\"en\"><seg>Late</seg></tuv><tuv xml:lang=\"et\"><seg>Hilja</seg></tuv>"
      "</tu></body></tmx>");
  ASSERT_TRUE(stream->Write(request));
  stream->WritesDone();
  while (stream->Read(&response)) {
  }
  const grpc::Status status = stream->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.created_count(), 1);
  EXPECT_EQ(server_.Terminate(), 0);
}

// A watcher that leaves while a write is published must not hold up the next write.
TEST_F(LifecycleTest, WatchersComeAndGoWhileOthersWrite) {
  std::atomic<bool> is_done = false;
  std::vector<std::jthread> watchers;
  for (int i = 0; i < 4; ++i) {
    watchers.emplace_back([this, &is_done] {
      while (!is_done) {
        grpc::ClientContext context;
        const auto stream = watches_->WatchChanges(&context, v1::WatchChangesRequest());
        v1::WatchChangesResponse response;
        stream->Read(&response);
        context.TryCancel();
        stream->Finish();
      }
    });
  }
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(CreateMemory("m" + std::to_string(i)).ok());
  }
  is_done = true;
}

TEST_F(LifecycleTest, RefusesADirectoryThatIsInUse) {
  const test::Finished second = test::RunProgram(
      {SILD_SERVER_BINARY, "--data", server_.data().string(), "--listen", "127.0.0.1:0"});
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr("another"));
  EXPECT_TRUE(std::filesystem::exists(server_.data() / "port"));
}

TEST_F(LifecycleTest, RefusesAnAddressThatIsInUseAndRemovesAStalePortFile) {
  const test::TempDir directory;
  std::ofstream(directory.path() / "port") << "127.0.0.1:1\n";
  const test::Finished second = test::RunProgram(
      {SILD_SERVER_BINARY, "--data", directory.path().string(), "--listen", server_.address()});
  EXPECT_EQ(second.exit_code, 1);
  EXPECT_THAT(second.err, HasSubstr(server_.address()));
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "port"));
}

TEST(Flags, HaveTwinsInTheEnvironment) {
  const test::TempDir directory;
  const std::string data = "SILD_DATA=" + directory.path().string();
  for (const std::string name :
       {"THREADS", "MAX_WAITING", "BLOCK_CACHE", "INDEX_MEMORY", "LOOK_ALIKE_MEMORY",
        "DICTIONARIES", "GRACE", "LOG_LEVEL", "LOG_FORMAT"}) {
    const test::Finished result =
        test::RunProgram({SILD_SERVER_BINARY}, "", {data, "SILD_" + name + "=bad"});
    EXPECT_EQ(result.exit_code, 2) << name;
  }
  const test::Finished listen =
      test::RunProgram({SILD_SERVER_BINARY}, "", {data, "SILD_LISTEN=nowhere.invalid:1"});
  EXPECT_EQ(listen.exit_code, 1);
  EXPECT_THAT(listen.err, HasSubstr("nowhere.invalid:1"));
  EXPECT_TRUE(std::filesystem::exists(directory.path() / "db"));
}

TEST(Flags, HelpTellsOfEachWithItsTwin) {
  const test::Finished help = test::RunProgram({SILD_SERVER_BINARY, "--help"});
  EXPECT_EQ(help.exit_code, 0);
  for (const char* name :
       {"DATA", "LISTEN", "PORT_FILE", "THREADS", "MAX_WAITING", "BLOCK_CACHE", "INDEX_MEMORY",
        "LOOK_ALIKE_MEMORY", "DICTIONARIES", "GRACE", "LOG_LEVEL", "LOG_FORMAT"}) {
    EXPECT_THAT(help.out, HasSubstr("Env:SILD_" + std::string(name)));
  }
}

}  // namespace
}  // namespace sild
