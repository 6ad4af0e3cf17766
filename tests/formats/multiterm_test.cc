#include "server/formats/multiterm.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/languages.h"
#include "tests/formats/collect.h"
#include "tests/formats/manifest.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::Collector;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Collector Read(const std::string& file) {
  Collector found;
  ReadOptions options;
  options.glossary_id = "g";
  const auto reader = NewMultitermReader(options, found);
  EXPECT_THAT(test::ReadAll(*reader, file, 11), IsOk());
  return found;
}

constexpr std::string_view kFile = R"(<?xml version="1.0" encoding="UTF-8"?>
<mtf><conceptGrp><concept>17</concept>
<transacGrp><transac type="origination">Mari</transac><date>2012-03-16T14:48:53</date></transacGrp>
<descripGrp><descrip type="Subject">alliances</descrip></descripGrp>
<descripGrp><descrip type="Graphic">nato.jpg</descrip></descripGrp>
<languageGrp><language lang="EN" type="English"/>
  <descripGrp><descrip type="Definition">an <xref Tlink="x:pact">pact</xref></descrip></descripGrp>
  <termGrp><term>NATO</term>
    <descripGrp><descrip type="Part of speech">noun</descrip></descripGrp>
    <descripGrp><descrip type="Status">Preferred</descrip></descripGrp>
    <descripGrp><descrip type="Note">short</descrip></descripGrp>
    <descripGrp><descrip type="Reliability">high</descrip></descripGrp></termGrp>
  <termGrp><term>North Atlantic Treaty Organization</term></termGrp></languageGrp>
<languageGrp><language lang="ET" type="Estonian"/><termGrp><term>NATO</term></termGrp></languageGrp>
</conceptGrp>
<conceptGrp><concept>18</concept><languageGrp><language lang="LT" type="Lithuanian"/></languageGrp>
</conceptGrp></mtf>)";

TEST(Multiterm, ReadsConceptsLanguagesTermsAndFields) {
  const Collector found = Read(std::string(kFile));
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  const Concept& entry = found.concepts[0].entry;
  EXPECT_EQ(entry.name.concept_id, "17");
  EXPECT_EQ(entry.subject_field, "alliances");
  EXPECT_EQ(entry.creator, "Mari");
  EXPECT_NE(entry.create_time, Timestamp());
  EXPECT_THAT(entry.properties, ElementsAre(Property{"Graphic", "nato.jpg"}));
  ASSERT_THAT(entry.sections, SizeIs(2));
  EXPECT_EQ(entry.sections[0].language.str(), "en");
  EXPECT_EQ(entry.sections[0].definition, "an pact");
  ASSERT_THAT(entry.sections[0].terms, SizeIs(2));
  const Term& term = entry.sections[0].terms[0];
  EXPECT_EQ(term.text, "NATO");
  EXPECT_EQ(term.status, TermStatus::kPreferred);
  EXPECT_EQ(term.part_of_speech, "noun");
  EXPECT_THAT(term.notes, ElementsAre("short"));
  EXPECT_THAT(term.properties, Contains(Property{"Reliability", "high"}));
}

TEST(Multiterm, TellsOfAConceptWithoutTerms) {
  const Collector found = Read(std::string(kFile));
  EXPECT_EQ(found.DroppedCount(), 1U);
  EXPECT_EQ(found.issues.back().unit_id, "");
  EXPECT_THAT(found.Messages(), HasSubstr("the concept has no terms"));
}

TEST(Multiterm, RefusesOtherXml) {
  Collector found;
  const auto reader = NewMultitermReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, "<tbx></tbx>"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no MultiTerm XML")));
}

class MultitermManifestTest : public ::testing::TestWithParam<test::ManifestRow> {};

TEST_P(MultitermManifestTest, GivesTheCountsOfAnotherParser) {
  const test::ManifestRow& row = GetParam();
  if (row.file.empty()) {
    GTEST_SKIP() << "no test data: " << test::ManifestPath() << " is missing";
  }
  const Collector found = Read(test::Contents(test::FormatsFolder() / row.file));
  EXPECT_EQ(found.concepts.size() + found.DroppedCount(), *row.units) << found.Messages();
  std::map<std::string, int> languages;
  for (const ParsedConcept& entry : found.concepts) {
    for (const LanguageSection& section : entry.entry.sections) {
      ++languages[section.language.str()];
    }
  }
  std::map<std::string, int> expected;  // The manifest has `EN/English`.
  for (const auto& [spelling, count] : row.languages) {
    const auto language = text::LenientLanguageTag(spelling.substr(0, spelling.find('/')));
    ASSERT_TRUE(language) << spelling;
    expected[language->str()] += count;
  }
  if (found.Messages().find("was left out") == std::string::npos) {
    EXPECT_EQ(languages, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, MultitermManifestTest,
                         ::testing::ValuesIn(test::ManifestRows("multiterm/")),
                         [](const auto& row) { return test::TestName(row.param.file); });

}  // namespace
}  // namespace sild::formats
