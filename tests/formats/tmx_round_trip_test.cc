#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/tmx.h"
#include "tests/formats/collect.h"
#include "tests/formats/random_text.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using test::Collector;
using test::RandomText;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string WriteAll(const std::vector<TranslationUnit>& units) {
  const auto writer = NewTmxWriter({LanguageTag::FromCanonical("en"), "1.0"});
  std::string file;
  writer->Begin(file);
  for (const TranslationUnit& unit : units) {
    writer->Write(unit, file);
  }
  writer->Finish(file);
  return file;
}

std::vector<TranslationUnit> Read(const std::string& file) {
  Collector found;
  const auto reader = NewTmxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, file, 1000), IsOk());
  EXPECT_THAT(found.issues, IsEmpty()) << found.Messages();
  std::vector<TranslationUnit> units;
  for (ParsedUnit& unit : found.units) {
    units.push_back(std::move(unit.unit));
  }
  return units;
}

// Property types of all kinds: foreign, known, attributes of TMX, and our own as if a user meant
// them.
std::vector<Property> RandomProperties(RandomText& random) {
  static constexpr std::array<std::string_view, 22> kTypes = {
      "tuid",          "datatype",     "o-tmf",          "usagecount",   "creationdate",
      "x-client",      "x-document",   "tmgr:docname",   "file",         "id",
      "x-context-pre", "next",         "x-Origin",       "aligned",      "x-ConfirmationLevel",
      "x-sild-status", "x-sild-id",    "x-sild-x-sild-", "x-sild-label", "x-sild-lang",
      "creationtool",  "lastusagedate"};
  static constexpr std::array<std::string_view, 6> kValues = {
      "yes", "MT", "Draft", "ApprovedSignOff", "none", "<seg>a &lt; <ph>x</ph>b</seg>"};
  std::vector<Property> properties;
  for (std::size_t i = random.Below(6); i > 0; --i) {
    properties.push_back({std::string(random.OneOf(kTypes)),
                          random.Coin() ? random.Text() : std::string(random.OneOf(kValues))});
  }
  return properties;
}

std::string RandomPerson(RandomText& random) {
  static constexpr std::array<std::string_view, 4> kPeople = {"", "MT!", "ALIGN!", "DOMAIN\\Jüri"};
  return random.Coin() ? std::string(random.OneOf(kPeople)) : random.TextOrNone();
}

Variant RandomVariant(RandomText& random, std::string_view language) {
  Variant variant;
  variant.language = LanguageTag::FromCanonical(std::string(language));
  variant.segment = random.RandomSegment();
  variant.status = static_cast<VariantStatus>(random.Below(4) + 1);
  variant.origin = static_cast<Origin>(random.Below(5));
  if (random.Coin()) {
    variant.create_time = random.Time();
  }
  if (random.Coin()) {
    variant.update_time = random.Time();
  }
  variant.creator = RandomPerson(random);
  variant.updater = RandomPerson(random);
  variant.properties = RandomProperties(random);
  variant.notes = random.Texts();
  if (random.Coin()) {
    variant.neighbors.previous_hash = random.Below(1'000'000);
  }
  if (random.Coin()) {
    variant.neighbors.next_hash = ~std::uint64_t{0} - random.Below(100);
  }
  return variant;
}

TranslationUnit RandomUnit(RandomText& random) {
  static constexpr std::array<std::string_view, 6> kLanguages = {"en", "et",      "lt",
                                                                 "ru", "zh-Hant", "pt-BR"};
  TranslationUnit unit;
  unit.name.unit = random.Coin() ? "unit." + std::to_string(random.Below(1000)) : "";
  unit.source_language = random.Coin()
                             ? LanguageTag()
                             : LanguageTag::FromCanonical(std::string(random.OneOf(kLanguages)));
  for (std::size_t i = random.Below(kLanguages.size()); i < kLanguages.size(); ++i) {
    unit.variants.push_back(RandomVariant(random, kLanguages[i]));
  }
  unit.document = random.TextOrNone();
  unit.context_id = random.TextOrNone();
  unit.segment_type = static_cast<SegmentType>(random.Below(4) + 1);
  if (random.Coin()) {
    unit.labels = {{"client", random.Text()}, {"domain-2", "õigus=law"}};
  }
  unit.properties = RandomProperties(random);
  unit.notes = random.Texts();
  unit.create_time = random.Coin() ? random.Time() : Timestamp();
  unit.update_time = random.Coin() ? random.Time() : Timestamp();
  unit.creator = RandomPerson(random);
  unit.updater = RandomPerson(random);
  unit.usage_count = static_cast<std::int64_t>(random.Below(3));
  if (random.Coin()) {  // To the second, as TMX has it.
    unit.last_use_time = std::chrono::floor<std::chrono::seconds>(random.Time());
  }
  return unit;
}

