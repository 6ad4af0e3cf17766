#include <algorithm>
#include <chrono>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/concept_files.h"
#include "server/formats/limit_problem.h"
#include "server/text/languages.h"
#include "tests/formats/collect.h"
#include "tests/formats/manifest.h"
#include "tests/formats/random_text.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::Collector;
using test::RandomText;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Collector Read(const std::string& file, ConceptFormat format = ConceptFormat::kCsv,
               std::size_t piece_bytes = 3) {
  Collector found;
  ReadOptions options;
  options.glossary_id = "g";
  const auto reader = NewConceptReader(format, options, found);
  EXPECT_THAT(test::ReadAll(*reader, file, piece_bytes), IsOk());
  return found;
}

absl::Status StatusOf(const std::string& file, ConceptFormat format = ConceptFormat::kCsv) {
  Collector found;
  const auto reader = NewConceptReader(format, {}, found);
  return test::ReadAll(*reader, file, 3);
}

std::string WriteAll(const std::vector<Concept>& concepts, ConceptFormat format) {
  const auto writer = NewConceptWriter(format, {});
  for (const Concept& entry : concepts) {
    writer->Survey(entry);
  }
  std::string file;
  writer->Begin(file);
  for (const Concept& entry : concepts) {
    writer->Write(entry, file);
  }
  writer->Finish(file);
  return file;
}

// `et: sild, purre (deprecated); lt: tiltas`
std::string Shown(const Concept& entry) {
  std::string text;
  for (const LanguageSection& section : entry.sections) {
    text += (text.empty() ? "" : "; ") + section.language.str() + ":";
    for (const Term& term : section.terms) {
      text += (text.ends_with(':') ? " " : ", ") + term.text;
      text += term.status == TermStatus::kDeprecated ? " (deprecated)" : "";
      text += term.status == TermStatus::kPreferred ? " (preferred)" : "";
      text += term.process_status == ProcessStatus::kProposed ? " (proposed)" : "";
    }
  }
  return text;
}

TEST(TableReader, TakesARowForAConceptAndTermsBetweenBars) {
  const Collector found = Read(
      "en\tet\tlt\n"
      "bridge\tsild | purre\ttiltas\n"
      "\n"
      "Eastern Partnership\tidapartnerlus\tRytų partnerystė\n",
      ConceptFormat::kTsv);
  ASSERT_THAT(found.concepts, SizeIs(2));
  EXPECT_EQ(Shown(found.concepts[0].entry), "en: bridge; et: sild, purre; lt: tiltas");
  EXPECT_EQ(Shown(found.concepts[1].entry),
            "en: Eastern Partnership; et: idapartnerlus; lt: Rytų partnerystė");
  EXPECT_EQ(found.concepts[1].line, 4);
  EXPECT_THAT(found.issues, IsEmpty());
}

TEST(TableReader, TakesFieldsByNameOfTheConceptOfAllTermsAndOfEach) {
  const Collector found = Read(
      "concept,subject,definition,note,status,en,et,et:status,et:note,et:definition\n"
      "nato,alliances,a pact,\"see, treaty\",preferred,NATO,NATO|Põhja-Atlandi "
      "Leping,|deprecated,|pikk,liit\n");
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  const Concept& entry = found.concepts[0].entry;
  EXPECT_EQ(entry.name.concept_id, "nato");
  EXPECT_EQ(entry.subject_field, "alliances");
  EXPECT_EQ(entry.definition, "a pact");
  EXPECT_THAT(entry.notes, ElementsAre("see, treaty"));
  ASSERT_THAT(entry.sections, SizeIs(2));
  EXPECT_EQ(entry.sections[0].terms[0].status, TermStatus::kPreferred);
  EXPECT_EQ(entry.sections[1].definition, "liit");
  EXPECT_THAT(entry.sections[1].terms[1].notes, ElementsAre("pikk"));
}

