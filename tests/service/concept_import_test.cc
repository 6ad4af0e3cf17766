#include <string>
#include <vector>

#include <absl/strings/match.h>
#include <absl/strings/str_split.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

std::string Entry(const std::string& id, const std::string& term, const std::string& more = "") {
  return "<conceptEntry id=\"" + id + "\">" + more + "<langSec xml:lang=\"et\"><termSec><term>" +
         term + "</term></termSec></langSec></conceptEntry>\n";
}

std::string Tbx(const std::string& entries) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tbx xmlns=\"urn:iso:std:iso:30042:ed-2\" "
         "type=\"TBX-Basic\" style=\"dca\" "
         "xml:lang=\"en\"><tbxHeader><fileDesc><sourceDesc><p>x</p>"
         "</sourceDesc></fileDesc></tbxHeader><text><body>\n" +
         entries + "</body></text></tbx>\n";
}

std::string Entries(int count) {
  std::string entries;
  for (int i = 0; i < count; ++i) {
    entries += Entry("c" + std::to_string(i), "мост " + std::to_string(i));
  }
  return entries;
}

class ConceptImportTest : public ServiceTest {
 protected:
  ConceptImportTest() {
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
  }

  Streamed<v1::ImportConceptsResponse> Import(const std::string& file,
                                              const std::string& more_config = "",
                                              const std::string& format = "TBX") {
    constexpr std::size_t kChunk = 500'000;
    std::vector<v1::ImportConceptsRequest> requests;
    requests.push_back(Parse<v1::ImportConceptsRequest>(
        "config { parent: \"glossaries/g\" format: CONCEPT_FORMAT_" + format + " " + more_config +
        " }"));
    for (std::size_t at = 0; at < file.size(); at += kChunk) {
      requests.emplace_back().set_chunk(file.substr(at, kChunk));
    }
    return RunStream<v1::ImportConceptsResponse>("GlossaryService/ImportConcepts", requests);
  }

  // What an import says in its last message: created, updated, unchanged.
  static std::string Counts(const Streamed<v1::ImportConceptsResponse>& result) {
    EXPECT_THAT(result.status, IsOk());
    const v1::ImportConceptsResponse& last = result.responses.back();
    return std::to_string(last.created_count()) + " " + std::to_string(last.updated_count()) + " " +
           std::to_string(last.unchanged_count());
  }

  std::string Export(const std::string& format = "TBX", const std::string& more = "") {
    std::string file;
    const auto parts = RunStream<v1::ExportConceptsResponse>(
        "GlossaryService/ExportConcepts",
        std::vector{Parse<v1::ExportConceptsRequest>(
            "parent: \"glossaries/g\" format: CONCEPT_FORMAT_" + format + " " + more)});
    EXPECT_THAT(parts.status, IsOk());
    for (const auto& part : parts.responses) {
      file += part.chunk();
    }
    return file;
  }

  std::int64_t ConceptCount() {
    return (*Call<v1::GetGlossaryRequest, v1::Glossary>("GlossaryService/GetGlossary",
                                                        R"(name: "glossaries/g")"))
        .concept_count();
  }
};

TEST_F(ConceptImportTest, SameFileTwiceChangesNothing) {
  const std::string file = Tbx(Entry("bridge", "sild") + Entry("river", "jõgi"));
  EXPECT_EQ(Counts(Import(file)), "2 0 0");
  const auto second = Import(file);
  EXPECT_EQ(Counts(second), "0 0 2");
  EXPECT_EQ(second.responses.back().revision(), 0);
}

TEST_F(ConceptImportTest, ChangedConceptReplacesTheOneOfItsIdIfAskedTo) {
  ASSERT_THAT(Import(Tbx(Entry("bridge", "sild") + Entry("river", "jõgi"))).status, IsOk());
  actor_ = "jonas";
  EXPECT_EQ(Counts(Import(Tbx(Entry("bridge", "purre") + Entry("river", "jõgi")),
                          "merge_policy: CONCEPT_MERGE_POLICY_REPLACE")),
            "0 1 1");
  const auto entry = Call<v1::GetConceptRequest, v1::Concept>(
      "GlossaryService/GetConcept", R"(name: "glossaries/g/concepts/bridge")");
  ASSERT_THAT(entry, IsOk());
  EXPECT_EQ(entry->sections(0).terms(0).text(), "purre");
  EXPECT_EQ(entry->updater(), "jonas");
}

TEST_F(ConceptImportTest, WhatWasExportedIsRecognised) {
  ASSERT_THAT(
      Import(Tbx(Entry("bridge", "sild", "<descrip type=\"definition\">Tee</descrip>"))).status,
      IsOk());
  EXPECT_EQ(Counts(Import(Export())), "0 0 1");
}