// The same with no names and nothing that has a place of its own in TMX, so that a failure of the
// other test is easier to place.
TEST(TmxRoundTrip, KeepsAsMuchAsAUnitMayHold) {
  TranslationUnit unit;
  unit.name.unit = "a1";
  unit.document = "доклад";
  unit.context_id = "7";
  unit.create_time = Timestamp(std::chrono::microseconds(1'700'000'000'000'001));
  unit.update_time = unit.create_time;
  unit.variants.resize(1);
  Variant& variant = unit.variants[0];
  variant.language = LanguageTag::FromCanonical("ru");
  variant.segment.text = "мост";
  variant.status = VariantStatus::kApproved;
  variant.origin = Origin::kHuman;
  variant.neighbors = {1, 2};
  for (int i = 0; i < kMaxLabels; ++i) {
    unit.labels["label" + std::to_string(i)] = "да";
  }
  for (int i = 0; i < kMaxProperties; ++i) {
    unit.properties.push_back({"p", std::to_string(i)});
    unit.notes.push_back(std::to_string(i));
  }
  variant.properties = unit.properties;
  variant.notes = unit.notes;
  EXPECT_EQ(Read(WriteAll({unit})), std::vector<TranslationUnit>{unit});
}

TEST(TmxRoundTrip, KeepsEveryFieldOfRandomUnits) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomText random(seed);
    std::vector<TranslationUnit> units;
    for (std::size_t i = random.Below(4) + 1; i > 0; --i) {
      units.push_back(RandomUnit(random));
    }
    const std::string file = WriteAll(units);
    const std::vector<TranslationUnit> found = Read(file);
    ASSERT_THAT(found, SizeIs(units.size()));
    for (std::size_t i = 0; i < units.size(); ++i) {
      ASSERT_TRUE(found[i] == units[i]) << file;
    }
  }
}

TEST(TmxRoundTrip, WritesTheSameFileFromWhatItReads) {
  RandomText random(7);
  const std::string file = WriteAll({RandomUnit(random), RandomUnit(random)});
  EXPECT_EQ(WriteAll(Read(file)), file);
}

constexpr std::string_view kAlternatives = R"(<tmx version="1.4"><header srclang="en"/><body>
<tu tuid="7" creationdate="20240131T120000Z"><note>n</note>
<tuv xml:lang="et"><seg>esimene</seg></tuv>
<tuv xml:lang="en"><seg>first</seg></tuv>
<tuv xml:lang="et" changedate="20240201T120000Z"><seg>teine</seg></tuv>
<tuv xml:lang="lt"><seg>pirmas</seg></tuv></tu></body></tmx>)";

TEST(TmxRoundTrip, JoinsTheUnitsOfOneTuAgain) {
  const std::vector<TranslationUnit> units = Read(std::string(kAlternatives));
  ASSERT_THAT(units, SizeIs(2));
  const std::string file = WriteAll(units);
  EXPECT_EQ(file.find("<tu "), file.rfind("<tu ")) << file;
  EXPECT_EQ(Read(file), units);
}

TEST(TmxRoundTrip, JoinsUnitsThatOthersStandBetween) {
  std::vector<TranslationUnit> units = Read(std::string(kAlternatives));
  TranslationUnit other = units[0];
  other.properties.clear();
  other.variants[0].segment.text = "muu";
  const std::string file = WriteAll({units[1], other, units[0]});
  EXPECT_THAT(Read(file), ::testing::ElementsAre(other, units[0], units[1]));
}

TEST(TmxRoundTrip, WritesPartsThatWereChangedOnTheirOwn) {
  std::vector<TranslationUnit> units = Read(std::string(kAlternatives));
  units[1].notes = {"another"};
  EXPECT_EQ(Read(WriteAll(units)), units);
}

TEST(TmxRoundTrip, WritesAPartWhoseOthersAreGone) {
  const std::vector<TranslationUnit> units = Read(std::string(kAlternatives));
  EXPECT_EQ(Read(WriteAll({units[1]})), std::vector{units[1]});
}

TEST(TmxWriter, IsWellFormedWhateverTheText) {
  TranslationUnit unit;
  Variant variant;
  variant.language = LanguageTag::FromCanonical("en");
  variant.segment.text = std::string("a\x01\0b\xFF\xED\xA0\x80", 8);
  variant.creator = "\x02\"<";
  unit.variants = {variant};
  const std::vector<TranslationUnit> found = Read(WriteAll({unit}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].variants[0].segment.text, "a\uFFFD\uFFFDb\uFFFD\uFFFD");
}

TEST(TmxWriter, AddsNoPropertyThatAFileWouldNotNeed) {
  TranslationUnit unit;
  unit.name.unit = "a1";
  unit.source_language = LanguageTag::FromCanonical("en");
  for (const char* const language : {"en", "ru"}) {
    Variant variant;
    variant.language = LanguageTag::FromCanonical(language);
    variant.segment.text = "слово";
    unit.variants.push_back(variant);
  }
  EXPECT_THAT(WriteAll({unit}), Not(HasSubstr("x-sild-")));
}

TEST(TmxWriter, WritesLevelTwoTags) {
  TranslationUnit unit;
  Variant variant;
  variant.language = LanguageTag::FromCanonical("en");
  variant.segment.text = "bold";
  variant.segment.tags = {{TagKind::kOpen, 0, 1, 3, "bold", "<b>"},
                          {TagKind::kPlaceholder, 2, 0, 0, "", "{0}"},
                          {TagKind::kClose, 4, 1, 3, "bold", "</b>"}};
  unit.variants = {variant};
  EXPECT_THAT(WriteAll({unit}),
              HasSubstr("<seg><bpt i=\"1\" x=\"3\" type=\"bold\">&lt;b&gt;</bpt>bo<ph>{0}</ph>ld"
                        "<ept i=\"1\">&lt;/b&gt;</ept></seg>"));
}

}  // namespace
}  // namespace sild::formats
