#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ConceptFormatsTest : public ServiceTest {
 protected:
  ConceptFormatsTest() {
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
  }

  Streamed<v1::ImportConceptsResponse> Import(const std::string& config, const std::string& file,
                                              const std::string& glossary = "g") {
    std::vector<v1::ImportConceptsRequest> requests;
    requests.push_back(Parse<v1::ImportConceptsRequest>("config { parent: \"glossaries/" +
                                                        glossary + "\" " + config + " }"));
    constexpr std::size_t kChunk = 500'000;
    for (std::size_t at = 0; at < file.size(); at += kChunk) {
      requests.emplace_back().set_chunk(file.substr(at, kChunk));
    }
    return RunStream<v1::ImportConceptsResponse>("GlossaryService/ImportConcepts", requests);
  }

  Streamed<v1::ImportConceptsResponse> ImportCsv(const std::string& file,
                                                 const std::string& more = "") {
    return Import("format: CONCEPT_FORMAT_CSV " + more, file);
  }

  // What an import did: created, updated, unchanged, failed.
  static std::string Counts(const Streamed<v1::ImportConceptsResponse>& result) {
    EXPECT_THAT(result.status, IsOk());
    const v1::ImportConceptsResponse& last = result.responses.back();
    return std::to_string(last.created_count()) + " " + std::to_string(last.updated_count()) + " " +
           std::to_string(last.unchanged_count()) + " " + std::to_string(last.failed_count());
  }

  Streamed<v1::ExportConceptsResponse> RunExport(const std::string& request) {
    return RunStream<v1::ExportConceptsResponse>(
        "GlossaryService/ExportConcepts",
        std::vector{Parse<v1::ExportConceptsRequest>("parent: \"glossaries/g\" " + request)});
  }

  std::string Export(const std::string& request) {
    const auto parts = RunExport(request);
    EXPECT_THAT(parts.status, IsOk());
    std::string file;
    for (const auto& part : parts.responses) {
      file += part.chunk();
    }
    return file;
  }

  v1::Concept Get(const std::string& id) {
    const auto entry = Call<v1::GetConceptRequest, v1::Concept>(
        "GlossaryService/GetConcept", "name: \"glossaries/g/concepts/" + id + "\"");
    EXPECT_THAT(entry, IsOk());
    return entry.value_or(v1::Concept());
  }
};

constexpr std::string_view kNato =
    "concept,subject,note,en,et,et:status,et:note,et:extra form\n"
    "nato,alliances,first,NATO,NATO|Põhja-Atlandi Leping,preferred|,lühike|,NATOle|\n";

TEST_F(ConceptFormatsTest, CsvComesBackAsItWent) {
  EXPECT_EQ(Counts(ImportCsv(std::string(kNato))), "1 0 0 0");
  const std::string file = Export("format: CONCEPT_FORMAT_CSV");
  EXPECT_EQ(file,
            "concept,subject,note,en,et,et:status,et:extra form,et:note\n"
            "nato,alliances,first,NATO,NATO | Põhja-Atlandi Leping,preferred | ,NATOle | ,lühike "
            "| \n");
  EXPECT_EQ(Counts(ImportCsv(file)), "0 0 1 0");
  EXPECT_EQ(Counts(Import("format: CONCEPT_FORMAT_TSV", Export("format: CONCEPT_FORMAT_TSV"))),
            "0 0 1 0");
}

TEST_F(ConceptFormatsTest, EveryTbxComesBackAsItWent) {
  ASSERT_EQ(Counts(ImportCsv(std::string(kNato))), "1 0 0 0");
  for (const char* format : {"CONCEPT_FORMAT_TBX", "CONCEPT_FORMAT_TBX_DCT",
                             "CONCEPT_FORMAT_TBX_TIG", "CONCEPT_FORMAT_TBX_NTIG"}) {
    EXPECT_EQ(Counts(Import("format: CONCEPT_FORMAT_TBX merge_policy: CONCEPT_MERGE_POLICY_REPLACE",
                            Export(std::string("format: ") + format))),
              "0 0 1 0")
        << format;
  }
}

TEST_F(ConceptFormatsTest, AbsenceIsNotDeletion) {
  ASSERT_EQ(Counts(ImportCsv(std::string(kNato))), "1 0 0 0");
  EXPECT_EQ(Counts(ImportCsv("concept,note,et,lt,et:part of speech\n"
                             "nato,second,NATO|pakt,NATO,|noun\n")),
            "0 1 0 0");
  const v1::Concept entry = Get("nato");
  EXPECT_EQ(entry.subject_field(), "alliances");
  EXPECT_THAT(entry.notes(), ElementsAre("first", "second"));
  ASSERT_EQ(entry.sections_size(), 3);
  ASSERT_EQ(entry.sections(1).terms_size(), 3);
  const v1::Term& term = entry.sections(1).terms(0);
  EXPECT_EQ(term.status(), v1::Term::STATUS_PREFERRED);
  EXPECT_THAT(term.notes(), ElementsAre("lühike"));
  EXPECT_THAT(term.extra_forms(), ElementsAre("NATOle"));
  EXPECT_EQ(entry.sections(1).terms(2).part_of_speech(), "noun");
}