TEST_F(ConceptImportTest, WithoutAnIdAConceptIsKnownByItsTermsInTwoLanguages) {
  ASSERT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                  "GlossaryService/CreateConcept",
                  R"(parent: "glossaries/g" concept_id: "bridge" concept_entry {
        sections { language_code: "en" terms { text: "bridge" } terms { text: "span" } }
        sections { language_code: "et" terms { text: "sild" } }
        sections { language_code: "ru" terms { text: "мост" } } })")),
              IsOk());
  const auto omegat = [&](const std::string& file, const std::string& more = "") {
    return Import(file, R"(source_language_code: "en" target_language_code: "et" )" + more,
                  "OMEGAT");
  };
  EXPECT_EQ(Counts(omegat("bridge\tsild\n")), "0 0 1");
  EXPECT_EQ(Counts(omegat("bridge\tsild\tA remark.\n")), "0 1 0");
  EXPECT_EQ(Counts(omegat("bridge\tsild\tA remark.\n")), "0 0 1");
  EXPECT_EQ(Counts(omegat("bridge\tpurre\n")), "1 0 0");  // Not the same in both languages.
  EXPECT_EQ(Counts(Import("en,et\nspan,sild\n", "", "CSV")), "0 0 1");
  EXPECT_EQ(Counts(omegat("span\tsild\n", "merge_policy: CONCEPT_MERGE_POLICY_REPLACE")), "1 0 0");
  EXPECT_EQ(ConceptCount(), 3);
}

// What was exported as pairs changes nothing when it comes back, neither with the marks of ours nor
// when a spreadsheet has taken them away, and whatever the region of the stored terms.
TEST_F(ConceptImportTest, PairsThatWereExportedFindTheirConcepts) {
  for (const char* id : {"bank", "shore"}) {
    ASSERT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                    "GlossaryService/CreateConcept", "parent: \"glossaries/g\" concept_id: \"" +
                                                         std::string(id) + R"(" concept_entry {
          subject_field: ")" + id + R"(" definition: "One;\ntwo" notes: "a" notes: "b; c"
          notes: "b" notes: "b; a"
          sections { language_code: "en-GB"
                     terms { text: "bank" status: STATUS_PREFERRED process_status: PROCESS_STATUS_PROPOSED }
                     terms { text: "Bank" status: STATUS_DEPRECATED process_status: PROCESS_STATUS_PROPOSED } }
          sections { language_code: "et"
                     terms { text: "pank" }
                     terms { text: "kallas" status: STATUS_SUPERSEDED } } })")),
                IsOk());
  }
  const std::string languages = R"(source_language_code: "en" target_language_code: "et" )";
  for (const char* format : {"OMEGAT", "UTX"}) {
    std::string file = Export(format, languages);
    EXPECT_EQ(Counts(Import(file, languages, format)), "0 0 2") << file;
  }
  std::string rows;
  for (const absl::string_view line : absl::StrSplit(Export("OMEGAT", languages), '\n')) {
    rows += absl::StartsWith(line, "#") ? "" : std::string(line) + "\n";
  }
  EXPECT_EQ(Counts(Import(rows, languages, "OMEGAT")), "0 0 4") << rows;
  EXPECT_EQ(ConceptCount(), 2);
}

TEST_F(ConceptImportTest, OfHomographsEachStaysItsOwn) {
  const std::string file =
      "en,et,subject,definition\nbank,pank,finance,Where money is.\nbank,pank,geography,\n";
  EXPECT_EQ(Counts(Import(file, "", "CSV")), "2 0 0");
  EXPECT_EQ(Counts(Import(file, "", "CSV")), "0 0 2");
  // What may be either is a third one.
  EXPECT_EQ(Counts(Import("en,et\nbank,pank\n", "", "CSV")), "1 0 0");
}

TEST_F(ConceptImportTest, TheOrderOfAFileDoesNotCount) {
  std::string file = "en,et,subject\nbank,pank,finance\n";
  for (int i = 0; i < 1'200; ++i) {  // More than are stored at once.
    file += "word " + std::to_string(i) + ",sõna " + std::to_string(i) + ",\n";
  }
  EXPECT_EQ(Counts(Import(file + "bank,pank,geography\n", "", "CSV")), "1202 0 0");
}

