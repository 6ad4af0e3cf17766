#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/tbx.h"
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
using ::testing::SizeIs;

std::string WriteAll(const std::vector<Concept>& concepts, TbxStyle style = TbxStyle::kDca) {
  const auto writer = NewTbxWriter({"Kaitse & julgeolek", "1.0", style});
  std::string file;
  writer->Begin(file);
  for (const Concept& entry : concepts) {
    writer->Write(entry, file);
  }
  writer->Finish(file);
  return file;
}

std::vector<Concept> Read(const std::string& file) {
  Collector found;
  ReadOptions options;
  options.glossary_id = "g";
  const auto reader = NewTbxReader(options, found);
  EXPECT_THAT(test::ReadAll(*reader, file, 1000), IsOk());
  EXPECT_THAT(found.issues, IsEmpty()) << found.Messages();
  std::vector<Concept> concepts;
  for (ParsedConcept& entry : found.concepts) {
    concepts.push_back(std::move(entry.entry));
  }
  return concepts;
}

// Property types of all kinds: foreign, those of fields, references, and our own as if a user meant
// them.
std::vector<Property> RandomProperties(RandomText& random) {
  static constexpr std::array<std::string_view, 28> kTypes = {"customerSubset",
                                                              "definition",
                                                              "subjectField",
                                                              "source",
                                                              "context",
                                                              "partOfSpeech",
                                                              "termType",
                                                              "processStatus",
                                                              "xGraphic",
                                                              "corpusTrace",
                                                              "crossReference",
                                                              "Translation needed",
                                                              "usageStatus",
                                                              "status",
                                                              "x-sild-lang",
                                                              "x-sild-matching",
                                                              "x-sild-x-sild-a",
                                                              "id",
                                                              "origination",
                                                              "modification",
                                                              "contextSource",
                                                              "grammaticalGender",
                                                              "antonymConcept",
                                                              "transactionType",
                                                              "note",
                                                              "administrativeStatus",
                                                              "x-sild-definition-source",
                                                              "normativeAuthorization"};
  static constexpr std::array<std::string_view, 8> kValues = {
      "No", "preferredTerm-admn-sts", "finalized", "", "http://e.ee/a b", "a ", " a", "acronym"};
  std::vector<Property> properties;
  for (std::size_t i = random.Below(6); i > 0; --i) {
    properties.push_back({std::string(random.OneOf(kTypes)),
                          random.Coin() ? random.Text() : std::string(random.OneOf(kValues))});
  }
  return properties;
}

Term RandomTerm(RandomText& random, std::string id) {
  Term term;
  term.id = random.Coin() ? std::move(id) : "";
  term.text = random.Text();
  term.status = static_cast<TermStatus>(random.Below(4) + 1);
  term.process_status = static_cast<ProcessStatus>(random.Below(3) + 1);
  term.type = static_cast<TermType>(random.Below(5) + 1);
  term.matching = static_cast<TermMatching>(random.Below(3) + 1);
  term.match_compounds = random.Coin();
  term.extra_forms = random.Texts();
  term.banned_forms = random.Texts();
  term.part_of_speech = random.TextOrNone();
  term.grammatical_gender = random.TextOrNone();
  term.grammatical_number = random.TextOrNone();
  term.usage_example = random.TextOrNone();
  term.source = random.TextOrNone();
  term.notes = random.Texts();
  term.properties = RandomProperties(random);
  return term;
}

Concept RandomConcept(RandomText& random) {
  static constexpr std::array<std::string_view, 4> kLanguages = {"en", "et", "lt", "ru-RU"};
  Concept entry;
  entry.name = {"g", random.Coin() ? "c" + std::to_string(random.Below(100)) : ""};
  entry.subject_field = random.TextOrNone();
  entry.definition = random.TextOrNone();
  entry.definition_source = random.TextOrNone();
  entry.do_not_translate = random.Coin();
  int term_count = 0;
  for (std::size_t i = random.Below(kLanguages.size()); i < kLanguages.size(); ++i) {
    LanguageSection& section = entry.sections.emplace_back();
    section.language = LanguageTag::FromCanonical(std::string(kLanguages[i]));
    section.definition = random.TextOrNone();
    section.definition_source = random.TextOrNone();
    section.notes = random.Texts();
    section.properties = RandomProperties(random);
    for (std::size_t k = random.Below(3) + 1; k > 0; --k) {
      section.terms.push_back(RandomTerm(random, "t" + std::to_string(++term_count)));
    }
    std::stable_partition(section.terms.begin(), section.terms.end(),
                          [](const Term& term) { return term.status == TermStatus::kPreferred; });
  }
  for (const RelationType type : {RelationType::kBroader, RelationType::kNarrower,
                                  RelationType::kRelated, RelationType::kAntonym}) {
    if (random.Coin()) {
      entry.relations.push_back({type, {random.Coin() ? "g" : "other", "c-2"}});
    }
  }
  entry.properties = RandomProperties(random);
  entry.notes = random.Texts();
  entry.create_time = random.Coin() ? random.Time() : Timestamp();
  entry.update_time = random.Coin() ? random.Time() : Timestamp();
  entry.creator = random.TextOrNone();
  entry.updater = random.TextOrNone();
  return entry;
}

TEST(TbxRoundTrip, KeepsEveryFieldOfRandomConcepts) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    RandomText random(seed);
    const std::vector<Concept> concepts = {RandomConcept(random), RandomConcept(random)};
    const std::string file = WriteAll(concepts);
    const std::vector<Concept> found = Read(file);
    ASSERT_THAT(found, SizeIs(2));
    ASSERT_TRUE(found[0] == concepts[0]) << file << "\nread again:\n" << WriteAll(found);
    ASSERT_TRUE(found[1] == concepts[1]) << file << "\nread again:\n" << WriteAll(found);
  }
}

