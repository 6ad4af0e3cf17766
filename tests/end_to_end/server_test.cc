#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "sild/v1/admin_service.grpc.pb.h"
#include "sild/v1/alignment_service.pb.h"
#include "sild/v1/glossary_service.grpc.pb.h"
#include "sild/v1/match_service.grpc.pb.h"
#include "sild/v1/memory_service.grpc.pb.h"
#include "sild/v1/watch_service.grpc.pb.h"
#include "tests/end_to_end/server_process.h"

namespace sild {
namespace {

using ::testing::HasSubstr;

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() { Connect(); }

  void Connect() {
    channel_ = server_.Connect();
    memories_ = v1::MemoryService::NewStub(channel_);
    matches_ = v1::MatchService::NewStub(channel_);
  }

  grpc::Status CreateMemory(const std::string& id) {
    grpc::ClientContext context;
    v1::CreateMemoryRequest request;
    request.set_memory_id(id);
    v1::Memory response;
    return memories_->CreateMemory(&context, request, &response);
  }

  grpc::Status CreateUnit(const std::string& id, const std::string& en, const std::string& et,
                          v1::TranslationUnit* response) {
    grpc::ClientContext context;
    v1::CreateUnitRequest request;
    request.set_parent("memories/m");
    request.set_unit_id(id);
    request.mutable_unit()->set_source_language_code("en");
    v1::Variant* source = request.mutable_unit()->add_variants();
    source->set_language_code("en");
    source->mutable_segment()->set_text(en);
    v1::Variant* target = request.mutable_unit()->add_variants();
    target->set_language_code("et");
    target->mutable_segment()->set_text(et);
    return memories_->CreateUnit(&context, request, response);
  }

  grpc::Status Lookup(const std::string& text, v1::LookupMatchesResponse* response) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    v1::LookupMatchesRequest request;
    request.add_memories()->set_memory("memories/m");
    request.set_source_language_code("en");
    request.add_target_language_codes("et");
    request.add_queries()->mutable_segment()->set_text(text);
    request.mutable_options()->set_explain(true);
    return matches_->LookupMatches(&context, request, response);
  }

  // Calls a method with these bytes as the request.
  grpc::Status CallRaw(const std::string& method, const std::string& bytes) {
    grpc::ClientContext context;
    const grpc::Slice slice(bytes);
    grpc::ByteBuffer request(&slice, 1);
    grpc::ByteBuffer response;
    grpc::CompletionQueue queue;
    grpc::GenericStub stub(channel_);
    const auto call = stub.PrepareUnaryCall(&context, method, request, &queue);
    call->StartCall();
    grpc::Status status;
    call->Finish(&response, &status, nullptr);
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
    return status;
  }

  test::ServerProcess server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::MemoryService::Stub> memories_;
  std::unique_ptr<v1::MatchService::Stub> matches_;
};

TEST_F(ServerTest, FindsWhatWasStored) {
  ASSERT_TRUE(CreateMemory("m").ok());
  v1::TranslationUnit unit;
  ASSERT_TRUE(CreateUnit("u", "Open the file.", "Ava fail.", &unit).ok());
  v1::LookupMatchesResponse response;
  ASSERT_TRUE(Lookup("Open the files.", &response).ok());
  ASSERT_EQ(response.results(0).matches_size(), 1);
  EXPECT_DOUBLE_EQ(response.results(0).matches(0).score(), 85.1);
  EXPECT_EQ(response.results(0).matches(0).unit().name(), "memories/m/units/u");
  EXPECT_EQ(response.results(0).matches(0).explanation().edits_size(), 1);
}

TEST_F(ServerTest, KeepsAcknowledgedUnitsAcrossKill) {
  ASSERT_TRUE(CreateMemory("m").ok());
  v1::TranslationUnit stored;
  ASSERT_TRUE(CreateUnit("u", "Hello", "Tere", &stored).ok());
  server_.Kill();
  server_.Start();
  Connect();
  grpc::ClientContext context;
  v1::GetUnitRequest request;
  request.set_name("memories/m/units/u");
  v1::TranslationUnit read;
  ASSERT_TRUE(memories_->GetUnit(&context, request, &read).ok());
  EXPECT_EQ(read.SerializeAsString(), stored.SerializeAsString());
}

