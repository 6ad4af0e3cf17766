#include "server/service/pretranslation.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

using Request = v1::PretranslateSegmentsRequest;

constexpr const char* kConfig = R"(config {
    memories { memory: "memories/m" } source_language_code: "et" target_language_code: "lt"
    options { minimum_score: 70 } })";

class PretranslationTest : public ServiceTest {
 protected:
  PretranslationTest() {
    EXPECT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                IsOk());
    Add("Sild üle jõe on valmis.", "Tiltas per upę baigtas.");
    Add("Euroopa Liidu nõukogu koguneb.", "Posėdžiauja Europos Sąjungos Taryba.");
  }

  void Add(const std::string& estonian, const std::string& lithuanian) {
    v1::CreateUnitRequest request;
    request.set_parent("memories/m");
    for (const auto& [language, text] : {std::pair{"et", estonian}, std::pair{"lt", lithuanian}}) {
      v1::Variant* variant = request.mutable_unit()->add_variants();
      variant->set_language_code(language);
      variant->mutable_segment()->set_text(text);
    }
    ASSERT_THAT((Call<v1::TranslationUnit>("MemoryService/CreateUnit", request)), IsOk());
  }

  static Request Batch(const std::vector<std::string>& texts) {
    Request request;
    request.mutable_batch();
    for (const std::string& text : texts) {
      request.mutable_batch()->add_queries()->mutable_segment()->set_text(text);
    }
    return request;
  }

  // The score and text of each answer, `-` for none.
  std::vector<std::string> Run(const std::vector<Request>& requests) {
    auto result =
        RunStream<v1::PretranslateSegmentsResponse>("MatchService/PretranslateSegments", requests);
    status_ = result.status;
    std::vector<std::string> told;
    for (const auto& response : result.responses) {
      told.push_back(response.has_match() ? std::to_string(int(response.match().score())) + " " +
                                                response.match().proposal().text()
                                          : "-");
    }
    return told;
  }

  absl::Status status_;
};

TEST_F(PretranslationTest, GivesTheBestMatchOfEachSegmentInOrder) {
  EXPECT_THAT(Run({Parse<Request>(kConfig),
                   Batch({"Euroopa Liidu nõukogu koguneb.", "Midagi muud.",
                          "Sild üle jõe on peaaegu valmis."}),
                   Batch({"Sild üle jõe on valmis."})}),
              ElementsAre("100 Posėdžiauja Europos Sąjungos Taryba.", "-",
                          "84 Tiltas per upę baigtas.", "100 Tiltas per upę baigtas."));
  EXPECT_THAT(status_, IsOk());
}

TEST_F(PretranslationTest, TakesOnlyExactMatchesUnlessAskedForMore) {
  EXPECT_THAT(Run({Parse<Request>(R"(config { memories { memory: "memories/m" }
                     source_language_code: "et" target_language_code: "lt" })"),
                   Batch({"Sild üle jõe on peaaegu valmis.", "Sild üle jõe on valmis."})}),
              ElementsAre("-", "100 Tiltas per upę baigtas."));
}

TEST_F(PretranslationTest, OfNoSegmentsGivesNothing) {
  EXPECT_THAT(Run({Parse<Request>(kConfig)}), ElementsAre());
  EXPECT_THAT(status_, IsOk());
}

TEST_F(PretranslationTest, TellsWhatIsWrongAndWhere) {
  Run({});
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("config")));
  Run({Batch({"Sild"})});
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("config")));
  Run({Parse<Request>(kConfig), Parse<Request>(kConfig)});
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("batch")));
  Run({Parse<Request>(R"(config { memories { memory: "memories/none" }
         source_language_code: "et" target_language_code: "lt" })")});
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kNotFound, HasSubstr("config.memories[0]")));
  Run({Parse<Request>(R"(config { memories { memory: "memories/m" }
         source_language_code: "et" })")});
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("config.target_language_code")));
  Run({Parse<Request>(kConfig), Batch({"Sild", ""})});
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument,
                                HasSubstr("batch.queries[1].segment.text")));
}

// A client may send a whole document before it reads.
TEST_F(PretranslationTest, WantsNoBatchBeforeItHasAnsweredTheLastOne) {
  CallContext call;
  Pretranslation stream(*store_);
  ASSERT_THAT(stream.OnRequest(call, Parse<Request>(kConfig)), IsOk());
  EXPECT_TRUE(stream.wants_request());
  ASSERT_THAT(stream.OnRequest(call, Batch({"Sild", "Sild"})), IsOk());
  v1::PretranslateSegmentsResponse response;
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(stream.wants_request());
    EXPECT_THAT(stream.Next(call, &response), IsOk());
  }
  EXPECT_TRUE(stream.wants_request());
}

}  // namespace
}  // namespace sild::service