// The properties of terms in the order in which v2 has them.
std::vector<Concept> WithSortedProperties(std::vector<Concept> concepts) {
  for (Concept& entry : concepts) {
    for (LanguageSection& section : entry.sections) {
      for (Term& term : section.terms) {
        std::stable_sort(term.properties.begin(), term.properties.end(),
                         [](const Property& a, const Property& b) { return a.type < b.type; });
      }
    }
  }
  return concepts;
}

TEST(TbxRoundTrip, KeepsEveryFieldInEachStyle) {
  for (const TbxStyle style : {TbxStyle::kDct, TbxStyle::kTig, TbxStyle::kNtig}) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      SCOPED_TRACE(seed);
      RandomText random(seed);
      const std::vector<Concept> concepts = {RandomConcept(random), RandomConcept(random)};
      const std::string file = WriteAll(concepts, style);
      const bool keeps_order = style == TbxStyle::kDct;
      const std::vector<Concept> found =
          keeps_order ? Read(file) : WithSortedProperties(Read(file));
      ASSERT_TRUE(found == (keeps_order ? concepts : WithSortedProperties(concepts)))
          << file << "\nread again:\n"
          << WriteAll(found, style);
    }
  }
}

TEST(TbxWriter, WritesTheStructureOfEachStyle) {
  Concept entry;
  entry.name = {"g", "nato"};
  entry.subject_field = "alliances";
  entry.sections.resize(1);
  entry.sections[0].language = LanguageTag::FromCanonical("et");
  Term& term = entry.sections[0].terms.emplace_back();
  term.text = "NATO";
  term.part_of_speech = "noun";
  term.usage_example = "NATO-s";
  term.properties = {{"region", "EE"}};
  const std::string dct = WriteAll({entry}, TbxStyle::kDct);
  EXPECT_THAT(dct, HasSubstr("style=\"dct\""));
  EXPECT_THAT(dct, HasSubstr("<min:subjectField>alliances</min:subjectField>"));
  EXPECT_THAT(dct, HasSubstr("<basic:context>NATO-s</basic:context>"));
  EXPECT_THAT(dct, HasSubstr("<termNote type=\"region\">EE</termNote>"));
  const std::string tig = WriteAll({entry}, TbxStyle::kTig);
  EXPECT_THAT(tig, HasSubstr("<martif type=\"TBX-Sild\""));
  EXPECT_THAT(tig, HasSubstr("<termEntry id=\"nato\">"));
  EXPECT_THAT(tig, HasSubstr(R"(          <tig>
            <term>NATO</term>
            <termNote type="partOfSpeech">noun</termNote>
            <termNote type="administrativeStatus">admittedTerm-admn-sts</termNote>
            <termNote type="processStatus">finalized</termNote>
            <termNote type="region">EE</termNote>
            <descrip type="context">NATO-s</descrip>
          </tig>
)"));
  EXPECT_THAT(WriteAll({entry}, TbxStyle::kNtig), HasSubstr(R"(            </termGrp>
            <descrip type="context">NATO-s</descrip>
          </ntig>
)"));
}

TEST(TbxRoundTrip, WritesTheSameFileFromWhatItReads) {
  RandomText random(7);
  const std::string file = WriteAll({RandomConcept(random), RandomConcept(random)});
  EXPECT_EQ(WriteAll(Read(file)), file);
}

TEST(TbxWriter, IsWellFormedWhateverTheText) {
  Concept entry;
  entry.name = {"g", "c1"};
  LanguageSection& section = entry.sections.emplace_back();
  section.language = LanguageTag::FromCanonical("et");
  section.terms.emplace_back().text = "a\x01<&\xFF";
  const std::vector<Concept> found = Read(WriteAll({entry}));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].sections[0].terms[0].text, "a\uFFFD<&\uFFFD");
}

TEST(TbxWriter, WritesTheStructureOfTheStandard) {
  Concept entry;
  entry.name = {"g", "nato"};
  entry.definition = "alliance";
  entry.definition_source = "treaty";
  LanguageSection& section = entry.sections.emplace_back();
  section.language = LanguageTag::FromCanonical("et");
  Term& term = section.terms.emplace_back();
  term.text = "NATO";
  term.status = TermStatus::kPreferred;
  term.type = TermType::kAcronym;
  term.part_of_speech = "noun";
  EXPECT_THAT(WriteAll({entry}), HasSubstr(R"(      <conceptEntry id="nato">
        <descripGrp>
          <descrip type="definition">alliance</descrip>
          <admin type="source">treaty</admin>
        </descripGrp>
        <langSec xml:lang="et">
          <termSec>
            <term>NATO</term>
            <termNote type="partOfSpeech">noun</termNote>
            <termNote type="termType">acronym</termNote>
            <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>
            <termNote type="processStatus">finalized</termNote>
          </termSec>
        </langSec>
      </conceptEntry>
)"));
}

// The house's own termbases.
TEST(TbxRoundTrip, KeepsTheHouseGlossaries) {
  const std::filesystem::path folder = std::filesystem::path(SILD_SOURCE_DIR) / "glossaries";
  int count = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(folder, error)) {
    if (file.path().extension() == ".tbx") {
      SCOPED_TRACE(file.path());
      const std::vector<Concept> concepts = Read(test::Contents(file.path()));
      EXPECT_THAT(concepts, ::testing::Not(IsEmpty()));
      EXPECT_TRUE(Read(WriteAll(concepts)) == concepts);
      ++count;
    }
  }
  if (count == 0) {
    GTEST_SKIP() << "no .tbx file in " << folder;
  }
}

}  // namespace
}  // namespace sild::formats
