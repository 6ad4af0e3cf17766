#include "tests/proto/compatibility.h"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace sild::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

google::protobuf::FileDescriptorSet Load(const std::string& path) {
  google::protobuf::FileDescriptorSet set;
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(set.ParseFromIstream(&file)) << path;
  return set;
}

google::protobuf::FileDescriptorSet Set(const std::string& message) {
  google::protobuf::FileDescriptorSet set;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      "file { package: \"sild.v1\" message_type { name: \"M\" " + message + " } }", &set));
  return set;
}

TEST(ApiCompatibility, NothingThatWasReleasedIsBroken) {
  const auto released = Load(SILD_API_RELEASED);
  ASSERT_GT(released.file_size(), 0);
  EXPECT_THAT(Incompatibilities(released, Load(SILD_API_NOW)), IsEmpty());
}

TEST(ApiCompatibility, FieldThatIsGoneIsFound) {
  const auto before =
      Set(R"(field { name: "a" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL })");
  EXPECT_THAT(Incompatibilities(before, Set("")), ElementsAre(HasSubstr("sild.v1.M.a is gone")));
  EXPECT_THAT(
      Incompatibilities(before, Set(R"(reserved_name: "a" reserved_range { start: 1 end: 2 })")),
      IsEmpty());
}

TEST(ApiCompatibility, FieldThatChangedIsFound) {
  const auto before =
      Set(R"(field { name: "a" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL })");
  EXPECT_THAT(
      Incompatibilities(
          before, Set(R"(field { name: "a" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL })")),
      ElementsAre(HasSubstr("M.a has another")));
  EXPECT_THAT(
      Incompatibilities(
          before, Set(R"(field { name: "a" number: 1 type: TYPE_BYTES label: LABEL_OPTIONAL })")),
      ElementsAre(HasSubstr("M.a has another")));
}

TEST(ApiCompatibility, NewFieldIsNoFinding) {
  EXPECT_THAT(Incompatibilities(Set(""), Set(R"(field { name: "a" number: 1 type: TYPE_STRING })")),
              IsEmpty());
}

}  // namespace
}  // namespace sild::test