TEST_F(ServerTest, WatcherHearsOfAWriteAtOnce) {
  const auto stub = v1::WatchService::NewStub(channel_);
  grpc::ClientContext context;
  const auto stream = stub->WatchChanges(&context, v1::WatchChangesRequest());
  v1::WatchChangesResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_TRUE(CreateMemory("m").ok());
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_EQ(response.changes_size(), 1);
  EXPECT_EQ(response.changes(0).name(), "memories/m");
  context.TryCancel();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServerTest, ExportOfManyChunksIsImportedAgain) {
  ASSERT_TRUE(CreateMemory("m").ok());
  for (int i = 0; i < 300; ++i) {
    v1::TranslationUnit unit;
    ASSERT_TRUE(CreateUnit("u" + std::to_string(i), std::string(9'000, 'a'), "tõlge", &unit).ok());
  }
  grpc::ClientContext export_context;
  v1::ExportUnitsRequest request;
  request.set_parent("memories/m");
  request.set_format(v1::UNIT_FORMAT_TMX);
  const auto exported = memories_->ExportUnits(&export_context, request);
  std::vector<std::string> chunks;
  v1::ExportUnitsResponse chunk;
  while (exported->Read(&chunk)) {
    chunks.push_back(chunk.chunk());
  }
  ASSERT_TRUE(exported->Finish().ok());
  EXPECT_GT(chunks.size(), 2U);

  grpc::ClientContext import_context;
  const auto imported = memories_->ImportUnits(&import_context);
  v1::ImportUnitsRequest part;
  part.mutable_config()->set_parent("memories/m");
  part.mutable_config()->set_format(v1::UNIT_FORMAT_TMX);
  imported->Write(part);
  for (const std::string& text : chunks) {
    part.set_chunk(text);
    imported->Write(part);
  }
  imported->WritesDone();
  v1::ImportUnitsResponse last;
  while (imported->Read(&last)) {
  }
  EXPECT_TRUE(imported->Finish().ok());
  EXPECT_EQ(last.unchanged_count(), 300);
  EXPECT_EQ(last.created_count(), 0);
}

// The client sends all before it reads anything, more than fits on the way.
TEST_F(ServerTest, PretranslatesADocumentThatIsSentFirst) {
  ASSERT_TRUE(CreateMemory("m").ok());
  v1::TranslationUnit unit;
  ASSERT_TRUE(CreateUnit("u", "The bridge is open.", std::string(5'000, 'a'), &unit).ok());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
  const auto stream = matches_->PretranslateSegments(&context);
  v1::PretranslateSegmentsRequest request;
  request.mutable_config()->add_memories()->set_memory("memories/m");
  request.mutable_config()->set_source_language_code("en");
  request.mutable_config()->set_target_language_code("et");
  ASSERT_TRUE(stream->Write(request));
  constexpr int kBatches = 20;
  constexpr int kBatchSize = 100;
  for (int i = 0; i < kBatchSize; ++i) {
    request.mutable_batch()->add_queries()->mutable_segment()->set_text(
        i % 2 == 0 ? "The bridge is open." : "The bridge is closed.");
  }
  for (int i = 0; i < kBatches; ++i) {
    ASSERT_TRUE(stream->Write(request));
  }
  stream->WritesDone();
  v1::PretranslateSegmentsResponse response;
  int answers = 0;
  for (; stream->Read(&response); ++answers) {
    ASSERT_EQ(response.has_match(), answers % 2 == 0) << answers;
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answers, kBatches * kBatchSize);
}

TEST_F(ServerTest, InvalidUtf8NamesTheField) {
  v1::CreateMemoryRequest request;
  request.set_memory_id("xx");
  std::string bytes = request.SerializeAsString();
  bytes[bytes.size() - 1] = '\xFF';
  const grpc::Status status = CallRaw("/sild.v1.MemoryService/CreateMemory", bytes);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("memory_id"));
  EXPECT_THAT(status.error_message(), HasSubstr("UTF-8"));
}

TEST_F(ServerTest, GarbageIsAnInvalidArgument) {
  EXPECT_EQ(CallRaw("/sild.v1.MemoryService/CreateMemory", "\xFF\xFF\xFF\xFF").error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_TRUE(CreateMemory("m").ok());  // The server lives.
}

TEST_F(ServerTest, OversizedMessageIsRefused) {
  EXPECT_EQ(CallRaw("/sild.v1.MemoryService/CreateMemory", std::string(13 << 20, 'x')).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(CreateMemory("m").ok());
}

TEST_F(ServerTest, UnknownMethodIsUnimplemented) {
  EXPECT_EQ(CallRaw("/sild.v1.MemoryService/Nothing", "").error_code(),
            grpc::StatusCode::UNIMPLEMENTED);
}

TEST_F(ServerTest, EveryMethodOfTheApiIsKnown) {
  for (const auto* request :
       {v1::GetStatsRequest::descriptor(), v1::AlignDocumentsRequest::descriptor(),
        v1::ListGlossariesRequest::descriptor(), v1::LookupMatchesRequest::descriptor(),
        v1::ListMemoriesRequest::descriptor(), v1::WatchChangesRequest::descriptor()}) {
    const auto* descriptor = request->file()->service(0);
    for (int i = 0; i < descriptor->method_count(); ++i) {
      if (descriptor->method(i)->server_streaming()) {
        continue;  // Would wait for requests.
      }
      const grpc::Status status =
          CallRaw("/" + descriptor->full_name() + "/" + descriptor->method(i)->name(), "");
      EXPECT_THAT(status.error_message(), Not(HasSubstr("there is no method")))
          << descriptor->method(i)->full_name();
    }
  }
}

TEST_F(ServerTest, LongSegmentsOfOneLetterWordsTakeBoundedTime) {
  ASSERT_TRUE(CreateMemory("m").ok());
  std::string text;
  for (int i = 0; i < 5'000; ++i) {
    text += static_cast<char>('a' + i % 26);
    text += ' ';
  }
  text.pop_back();
  v1::TranslationUnit unit;
  ASSERT_TRUE(CreateUnit("u", text, "x", &unit).ok());
  std::string query = text;
  std::swap(query[0], query[2]);
  v1::LookupMatchesResponse response;
  ASSERT_TRUE(Lookup(query, &response).ok());
  EXPECT_EQ(response.results(0).matches_size(), 1);
}

TEST_F(ServerTest, AnswersTellTheirRevision) {
  grpc::ClientContext context;
  v1::CreateMemoryRequest request;
  request.set_memory_id("m");
  v1::Memory memory;
  ASSERT_TRUE(memories_->CreateMemory(&context, request, &memory).ok());
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto found = metadata.find("sild-revision");
  ASSERT_NE(found, metadata.end());
  EXPECT_EQ(std::string(found->second.data(), found->second.size()),
            std::to_string(memory.revision()));
}

TEST_F(ServerTest, ReadOfARevisionThatIsNotThereYetIsUnavailable) {
  grpc::ClientContext context;
  context.AddMetadata("sild-min-revision", "9000000000000000");
  v1::ListMemoriesResponse response;
  EXPECT_EQ(memories_->ListMemories(&context, v1::ListMemoriesRequest(), &response).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace sild
