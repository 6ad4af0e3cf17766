#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/concept_files.h"
#include "server/formats/tbx_vocabulary.h"
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
using ::testing::Not;
using ::testing::SizeIs;

LanguageTag Tag(const char* tag) { return LanguageTag::FromCanonical(tag); }

Collector Read(const std::string& file, ConceptFormat format) {
  Collector found;
  ReadOptions options;
  options.glossary_id = "g";
  if (format == ConceptFormat::kOmegat) {
    options.default_source_language = Tag("en");
    options.default_target_language = Tag("et");
  }
  const auto reader = NewConceptReader(format, options, found);
  EXPECT_THAT(test::ReadAll(*reader, file, 5), IsOk());
  return found;
}

std::string Write(const std::vector<Concept>& concepts, ConceptFormat format) {
  ConceptWriteOptions options;
  options.version = "1.0";
  options.source_language = Tag("en");
  options.target_language = Tag("et");
  const auto writer = NewConceptWriter(format, options);
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

// Whether the format holds anything of `entry`, as its writer says.
bool Holds(const Concept& entry, ConceptFormat format) {
  ConceptWriteOptions options;
  options.source_language = Tag("en");
  options.target_language = Tag("et");
  std::string file;
  const bool has_written = NewConceptWriter(format, options)->Write(entry, file);
  EXPECT_EQ(has_written, !file.empty());
  return has_written;
}

Term MakeTerm(const std::string& text, TermStatus status) {
  Term term;
  term.text = text;
  term.status = status;
  return term;
}

// A concept with two English terms and three Estonian ones, one of them deprecated.
Concept Csto() {
  Concept entry;
  entry.name = {"g", "csto"};
  entry.subject_field = "alliances";
  entry.notes = {"since 2002"};
  entry.sections.resize(3);
  entry.sections[0].language = Tag("en-GB");
  entry.sections[0].terms = {MakeTerm("CSTO", TermStatus::kPreferred),
                             MakeTerm("Tashkent Pact", TermStatus::kAdmitted)};
  entry.sections[1].language = Tag("et");
  entry.sections[1].terms = {MakeTerm("KJLO", TermStatus::kPreferred),
                             MakeTerm("Taškendi pakt", TermStatus::kAdmitted),
                             MakeTerm("ODKB", TermStatus::kDeprecated)};
  entry.sections[2].language = Tag("lt");
  entry.sections[2].terms = {MakeTerm("KSSO", TermStatus::kPreferred)};
  return entry;
}

TEST(Omegat, ReadsSourceTargetAndComment) {
  const Collector found = Read(
      "# Glossary in tab-separated format -*- coding: utf-8 -*-\r\n"
      "bridge\tsild\tüle jõe\r\n"
      "\"Baltic\" states\tBalti riigid\r\n"
      "no tab here\r\n"
      "a\tb\tc\td\r\n",
      ConceptFormat::kOmegat);
  ASSERT_THAT(found.concepts, SizeIs(3)) << found.Messages();
  EXPECT_EQ(found.concepts[0].entry.sections[0].terms[0].text, "bridge");
  EXPECT_EQ(found.concepts[0].entry.sections[1].language, Tag("et"));
  EXPECT_THAT(found.concepts[0].entry.notes, ElementsAre("üle jõe"));
  EXPECT_EQ(found.concepts[1].entry.sections[0].terms[0].text, "\"Baltic\" states");
  EXPECT_THAT(found.concepts[2].entry.properties, ElementsAre(Property{"column 4", "d"}));
  ASSERT_THAT(found.issues, SizeIs(1));
  EXPECT_EQ(found.issues[0].line, 4);
  EXPECT_TRUE(found.issues[0].dropped);
}

TEST(Omegat, WritesEachPairThatMayBeUsedAndWarnsOfTheOthers) {
  EXPECT_EQ(Write({Csto()}, ConceptFormat::kOmegat),
            "# Glossary in tab-separated format -*- coding: utf-8 -*-\n"
            "# sild concept csto\n"
            "CSTO\tKJLO\talliances; since 2002; (≠ ODKB)\n"
            "CSTO\tTaškendi pakt\talliances; since 2002; (≠ ODKB)\n"
            "Tashkent Pact\tKJLO\talliances; since 2002; (≠ ODKB)\n"
            "Tashkent Pact\tTaškendi pakt\talliances; since 2002; (≠ ODKB)\n");
}

TEST(Omegat, WritesNothingOfWhatItCannotHold) {
  Concept entry = Csto();
  entry.sections.erase(entry.sections.begin());
  EXPECT_EQ(Write({entry}, ConceptFormat::kOmegat),
            "# Glossary in tab-separated format -*- coding: utf-8 -*-\n");
}

TEST(PairGlossaries, SayWhetherTheyHoldAConcept) {
  Concept without_target = Csto();
  without_target.sections.erase(without_target.sections.begin() + 1);
  Concept rejected = Csto();
  for (Term& term : rejected.sections[0].terms) {
    term.process_status = ProcessStatus::kRejected;
  }
  for (const ConceptFormat format : {ConceptFormat::kOmegat, ConceptFormat::kUtx}) {
    EXPECT_TRUE(Holds(Csto(), format));
    EXPECT_FALSE(Holds(without_target, format));
    EXPECT_FALSE(Holds(rejected, format));
  }
}

TEST(Utx, PairsNoSourceThatIsRejected) {
  Concept entry = Csto();
  entry.sections[0].terms[0].process_status = ProcessStatus::kRejected;
  const std::string file = Write({entry}, ConceptFormat::kUtx);
  EXPECT_THAT(file, Not(HasSubstr("CSTO")));
  EXPECT_THAT(file, HasSubstr("Tashkent Pact\tKJLO\t"));
}

// The texts of a section's terms with their statuses, as in TBX.
std::vector<std::string> TermsOf(const LanguageSection& section) {
  std::vector<std::string> terms;
  for (const Term& term : section.terms) {
    terms.push_back(term.text + " " + std::string(TbxName(term.status)) + " " +
                    std::string(TbxName(term.process_status)));
  }
  return terms;
}

TEST(Omegat, ReadsBackTheConceptsThatItWrote) {
  Concept first = Csto();
  first.sections[0].terms[0].text = "#hash\ttag";
  Concept second = Csto();
  second.name.concept_id = "pact";
  second.notes.clear();
  second.subject_field.clear();
  second.sections[1].terms.push_back(MakeTerm("pakt (Taškendi)", TermStatus::kSuperseded));
  const Collector found =
      Read(Write({first, second}, ConceptFormat::kOmegat), ConceptFormat::kOmegat);
  ASSERT_THAT(found.concepts, SizeIs(2)) << found.Messages();
  const Concept& read = found.concepts[0].entry;
  EXPECT_EQ(read.name.concept_id, "csto");
  EXPECT_THAT(TermsOf(read.sections[0]),
              ElementsAre("#hash tag admittedTerm-admn-sts finalized",
                          "Tashkent Pact admittedTerm-admn-sts finalized"));
  EXPECT_THAT(TermsOf(read.sections[1]),
              ElementsAre("KJLO admittedTerm-admn-sts finalized",
                          "Taškendi pakt admittedTerm-admn-sts finalized",
                          "ODKB deprecatedTerm-admn-sts finalized"));
  EXPECT_THAT(read.notes, ElementsAre("alliances; since 2002"));
  EXPECT_EQ(found.concepts[1].entry.name.concept_id, "pact");
  EXPECT_EQ(found.concepts[1].entry.sections[1].terms[3].text, "pakt (Taškendi)");
  EXPECT_THAT(found.concepts[1].entry.notes, IsEmpty());
  // The file has no statuses, so that stored terms keep theirs.
  for (const auto& [term, facts] : found.concepts[0].stated) {
    EXPECT_FALSE(facts.status || facts.process_status) << term.second;
  }
}

TEST(Omegat, RowsThatSomebodyAddedBehindOursAreConceptsOfTheirOwn) {
  const Collector found =
      Read(Write({Csto()}, ConceptFormat::kOmegat) + "bridge\tsild\nriver\tjõgi\n",
           ConceptFormat::kOmegat);
  ASSERT_THAT(found.concepts, SizeIs(3)) << found.Messages();
  EXPECT_EQ(found.concepts[0].entry.sections[0].terms.size(), 2);
  EXPECT_EQ(found.concepts[1].entry.name.concept_id, "");
  EXPECT_EQ(found.concepts[2].entry.sections[0].terms[0].text, "river");
}

TEST(Omegat, ABadRowIsLeftOutAlone) {
  const Collector found = Read(
      "# sild concept csto\n"
      "CSTO\tKJLO\n"
      "no tab here\n"
      "CSTO\tODKB\n"
      "# sild concept none\n"
      "\tpakt\n"
      "# sild concept pact\n"
      "pact\tpa\xFFkt\n"
      "pact\tleping\n",
      ConceptFormat::kOmegat);
  ASSERT_THAT(found.concepts, SizeIs(2)) << found.Messages();
  EXPECT_EQ(found.concepts[0].entry.name.concept_id, "csto");
  EXPECT_EQ(found.concepts[0].line, 2);
  EXPECT_THAT(
      TermsOf(found.concepts[0].entry.sections[1]),
      ElementsAre("KJLO admittedTerm-admn-sts finalized", "ODKB admittedTerm-admn-sts finalized"));
  EXPECT_EQ(found.concepts[1].entry.name.concept_id, "pact");
  EXPECT_EQ(found.concepts[1].line, 9);
  ASSERT_THAT(found.issues, SizeIs(3)) << found.Messages();
  for (const auto& [index, line, id] :
       {std::tuple(0U, 3, "csto"), std::tuple(1U, 6, "none"), std::tuple(2U, 8, "pact")}) {
    EXPECT_EQ(found.issues[index].line, line);
    EXPECT_EQ(found.issues[index].unit_id, id);
    EXPECT_TRUE(found.issues[index].dropped);
  }
}

TEST(Omegat, ATargetThatIsAlsoAWrongOneIsTakenOnce) {
  const Collector found = Read("a\tb\t(≠ b); (≠ c); (≠ d)\n", ConceptFormat::kOmegat);
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  EXPECT_THAT(
      TermsOf(found.concepts[0].entry.sections[1]),
      ElementsAre("b admittedTerm-admn-sts finalized", "c deprecatedTerm-admn-sts finalized",
                  "d deprecatedTerm-admn-sts finalized"));
  ASSERT_THAT(found.issues, SizeIs(1));
  EXPECT_THAT(found.issues[0].message, HasSubstr("\"b\" is a target and one not to be used"));
  EXPECT_FALSE(found.issues[0].dropped);
}

TEST(Utx, ReadsLanguagesColumnsAndStatuses) {
  const Collector found = Read(
      "#UTX 1.11; en-US/et-EE; 2013-12-20T10:00:00Z; copyright: nobody\n"
      "#src\ttgt\tsrc:pos\tterm status\tconcept ID\tcomment\tmood\n"
      "bridge\tsild\tnoun\tapproved\t1\tüle jõe\tx\n"
      "bridge\tpurre\tnoun\tforbidden\t1\tüle jõe\tx\n"
      "viaduct\tviadukt\tnoun\tprovisional\t2\t\t\n"
      "tunnel\ttunnel\tnoun\tstrange\t\t\t\n",
      ConceptFormat::kUtx);
  ASSERT_THAT(found.concepts, SizeIs(3)) << found.Messages();
  const Concept& bridge = found.concepts[0].entry;
  EXPECT_EQ(bridge.name.concept_id, "1");
  EXPECT_EQ(bridge.sections[0].language.str(), "en-US");
  EXPECT_THAT(bridge.sections[0].terms, SizeIs(1));
  EXPECT_EQ(bridge.sections[0].terms[0].part_of_speech, "noun");
  ASSERT_THAT(bridge.sections[1].terms, SizeIs(2));
  EXPECT_EQ(bridge.sections[1].terms[0].status, TermStatus::kPreferred);
  EXPECT_EQ(bridge.sections[1].terms[1].status, TermStatus::kDeprecated);
  EXPECT_THAT(bridge.notes, ElementsAre("üle jõe"));
  EXPECT_THAT(bridge.properties, ElementsAre(Property{"mood", "x"}));
  EXPECT_EQ(found.concepts[1].entry.sections[1].terms[0].process_status, ProcessStatus::kProposed);
  EXPECT_THAT(found.concepts[2].entry.sections[1].terms[0].properties,
              ElementsAre(Property{"term status", "strange"}));
}

TEST(Utx, RefusesAFileThatDoesNotSayItsLanguages) {
  Collector found;
  const auto reader = NewConceptReader(ConceptFormat::kUtx, {}, found);
  EXPECT_THAT(test::ReadAll(*reader, "bridge\tsild\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
}

TEST(Utx, RefusesNamesOfColumnsThatAreNoText) {
  Collector found;
  const auto reader = NewConceptReader(ConceptFormat::kUtx, {}, found);
  EXPECT_THAT(test::ReadAll(
                  *reader, "#UTX 1.11; en/et; 2013\n#src\ttgt\tm\xC1\tn\xC1\nbridge\tsild\tx\ty\n"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("line 2: of the row that names the columns, cell 3 has bytes")));
}

TEST(Utx, ReadsBackWhatItWrote) {
  const std::string file = Write({Csto()}, ConceptFormat::kUtx);
  EXPECT_THAT(file, HasSubstr("#UTX 1.11; en/et; "));
  const Collector found = Read(file, ConceptFormat::kUtx);
  ASSERT_THAT(found.concepts, SizeIs(1)) << file;
  EXPECT_THAT(found.issues, IsEmpty());
  const Concept& entry = found.concepts[0].entry;
  EXPECT_EQ(entry.name.concept_id, "csto");
  ASSERT_THAT(entry.sections, SizeIs(2));
  EXPECT_EQ(entry.sections[0].terms[1].text, "Tashkent Pact");
  EXPECT_EQ(entry.sections[1].terms, Csto().sections[1].terms);
  EXPECT_THAT(entry.notes, ElementsAre("since 2002"));
}

TEST(Utx, KeepsWhatIsForbiddenInBothLanguages) {
  Concept entry = Csto();
  entry.sections[0].terms = {MakeTerm("Tashkent Pact", TermStatus::kDeprecated),
                             MakeTerm("CSTO", TermStatus::kAdmitted),
                             MakeTerm("Tashkent Treaty", TermStatus::kSuperseded)};
  entry.sections[1].terms = {MakeTerm("ODKB", TermStatus::kDeprecated),
                             MakeTerm("KJLO", TermStatus::kAdmitted)};
  entry.sections[1].terms[0].process_status = ProcessStatus::kProposed;
  entry.notes.clear();
  const std::string file = Write({entry}, ConceptFormat::kUtx);
  EXPECT_THAT(file, HasSubstr("comment\n"
                              "CSTO\tODKB\t\t\tforbidden\tnon-standard\tcsto\t\n"
                              "CSTO\tKJLO\t\t\tnon-standard\tnon-standard\tcsto\t\n"
                              "Tashkent Pact\tKJLO\t\t\tforbidden\tforbidden\tcsto\t\n"
                              "Tashkent Treaty\tKJLO\t\t\tobsolete\tobsolete\tcsto\t\n"));
  const Collector found = Read(file, ConceptFormat::kUtx);
  ASSERT_THAT(found.concepts, SizeIs(1)) << file;
  EXPECT_THAT(TermsOf(found.concepts[0].entry.sections[0]),
              ElementsAre("CSTO admittedTerm-admn-sts finalized",
                          "Tashkent Pact deprecatedTerm-admn-sts finalized",
                          "Tashkent Treaty supersededTerm-admn-sts finalized"));
  EXPECT_THAT(TermsOf(found.concepts[0].entry.sections[1]),
              ElementsAre("ODKB deprecatedTerm-admn-sts finalized",
                          "KJLO admittedTerm-admn-sts finalized"));
  // What was only proposed stays so where it is stored.
  EXPECT_FALSE(found.concepts[0].stated.at({Tag("et"), "ODKB"}).process_status);
}

TEST(Utx, ApprovesNoTargetThatMayNotBeUsed) {
  Concept entry = Csto();
  entry.sections[1].terms = {MakeTerm("ODKB", TermStatus::kDeprecated)};
  const std::string file = Write({entry}, ConceptFormat::kUtx);
  EXPECT_THAT(file, HasSubstr("CSTO\tODKB\t\t\tforbidden\tapproved\tcsto\tsince 2002\n"
                              "Tashkent Pact\tODKB\t\t\tforbidden\tnon-standard\tcsto\t"));
  const Collector found = Read(file, ConceptFormat::kUtx);
  ASSERT_THAT(found.concepts, SizeIs(1)) << file;
  EXPECT_EQ(found.concepts[0].entry.sections[0].terms, entry.sections[0].terms);
  EXPECT_EQ(found.concepts[0].entry.sections[1].terms, entry.sections[1].terms);
}

TEST(Utx, TheStatusOfARowIsThatOfTheTermItBrings) {
  const Collector found = Read(
      "#UTX 1.11; en/et; 2013\n#src\ttgt\tterm status\tconcept ID\n"
      "car\tauto\tapproved\t1\n"
      "automobile\tauto\tforbidden\t1\n",
      ConceptFormat::kUtx);
  ASSERT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  EXPECT_THAT(TermsOf(found.concepts[0].entry.sections[0]),
              ElementsAre("car admittedTerm-admn-sts finalized",
                          "automobile deprecatedTerm-admn-sts finalized"));
  EXPECT_THAT(TermsOf(found.concepts[0].entry.sections[1]),
              ElementsAre("auto preferredTerm-admn-sts finalized"));
}

}  // namespace
}  // namespace sild::formats
