#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "server/formats/tmx.h"
#include "tests/formats/collect.h"
#include "tests/formats/tmx_files.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::Collector;
using test::OnlyText;
using test::ReadTmx;
using test::ReadWell;
using test::SegmentFile;
using test::Texts;
using test::Tmx;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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
  EXPECT_EQ(OnlyText(ReadWell("<?xml version=\"1.0\" encoding=\"windows-1257\"?>" +
                              SegmentFile("\xFEodis"))),
            "žodis");
  EXPECT_EQ(OnlyText(ReadWell("<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>" +
                              SegmentFile("t\xF5lge"))),
            "tõlge");
  EXPECT_EQ(
      OnlyText(ReadWell("<?xml version=\"1.0\" encoding='koi8-r'?>" + SegmentFile("\xC4\xC1"))),
      "да");
}

TEST(TmxReader, SkipsAUtf8ByteOrderMark) {
  EXPECT_EQ(OnlyText(ReadWell("\xEF\xBB\xBF" + SegmentFile("tõlge"))), "tõlge");
}

TEST(TmxReader, TakesUtf8ThatIsDeclaredAsSomethingElse) {
  for (const char* const encoding : {"utf-16", "windows-1251"}) {
    const Collector found = ReadWell("<?xml version=\"1.0\" encoding=\"" + std::string(encoding) +
                                     "\"?>" + SegmentFile("слово"));
    EXPECT_EQ(OnlyText(found), "слово");
    EXPECT_THAT(found.Messages(), HasSubstr("read as UTF-8"));
  }
}

TEST(TmxReader, RefusesAnEncodingThatNobodyKnows) {
  Collector found;
  EXPECT_THAT(ReadTmx("<?xml version=\"1.0\" encoding=\"x-klingon\"?>" + SegmentFile("a"), found),
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
      SegmentFile("a"));
  EXPECT_EQ(OnlyText(found), "a");
  EXPECT_THAT(found.issues, IsEmpty());
  EXPECT_EQ(found.units[0].line, 3);
}

TEST(TmxReader, RefusesEntityDeclarations) {
  for (const char* const entity :
       {"<!ENTITY a SYSTEM \"file:///etc/passwd\">", "<!ENTITY % b SYSTEM \"http://x/\">",
        "<!ENTITY l0 \"lol\"><!ENTITY l1 \"&l0;&l0;\">"}) {
    Collector found;
    EXPECT_THAT(
        ReadTmx("\n<!DOCTYPE tmx [" + std::string(entity) + "]>" + SegmentFile("&a;"), found),
        StatusIs(absl::StatusCode::kInvalidArgument,
                 ::testing::AllOf(HasSubstr("line 2"), HasSubstr("remove the DOCTYPE"))));
    EXPECT_THAT(found.units, IsEmpty());
  }
}

TEST(TmxReader, DecodesHtmlEntitiesAndSaysSo) {
  const Collector found = ReadWell(SegmentFile("10&nbsp;%&eacute;&lt;"));
  EXPECT_EQ(OnlyText(found), "10\u00A0%é<");
  EXPECT_THAT(found.Messages(), HasSubstr("HTML entities were decoded: 2, the first &nbsp;"));
}

TEST(TmxReader, KeepsUnknownEntitiesAndBareMarkupAsText) {
  EXPECT_EQ(OnlyText(ReadWell(SegmentFile("&foo; AT&T a < b"))), "&foo; AT&T a < b");
}

TEST(TmxReader, RepairsCharactersThatXmlCannotCarry) {
  EXPECT_EQ(OnlyText(ReadWell(SegmentFile("a\x0B"
                                          "b\x02"
                                          "c&#x1F;d&#xFFFF;e&#0;"))),
            "a bc\u00ADd\uFFFDe");
  EXPECT_EQ(OnlyText(ReadWell(SegmentFile("&#xD83D;&#xDE00; &#xD800;"))), "😀 \uFFFD");
  EXPECT_EQ(OnlyText(ReadWell(SegmentFile("\xED\xA0\xBD\xED\xB8\x80"))), "😀");
}

TEST(TmxReader, TakesCdataAsText) {
  EXPECT_EQ(OnlyText(ReadWell(SegmentFile("a<![CDATA[<b>&amp; ]] ]]]>c"))), "a<b>&amp; ]] ]c");
}

TEST(TmxReader, ReadsGzip) {
  const std::string plain = SegmentFile("tõlge");
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
  EXPECT_THAT(ReadTmx(zipped.substr(0, zipped.size() - 4), cut),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("cut off")));
  ReadOptions small;
  small.max_decompressed_bytes = 20;
  Collector bomb;
  EXPECT_THAT(ReadTmx(zipped, bomb, small),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("20 bytes")));
}

TEST(TmxReader, RefusesZip) {
  Collector found;
  EXPECT_THAT(ReadTmx("PK\x03\x04zip", found),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unpack it")));
}

TEST(TmxReader, DeliversWhatStandsBeforeAnError) {
  Collector found;
  EXPECT_THAT(
      ReadTmx("<tmx><body>\n<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>\n<tu></tmx>", found),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 3")));
  EXPECT_THAT(Texts(found), ElementsAre("en:a"));
}

TEST(TmxReader, SaysThatAFileIsCutOff) {
  const std::string file = SegmentFile("a");
  for (const std::size_t size : {file.size() - 1, file.size() - 8, std::size_t{20}}) {
    Collector found;
    EXPECT_THAT(ReadTmx(file.substr(0, size), found),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("get the whole file")));
  }
}

TEST(TmxReader, RefusesWhatIsNoTmx) {
  for (const char* const file : {"", "Tere!", "<martif/>", "{\"tmx\": 1}"}) {
    Collector found;
    EXPECT_THAT(ReadTmx(file, found),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line ")))
        << file;
  }
}

TEST(TmxReader, StopsWithTheErrorOfTheSink) {
  Collector found;
  found.unit_status = absl::AbortedError("enough");
  EXPECT_THAT(ReadTmx(Tmx("<tu><tuv xml:lang='en'><seg>a</seg></tuv></tu>"
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

TEST(TmxReader, RefusesDepthAndAttributesOfAttacks) {
  std::string deep;
  for (int i = 0; i < 100; ++i) {
    deep += "<b>";
  }
  Collector found;
  EXPECT_THAT(ReadTmx(SegmentFile(deep), found),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("deeper than 64")));
  std::string wide = "<tmx";
  for (int i = 0; i < 300; ++i) {
    wide += " a" + std::to_string(i) + "='1'";
  }
  EXPECT_THAT(ReadTmx(wide + "/>", found),
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
