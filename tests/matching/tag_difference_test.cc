#include "server/matching/tag_difference.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace sild::matching {
namespace {

// A segment from text with tags written as `{code}`, `{/code}` or `{code|}` for a placeholder.
Segment Parse(const std::string& marked, bool has_types = false) {
  Segment segment;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] != '{') {
      segment.text += marked[i];
      continue;
    }
    const std::size_t end = marked.find('}', i);
    std::string code = marked.substr(i + 1, end - i - 1);
    Tag tag;
    tag.kind = TagKind::kOpen;
    if (code.starts_with('/')) {
      tag.kind = TagKind::kClose;
    } else if (code.ends_with('|')) {
      tag.kind = TagKind::kPlaceholder;
    }
    tag.position = static_cast<std::uint32_t>(segment.text.size());
    tag.data = "<" + code + ">";
    tag.type = has_types ? code.substr(0, 1) : "";
    segment.tags.push_back(tag);
    i = end;
  }
  return segment;
}

std::int32_t Difference(const Segment& query, const Segment& stored) {
  return TagDifference(query, text::Tokenize(query.text), stored, text::Tokenize(stored.text));
}

std::int32_t Difference(const std::string& query, const std::string& stored) {
  return Difference(Parse(query), Parse(stored));
}

TEST(TagDifference, IsNothingForTheSameTags) {
  EXPECT_EQ(Difference("{b}Sild{/b} on", "{b}Sild{/b} on"), 0);
  EXPECT_EQ(Difference("Sild", "Sild"), 0);
}

TEST(TagDifference, CountsEachUnmatchedTagOnEitherSide) {
  EXPECT_EQ(Difference("{b}Sild{/b} on", "Sild on"), 20);
  EXPECT_EQ(Difference("Sild on", "{x|}Sild on"), 10);
  EXPECT_EQ(Difference("{x|}Sild", "{y|}Sild"), 20);
}

TEST(TagDifference, CountsMovedTagsHalf) {
  EXPECT_EQ(Difference("Üks {b}kaks{/b} kolm", "{b}Üks{/b} kaks kolm"), 10);
}

TEST(TagDifference, HasALimit) {
  EXPECT_EQ(Difference("{a|}{b|}{c|}{d|}{e|}{f|}Sild", "Sild"), 50);
  EXPECT_EQ(Difference("{a|}{b|}{c|}Sild", "{d|}{e|}{f|}Sild"), 50);
}

TEST(TagDifference, SetsAttributeValuesAside) {
  EXPECT_EQ(Difference("{a href=\"x\"}Sild{/a}", "{a href='y z'}Sild{/a}"), 0);
  EXPECT_EQ(Difference("{a href=\"x\"}Sild{/a}", "{a name=\"x\"}Sild{/a}"), 20);
}

TEST(TagDifference, ComparesTypesWhereBothHaveThem) {
  EXPECT_EQ(Difference(Parse("{b1}Sild", true), Parse("{b2}Sild", true)), 0);
  EXPECT_EQ(Difference(Parse("{b1}Sild", true), Parse("{i1}Sild", true)), 20);
  EXPECT_EQ(Difference(Parse("{b1}Sild", true), Parse("{b1}Sild", false)), 0);
}

TEST(TagDifference, FindsTheSamePlaceInOtherText) {
  EXPECT_EQ(Difference("Vana sild {x|}on kinni", "Täna on vana sild {x|}avatud"), 0);
  EXPECT_EQ(Difference("sild {x|}on kinni", "{x|}uus tee"), 5);
}

TEST(TagDifference, IsExactAboutPlacesInTheSameText) {
  EXPECT_EQ(Difference("a a {x|}a", "a {x|}a a"), 5);
  EXPECT_EQ(Difference("a {x|}b", "a{x|} b"), 5);
  Segment decomposed = Parse("s\xCC\x8C{x|}alis");
  EXPECT_EQ(Difference(decomposed, Parse("š{x|}alis")), 0) << "another normal form";
}

}  // namespace
}  // namespace sild::matching
