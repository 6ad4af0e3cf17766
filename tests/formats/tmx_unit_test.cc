#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/context_hash.h"
#include "tests/formats/collect.h"
#include "tests/formats/tmx_files.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using test::Collector;
using test::OnlyText;
using test::ReadWell;
using test::SegmentFile;
using test::Texts;
using test::Tmx;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Tag> OnlyTags(const Collector& found) {
  return found.units.empty() ? std::vector<Tag>() : found.units[0].unit.variants[0].segment.tags;
}

TEST(TmxUnit, ReadsLanguagesAsToolsSpellThem) {
  const Collector found = ReadWell(
      Tmx("<tu><tuv lang='EN_us'><seg>a</seg></tuv><tuv xml:lang='en-UK'><seg>b</seg></tuv>"
          "<tuv xml:lang='Estonian'><seg>c</seg></tuv><tuv xml:lang='sr-Cyrl-RS'><seg>d</seg></tuv>"
          "</tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("en-US:a", "en-GB:b", "et:c", "sr-Cyrl-RS:d"));
  EXPECT_THAT(found.units[0].unit.variants[0].properties, IsEmpty());
  EXPECT_THAT(found.units[0].unit.variants[1].properties,
              ElementsAre(Property{"x-sild-lang", "en-UK"}));
}

TEST(TmxUnit, MapsLanguages) {
  ReadOptions options;
  options.language_map["ee"] = LanguageTag::FromCanonical("et");
  EXPECT_THAT(Texts(ReadWell(Tmx("<tu><tuv xml:lang='EE'><seg>tere</seg></tuv></tu>"), options)),
              ElementsAre("et:tere"));
}

TEST(TmxUnit, LeavesOutAVariantWithoutLanguageOnly) {
  const Collector found =
      ReadWell(Tmx("<tu><tuv><seg>a</seg></tuv><tuv xml:lang='xx-Nowhere9999'><seg>b</seg></tuv>"
                   "<tuv xml:lang='lt'><seg>c</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("lt:c"));
  EXPECT_THAT(found.issues, SizeIs(2));
  EXPECT_EQ(found.DroppedCount(), 0);
}

TEST(TmxUnit, FindsTheSourceLanguage) {
  const std::string two =
      "<tuv xml:lang='et'><seg>b</seg></tuv><tuv xml:lang='en-US'><seg>a</seg></tuv></tu>";
  const auto source = [](const Collector& found) {
    return found.units.empty() ? "none" : found.units[0].unit.source_language.str();
  };
  EXPECT_EQ(source(ReadWell(Tmx("<tu>" + two))), "en-US");  // The header's `en`.
  EXPECT_EQ(source(ReadWell(Tmx("<tu srclang='et'>" + two))), "et");
  EXPECT_EQ(source(ReadWell(Tmx("<tu srclang='*all*'>" + two))), "");
  EXPECT_EQ(source(ReadWell(Tmx("<tu>" + two, "<header srclang='*all*'/>"))), "");
  ReadOptions options;
  options.default_source_language = LanguageTag::FromCanonical("et");
  EXPECT_EQ(source(ReadWell(Tmx("<tu>" + two, "<header/>"), options)), "et");
  EXPECT_EQ(source(ReadWell(Tmx("<tu srclang='fr'>" + two))), "fr");
}

TEST(TmxUnit, SplitsAlternatives) {
  const Collector found = ReadWell(
      Tmx("<tu tuid='7'><tuv xml:lang='et'><seg>e1</seg></tuv><tuv xml:lang='en'><seg>s</seg></tuv>"
          "<tuv xml:lang='et'><seg>e2</seg></tuv><tuv xml:lang='lt'><seg>l</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("et:e1", "en:s", "lt:l", "en:s", "et:e2"));
  ASSERT_THAT(found.units, SizeIs(2));
  EXPECT_EQ(found.units[1].tuid, "7");
  EXPECT_THAT(found.units[1].unit.properties.back().value, ::testing::EndsWith(":2/2"));
}

TEST(TmxUnit, SkipsWhatHasNoText) {
  const Collector found =
      ReadWell(Tmx("<tu/><tu><tuv xml:lang='en'/></tu><tu><tuv xml:lang='en'><seg></seg></tuv>"
                   "<tuv xml:lang='ru'><seg>да</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("ru:да"));
  EXPECT_EQ(found.DroppedCount(), 2);
}

TEST(TmxUnit, TakesTextWithoutSeg) {
  const Collector found = ReadWell(Tmx("<tu><tuv xml:lang='en'>\n  a <b>c</b>\n</tuv></tu>"));
  EXPECT_EQ(OnlyText(found), "a c");
  EXPECT_THAT(found.Messages(), HasSubstr("without seg"));
}

TEST(TmxUnit, LeavesOutPropertiesInSegments) {
  const Collector found = ReadWell(SegmentFile("a<prop type='x'>b</prop>c"));
  EXPECT_EQ(OnlyText(found), "ac");
  EXPECT_THAT(found.Messages(), HasSubstr("inside a seg"));
}

TEST(TmxUnit, PairsTags) {
  const Collector found = ReadWell(
      SegmentFile("<bpt i='5' x='2' type='bold'>&lt;b&gt;</bpt>a<ept i='5'>&lt;/b&gt;</ept>"
                  "<bpt i='5'/>b<ept i='5'/><ept i='9'/><bpt i='3'/>"));
  EXPECT_EQ(OnlyText(found), "ab");
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kOpen, 0, 5, 2, "bold", "<b>"},
                                           Tag{TagKind::kClose, 1, 5, 2, "bold", "</b>"},
                                           Tag{TagKind::kOpen, 1, 1, 0, "", ""},
                                           Tag{TagKind::kClose, 2, 1, 0, "", ""},
                                           Tag{TagKind::kIsolatedClose, 2, 0, 0, "", ""},
                                           Tag{TagKind::kIsolatedOpen, 2, 0, 0, "", ""}));
}

TEST(TmxUnit, NumbersTagsFromOne) {
  const Collector found = ReadWell(SegmentFile("<ph x='0'>{0}</ph><ph x='1'>{1}</ph><ph>{2}</ph>"));
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kPlaceholder, 0, 0, 1, "", "{0}"},
                                           Tag{TagKind::kPlaceholder, 0, 0, 2, "", "{1}"},
                                           Tag{TagKind::kPlaceholder, 0, 0, 0, "", "{2}"}));
}

TEST(TmxUnit, KeepsSubflowsInTheData) {
  const Collector found =
      ReadWell(SegmentFile("a<ph>&lt;img alt='<sub type='t'>pilt</sub>'></ph>"));
  EXPECT_EQ(OnlyText(found), "a");
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kPlaceholder, 1, 0, 0, "",
                                               "<img alt='<sub type=\"t\">pilt</sub>'>"}));
}

