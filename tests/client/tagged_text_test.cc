#include "client/cli/tagged_text.h"

#include <string>

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace sild::cli {
namespace {

v1::Segment Parse(const std::string& text) {
  v1::Segment segment;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &segment));
  return segment;
}

// The tags of a text as `kind:position:pair`.
std::string Tags(const std::string& text) {
  const v1::Segment segment = ParseTags(text);
  std::string shown;
  for (const v1::Tag& tag : segment.tags()) {
    shown += (shown.empty() ? "" : " ") + v1::Tag::Kind_Name(tag.kind()).substr(5) + ":" +
             std::to_string(tag.position()) + ":" + std::to_string(tag.pair());
  }
  return shown;
}

constexpr char kTagged[] = R"(
    text: "Klõpsa siia"
    tags { kind: KIND_OPEN position: 7 pair: 1 data: "<b>" }
    tags { kind: KIND_CLOSE position: 11 pair: 1 data: "</b>" })";

TEST(TagText, IsTheNativeCodeOrANumber) {
  EXPECT_EQ(TagText(Parse(kTagged).tags(0)), "<b>");
  EXPECT_EQ(WithTags(Parse(R"(text: "ab"
                              tags { kind: KIND_OPEN pair: 2 }
                              tags { kind: KIND_CLOSE position: 1 pair: 2 }
                              tags { kind: KIND_PLACEHOLDER position: 2 id: 7 })")),
            "<2>a</2>b<7/>");
  EXPECT_EQ(WithTags(Parse(R"(tags { kind: KIND_PLACEHOLDER data: "\033[1m" })")), "\\x1b[1m");
}

TEST(SliceWithTags, GivesEachTagToOnePart) {
  const v1::Segment segment = Parse(kTagged);
  EXPECT_EQ(SliceWithTags(segment, 0, 7) + "|" + SliceWithTags(segment, 7, 12),
            "Klõpsa |<b>siia</b>");
  EXPECT_EQ(SliceWithTags(segment, 7, 7), "");
  EXPECT_EQ(WithTags(segment), "Klõpsa <b>siia</b>");
  EXPECT_EQ(WithTags({}), "");
}

TEST(ParseTags, PairsTagsOfOneName) {
  EXPECT_EQ(ParseTags("Õ <b>siia</b> <a href=\"x>y\">z").text(), "Õ siia z");
  EXPECT_EQ(Tags("Õ <b>siia</b>"), "OPEN:2:1 CLOSE:6:1");
  EXPECT_EQ(Tags("<i><b>x</b></i>"), "OPEN:0:1 OPEN:0:2 CLOSE:1:2 CLOSE:1:1");
  EXPECT_EQ(Tags("a</i><br>b<br/><b>"),
            "ISOLATED_CLOSE:1:0 PLACEHOLDER:1:0 PLACEHOLDER:2:0 ISOLATED_OPEN:2:0");
  EXPECT_EQ(Tags("a < b > c <3 <> </> <b"), "");
  EXPECT_EQ(ParseTags("a < b > c <3 <> </> <b").text(), "a < b > c <3 <> </> <b");
  EXPECT_EQ(WithTags(ParseTags("x <b>y</b><br/>")), "x <b>y</b><br/>");
}

TEST(TakeTags, NeedsEachTagOnceAndInOrder) {
  const v1::Segment stored = Parse(kTagged);
  const auto taken = TakeTags("<b>Siia</b> klõpsa", stored);
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->text(), "Siia klõpsa");
  EXPECT_EQ(taken->tags(0).position(), 0);
  EXPECT_EQ(taken->tags(1).position(), 4);
  for (const char* const text :
       {"Siia", "<b>Siia", "</b>Siia<b>", "<b>a</b> <b>b</b>", "<b>a</b></b>", "<B>a</B>"}) {
    EXPECT_FALSE(TakeTags(text, stored).has_value()) << text;
  }
}

}  // namespace
}  // namespace sild::cli
