#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/unit_import_fixture.h"
#include "tests/support/status_matchers.h"

// Imports with `all_or_nothing` of more units than one event holds.
namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

constexpr char kWhole[] = "all_or_nothing: true";

// More units than one event holds, unlike all others here.
std::string Filler() {
  std::string units;
  for (int i = 0; i < 1'500; ++i) {
    units += Tu("Bridge no. " + std::to_string(i), "Sild nr " + std::to_string(i));
  }
  return units;
}

class BulkImportTest : public UnitImportTest {
 protected:
  // What an import says in its last message: created, updated, unchanged.
  static std::string Counts(const Streamed<v1::ImportUnitsResponse>& result) {
    EXPECT_THAT(result.status, IsOk());
    const v1::ImportUnitsResponse& last = result.responses.back();
    return std::to_string(last.created_count()) + " " + std::to_string(last.updated_count()) + " " +
           std::to_string(last.unchanged_count());
  }
};

TEST_F(BulkImportTest, UnitWhoseIdIsTakenInTheMemoryIsStoredUnderItsIdentity) {
  ASSERT_THAT(Import(Tmx(Tu("Hello", "Tere", " tuid=\"u1\""), "Sild")).status, IsOk());
  const std::string file = Tmx(Tu("Hello", "Tervist", " tuid=\"u1\"") + Filler(), "Sild");
  EXPECT_EQ(Counts(Import(file, kWhole)), "1501 0 0");
  EXPECT_EQ(UnitCount(), 1'502);
}

TEST_F(BulkImportTest, UnitWhoseIdIsTakenInTheFileIsStoredUnderItsIdentity) {
  const std::string file =
      Tmx(Tu("Hello", "Tere", " tuid=\"u1\"") + Filler() + Tu("Привет", "Tere", " tuid=\"u1\""),
          "Sild");
  EXPECT_EQ(Counts(Import(file, kWhole)), "1502 0 0");
  EXPECT_EQ(UnitCount(), 1'502);
}

TEST_F(BulkImportTest, IdenticalUnitsUnderOtherIdsAddNothing) {
  ASSERT_THAT(Import(Tmx(Tu("Bye", "Head aega", " tuid=\"u9\""), "Sild")).status, IsOk());
  const std::string file =
      Tmx(Tu("Hello", "Tere", " tuid=\"u1\"") + Filler() + Tu("Hello", "Tere", " tuid=\"u2\"") +
              Tu("Bye", "Head aega", " tuid=\"u3\""),
          "Sild");
  EXPECT_EQ(Counts(Import(file, kWhole)), "1501 0 2");
  EXPECT_EQ(UnitCount(), 1'502);
}

TEST_F(BulkImportTest, GivesWhatAnOrdinaryImportGives) {
  const std::string before =
      Tmx(Tu("Hello", "Tere", " tuid=\"u1\"") + Tu("Bye", "Head aega", " tuid=\"u2\""), "Sild");
  const std::string file =
      Tmx(Tu("Hello", "Tervist", " tuid=\"u1\"") + Tu("Bye", "Head aega") + Filler() +
              Tu("Hello", "Tervist", " tuid=\"u1\"") + Tu("Labas", "Tere", " tuid=\"u2\"") +
              Tu("Labas", "Tere", " tuid=\"u3\""),
          "Sild");
  ASSERT_THAT(Import(before).status, IsOk());
  const std::string foreseen = Counts(Import(file, "all_or_nothing: true validate_only: true"));
  const std::string whole = Counts(Import(file, kWhole));
  ASSERT_THAT((Call<v1::DeleteMemoryRequest, google::protobuf::Empty>(
                  "MemoryService/DeleteMemory", R"(name: "memories/m" force: true)")),
              IsOk());
  ASSERT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                         R"(memory_id: "m")")),
              IsOk());
  ASSERT_THAT(Import(before).status, IsOk());
  const std::string ordinary = Counts(Import(file));
  EXPECT_EQ(whole, ordinary);
  EXPECT_EQ(foreseen, ordinary);
}

TEST_F(BulkImportTest, PoliciesThatChangeUnitsAreRefused) {
  for (const char* policy : {"OVERWRITE_SAME_CONTEXT", "KEEP_NEWEST", "KEEP_REVIEWED"}) {
    const auto result =
        Import(Tmx(Filler()), std::string(kWhole) + " write_policy: WRITE_POLICY_" + policy);
    EXPECT_THAT(result.status,
                StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("KEEP_ALL")));
    EXPECT_EQ(result.responses.back().created_count(), 0);
  }
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(BulkImportTest, OneGroupIsTakenUnderAnyPolicy) {
  std::string units;
  for (int i = 0; i < 1'000; ++i) {
    units += Tu("Мост " + std::to_string(i), "Sild");
  }
  EXPECT_EQ(
      Counts(Import(Tmx(units), std::string(kWhole) + " write_policy: WRITE_POLICY_KEEP_NEWEST")),
      "1000 0 0");
}

TEST_F(BulkImportTest, BadUnitLateInTheFileLeavesNothing) {
  const auto result = Import(Tmx(Filler() + Tu(std::string(10'001, 'x'), "pikk")), kWhole);
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("issues")));
  EXPECT_EQ(result.responses.back().created_count(), 0);
  EXPECT_EQ(result.responses.back().failed_count(), 1);
  EXPECT_EQ(UnitCount(), 0);
}

TEST_F(BulkImportTest, BrokenFileLeavesNothing) {
  const auto result =
      Import(Tmx(Filler() + "<tu><tuv xml:lang=\"en\"><seg>Bye</tuv></tu>"), kWhole);
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line")));
  EXPECT_EQ(result.responses.back().created_count(), 0);
  EXPECT_EQ(UnitCount(), 0);
}

// A stream that the test drives, so that it can do something in the middle.
class OpenImport {
 public:
  OpenImport(const Api& api, const std::vector<v1::ImportUnitsRequest>& requests)
      : stream_(api.Find("sild.v1.MemoryService/ImportUnits")->stream()) {
    for (const v1::ImportUnitsRequest& request : requests) {
      EXPECT_THAT(stream_->OnRequest(call_, request), IsOk());
    }
  }

  absl::Status End() {
    EXPECT_THAT(stream_->OnRequestsDone(call_), IsOk());
    for (;;) {
      v1::ImportUnitsResponse response;
      const auto state = stream_->Next(call_, &response);
      if (!state.ok() || *state == Stream::State::kDone) {
        return state.status();
      }
      last_ = response;
    }
  }

  const v1::ImportUnitsResponse& last() const { return last_; }

 private:
  CallContext call_;
  std::unique_ptr<Stream> stream_;
  v1::ImportUnitsResponse last_;
};

TEST_F(BulkImportTest, WriteMeanwhileEndsItWithNothingStored) {
  OpenImport import(services_->api(), Requests(Tmx(Filler()), kWhole, 1U << 20));
  ASSERT_THAT(Import(Tmx(Tu("Hello", "Tere"))).status, IsOk());
  EXPECT_THAT(import.End(), StatusIs(absl::StatusCode::kAborted, HasSubstr("try again")));
  EXPECT_EQ(import.last().created_count(), 0);
  EXPECT_EQ(UnitCount(), 1);
}

TEST_F(BulkImportTest, StreamThatBreaksLeavesNothing) {
  { const OpenImport import(services_->api(), Requests(Tmx(Filler()), kWhole, 1U << 20)); }
  EXPECT_EQ(UnitCount(), 0);
  EXPECT_EQ(Counts(Import(Tmx(Filler()), kWhole)), "1500 0 0");
}

}  // namespace
}  // namespace sild::service