TEST(TmxUnit, KeepsTheTextOfHighlights) {
  const Collector found = ReadWell(SegmentFile("a <hi x='1'>b</hi>"));
  EXPECT_EQ(OnlyText(found), "a b");
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kOpen, 2, 1, 1, "hi", ""},
                                           Tag{TagKind::kClose, 3, 1, 1, "hi", ""}));
}

TEST(TmxUnit, KeepsForeignElementsAsTags) {
  const Collector found = ReadWell(
      SegmentFile("<g id='1'>a<x id='2'/></g><bx id='3'/>b<ex id='3'/><t5:n n='1'/><ut>u</ut>"));
  EXPECT_EQ(OnlyText(found), "ab");
  EXPECT_THAT(OnlyTags(found),
              ElementsAre(Tag{TagKind::kOpen, 0, 1, 1, "g", "<g id=\"1\">"},
                          Tag{TagKind::kPlaceholder, 1, 0, 2, "x", "<x id=\"2\"/>"},
                          Tag{TagKind::kClose, 1, 1, 1, "g", "</g>"},
                          Tag{TagKind::kOpen, 1, 2, 3, "bx", "<bx id=\"3\"/>"},
                          Tag{TagKind::kClose, 2, 2, 3, "ex", "<ex id=\"3\"/>"},
                          Tag{TagKind::kPlaceholder, 2, 0, 0, "t5:n", "<t5:n n=\"1\"/>"},
                          Tag{TagKind::kPlaceholder, 2, 0, 0, "ut", "u"}));
  EXPECT_THAT(found.Messages(), HasSubstr("t5"));
}