TEST_F(ConceptFormatsTest, AStatedFactReplacesTheStoredOne) {
  ASSERT_EQ(Counts(ImportCsv(std::string(kNato))), "1 0 0 0");
  EXPECT_EQ(Counts(ImportCsv("concept,subject,et,et:status\nnato,defence,NATO,admitted\n")),
            "0 1 0 0");
  const v1::Concept entry = Get("nato");
  EXPECT_EQ(entry.subject_field(), "defence");
  EXPECT_EQ(entry.sections(1).terms(0).status(), v1::Term::STATUS_ADMITTED);
}

TEST_F(ConceptFormatsTest, ReplaceMakesAConceptWhatTheFileSaysAndKeepLeavesIt) {
  ASSERT_EQ(Counts(ImportCsv(std::string(kNato))), "1 0 0 0");
  const std::string file = "concept,en\nnato,Alliance\n";
  EXPECT_EQ(Counts(ImportCsv(file, "merge_policy: CONCEPT_MERGE_POLICY_KEEP")), "0 0 1 0");
  EXPECT_EQ(Get("nato").sections_size(), 2);
  EXPECT_EQ(Counts(ImportCsv(file, "merge_policy: CONCEPT_MERGE_POLICY_REPLACE")), "0 1 0 0");
  EXPECT_EQ(Get("nato").sections_size(), 1);
}

TEST_F(ConceptFormatsTest, DryRunReportsAndStoresNothing) {
  EXPECT_EQ(Counts(ImportCsv("en,et\nbridge,sild\n,\n", "validate_only: true")), "1 0 0 0");
  EXPECT_EQ(Counts(ImportCsv("en,et\nbridge,sild\nx,y,z\n")), "1 0 0 1");
}

TEST_F(ConceptFormatsTest, AConceptThatWouldGrowTooLargeIsLeftOutWithItsLine) {
  std::string terms;
  for (int i = 0; i < 100; ++i) {
    terms += (i == 0 ? "term" : "|term") + std::to_string(i);
  }
  ASSERT_EQ(Counts(ImportCsv("concept,et\nc," + terms + "\n")), "1 0 0 0");
  const auto result = ImportCsv("concept,et\nc,one more\nd,other\n");
  EXPECT_EQ(Counts(result), "1 0 0 1");
  const v1::ImportIssue& issue = result.responses.back().issues(0);
  EXPECT_EQ(issue.line(), 2);
  EXPECT_THAT(issue.message(), HasSubstr("more than 100 et terms"));
}

TEST_F(ConceptFormatsTest, TellsOfTermsThatOtherConceptsHaveOnceOnly) {
  const std::string file = "concept,et\na,sild\nb,SILD|purre\n";
  const auto first = ImportCsv(file);
  ASSERT_EQ(first.responses.back().issues_size(), 1);
  EXPECT_EQ(first.responses.back().issues(0).line(), 3);
  EXPECT_THAT(first.responses.back().issues(0).message(),
              HasSubstr("the et term \"SILD\" is in glossaries/g/concepts/a too"));
  EXPECT_EQ(ImportCsv(file).responses.back().issues_size(), 0);
  const auto second = ImportCsv("concept,et\nc,purre\n");
  ASSERT_EQ(second.responses.back().issues_size(), 1);
  EXPECT_THAT(second.responses.back().issues(0).message(), HasSubstr("concepts/b"));
}

TEST_F(ConceptFormatsTest, OmegatNeedsItsLanguages) {
  EXPECT_THAT(Import("format: CONCEPT_FORMAT_OMEGAT", "a\tb\n").status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("source_language_code")));
  EXPECT_EQ(Counts(Import("format: CONCEPT_FORMAT_OMEGAT source_language_code: \"en\" "
                          "target_language_code: \"et\"",
                          "bridge\tsild\tüle jõe\n")),
            "1 0 0 0");
  EXPECT_THAT(RunExport("format: CONCEPT_FORMAT_OMEGAT").status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("source_language_code")));
  EXPECT_THAT(Export("format: CONCEPT_FORMAT_OMEGAT source_language_code: \"en\" "
                     "target_language_code: \"et\""),
              HasSubstr("bridge\tsild\tüle jõe\n"));
}

