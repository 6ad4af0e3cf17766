#include "server/matching/carry_tags.h"

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "server/matching/repair.h"

namespace sild::matching {
namespace {

// A segment from text with tags written as `{code}`, `{/code}` or `{code|}` for a placeholder; the
// first letter of a code joins the two of a pair.
Segment Parse(const std::string& marked) {
  Segment segment;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] != '{') {
      segment.text += marked[i];
      continue;
    }
    const std::size_t end = marked.find('}', i);
    const std::string code = marked.substr(i + 1, end - i - 1);
    Tag tag;
    tag.kind = code.starts_with('/') ? TagKind::kClose
               : code.ends_with('|') ? TagKind::kPlaceholder
                                     : TagKind::kOpen;
    tag.pair = tag.kind == TagKind::kPlaceholder ? 0 : code[code.starts_with('/') ? 1 : 0];
    tag.position = static_cast<std::uint32_t>(segment.text.size());
    tag.data = code;
    segment.tags.push_back(tag);
    i = end;
  }
  return segment;
}

std::string Show(const Segment& segment) {
  std::string marked;
  std::size_t at = 0;
  for (const Tag& tag : segment.tags) {
    marked += segment.text.substr(at, tag.position - at) + "{" + tag.data + "}";
    at = tag.position;
  }
  return marked + segment.text.substr(at);
}

Repair Make(const std::string& query, const std::string& source, const std::string& target) {
  const Segment segment = Parse(query);
  return Repairer(segment, LanguageTag::FromCanonical("en"))
      .Make(Parse(source), LanguageTag::FromCanonical("en"), Parse(target),
            LanguageTag::FromCanonical("et"));
}

std::string Carry(const std::string& query, const std::string& source, const std::string& target) {
  return Show(Make(query, source, target).proposal);
}

int Left(const Repair& repair) {
  int left = 0;
  for (const Placement& placement : repair.placements) {
    EXPECT_EQ(placement.kind, PlacementKind::kTag);
    left += placement.state == PlacementState::kLeft ? 1 : 0;
  }
  return left;
}

TEST(CarryTags, PutsTheTagsOfTheQueryWhereTheTargetHasThoseOfTheSource) {
  EXPECT_EQ(
      Carry("Old {a href=2}bridge{/a}", "Old {a href=1}bridge{/a}", "Vana {a href=1}sild{/a}"),
      "Vana {a href=2}sild{/a}");
  EXPECT_EQ(Carry("{x2|} and {y2|}", "{x|} and {y|}", "{y|} ja {x|}"), "{y2|} ja {x2|}");
  const Repair repair = Make("Old {i}bridge{/i}", "Old {b}bridge{/b}", "Vana {b}sild{/b}");
  EXPECT_EQ(Show(repair.proposal), "Vana {i}sild{/i}");
  EXPECT_EQ(Left(repair), 0);
  EXPECT_TRUE(repair.differs_only_in_placeables);
  EXPECT_EQ(repair.score_tenths, 990);
}

TEST(CarryTags, MovesWithWhatIsRepaired) {
  EXPECT_EQ(Carry("{b}All{/b} 12,000 {i}files{/i}", "{b}All{/b} 5 {i}files{/i}",
                  "{b}Kõik{/b} 5 {i}faili{/i}"),
            "{b}Kõik{/b} 12\u00A0000 {i}faili{/i}");
}

TEST(CarryTags, LeavesWhatIsUncertain) {
  const Repair lost = Make("Old {b}bridge{/b}", "Old {b}bridge{/b}", "Vana sild");
  EXPECT_EQ(Show(lost.proposal), "Vana sild");
  EXPECT_EQ(Left(lost), 2);
  const Repair twins = Make("{a2|} to {a3|}", "{a|} to {a|}", "{a|} kuni {a|}");
  EXPECT_EQ(Show(twins.proposal), " kuni ");
  EXPECT_EQ(Left(twins), 2);
  EXPECT_EQ(Carry("{a2|} to {a2|}", "{a|} to {a|}", "{a|} kuni {a|}"), "{a2|} kuni {a2|}");
}

TEST(CarryTags, LeavesTagsThatStandElsewhereInTheQuery) {
  const Repair moved =
      Make("Old {b}stone{/b} bridge", "{b}Old{/b} stone bridge", "{b}Vana{/b} kivisild");
  EXPECT_EQ(Show(moved.proposal), "Vana kivisild");
  EXPECT_EQ(Left(moved), 2);
}

TEST(CarryTags, DropsTagsThatTheQueryDoesNotHave) {
  const Repair plain = Make("Old bridge", "{b}Old{/b} bridge", "{b}Vana{/b} sild");
  EXPECT_EQ(Show(plain.proposal), "Vana sild");
  EXPECT_EQ(Left(plain), 0);
}

TEST(CarryTags, WrapsTheWholeTargetAsTheQuery) {
  EXPECT_EQ(Carry("{b}Old bridge{/b}", "Old bridge", "Vana sild"), "{b}Vana sild{/b}");
  EXPECT_EQ(Carry("{b}Old{/b} bridge", "Old bridge", "Vana sild"), "Vana sild");
}

TEST(CarryTags, CarriesPairsOrNothing) {
  const Repair half = Make("{i}Old{/i} bridge", "{b}Old{/b} bridge", "{b}Vana sild");
  EXPECT_EQ(Show(half.proposal), "Vana sild");
  EXPECT_EQ(Left(half), 2);
}

}  // namespace
}  // namespace sild::matching