TEST(TableReader, GivesFieldsBetweenLanguagesToTheLanguageBefore) {
  const Collector found = Read(
      "Forbidden,Domain,Definition,en-GB,Notes,Example of use,et,Notes\n"
      ",law,what,court,a note,The court sat.,kohus,märkus\n");
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  const Concept& entry = found.concepts[0].entry;
  EXPECT_EQ(entry.subject_field, "law");
  EXPECT_EQ(entry.definition, "what");
  EXPECT_EQ(entry.sections[0].language.str(), "en-GB");
  EXPECT_THAT(entry.sections[0].terms[0].notes, ElementsAre("a note"));
  EXPECT_EQ(entry.sections[0].terms[0].usage_example, "The court sat.");
  EXPECT_THAT(entry.sections[1].terms[0].notes, ElementsAre("märkus"));
}

TEST(TableReader, FindsTheSeparatorInTheFirstRowAndSaysSo) {
  const Collector semicolons = Read("en;et\na, b;c\n");
  ASSERT_THAT(semicolons.concepts, SizeIs(1));
  EXPECT_EQ(Shown(semicolons.concepts[0].entry), "en: a, b; et: c");
  EXPECT_THAT(semicolons.Messages(), HasSubstr("semicolons"));
  const Collector commas = Read("en,et\nbridge,sild\n", ConceptFormat::kTsv);
  EXPECT_THAT(commas.concepts, SizeIs(1));
  EXPECT_THAT(commas.Messages(), HasSubstr("commas"));
  const Collector marked = Read("sep=;\nen;et\nbridge;sild\n");
  EXPECT_THAT(marked.concepts, SizeIs(1)) << marked.Messages();
}

TEST(TableReader, ReadsQuotedCellsWithSeparatorsQuotesAndLineEnds) {
  const Collector found = Read(
      "en,et,note\r\n"
      "\"a \"\"b\"\", c\",\"sild\r\nteine\",\"rida 1\r\nrida 2\"\r\n"
      "\"x\"y,\"z\",\r\n");
  ASSERT_THAT(found.concepts, SizeIs(2)) << found.Messages();
  EXPECT_EQ(Shown(found.concepts[0].entry), "en: a \"b\", c; et: sild teine");
  EXPECT_THAT(found.concepts[0].entry.notes, ElementsAre("rida 1\nrida 2"));
  EXPECT_EQ(Shown(found.concepts[1].entry), "en: \"x\"y; et: z");
  EXPECT_EQ(found.concepts[1].line, 5);
}

TEST(TableReader, DoesNotTakeALoneQuoteForACellOfManyLines) {
  const Collector found =
      Read("en\tet\n\"one\tyks\ntwo \"x\"\tkaks\nthree\tkolm\n", ConceptFormat::kTsv);
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  EXPECT_EQ(Shown(found.concepts[0].entry), "en: three; et: kolm");
  ASSERT_EQ(found.DroppedCount(), 1U);
  EXPECT_EQ(found.issues[0].line, 2);
  EXPECT_THAT(found.issues[0].message, HasSubstr("on another line"));
}

TEST(TableReader, ReadsByteOrderMarksAndUtf16) {
  EXPECT_THAT(Read("\xEF\xBB\xBF"
                   "en,et\nbridge,sild\n")
                  .concepts,
              SizeIs(1));
  const std::string file = "en\tet\nbridge\tsõda\n";
  std::string utf16 = "\xFF\xFE";
  for (const char16_t c : u"en\tet\nbridge\ts\u00F5da\n") {
    if (c != 0) {
      utf16 += static_cast<char>(c & 0xFF);
      utf16 += static_cast<char>(c >> 8);
    }
  }
  const Collector found = Read(utf16, ConceptFormat::kTsv);
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  EXPECT_EQ(Shown(found.concepts[0].entry), "en: bridge; et: sõda");
}