TEST_F(ConceptFormatsTest, CountsOnlyTheConceptsThatItWrote) {
  ASSERT_EQ(Counts(ImportCsv("concept,en,et\na,bridge,sild\nb,tunnel,\nc,road,tee\n")), "3 0 0 0");
  for (const char* format : {"CONCEPT_FORMAT_OMEGAT", "CONCEPT_FORMAT_UTX"}) {
    const auto parts = RunExport(std::string("format: ") + format +
                                 " source_language_code: \"en\" target_language_code: \"et\"");
    ASSERT_THAT(parts.status, IsOk());
    EXPECT_EQ(parts.responses.back().concept_count(), 2) << format;
  }
}

TEST_F(ConceptFormatsTest, MessagesComeBackAsTheyWent) {
  ASSERT_EQ(Counts(ImportCsv(std::string(kNato) + "pact,,,pact,pakt,,,\n")), "2 0 0 0");
  ASSERT_THAT((Call<v1::UpdateConceptRequest, v1::Concept>(
                  "GlossaryService/UpdateConcept",
                  R"(update_mask { paths: "relations" paths: "do_not_translate" } concept_entry {
        name: "glossaries/g/concepts/nato" do_not_translate: true
        relations { type: TYPE_BROADER concept_name: "glossaries/g/concepts/pact" }
        relations { type: TYPE_RELATED concept_name: "glossaries/x/concepts/pact" } })")),
              IsOk());
  const std::string file = Export("format: CONCEPT_FORMAT_PROTO");
  EXPECT_EQ(Counts(Import("format: CONCEPT_FORMAT_PROTO", file)), "0 0 2 0");
  ASSERT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                             R"(glossary_id: "h")")),
              IsOk());
  EXPECT_EQ(Counts(Import("format: CONCEPT_FORMAT_PROTO", file, "h")), "2 0 0 0");
  v1::Concept expected = Get("nato");
  auto copied = Call<v1::GetConceptRequest, v1::Concept>("GlossaryService/GetConcept",
                                                         R"(name: "glossaries/h/concepts/nato")");
  ASSERT_THAT(copied, IsOk());
  expected.set_name(copied->name());
  expected.mutable_relations(0)->set_concept_name("glossaries/h/concepts/pact");
  expected.set_etag(copied->etag());
  expected.set_revision(copied->revision());
  EXPECT_EQ(copied->ShortDebugString(), expected.ShortDebugString());
}

TEST_F(ConceptFormatsTest, OfBrokenMessagesTheGoodOnesAreTakenAndTheOthersTold) {
  const auto delimited = [](const std::string& bytes) {
    std::string length;
    for (std::size_t rest = bytes.size(); length.empty() || rest > 0; rest >>= 7) {
      length += static_cast<char>((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
    }
    return length + bytes;
  };
  const auto message = [&](const std::string& text) {
    return delimited(Parse<v1::Concept>(text).SerializeAsString());
  };
  const std::string good = message(R"(sections { language_code: "ru" terms { text: "мост" } })");
  const std::string file = message(R"(name: "glossaries/g/concepts/empty")") + delimited("\xFF") +
                           delimited(std::string(1'100'000, 'x')) +
                           message(R"(sections { language_code: "?" terms { text: "x" } })") + good;
  const auto result = Import("format: CONCEPT_FORMAT_PROTO", file);
  EXPECT_EQ(Counts(result), "1 0 0 4");
  std::string issues;
  for (const v1::ImportIssue& issue : result.responses.back().issues()) {
    issues += issue.message() + "\n";
  }
  EXPECT_THAT(issues, HasSubstr("message 1: sections: is required"));
  EXPECT_THAT(issues, HasSubstr("message 2: is no Concept"));
  EXPECT_THAT(issues, HasSubstr("message 3: is larger than 1000000 bytes"));
  EXPECT_THAT(issues, HasSubstr("message 4: sections[0].language_code"));

  EXPECT_THAT(Import("format: CONCEPT_FORMAT_PROTO", good.substr(0, good.size() - 1)).status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("in the midst of message 1")));
  EXPECT_THAT(Import("format: CONCEPT_FORMAT_PROTO", std::string(20, '\xFF')).status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("byte 0 begins no message")));
}

TEST_F(ConceptFormatsTest, SaysWhatCannotBeWritten) {
  EXPECT_THAT(RunExport("format: CONCEPT_FORMAT_MULTITERM").status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("only be read")));
  EXPECT_THAT(RunExport("format: CONCEPT_FORMAT_CSV source_language_code: \"en\"").status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("leave both empty")));
  EXPECT_THAT(RunExport("").status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("format")));
}

}  // namespace
}  // namespace sild::service
