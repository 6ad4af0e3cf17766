#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/tbx.h"
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

constexpr std::string_view kV3 =
    "<?xml version='1.0'?><?xml-model href='http://nowhere.example/x.rng'?>"
    "<tbx style='dca' type='TBX-Basic' xml:lang='en' xmlns='urn:iso:std:iso:30042:ed-2'>"
    "<tbxHeader><fileDesc/></tbxHeader><text><body>";
constexpr std::string_view kV3End =
    "</body><back><refObjectSec><term>x</term></refObjectSec></back></text></tbx>";

Collector Read(std::string_view file) {
  Collector found;
  ReadOptions options;
  options.glossary_id = "g";
  const auto reader = NewTbxReader(options, found);
  EXPECT_THAT(test::ReadAll(*reader, file, 11), IsOk());
  return found;
}

// The one concept of these fields and sections.
Concept ReadConcept(std::string_view content) {
  const Collector found = Read(std::string(kV3) + "<conceptEntry id='c1'>" + std::string(content) +
                               "</conceptEntry>" + std::string(kV3End));
  EXPECT_THAT(found.concepts, SizeIs(1)) << found.Messages();
  return found.concepts.empty() ? Concept() : found.concepts[0].entry;
}

// The one term of these fields, in Estonian.
Term ReadTerm(std::string_view fields) {
  const Concept entry = ReadConcept("<langSec xml:lang='et'><termSec><term>liit</term>" +
                                    std::string(fields) + "</termSec></langSec>");
  return entry.sections.empty() ? Term() : entry.sections[0].terms.at(0);
}

constexpr std::string_view kTerm =
    "<langSec xml:lang='et'><termSec><term>liit</term></termSec></langSec>";

TEST(TbxReader, ReadsVersionThree) {
  const Concept entry = ReadConcept(
      "<descrip type='subjectField'>politics</descrip>"
      "<descripGrp><descrip type='definition'>a\n     union</descrip>"
      "<admin type='source'>law</admin></descripGrp><note>n</note>"
      "<langSec xml:lang='et'><descrip type='definition'>liit</descrip>"
      "<termSec><term> riikide\n   liit </term></termSec></langSec>");
  EXPECT_EQ(entry.name.str(), "glossaries/g/concepts/c1");
  EXPECT_EQ(entry.subject_field, "politics");
  EXPECT_EQ(entry.definition, "a union");
  EXPECT_EQ(entry.definition_source, "law");
  EXPECT_THAT(entry.notes, ElementsAre("n"));
  ASSERT_THAT(entry.sections, SizeIs(1));
  EXPECT_EQ(entry.sections[0].definition, "liit");
  EXPECT_EQ(entry.sections[0].terms[0].text, "riikide liit");
}

TEST(TbxReader, ReadsTigAndNtigOfVersionTwo) {
  const Collector found = Read(
      "<!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\"><martif type='TBX' xml:lang='en'>"
      "<martifHeader><encodingDesc><p type='XCSURI'>x.xcs</p></encodingDesc></martifHeader><text>"
      "<body><termEntry id='_1'><langSet lang='lt'><ntig><termGrp><term>sąjunga</term>"
      "<termNote "
      "type='partOfSpeech'>noun</termNote></termGrp></ntig><tig><term>aljansas</term></tig>"
      "</langSet></termEntry></body></text></martif>");
  ASSERT_THAT(found.concepts, SizeIs(1));
  const Concept& entry = found.concepts[0].entry;
  EXPECT_EQ(found.concepts[0].id, "_1");
  EXPECT_EQ(entry.name.concept_id, "");
  EXPECT_THAT(entry.properties, ElementsAre(Property{"id", "_1"}));
  ASSERT_THAT(entry.sections[0].terms, SizeIs(2));
  EXPECT_EQ(entry.sections[0].terms[0].part_of_speech, "noun");
  EXPECT_EQ(entry.sections[0].terms[1].text, "aljansas");
}

TEST(TbxReader, ReadsDctStyle) {
  const Concept entry = ReadConcept(
      "<min:subjectField xmlns:min='m'>g</min:subjectField>"
      "<descripGrp><basic:definition xmlns:basic='b'>d</basic:definition>"
      "<basic:source xmlns:basic='b'>s</basic:source></descripGrp>"
      "<langSec xml:lang='ru'><termSec><term>союз</term>"
      "<min:administrativeStatus xmlns:min='m'>supersededTerm-admn-sts</min:administrativeStatus>"
      "</termSec></langSec>");
  EXPECT_EQ(entry.subject_field, "g");
  EXPECT_EQ(entry.definition_source, "s");
  EXPECT_EQ(entry.sections[0].terms[0].status, TermStatus::kSuperseded);
}

