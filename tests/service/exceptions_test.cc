#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sild/v1/watch_service.pb.h"
#include "tests/service/check_fixture.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kFull = R"(
    concept_name: "glossaries/g/concepts/belarus" kind: KIND_FORBIDDEN language_code: "RU"
    document: "a.xlf" segment_text: "Белоруссия" reason: "цитата")";

class ExceptionsTest : public CheckServiceTest {
 protected:
  std::vector<std::string> Reasons(const std::string& request, std::string* token = nullptr) {
    const auto page = Call<v1::ListExceptionsRequest, v1::ListExceptionsResponse>(
        "GlossaryService/ListExceptions", R"(parent: "glossaries/g" )" + request);
    EXPECT_THAT(page, IsOk());
    std::vector<std::string> reasons;
    for (const v1::Exception& exception : page->exceptions()) {
      reasons.push_back(exception.reason());
    }
    if (token != nullptr) {
      *token = page->next_page_token();
    }
    return reasons;
  }
};

TEST_F(ExceptionsTest, RecordsWhoWhenAndWhy) {
  const auto created = CreateException(kFull);
  ASSERT_THAT(created, IsOk());
  EXPECT_THAT(created->name(), HasSubstr("glossaries/g/exceptions/"));
  EXPECT_EQ(created->creator(), "mari");
  EXPECT_GT(created->create_time().seconds(), 1'700'000'000);
  EXPECT_EQ(created->language_code(), "ru");
  services_.reset();
  store_.reset();
  Open();
  const auto page = Call<v1::ListExceptionsRequest, v1::ListExceptionsResponse>(
      "GlossaryService/ListExceptions", R"(parent: "glossaries/g")");
  ASSERT_THAT(page, IsOk());
  ASSERT_EQ(page->exceptions_size(), 1);
  EXPECT_EQ(page->exceptions(0).SerializeAsString(), created->SerializeAsString());
}

TEST_F(ExceptionsTest, AreListedInPages) {
  for (const char* reason : {"a", "b", "c"}) {
    ASSERT_THAT(CreateException(std::string(R"(concept_name: "glossaries/g/concepts/belarus" )") +
                                "reason: \"" + reason + "\""),
                IsOk());
  }
  std::string token;
  const std::vector<std::string> first = Reasons("page_size: 2", &token);
  EXPECT_EQ(first.size(), 2U);
  std::vector<std::string> rest = Reasons("page_size: 2 page_token: \"" + token + "\"", &token);
  EXPECT_EQ(token, "");
  rest.insert(rest.end(), first.begin(), first.end());
  EXPECT_THAT(rest, testing::UnorderedElementsAre("a", "b", "c"));
}

TEST_F(ExceptionsTest, SaysWhatIsWrongWithOne) {
  EXPECT_THAT(CreateException(R"(reason: "r")"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("exception.concept: ")));
  EXPECT_THAT(CreateException(R"(concept_name: "glossaries/g/concepts/belarus")"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("exception.reason: ")));
  EXPECT_THAT(CreateException(R"(concept_name: "glossaries/h/concepts/x" reason: "r")"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("another glossary")));
  EXPECT_THAT(CreateException(R"(concept_name: "glossaries/g/concepts/none" reason: "r")"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/g/concepts/none")));
  EXPECT_THAT(
      CreateException(R"(concept_name: "glossaries/g/concepts/belarus" reason: "r" kind: 99)"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("exception.kind: ")));
  EXPECT_THAT(
      CreateException(
          R"(concept_name: "glossaries/g/concepts/belarus" reason: "r" language_code: "e_")"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("exception.language_code: ")));
  EXPECT_THAT((Call<v1::DeleteExceptionRequest, google::protobuf::Empty>(
                  "GlossaryService/DeleteException", R"(name: "glossaries/g/exceptions/none")")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/g/exceptions/none")));
  EXPECT_THAT((Call<v1::DeleteExceptionRequest, google::protobuf::Empty>(
                  "GlossaryService/DeleteException", R"(name: "x")")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("name: ")));
}

TEST_F(ExceptionsTest, RepeatedRequestMakesOne) {
  v1::CreateExceptionRequest request;
  request.set_parent("glossaries/g");
  request.set_request_id("r1");
  *request.mutable_exception() = Parse<v1::Exception>(kFull);
  const auto first = Call<v1::Exception>("GlossaryService/CreateException", request);
  const auto again = Call<v1::Exception>("GlossaryService/CreateException", request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
  EXPECT_THAT(Reasons(""), ElementsAre("цитата"));
}

TEST_F(ExceptionsTest, AreInTheFeed) {
  const std::int64_t before = store_->CurrentView()->revision().value;
  const auto created = CreateException(kFull);
  ASSERT_THAT(created, IsOk());
  const auto watched = RunStream<v1::WatchChangesResponse>(
      "WatchService/WatchChanges",
      std::vector{Parse<v1::WatchChangesRequest>(
          "parents: \"glossaries/g\" include_resource: true start_revision: " +
          std::to_string(before + 1))});
  ASSERT_EQ(watched.responses.size(), 1U);
  ASSERT_EQ(watched.responses[0].changes_size(), 1);
  const v1::Change& change = watched.responses[0].changes(0);
  EXPECT_EQ(change.type(), v1::Change::TYPE_CREATED);
  EXPECT_EQ(change.name(), created->name());
  EXPECT_EQ(change.exception().SerializeAsString(), created->SerializeAsString());
}

}  // namespace
}  // namespace sild::service
