#include "client/cli/json_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sild/v1/memory_service.pb.h"
#include "tests/support/status_matchers.h"

namespace sild::cli {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

TEST(ToJsonLine, PrintsLowerCamelCaseAndDefaultsOnOneLine) {
  v1::Memory memory;
  memory.set_name("memories/a");
  memory.set_display_name("Õ \"1\"\n2");
  EXPECT_EQ(ToJsonLine(memory),
            R"({"name":"memories/a","displayName":"Õ \"1\"\n2","sourceLanguageCode":"",)"
            R"("writePolicy":"WRITE_POLICY_UNSPECIFIED","labels":{},"languageCodes":[],)"
            R"("unitCount":"0","etag":"","revision":"0"})");
}

TEST(ErrorJsonLine, HasCodeAndMessage) {
  EXPECT_EQ(ErrorJsonLine(absl::InvalidArgumentError("queries[0]: \"õ\"\n")),
            R"({"error":{"code":"INVALID_ARGUMENT","message":"queries[0]: \"õ\"\n"}})");
}

TEST(FromJson, ReadsWhatToEditableJsonWrote) {
  v1::TranslationUnit unit;
  unit.set_name("memories/a/units/b");
  unit.add_variants()->mutable_segment()->set_text("日本\u202e👍");
  v1::TranslationUnit read;
  ASSERT_THAT(FromJson(ToEditableJson(unit), read), IsOk());
  EXPECT_EQ(read.SerializeAsString(), unit.SerializeAsString());
}

TEST(FromJson, NamesAFieldThatItDoesNotKnow) {
  v1::Memory memory;
  EXPECT_THAT(FromJson(R"({"dispayName":"x"})", memory),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("dispayName")));
}

}  // namespace
}  // namespace sild::cli