TEST(TableReader, KeepsWhatItDoesNotKnowAndSaysSo) {
  const Collector found = Read("en,Subdomain,,et:dialect,status\nbridge,roads,x,Võro,strange\n");
  ASSERT_THAT(found.concepts, SizeIs(1));
  EXPECT_THAT(found.concepts[0].entry.properties,
              ElementsAre(Property{"Subdomain", "roads"}, Property{"column 3", "x"},
                          Property{"et:dialect", "Võro"}));
  EXPECT_THAT(found.concepts[0].entry.sections[0].terms[0].properties,
              ElementsAre(Property{"status", "strange"}));
  EXPECT_THAT(found.Messages(), HasSubstr("column 2, \"Subdomain\""));
  EXPECT_THAT(found.Messages(), HasSubstr("\"strange\" is no value of column \"status\""));
}

TEST(TableReader, LeavesOutRowsThatItCannotTakeWithTheirLine) {
  const Collector found = Read(
      "en,et\n"
      "one,two,three\n"
      "\xFF\xFE\xFD,sild\n"
      " , \n"
      "note only,\n"
      ",,\n" +
      std::string(501, 'x') + ",hea\n");
  EXPECT_EQ(found.DroppedCount(), 2U) << found.Messages();
  EXPECT_EQ(found.issues[0].line, 2);
  EXPECT_THAT(found.issues[0].message, HasSubstr("has 3 cells"));
  EXPECT_EQ(found.issues[1].line, 3);
  EXPECT_THAT(found.issues[1].message, HasSubstr("UTF-8"));
  ASSERT_THAT(found.concepts, SizeIs(2)) << found.Messages();
  EXPECT_EQ(Shown(found.concepts[1].entry), "et: hea");
  EXPECT_THAT(found.Messages(), HasSubstr("longer than 500 characters"));
}

TEST(TableReader, RemovesAndCountsCharactersThatNoTextMayHold) {
  const Collector found = Read(
      "en,et\n"
      "\x01\x01"
      "bridge\xEF\xBF\xBE\xEF\xBF\xBF,s\x02ild\n"
      "\xC3\x01\xA9,hea\n");
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  EXPECT_EQ(Shown(found.concepts[0].entry), "en: bridge; et: sild");
  EXPECT_THAT(found.Messages(), HasSubstr("no text may hold were removed: 5"));
  EXPECT_THAT(found.Messages(), HasSubstr("cell 1 has bytes that are no characters of UTF-8"));
}

