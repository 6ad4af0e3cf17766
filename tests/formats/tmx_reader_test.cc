#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "server/formats/tmx.h"
#include "server/text/context_hash.h"
#include "tests/formats/collect.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::Collector;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// A TMX file of these `tu`.
std::string Tmx(std::string_view units, std::string_view header = R"(<header srclang="en"/>)") {
  return "<tmx version=\"1.4\">" + std::string(header) + "<body>" + std::string(units) +
         "</body></tmx>";
}

// A `tu` of one English segment with this content.
std::string Segment(std::string_view content) {
  return Tmx("<tu><tuv xml:lang=\"en\"><seg>" + std::string(content) + "</seg></tuv></tu>");
}

absl::Status Read(const std::string& file, Collector& found, const ReadOptions& options = {}) {
  const auto reader = NewTmxReader(options, found);
  return test::ReadAll(*reader, file, 7);  // Cuts nearly everything somewhere.
}

Collector ReadWell(const std::string& file, const ReadOptions& options = {}) {
  Collector found;
  EXPECT_THAT(Read(file, found, options), IsOk());
  return found;
}

std::string OnlyText(const Collector& found) {
  return found.units.size() == 1 && found.units[0].unit.variants.size() == 1
             ? found.units[0].unit.variants[0].segment.text
             : "not one variant";
}

std::vector<std::string> Texts(const Collector& found) {
  std::vector<std::string> texts;
  for (const ParsedUnit& unit : found.units) {
    for (const Variant& variant : unit.unit.variants) {
      texts.push_back(variant.language.str() + ":" + variant.segment.text);
    }
  }
  return texts;
}

std::vector<Tag> OnlyTags(const Collector& found) {
  return found.units.empty() ? std::vector<Tag>() : found.units[0].unit.variants[0].segment.tags;
}

// The bytes of `text` (ASCII and characters below U+10000) as UTF-16.
std::string Utf16(std::u16string_view text, bool is_little_endian) {
  std::string bytes;
  for (const char16_t c : text) {
    const char low = static_cast<char>(c & 0xFF);
    const char high = static_cast<char>(c >> 8);
    bytes += is_little_endian ? low : high;
    bytes += is_little_endian ? high : low;
  }
  return bytes;
}

constexpr std::u16string_view kWide =
    u"<?xml version='1.0' encoding='utf-16'?>\r\n<tmx><body><tu><tuv xml:lang='ru'>"
    u"<seg>слово \U0001F600</seg></tuv></tu></body></tmx>";

TEST(TmxReader, ReadsUtf16WithAByteOrderMark) {
  EXPECT_EQ(OnlyText(ReadWell("\xFF\xFE" + Utf16(kWide, true))), "слово 😀");
  EXPECT_EQ(OnlyText(ReadWell("\xFE\xFF" + Utf16(kWide, false))), "слово 😀");
}

TEST(TmxReader, ReadsUtf16WithoutAByteOrderMark) {
  EXPECT_EQ(OnlyText(ReadWell(Utf16(kWide, true))), "слово 😀");
  EXPECT_EQ(OnlyText(ReadWell(Utf16(kWide, false))), "слово 😀");
}

TEST(TmxReader, ReplacesAHalfCharacterOfUtf16) {
  std::u16string text(kWide);
  text[text.find(u'\xDE00')] = u'!';
  const Collector found = ReadWell("\xFF\xFE" + Utf16(text, true));
  EXPECT_EQ(OnlyText(found), "слово \uFFFD!");
  EXPECT_THAT(found.Messages(), HasSubstr("XML cannot carry"));
}

TEST(TmxReader, ReadsEncodingsThatAreDeclared) {
  EXPECT_EQ(
      OnlyText(ReadWell("<?xml version=\"1.0\" encoding=\"windows-1257\"?>" + Segment("\xFEodis"))),
      "žodis");
  EXPECT_EQ(
      OnlyText(ReadWell("<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>" + Segment("t\xF5lge"))),
      "tõlge");
  EXPECT_EQ(OnlyText(ReadWell("<?xml version=\"1.0\" encoding='koi8-r'?>" + Segment("\xC4\xC1"))),
            "да");
}

TEST(TmxReader, SkipsAUtf8ByteOrderMark) {
  EXPECT_EQ(OnlyText(ReadWell("\xEF\xBB\xBF" + Segment("tõlge"))), "tõlge");
}