TEST(TmxUnit, ReadsFields) {
  const Collector found = ReadWell(Tmx(
      "<tu tuid='1' creationdate='20240131T120000Z' changedate='2024-02-01 10:00' creationid='A'"
      " changeid='B' usagecount='3' lastusagedate='20240301T080000Z' segtype='paragraph' "
      "datatype='html' o-tmf='t' odd='x'>"
      "<note>n</note><prop type='p'> v </prop><tuv xml:lang='en' changedate='00000000'>"
      "<seg>a</seg></tuv></tu>"));
  ASSERT_THAT(found.units, SizeIs(1));
  const TranslationUnit& unit = found.units[0].unit;
  EXPECT_EQ(unit.create_time, Timestamp(std::chrono::seconds(1'706'702'400)));
  EXPECT_EQ(unit.update_time, Timestamp(std::chrono::seconds(1'706'781'600)));
  EXPECT_EQ(unit.creator, "A");
  EXPECT_EQ(unit.updater, "B");
  EXPECT_EQ(unit.usage_count, 3);
  EXPECT_EQ(unit.last_use_time, Timestamp(std::chrono::seconds(1'709'280'000)));
  EXPECT_EQ(unit.segment_type, SegmentType::kParagraph);
  EXPECT_THAT(unit.notes, ElementsAre("n"));
  EXPECT_THAT(unit.properties,
              ElementsAre(Property{"tuid", "1"}, Property{"datatype", "html"},
                          Property{"o-tmf", "t"}, Property{"odd", "x"}, Property{"p", " v "}));
  EXPECT_THAT(
      ReadWell(Tmx("<tu lastusagedate='2024-03-01'><tuv xml:lang='en'><seg>a</seg></tuv></tu>"))
          .units[0]
          .unit.properties,
      ElementsAre(Property{"lastusagedate", "2024-03-01"}))
      << "kept as it stands";
  EXPECT_THAT(unit.variants[0].properties, ElementsAre(Property{"changedate", "00000000"}));
}

TEST(TmxUnit, TakesPeopleAndTimesOfVariantsForTheUnit) {
  const Collector found = ReadWell(
      Tmx("<tu><tuv xml:lang='en' creationdate='20240101T000000Z' creationid='A'><seg>a</seg></tuv>"
          "<tuv xml:lang='lt' creationdate='20230101T000000Z' creationid='B'"
          " changedate='20240601T000000Z' changeid='C'><seg>b</seg></tuv></tu>"));
  EXPECT_EQ(found.units[0].unit.creator, "B");
  EXPECT_EQ(found.units[0].unit.updater, "C");
}

TEST(TmxUnit, UnderstandsPropertiesOfTools) {
  const Collector memoq = ReadWell(
      Tmx("<tu creationid='x'><prop type='x-document'>d.doc</prop><prop type='aligned'>yes</prop>"
          "<tuv xml:lang='en'><prop type='x-context-pre'>&lt;seg&gt;One &lt;ph&gt;code&lt;/ph&gt;"
          "&amp;amp; two&lt;/seg&gt;</prop><seg>a</seg></tuv>"
          "<tuv xml:lang='et'><seg>b</seg></tuv></tu>"));
  const TranslationUnit& unit = memoq.units[0].unit;
  EXPECT_EQ(unit.document, "d.doc");
  EXPECT_EQ(unit.variants[0].neighbors.previous_hash, text::ContextHash("One & two"));
  EXPECT_EQ(unit.variants[1].neighbors, Neighbors());
  EXPECT_EQ(unit.variants[1].origin, Origin::kAlignment);
  EXPECT_EQ(unit.variants[0].origin, Origin::kUnknown);
  EXPECT_THAT(unit.properties, SizeIs(2));

  const Collector omegat = ReadWell(
      Tmx("<tu><prop type='file'>f.html</prop><prop type='id'>42</prop><prop type='prev'>p</prop>"
          "<prop type='next'>n</prop><tuv xml:lang='en'><seg>a</seg></tuv>"
          "<tuv xml:lang='ru' changeid='MT!'><seg>b</seg></tuv></tu>"));
  EXPECT_EQ(omegat.units[0].unit.document, "f.html");
  EXPECT_EQ(omegat.units[0].unit.context_id, "42");
  EXPECT_EQ(omegat.units[0].unit.variants[0].neighbors.next_hash, text::ContextHash("n"));
  EXPECT_EQ(omegat.units[0].unit.variants[1].origin, Origin::kMachine);

  const Collector trados =
      ReadWell(Tmx("<tu><prop type='x-ConfirmationLevel'>ApprovedSignOff</prop><tuv xml:lang='en'>"
                   "<seg>a</seg></tuv><tuv xml:lang='lt'><seg>b</seg></tuv></tu>"));
  EXPECT_EQ(trados.units[0].unit.variants[1].status, VariantStatus::kApproved);
}

TEST(TmxUnit, LeavesOutSegmentsThatAreTooLong) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += "я";
  }
  EXPECT_EQ(OnlyText(ReadWell(SegmentFile(text))), text);
  const Collector found = ReadWell(SegmentFile(text + "я"));
  EXPECT_THAT(found.units, IsEmpty());
  EXPECT_EQ(found.DroppedCount(), 1);
  EXPECT_THAT(found.Messages(), HasSubstr("longer than 10000 characters"));
}

TEST(TmxUnit, LeavesOutUnitsThatAreTooLarge) {
  ReadOptions options;
  options.limits.unit_bytes = 1000;
  const std::string field = "<prop type='p'>" + std::string(1001, 'a') + "</prop>";
  const Collector found =
      ReadWell(Tmx("<tu>" + field + "<tuv xml:lang='en'><seg>a</seg></tuv></tu>"), options);
  EXPECT_THAT(found.units, IsEmpty());
  EXPECT_EQ(found.Messages(), "the unit is larger than 1000 bytes; split it\n");
}

TEST(TmxUnit, LeavesOutUnitsThatTheApiWouldRefuse) {
  const std::string long_name(1001, 'a');
  const std::string long_code(10'001, 'c');
  for (const std::string& tu :
       {"<tu changeid='" + long_name + "'><tuv xml:lang='en'><seg>a</seg></tuv></tu>",
        "<tu><tuv xml:lang='en'><seg>a<ph>" + long_code + "</ph></seg></tuv></tu>"}) {
    const Collector found = ReadWell(Tmx(tu));
    EXPECT_THAT(found.units, IsEmpty());
    EXPECT_EQ(found.DroppedCount(), 1);
    EXPECT_THAT(found.Messages(), HasSubstr("is longer than 10"));
  }
}

TEST(TmxUnit, NamesPropertiesThatHaveNoType) {
  const Collector found =
      ReadWell(Tmx("<tu><prop>v</prop><tuv xml:lang='en'><seg>a</seg></tuv></tu>"));
  EXPECT_THAT(found.units[0].unit.properties, ElementsAre(Property{"x-untyped", "v"}));
}

}  // namespace
}  // namespace sild::formats
