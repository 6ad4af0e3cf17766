#include <atomic>
#include <cstdlib>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "sild/v1/memory_service.grpc.pb.h"
#include "tests/end_to_end/server_process.h"

namespace sild {
namespace {

// Rounds of the crash test: a few in every run, SILD_CRASH_ROUNDS=50 for the long form.
int Rounds() {
  const char* rounds = std::getenv("SILD_CRASH_ROUNDS");
  constexpr int kShort = 3;
  return rounds == nullptr ? kShort : std::atoi(rounds);
}

constexpr int kUnits = 20'000;

// A TMX of `kUnits` units, each with its number in both languages and in its `tuid`.
std::string File(int round) {
  std::string file = "<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n";
  for (int i = 0; i < kUnits; ++i) {
    file += fmt::format(
        "<tu tuid=\"{0}-{1}\"><tuv xml:lang=\"en\"><seg>Round {0} segment {1}</seg></tuv>"
        "<tuv xml:lang=\"et\"><seg>Ring {0} lõik {1}</seg></tuv></tu>\n",
        round, i);
  }
  return file + "</body></tmx>\n";
}

class CrashTest : public ::testing::Test {
 protected:
  std::unique_ptr<v1::MemoryService::Stub> Stub() {
    return v1::MemoryService::NewStub(server_.Connect());
  }

  // Imports until the server dies, and keeps in `acknowledged_` what it said was durable.
  void ImportUntilKilled(int round) {
    const auto stub = Stub();
    grpc::ClientContext context;
    const auto stream = stub->ImportUnits(&context);
    std::jthread reader([&] {
      v1::ImportUnitsResponse response;
      while (stream->Read(&response)) {
        acknowledged_ = response.created_count() + response.unchanged_count();
      }
    });
    v1::ImportUnitsRequest request;
    request.mutable_config()->set_parent("memories/m");
    request.mutable_config()->set_format(v1::UNIT_FORMAT_TMX);
    bool is_open = stream->Write(request);
    const std::string file = File(round);
    constexpr std::size_t kChunk = 16'384;
    for (std::size_t at = 0; at < file.size() && is_open; at += kChunk) {
      request.set_chunk(file.substr(at, kChunk));
      is_open = stream->Write(request);
    }
    stream->WritesDone();
    reader.join();
    stream->Finish();
  }

  // The units of a round that are there; each must be whole.
  std::int64_t CountWhole(int round) {
    const auto stub = Stub();
    v1::ListUnitsRequest request;
    request.set_parent("memories/m");
    request.set_page_size(1'000);
    std::int64_t count = 0;
    do {
      grpc::ClientContext context;
      v1::ListUnitsResponse page;
      EXPECT_TRUE(stub->ListUnits(&context, request, &page).ok());
      for (const v1::TranslationUnit& unit : page.units()) {
        EXPECT_EQ(unit.variants_size(), 2) << unit.name();
        if (unit.variants_size() == 2 &&
            unit.variants(0).segment().text().starts_with(fmt::format("Round {} ", round))) {
          ++count;
        }
      }
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return count;
  }

  test::ServerProcess server_;
  std::atomic<std::int64_t> acknowledged_ = 0;
};

TEST_F(CrashTest, KillDuringAnImportLosesNothingAcknowledged) {
  {
    grpc::ClientContext context;
    v1::CreateMemoryRequest request;
    request.set_memory_id("m");
    v1::Memory memory;
    ASSERT_TRUE(Stub()->CreateMemory(&context, request, &memory).ok());
  }
  const auto seed = std::random_device{}();
  std::mt19937 random(seed);
  for (int round = 0; round < Rounds(); ++round) {
    acknowledged_ = 0;
    // Progress comes once a second, so the later kills find something acknowledged.
    const auto delay = std::chrono::milliseconds(std::uniform_int_distribution(20, 2'500)(random));
    std::jthread killer([this, delay] {
      std::this_thread::sleep_for(delay);
      server_.Kill();
    });
    ImportUntilKilled(round);
    killer.join();
    server_.Start();
    const std::int64_t there = CountWhole(round);
    EXPECT_GE(there, acknowledged_)
        << "seed " << seed << ", round " << round << ", killed after " << delay.count() << " ms";
    fmt::print("round {}: killed after {} ms, acknowledged {}, there {}\n", round, delay.count(),
               acknowledged_.load(), there);
    // Each event has 1,000 units: all of them or none.
    EXPECT_TRUE(there % 1'000 == 0 || there == kUnits) << there;
  }
}

}  // namespace
}  // namespace sild