TEST(TmxReader, TakesUtf8ThatIsDeclaredAsSomethingElse) {
  for (const char* const encoding : {"utf-16", "windows-1251"}) {
    const Collector found = ReadWell("<?xml version=\"1.0\" encoding=\"" + std::string(encoding) +
                                     "\"?>" + Segment("слово"));
    EXPECT_EQ(OnlyText(found), "слово");
    EXPECT_THAT(found.Messages(), HasSubstr("read as UTF-8"));
  }
}

TEST(TmxReader, RefusesAnEncodingThatNobodyKnows) {
  Collector found;
  EXPECT_THAT(Read("<?xml version=\"1.0\" encoding=\"x-klingon\"?>" + Segment("a"), found),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("save the file as UTF-8")));
}

TEST(TmxReader, LeavesOutAUnitWhoseBytesAreNoText) {
  const Collector found =
      ReadWell(Tmx("<tu tuid=\"1\"><tuv xml:lang=\"en\"><seg>\xFC"
                   "ber</seg></tuv></tu>\n<tu><tuv xml:lang=\"en\"><seg>on</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("en:on"));
  ASSERT_THAT(found.issues, SizeIs(1));
  EXPECT_TRUE(found.issues[0].dropped);
  EXPECT_EQ(found.issues[0].unit_id, "1");
}

TEST(TmxReader, IgnoresADoctype) {
  const Collector found = ReadWell(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx PUBLIC \"-//x>//\" \"http://nowhere.example/t.dtd\" "
      "[<!-- it's > fine --><!ELEMENT tmx ANY>]>\n" +
      Segment("a"));
  EXPECT_EQ(OnlyText(found), "a");
  EXPECT_THAT(found.issues, IsEmpty());
  EXPECT_EQ(found.units[0].line, 3);
}

TEST(TmxReader, RefusesEntityDeclarations) {
  for (const char* const entity :
       {"<!ENTITY a SYSTEM \"file:///etc/passwd\">", "<!ENTITY % b SYSTEM \"http://x/\">",
        "<!ENTITY l0 \"lol\"><!ENTITY l1 \"&l0;&l0;\">"}) {
    Collector found;
    EXPECT_THAT(Read("\n<!DOCTYPE tmx [" + std::string(entity) + "]>" + Segment("&a;"), found),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         ::testing::AllOf(HasSubstr("line 2"), HasSubstr("remove the DOCTYPE"))));
    EXPECT_THAT(found.units, IsEmpty());
  }
}

TEST(TmxReader, DecodesHtmlEntitiesAndSaysSo) {
  const Collector found = ReadWell(Segment("10&nbsp;%&eacute;&lt;"));
  EXPECT_EQ(OnlyText(found), "10\u00A0%é<");
  EXPECT_THAT(found.Messages(), HasSubstr("HTML entities were decoded: 2, the first &nbsp;"));
}

TEST(TmxReader, KeepsUnknownEntitiesAndBareMarkupAsText) {
  EXPECT_EQ(OnlyText(ReadWell(Segment("&foo; AT&T a < b"))), "&foo; AT&T a < b");
}

TEST(TmxReader, RepairsCharactersThatXmlCannotCarry) {
  EXPECT_EQ(OnlyText(ReadWell(Segment("a\x0B"
                                      "b\x02"
                                      "c&#x1F;d&#xFFFF;e&#0;"))),
            "a bc\u00ADd\uFFFDe");
  EXPECT_EQ(OnlyText(ReadWell(Segment("&#xD83D;&#xDE00; &#xD800;"))), "😀 \uFFFD");
  EXPECT_EQ(OnlyText(ReadWell(Segment("\xED\xA0\xBD\xED\xB8\x80"))), "😀");
}

TEST(TmxReader, TakesCdataAsText) {
  EXPECT_EQ(OnlyText(ReadWell(Segment("a<![CDATA[<b>&amp; ]] ]]]>c"))), "a<b>&amp; ]] ]c");
}

TEST(TmxReader, ReadsGzip) {
  const std::string plain = Segment("tõlge");
  std::string zipped(1000, '\0');
  z_stream z = {};
  ASSERT_EQ(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string in = plain;
  z.next_in = reinterpret_cast<Bytef*>(in.data());
  z.avail_in = static_cast<uInt>(in.size());
  z.next_out = reinterpret_cast<Bytef*>(zipped.data());
  z.avail_out = static_cast<uInt>(zipped.size());
  ASSERT_EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
  zipped.resize(z.total_out);
  deflateEnd(&z);
  EXPECT_EQ(OnlyText(ReadWell(zipped)), "tõlge");

  Collector cut;
  EXPECT_THAT(Read(zipped.substr(0, zipped.size() - 4), cut),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("cut off")));
  ReadOptions small;
  small.max_decompressed_bytes = 20;
  Collector bomb;
  EXPECT_THAT(Read(zipped, bomb, small),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("20 bytes")));
}