TEST(TableReader, TakesNoLongerForManyCharactersToRemove) {
  std::string row = "bridge,sild";
  for (int i = 0; i < 100'000; ++i) {
    row += "\xEF\xBF\xBF-\x01-";
  }
  const auto start = std::chrono::steady_clock::now();
  const Collector found = Read("en,et\n" + row + "\n", ConceptFormat::kCsv, 1 << 16);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(LimitProblem, LimitsHoldForFormsAndRelations) {
  Concept entry;
  entry.sections.resize(1);
  entry.sections[0].terms.resize(1);
  const UnitLimits limits;
  std::vector<std::string>& forms = entry.sections[0].terms[0].banned_forms;
  forms.assign(limits.forms, "sillad");
  entry.relations.resize(limits.properties);
  EXPECT_EQ(LimitProblem(entry, limits), "");
  forms.emplace_back("silla");
  EXPECT_THAT(LimitProblem(entry, limits), HasSubstr("more than 200 extra or banned"));
  forms.clear();
  entry.relations.emplace_back();
  EXPECT_THAT(LimitProblem(entry, limits), HasSubstr("more than 1000 relations"));
}

TEST(TableReader, RefusesAFileWithoutLanguagesOrEnd) {
  EXPECT_THAT(StatusOf("absorber,assorbire\nx,y\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1: no column")));
  EXPECT_THAT(StatusOf(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no rows")));
  EXPECT_THAT(StatusOf("en,et\n\na,\"b\nc\nd"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 3")));
}

TEST(TableReader, TakesSourceAndTargetWhereTheirLanguagesAreGiven) {
  Collector found;
  ReadOptions options;
  options.default_source_language = LanguageTag::FromCanonical("en");
  options.default_target_language = LanguageTag::FromCanonical("et");
  const auto reader = NewConceptReader(ConceptFormat::kCsv, options, found);
  ASSERT_THAT(test::ReadAll(*reader, "id,source,target,domain\n7,bridge,sild,roads\n"), IsOk());
  ASSERT_THAT(found.concepts, SizeIs(1));
  EXPECT_EQ(Shown(found.concepts[0].entry), "en: bridge; et: sild");
  EXPECT_EQ(found.concepts[0].id, "7");
}

TEST(TableReader, TellsWhichFactsAreStated) {
  const Collector found = Read("en,et,et:status\nbridge,sild|purre,|admitted\n");
  ASSERT_THAT(found.concepts, SizeIs(1));
  const LanguageTag et = LanguageTag::FromCanonical("et");
  EXPECT_FALSE(found.concepts[0].stated.at({et, "sild"}).status);
  EXPECT_TRUE(found.concepts[0].stated.at({et, "purre"}).status);
}

TEST(TableReader, HoldsNoMoreOfARowThatNeverEndsThanAConceptMayHave) {
  Collector found;
  ReadOptions options;
  options.limits.unit_bytes = 1'000;
  const auto reader = NewConceptReader(ConceptFormat::kCsv, options, found);
  ASSERT_THAT(reader->Feed("en,et\nx,y\n\""), IsOk());
  for (int i = 0; i < 100; ++i) {
    ASSERT_THAT(reader->Feed(std::string(1'000, 'a')), IsOk());
  }
  ASSERT_THAT(reader->Feed("\",b\nc,d\n"), IsOk());
  ASSERT_THAT(reader->Finish(), IsOk());
  EXPECT_THAT(found.concepts, SizeIs(2));
  EXPECT_THAT(found.Messages(), HasSubstr("larger than 1000 bytes"));
}

TEST(TableWriter, GuardsAgainstFormulasAndTheReaderTakesTheGuardAway) {
  Concept entry;
  entry.name = {"g", "c"};
  LanguageSection& section = entry.sections.emplace_back();
  section.language = LanguageTag::FromCanonical("et");
  for (const char* text : {"=1+1", "'-ism"}) {
    section.terms.assign(1, Term());
    section.terms[0].text = text;
    const std::string file = WriteAll({entry}, ConceptFormat::kCsv);
    EXPECT_THAT(file, HasSubstr(std::string(",'") + text)) << file;
    const Collector found = Read(file);
    ASSERT_THAT(found.concepts, SizeIs(1));
    EXPECT_EQ(found.concepts[0].entry.sections[0].terms[0].text, text);
  }
}

Term RandomTerm(RandomText& random) {
  static constexpr std::array<TermStatus, 4> kStatuses = {
      TermStatus::kPreferred, TermStatus::kAdmitted, TermStatus::kSuperseded,
      TermStatus::kDeprecated};
  static constexpr std::array<ProcessStatus, 3> kProcessStatuses = {
      ProcessStatus::kProposed, ProcessStatus::kApproved, ProcessStatus::kRejected};
  static constexpr std::array<std::string_view, 8> kTexts = {"Rytų partnerystė",
                                                             "jõ\u0303gi",
                                                             "Лукаше\u0301нко",
                                                             "a|b",
                                                             "\"Baltic\" states",
                                                             "10\u00A0%, \u201Ekaks\u201C; kolm",
                                                             "=cmd",
                                                             "👩‍👩‍👧 שלום"};
  Term term;
  term.text = std::string(random.OneOf(kTexts)) + std::to_string(random.Below(1'000));
  term.status = random.OneOf(kStatuses);
  term.process_status = random.OneOf(kProcessStatuses);
  term.match_compounds = random.Coin();
  if (random.Coin()) {
    term.type = TermType::kAcronym;
    term.matching = TermMatching::kExact;
    term.part_of_speech = "noun";
    term.usage_example = "üks | kaks\nkolm";
    term.source = "http://example.org/?a=1,2";
    term.notes = {"märkus", "teine; \"märkus\""};
    term.extra_forms = {"sillale", "силой"};
    term.banned_forms = {"silda"};
    term.properties = {{"geographical usage", "LT"}, {"note", "x"}, {"note", "y"}};
  }
  return term;
}

TEST(TableRoundTrip, KeepsWhatTheColumnsHold) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    RandomText random(seed);
    std::vector<Concept> concepts;
    for (int i = 0; i < 3; ++i) {
      Concept& entry = concepts.emplace_back();
      entry.name = {"g", "c" + std::to_string(i)};
      entry.subject_field = random.Coin() ? "riigiõigus, право" : "";
      entry.definition = random.Coin() ? "=what \"it\" is\nnext line" : "";
      entry.definition_source = random.Coin() ? "-source" : "";
      entry.do_not_translate = random.Coin();
      entry.notes =
          random.Coin() ? std::vector<std::string>{"a", "b | c"} : std::vector<std::string>();
      entry.properties = {{"et", "not a language"}, {"id", "x:y"}};
      for (const char* language : {"en", "et", "lt", "ru"}) {
        if (language == std::string_view("en") || random.Coin()) {
          LanguageSection& section = entry.sections.emplace_back();
          section.language = LanguageTag::FromCanonical(language);
          section.definition = random.Coin() ? "määratlus" : "";
          for (std::size_t k = random.Below(3) + 1; k > 0; --k) {
            section.terms.push_back(RandomTerm(random));
          }
          std::stable_partition(section.terms.begin(), section.terms.end(), [](const Term& term) {
            return term.status == TermStatus::kPreferred;
          });
        }
      }
    }
    for (const ConceptFormat format : {ConceptFormat::kCsv, ConceptFormat::kTsv}) {
      const std::string file = WriteAll(concepts, format);
      const Collector found = Read(file, format, 7);
      ASSERT_THAT(found.concepts, SizeIs(3)) << file << found.Messages();
      for (std::size_t i = 0; i < concepts.size(); ++i) {
        ASSERT_TRUE(found.concepts[i].entry == concepts[i]) << file << "\n" << found.Messages();
      }
      std::vector<Concept> again;
      for (const ParsedConcept& parsed : found.concepts) {
        again.push_back(parsed.entry);
      }
      ASSERT_EQ(WriteAll(again, format), file);
    }
  }
}

// Each file is read, or refused with a line; and no row is lost without a word.
class TableManifestTest : public ::testing::TestWithParam<test::ManifestRow> {};

TEST_P(TableManifestTest, TakesOrTellsOfEachRow) {
  const test::ManifestRow& row = GetParam();
  if (row.file.empty()) {
    GTEST_SKIP() << "no test data: " << test::ManifestPath() << " is missing";
  }
  const std::string bytes = test::Contents(test::FormatsFolder() / row.file);
  const bool is_omegat = row.file.ends_with(".txt") || row.file.ends_with(".tab");
  Collector found;
  ReadOptions options;
  options.default_source_language = LanguageTag::FromCanonical("en");
  options.default_target_language = LanguageTag::FromCanonical("de");
  const auto reader = NewConceptReader(is_omegat                    ? ConceptFormat::kOmegat
                                       : row.file.ends_with(".tsv") ? ConceptFormat::kTsv
                                                                    : ConceptFormat::kCsv,
                                       options, found);
  const absl::Status status = test::ReadAll(*reader, bytes);
  if (!status.ok()) {
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line ")));
    return;
  }
  const auto header_rows = static_cast<std::size_t>(is_omegat ? 0 : 1);
  const auto comments = static_cast<std::size_t>(is_omegat && bytes.starts_with('#') ? 1 : 0);
  // The manifest took semicolons for separators there; with commas these have 15 rows.
  const bool is_miscounted = row.file.find("specialCharactersInCSV") != std::string::npos;
  EXPECT_EQ(found.concepts.size() + found.DroppedCount() + header_rows + comments,
            is_miscounted ? 15 : row.units.value_or(0))
      << found.Messages();
}

INSTANTIATE_TEST_SUITE_P(Files, TableManifestTest, ::testing::ValuesIn(test::ManifestRows("csv/")),
                         [](const auto& row) { return test::TestName(row.param.file); });

}  // namespace
}  // namespace sild::formats