TEST_F(ConceptImportTest, ATermIsKnownByItsTextBeforeItsId) {
  const auto term = [](const std::string& id, const std::string& text, const std::string& more) {
    return "<termSec id=\"" + id + "\"><term>" + text + "</term>" + more + "</termSec>";
  };
  const auto entry = [](const std::string& terms) {
    return Tbx("<conceptEntry id=\"c\"><langSec xml:lang=\"et\">" + terms +
               "</langSec></conceptEntry>\n");
  };
  ASSERT_EQ(Counts(Import(entry(term("t1", "sild", "") + term("t2", "purre", "")))), "1 0 0");
  ASSERT_EQ(Counts(Import(entry(term("t1", "purre",
                                     "<termNote type=\"partOfSpeech\">noun"
                                     "</termNote>")))),
            "0 1 0");
  const auto stored = Call<v1::GetConceptRequest, v1::Concept>("GlossaryService/GetConcept",
                                                               "name: \"glossaries/g/concepts/c\"");
  ASSERT_THAT(stored, IsOk());
  ASSERT_EQ(stored->sections(0).terms_size(), 2);
  EXPECT_EQ(stored->sections(0).terms(0).text(), "sild");
  EXPECT_EQ(stored->sections(0).terms(0).part_of_speech(), "");
  EXPECT_EQ(stored->sections(0).terms(1).text(), "purre");
  EXPECT_EQ(stored->sections(0).terms(1).part_of_speech(), "noun");
}

TEST_F(ConceptImportTest, DryRunCountsAndStoresNothing) {
  ASSERT_THAT(Import(Tbx(Entry("bridge", "sild"))).status, IsOk());
  EXPECT_EQ(
      Counts(Import(Tbx(Entry("bridge", "purre") + Entry("river", "jõgi")), "validate_only: true")),
      "1 1 0");
  EXPECT_EQ(ConceptCount(), 1);
}

TEST_F(ConceptImportTest, DryRunCountsWhatTheImportWouldAlsoOfWhatTheFileRepeats) {
  std::string file = "bridge\tsild\nbridge\tsild\n# sild concept c\nriver\tjõgi\n";
  for (int i = 0; i < 1'200; ++i) {  // More than are stored at once.
    file += "river\tvoog " + std::to_string(i % 50) + "\n";
  }
  file += "# sild concept c\nstream\tjõgi\n";
  const std::string config = R"(source_language_code: "en" target_language_code: "et" )";
  EXPECT_EQ(Counts(Import(file, config + "validate_only: true", "OMEGAT")), "2 1 1");
  EXPECT_EQ(ConceptCount(), 0);
  EXPECT_EQ(Counts(Import(file, config, "OMEGAT")), "2 1 1");
}

TEST_F(ConceptImportTest, BadConceptIsLeftOutWithItsLine) {
  const auto result = Import(Tbx(Entry("a", "sild") + Entry("b", std::string(501, 'x'))));
  ASSERT_THAT(result.status, IsOk());
  EXPECT_EQ(result.responses.back().created_count(), 1);
  ASSERT_GE(result.responses.back().issues_size(), 1);
  EXPECT_EQ(result.responses.back().issues(0).line(), 4);
}

TEST_F(ConceptImportTest, AllOrNothingStoresNothingIfOneIsLeftOut) {
  const auto result =
      Import(Tbx(Entry("a", "sild") + Entry("b", std::string(501, 'x'))), "all_or_nothing: true");
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("issues")));
  EXPECT_EQ(ConceptCount(), 0);
}

TEST_F(ConceptImportTest, AllOrNothingStoresNothingOfABrokenFile) {
  const auto result = Import(Tbx(Entry("a", "sild") + "<conceptEntry>"), "all_or_nothing: true");
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line")));
  EXPECT_EQ(ConceptCount(), 0);
}

TEST_F(ConceptImportTest, AllOrNothingTakesAsManyAsItSays) {
  EXPECT_EQ(Counts(Import(Tbx(Entries(1'000)), "all_or_nothing: true")), "1000 0 0");
}

TEST_F(ConceptImportTest, AllOrNothingRefusesOneMore) {
  const auto result = Import(Tbx(Entries(1'001)), "all_or_nothing: true");
  EXPECT_THAT(result.status,
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("at most 1000 concepts")));
  EXPECT_EQ(ConceptCount(), 0);
}

TEST_F(ConceptImportTest, LargeFileIsStoredInParts) {
  EXPECT_EQ(Counts(Import(Tbx(Entries(2'500)))), "2500 0 0");
  EXPECT_EQ(ConceptCount(), 2'500);
}

// Each concept has some 900 KB of notes, and twelve of them more than an event may have.
TEST_F(ConceptImportTest, GroupsAreMadeByAllThatConceptsHold) {
  std::string entries;
  for (int i = 0; i < 12; ++i) {
    std::string notes;
    for (int n = 0; n < 9; ++n) {
      notes += "<note>" + std::string(99'000, 'n') + "</note>";
    }
    entries += Entry("c" + std::to_string(i), "мост", notes);
  }
  EXPECT_EQ(Counts(Import(Tbx(entries))), "12 0 0");
}

TEST_F(ConceptImportTest, MissingGlossaryIsNotFound) {
  const auto result = RunStream<v1::ImportConceptsResponse>(
      "GlossaryService/ImportConcepts",
      std::vector{Parse<v1::ImportConceptsRequest>(
          R"(config { parent: "glossaries/none" format: CONCEPT_FORMAT_TBX })")});
  EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
}

}  // namespace
}  // namespace sild::service