TEST(TmxReader, RefusesZip) {
  Collector found;
  EXPECT_THAT(Read("PK\x03\x04zip", found),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unpack it")));
}

TEST(TmxReader, DeliversWhatStandsBeforeAnError) {
  Collector found;
  EXPECT_THAT(
      Read("<tmx><body>\n<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>\n<tu></tmx>", found),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 3")));
  EXPECT_THAT(Texts(found), ElementsAre("en:a"));
}

TEST(TmxReader, SaysThatAFileIsCutOff) {
  const std::string file = Segment("a");
  for (const std::size_t size : {file.size() - 1, file.size() - 8, std::size_t{20}}) {
    Collector found;
    EXPECT_THAT(Read(file.substr(0, size), found),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("get the whole file")));
  }
}

TEST(TmxReader, RefusesWhatIsNoTmx) {
  for (const char* const file : {"", "Tere!", "<martif/>", "{\"tmx\": 1}"}) {
    Collector found;
    EXPECT_THAT(Read(file, found), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line ")))
        << file;
  }
}

TEST(TmxReader, StopsWithTheErrorOfTheSink) {
  Collector found;
  found.unit_status = absl::AbortedError("enough");
  EXPECT_THAT(Read(Tmx("<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>"
                       "<tu><tuv xml:lang='en'><seg>b</seg></tuv></tu>"),
                   found),
              StatusIs(absl::StatusCode::kAborted, "enough"));
  EXPECT_THAT(found.units, SizeIs(1));
}

TEST(TmxReader, CountsLinesBeyondSixteenBits) {
  std::string file = "<tmx>\n<body>\r\n";
  for (int i = 0; i < 70'000; ++i) {
    file += "<!-- é -->\r";
  }
  file += "<tu\n tuid='x'><tuv xml:lang='en'><seg/></tuv></tu></body></tmx>";
  Collector found;
  const auto reader = NewTmxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, file), IsOk());
  ASSERT_THAT(found.issues, SizeIs(2));
  EXPECT_EQ(found.issues[1].line, 70'003);
  EXPECT_EQ(file.substr(static_cast<std::size_t>(found.issues[1].offset_bytes), 3), "<tu");
  EXPECT_EQ(reader->last_unit_end_bytes(), static_cast<std::int64_t>(file.find("</body>")));
}

TEST(TmxReader, ReadsLanguagesAsToolsSpellThem) {
  const Collector found = ReadWell(
      Tmx("<tu><tuv lang='EN_us'><seg>a</seg></tuv><tuv xml:lang='en-UK'><seg>b</seg></tuv>"
          "<tuv xml:lang='Estonian'><seg>c</seg></tuv><tuv xml:lang='sr-Cyrl-RS'><seg>d</seg></tuv>"
          "</tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("en-US:a", "en-GB:b", "et:c", "sr-Cyrl-RS:d"));
  EXPECT_THAT(found.units[0].unit.variants[0].properties, IsEmpty());
  EXPECT_THAT(found.units[0].unit.variants[1].properties,
              ElementsAre(Property{"x-sild-lang", "en-UK"}));
}

TEST(TmxReader, MapsLanguages) {
  ReadOptions options;
  options.language_map["ee"] = LanguageTag::FromCanonical("et");
  EXPECT_THAT(Texts(ReadWell(Tmx("<tu><tuv xml:lang='EE'><seg>tere</seg></tuv></tu>"), options)),
              ElementsAre("et:tere"));
}

TEST(TmxReader, LeavesOutAVariantWithoutLanguageOnly) {
  const Collector found =
      ReadWell(Tmx("<tu><tuv><seg>a</seg></tuv><tuv xml:lang='xx-Nowhere9999'><seg>b</seg></tuv>"
                   "<tuv xml:lang='lt'><seg>c</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("lt:c"));
  EXPECT_THAT(found.issues, SizeIs(2));
  EXPECT_EQ(found.DroppedCount(), 0);
}

TEST(TmxReader, FindsTheSourceLanguage) {
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

TEST(TmxReader, SplitsAlternatives) {
  const Collector found = ReadWell(
      Tmx("<tu tuid='7'><tuv xml:lang='et'><seg>e1</seg></tuv><tuv xml:lang='en'><seg>s</seg></tuv>"
          "<tuv xml:lang='et'><seg>e2</seg></tuv><tuv xml:lang='lt'><seg>l</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("et:e1", "en:s", "lt:l", "en:s", "et:e2"));
  ASSERT_THAT(found.units, SizeIs(2));
  EXPECT_EQ(found.units[1].tuid, "7");
  EXPECT_THAT(found.units[1].unit.properties.back().value, ::testing::EndsWith(":2/2"));
}

TEST(TmxReader, SkipsWhatHasNoText) {
  const Collector found =
      ReadWell(Tmx("<tu/><tu><tuv xml:lang='en'/></tu><tu><tuv xml:lang='en'><seg></seg></tuv>"
                   "<tuv xml:lang='ru'><seg>да</seg></tuv></tu>"));
  EXPECT_THAT(Texts(found), ElementsAre("ru:да"));
  EXPECT_EQ(found.DroppedCount(), 2);
}

TEST(TmxReader, TakesTextWithoutSeg) {
  const Collector found = ReadWell(Tmx("<tu><tuv xml:lang='en'>\n  a <b>c</b>\n</tuv></tu>"));
  EXPECT_EQ(OnlyText(found), "a c");
  EXPECT_THAT(found.Messages(), HasSubstr("without seg"));
}

TEST(TmxReader, LeavesOutPropertiesInSegments) {
  const Collector found = ReadWell(Segment("a<prop type='x'>b</prop>c"));
  EXPECT_EQ(OnlyText(found), "ac");
  EXPECT_THAT(found.Messages(), HasSubstr("inside a seg"));
}

TEST(TmxReader, PairsTags) {
  const Collector found =
      ReadWell(Segment("<bpt i='5' x='2' type='bold'>&lt;b&gt;</bpt>a<ept i='5'>&lt;/b&gt;</ept>"
                       "<bpt i='5'/>b<ept i='5'/><ept i='9'/><bpt i='3'/>"));
  EXPECT_EQ(OnlyText(found), "ab");
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kOpen, 0, 5, 2, "bold", "<b>"},
                                           Tag{TagKind::kClose, 1, 5, 2, "bold", "</b>"},
                                           Tag{TagKind::kOpen, 1, 1, 0, "", ""},
                                           Tag{TagKind::kClose, 2, 1, 0, "", ""},
                                           Tag{TagKind::kIsolatedClose, 2, 0, 0, "", ""},
                                           Tag{TagKind::kIsolatedOpen, 2, 0, 0, "", ""}));
}

TEST(TmxReader, NumbersTagsFromOne) {
  const Collector found = ReadWell(Segment("<ph x='0'>{0}</ph><ph x='1'>{1}</ph><ph>{2}</ph>"));
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kPlaceholder, 0, 0, 1, "", "{0}"},
                                           Tag{TagKind::kPlaceholder, 0, 0, 2, "", "{1}"},
                                           Tag{TagKind::kPlaceholder, 0, 0, 0, "", "{2}"}));
}

TEST(TmxReader, KeepsSubflowsInTheData) {
  const Collector found = ReadWell(Segment("a<ph>&lt;img alt='<sub type='t'>pilt</sub>'></ph>"));
  EXPECT_EQ(OnlyText(found), "a");
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kPlaceholder, 1, 0, 0, "",
                                               "<img alt='<sub type=\"t\">pilt</sub>'>"}));
}