TEST(TbxReader, UnderstandsEachWordForAStatus) {
  const auto status = [](std::string_view category, std::string_view value) {
    return ReadTerm("<termNote type='" + std::string(category) + "'>" + std::string(value) +
                    "</termNote>")
        .status;
  };
  constexpr std::string_view kStatus = "administrativeStatus";
  EXPECT_EQ(status(kStatus, "preferredTerm-admn-sts"), TermStatus::kPreferred);
  EXPECT_EQ(status(kStatus, "preferred"), TermStatus::kPreferred);
  EXPECT_EQ(status(kStatus, "admitted"), TermStatus::kAdmitted);
  EXPECT_EQ(status(kStatus, "deprecatedTerm-admn-sts"), TermStatus::kDeprecated);
  EXPECT_EQ(status(kStatus, "forbidden"), TermStatus::kDeprecated);
  EXPECT_EQ(status(kStatus, "obsolete"), TermStatus::kSuperseded);
  EXPECT_EQ(status(kStatus, "superseded"), TermStatus::kSuperseded);
  EXPECT_EQ(status("normativeAuthorization", "standardizedTerm"), TermStatus::kPreferred);
  EXPECT_EQ(status("normativeAuthorization", "deprecatedTerm"), TermStatus::kDeprecated);
  EXPECT_EQ(status(kStatus, "whatever"), TermStatus::kAdmitted);
}

TEST(TbxReader, KeepsAWordThatIsNotOurs) {
  const Term term = ReadTerm(
      "<termNote type='normativeAuthorization'>legalTerm</termNote>"
      "<termNote type='administrativeStatus'>admittedTerm-admn-sts</termNote>"
      "<termNote type='processStatus'>unprocessed</termNote>"
      "<termNote type='termType'>initialism</termNote>");
  EXPECT_EQ(term.status, TermStatus::kAdmitted);  // The administrative status counts for more.
  EXPECT_EQ(term.process_status, ProcessStatus::kProposed);
  EXPECT_EQ(term.type, TermType::kAcronym);
  EXPECT_THAT(term.properties, ElementsAre(Property{"normativeAuthorization", "legalTerm"},
                                           Property{"processStatus", "unprocessed"},
                                           Property{"termType", "initialism"}));
}

TEST(TbxReader, ReadsFieldsOfTerms) {
  const Term term = ReadTerm(
      "<termNote type='partOfSpeech'>noun</termNote>"
      "<termNote type='grammaticalGender'>feminine</termNote>"
      "<termNote type='grammaticalNumber'>plural</termNote>"
      "<termNote type='processStatus'>provisionallyProcessed</termNote>"
      "<descripGrp><descrip type='context'>näide</descrip>"
      "<admin type='source'>raamat</admin></descripGrp>"
      "<admin type='source'>EKI</admin><note>märkus</note>"
      "<admin type='customerSubset'>IBM</admin>"
      "<xref type='xGraphic' target='http://e.ee/p'>pilt 1</xref>");
  EXPECT_EQ(term.part_of_speech, "noun");
  EXPECT_EQ(term.grammatical_gender, "feminine");
  EXPECT_EQ(term.grammatical_number, "plural");
  EXPECT_EQ(term.process_status, ProcessStatus::kProposed);
  EXPECT_EQ(term.usage_example, "näide");
  EXPECT_EQ(term.source, "EKI");
  EXPECT_THAT(term.notes, ElementsAre("märkus"));
  EXPECT_THAT(term.properties,
              ElementsAre(Property{"contextSource", "raamat"}, Property{"customerSubset", "IBM"},
                          Property{"xGraphic", "http://e.ee/p pilt 1"}));
}

TEST(TbxReader, GivesTheDefinitionOfATermToItsLanguage) {
  const Concept entry = ReadConcept(
      "<langSec xml:lang='et'><termSec><term>liit</term><descripGrp><descrip type='definition'>d"
      "</descrip><admin type='source'>s</admin></descripGrp></termSec><termSec><term>uus</term>"
      "<descrip type='definition'>e</descrip></termSec></langSec>");
  EXPECT_EQ(entry.sections[0].definition, "d");
  EXPECT_EQ(entry.sections[0].definition_source, "s");
  EXPECT_THAT(entry.sections[0].terms[1].properties, ElementsAre(Property{"definition", "e"}));
}

TEST(TbxReader, FlattensMarkupInTerms) {
  const Concept entry = ReadConcept(
      "<langSec xml:lang='et'><termSec><term>H<hi>2</hi>O<ph>&lt;br&gt;</ph> &amp; "
      "<foreign>x</foreign></term></termSec></langSec>");
  EXPECT_EQ(entry.sections[0].terms[0].text, "H2O & x");
}