TEST(TmxReader, KeepsTheTextOfHighlights) {
  const Collector found = ReadWell(Segment("a <hi x='1'>b</hi>"));
  EXPECT_EQ(OnlyText(found), "a b");
  EXPECT_THAT(OnlyTags(found), ElementsAre(Tag{TagKind::kOpen, 2, 1, 1, "hi", ""},
                                           Tag{TagKind::kClose, 3, 1, 1, "hi", ""}));
}

TEST(TmxReader, KeepsForeignElementsAsTags) {
  const Collector found = ReadWell(
      Segment("<g id='1'>a<x id='2'/></g><bx id='3'/>b<ex id='3'/><t5:n n='1'/><ut>u</ut>"));
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

TEST(TmxReader, ReadsFields) {
  const Collector found = ReadWell(Tmx(
      "<tu tuid='1' creationdate='20240131T120000Z' changedate='2024-02-01 10:00' creationid='A'"
      " changeid='B' usagecount='3' segtype='paragraph' datatype='html' o-tmf='t' odd='x'>"
      "<note>n</note><prop type='p'> v </prop><tuv xml:lang='en' changedate='00000000'>"
      "<seg>a</seg></tuv></tu>"));
  ASSERT_THAT(found.units, SizeIs(1));
  const TranslationUnit& unit = found.units[0].unit;
  EXPECT_EQ(unit.create_time, Timestamp(std::chrono::seconds(1'706'702'400)));
  EXPECT_EQ(unit.update_time, Timestamp(std::chrono::seconds(1'706'781'600)));
  EXPECT_EQ(unit.creator, "A");
  EXPECT_EQ(unit.updater, "B");
  EXPECT_EQ(unit.usage_count, 3);
  EXPECT_EQ(unit.segment_type, SegmentType::kParagraph);
  EXPECT_THAT(unit.notes, ElementsAre("n"));
  EXPECT_THAT(unit.properties,
              ElementsAre(Property{"tuid", "1"}, Property{"datatype", "html"},
                          Property{"o-tmf", "t"}, Property{"odd", "x"}, Property{"p", " v "}));
  EXPECT_THAT(unit.variants[0].properties, ElementsAre(Property{"changedate", "00000000"}));
}

TEST(TmxReader, TakesPeopleAndTimesOfVariantsForTheUnit) {
  const Collector found = ReadWell(
      Tmx("<tu><tuv xml:lang='en' creationdate='20240101T000000Z' creationid='A'><seg>a</seg></tuv>"
          "<tuv xml:lang='lt' creationdate='20230101T000000Z' creationid='B'"
          " changedate='20240601T000000Z' changeid='C'><seg>b</seg></tuv></tu>"));
  EXPECT_EQ(found.units[0].unit.creator, "B");
  EXPECT_EQ(found.units[0].unit.updater, "C");
}

TEST(TmxReader, UnderstandsPropertiesOfTools) {
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

TEST(TmxReader, LeavesOutSegmentsThatAreTooLong) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += "я";
  }
  EXPECT_EQ(OnlyText(ReadWell(Segment(text))), text);
  const Collector found = ReadWell(Segment(text + "я"));
  EXPECT_THAT(found.units, IsEmpty());
  EXPECT_EQ(found.DroppedCount(), 1);
  EXPECT_THAT(found.Messages(), HasSubstr("longer than 10000 characters"));
}

TEST(TmxReader, LeavesOutUnitsThatAreTooLarge) {
  ReadOptions options;
  options.limits.unit_bytes = 1000;
  const std::string field = "<prop type='p'>" + std::string(1001, 'a') + "</prop>";
  const Collector found =
      ReadWell(Tmx("<tu>" + field + "<tuv xml:lang='en'><seg>a</seg></tuv></tu>"), options);
  EXPECT_THAT(found.units, IsEmpty());
  EXPECT_THAT(found.Messages(), HasSubstr("larger than 1000 bytes"));
}

TEST(TmxReader, LeavesOutUnitsThatTheApiWouldRefuse) {
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

TEST(TmxReader, NamesPropertiesThatHaveNoType) {
  const Collector found =
      ReadWell(Tmx("<tu><prop>v</prop><tuv xml:lang='en'><seg>a</seg></tuv></tu>"));
  EXPECT_THAT(found.units[0].unit.properties, ElementsAre(Property{"x-untyped", "v"}));
}

TEST(TmxReader, RefusesDepthAndAttributesOfAttacks) {
  std::string deep;
  for (int i = 0; i < 100; ++i) {
    deep += "<b>";
  }
  Collector found;
  EXPECT_THAT(Read(Segment(deep), found),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("deeper than 64")));
  std::string wide = "<tmx";
  for (int i = 0; i < 300; ++i) {
    wide += " a" + std::to_string(i) + "='1'";
  }
  EXPECT_THAT(Read(wide + "/>", found),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("256 attributes")));
}

TEST(TmxReader, TellsTheHeader) {
  const Collector found =
      ReadWell(Tmx("",
                   "<header srclang='en-us' creationtool='memoQ' o-tmf='x'><prop type='p'>v</prop>"
                   "<note>n</note><ude name='u'/></header>"));
  EXPECT_EQ(found.header.tool, "memoQ");
  EXPECT_EQ(found.header.source_language.str(), "en-US");
  EXPECT_THAT(found.header.properties, ElementsAre(Property{"o-tmf", "x"}, Property{"p", "v"}));
  EXPECT_THAT(found.header.notes, ElementsAre("n"));
  EXPECT_THAT(found.Messages(), HasSubstr("ude"));
}

}  // namespace
}  // namespace sild::formats