TEST(TbxReader, ReadsRelations) {
  const Concept entry = ReadConcept(
      "<ref type='crossReference' target='c2'>see</ref>"
      "<descrip type='broaderConceptGeneric' target='c-3'/>"
      "<descrip type='antonymConcept' target='glossaries/h/concepts/x'>y</descrip>"
      "<ref type='crossReference'>no id</ref>" +
      std::string(kTerm));
  EXPECT_THAT(entry.relations, ElementsAre(Relation{RelationType::kRelated, {"g", "c2"}},
                                           Relation{RelationType::kBroader, {"g", "c-3"}},
                                           Relation{RelationType::kAntonym, {"h", "x"}}));
  EXPECT_THAT(entry.properties, ElementsAre(Property{"crossReference", "no id"}));
}

TEST(TbxReader, ReadsWhoAndWhen) {
  const auto transaction = [](std::string_view type, std::string_view who, std::string_view when) {
    return "<transacGrp><transac type='transactionType'>" + std::string(type) +
           "</transac><transacNote type='responsibility'>" + std::string(who) +
           "</transacNote><date>" + std::string(when) + "</date></transacGrp>";
  };
  const Concept entry =
      ReadConcept(transaction("origination", "Mari", "2020-01-02") +
                  transaction("modification", "Jaan", "2021-01-01") +
                  transaction("modification", "Ona", "2022-01-01T10:00:00Z") + std::string(kTerm));
  EXPECT_EQ(entry.creator, "Mari");
  EXPECT_EQ(entry.create_time, Timestamp(std::chrono::seconds(1'577'923'200)));
  EXPECT_EQ(entry.updater, "Ona");
  EXPECT_THAT(entry.properties, ElementsAre(Property{"modification", "2021-01-01T00:00:00Z Jaan"}));
}

TEST(TbxReader, ReadsDoNotTranslate) {
  EXPECT_TRUE(ReadConcept("<descrip type='Translation needed'>No</descrip>" + std::string(kTerm))
                  .do_not_translate);
  EXPECT_FALSE(ReadConcept("<descrip type='Translation needed'>Yes</descrip>" + std::string(kTerm))
                   .do_not_translate);
}

TEST(TbxReader, PutsPreferredTermsFirstAndSectionsTogether) {
  const Concept entry = ReadConcept(
      "<langSec xml:lang='de'><termSec><term>a</term></termSec></langSec>"
      "<langSec xml:lang='DE'><termSec><term>b</term>"
      "<termNote type='administrativeStatus'>preferred</termNote></termSec></langSec>");
  ASSERT_THAT(entry.sections, SizeIs(1));
  ASSERT_THAT(entry.sections[0].terms, SizeIs(2));
  EXPECT_EQ(entry.sections[0].terms[0].text, "b");
}

TEST(TbxReader, LeavesOutTermsThatCannotBe) {
  const Collector found =
      Read(std::string(kV3) +
           "<conceptEntry id='a'><langSec xml:lang='et'><termSec><term/></termSec>"
           "<termSec><term>" +
           std::string(501, 'a') +
           "</term></termSec></langSec></conceptEntry>"
           "<conceptEntry id='b'>" +
           std::string(kTerm) +
           "<langSec xml:lang='---'><termSec><term>x</term></termSec></langSec></conceptEntry>" +
           std::string(kV3End));
  ASSERT_THAT(found.concepts, SizeIs(1));
  EXPECT_EQ(found.concepts[0].id, "b");
  EXPECT_THAT(found.concepts[0].entry.sections, SizeIs(1));
  EXPECT_EQ(found.DroppedCount(), 1);
  EXPECT_THAT(found.Messages(), HasSubstr("an empty et term was left out"));
  EXPECT_THAT(found.Messages(), HasSubstr("longer than 500 characters"));
  EXPECT_THAT(found.Messages(), HasSubstr("language \"---\" is not known"));
}

TEST(TbxReader, RefusesOtherFilesOfThatName) {
  for (const char* const file : {"<TAGTABLE><TAG/></TAGTABLE>", "<tmx/>", "", "plain"}) {
    Collector found;
    const auto reader = NewTbxReader({}, found);
    EXPECT_THAT(test::ReadAll(*reader, file),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
  }
}

TEST(TbxReader, DeliversWhatStandsBeforeAnError) {
  Collector found;
  const auto reader = NewTbxReader({}, found);
  EXPECT_THAT(test::ReadAll(*reader, std::string(kV3) + "<conceptEntry>" + std::string(kTerm) +
                                         "</conceptEntry>\n<conceptEntry><langSec></conceptEntry>"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 2")));
  EXPECT_THAT(found.concepts, SizeIs(1));
}

}  // namespace
}  // namespace sild::formats
