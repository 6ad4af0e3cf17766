#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/client/run_fixture.h"

namespace sild::cli {
namespace {

using test::FakeServer;
using test::RunResult;
using test::RunSild;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// A server that has one concept, with a preferred and a proposed term.
class RunTermsTest : public ::testing::Test {
 protected:
  RunTermsTest() {
    entry_ = Parse<v1::Concept>(R"(
      name: "glossaries/g/concepts/csto" etag: "1-1"
      sections { language_code: "et" terms { id: "t1" text: "KJLO" status: STATUS_PREFERRED
                                             process_status: PROCESS_STATUS_APPROVED }
                                     terms { id: "t2" text: "ODKB"
                                             process_status: PROCESS_STATUS_PROPOSED } }
      sections { language_code: "lt" terms { id: "t3" text: "KSSO"
                                             process_status: PROCESS_STATUS_PROPOSED } })");
    server_.methods.get_concept = [this](auto&, const auto&, v1::Concept& response) {
      response = entry_;
      return grpc::Status::OK;
    };
    server_.methods.review_term = [this](auto&, const v1::ReviewTermRequest& request,
                                         v1::Concept& response) {
      reviews_.push_back(request);
      response = entry_;
      response.set_etag("1-2");
      return grpc::Status::OK;
    };
    server_.methods.propose_term = [this](auto&, const v1::ProposeTermRequest& request,
                                          v1::Concept& response) {
      proposals_.push_back(request);
      response = entry_;
      return grpc::Status::OK;
    };
  }

  FakeServer server_;
  v1::Concept entry_;
  std::vector<v1::ReviewTermRequest> reviews_;
  std::vector<v1::ProposeTermRequest> proposals_;
};

TEST_F(RunTermsTest, ApproveTakesAllThatIsProposedOneEtagAfterTheOther) {
  const RunResult run = RunSild(server_, {"term", "approve", "g/csto", "--note", "hea"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  ASSERT_EQ(reviews_.size(), 2U);
  EXPECT_EQ(reviews_[0].term_id(), "t2");
  EXPECT_EQ(reviews_[0].process_status(), v1::Term::PROCESS_STATUS_APPROVED);
  EXPECT_EQ(reviews_[0].note(), "hea");
  EXPECT_EQ(reviews_[0].etag(), "1-1");
  EXPECT_EQ(reviews_[1].term_id(), "t3");
  EXPECT_EQ(reviews_[1].etag(), "1-2");
}

TEST_F(RunTermsTest, RejectTakesTheTermThatIsNamed) {
  const RunResult run = RunSild(server_, {"term", "reject", "g/csto", "KJLO", "--lang", "et"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  ASSERT_EQ(reviews_.size(), 1U);
  EXPECT_EQ(reviews_[0].term_id(), "t1");
  EXPECT_EQ(reviews_[0].process_status(), v1::Term::PROCESS_STATUS_REJECTED);
}

TEST_F(RunTermsTest, ATermThatIsNotThereIsAnErrorOfUsage) {
  const RunResult run = RunSild(server_, {"term", "approve", "g/csto", "NATO"});
  EXPECT_EQ(run.code, ExitCode::kUsage);
  EXPECT_THAT(run.err, HasSubstr("no such term as \"NATO\""));
  EXPECT_THAT(reviews_, IsEmpty());
}

TEST_F(RunTermsTest, ProposeAddsToAConceptAndWarnsOfSimilarTerms) {
  v1::FindSimilarTermsRequest asked;
  server_.methods.find_similar_terms = [&](auto&, const v1::FindSimilarTermsRequest& request,
                                           v1::FindSimilarTermsResponse& response) {
    asked = request;
    response = Parse<v1::FindSimilarTermsResponse>(R"(
      similar_terms { kind: KIND_NEAR language_code: "et" text: "ODKB lepe"
                      concept_name: "glossaries/h/concepts/x"
                      term { text: "ODKB leppe" process_status: PROCESS_STATUS_REJECTED } })");
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(
      server_, {"term", "propose", "g/csto", "et=ODKB lepe", "--compare", "h", "--note", "pikk"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(asked.glossaries(), ElementsAre("glossaries/g", "glossaries/h"));
  EXPECT_EQ(asked.concept_entry().name(), "");  // Its own terms are compared too.
  EXPECT_EQ(run.err,
            "sild: et \"ODKB lepe\" is nearly \"ODKB leppe\": glossaries/h/concepts/x, rejected\n");
  ASSERT_EQ(proposals_.size(), 1U);
  EXPECT_EQ(proposals_[0].language_code(), "et");
  EXPECT_EQ(proposals_[0].term().text(), "ODKB lepe");
  EXPECT_THAT(proposals_[0].term().notes(), ElementsAre("pikk"));
}

TEST_F(RunTermsTest, ProposeStoresTermsOfSeveralLanguagesWithOneWrite) {
  std::vector<v1::UpdateConceptRequest> updates;
  server_.methods.update_concept = [&](auto&, const v1::UpdateConceptRequest& request, auto&) {
    updates.push_back(request);
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server_, {"term", "propose", "g/csto", "et=KJL lepe", "ru=ОДКБ", "--source", "x"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_TRUE(proposals_.empty());
  ASSERT_EQ(updates.size(), 1U);
  const v1::Concept& sent = updates[0].concept_entry();
  EXPECT_EQ(sent.etag(), "1-1");
  EXPECT_THAT(updates[0].update_mask().paths(), ElementsAre("sections"));
  ASSERT_EQ(sent.sections_size(), 3);
  ASSERT_EQ(sent.sections(0).terms_size(), 3);
  EXPECT_EQ(sent.sections(0).terms(2).text(), "KJL lepe");
  EXPECT_EQ(sent.sections(2).terms(0).process_status(), v1::Term::PROCESS_STATUS_PROPOSED);
  EXPECT_EQ(sent.sections(2).terms(0).source(), "x");

  const RunResult again = RunSild(server_, {"term", "propose", "g/csto", "ru=ОДКБ", "et=ODKB"});
  EXPECT_EQ(again.code, ExitCode::kRefused);
  EXPECT_THAT(again.err, HasSubstr("has \"ODKB\" in et already; nothing was proposed"));
  EXPECT_EQ(updates.size(), 1U);
}

TEST_F(RunTermsTest, LanguagesAreTheSameInAnyCase) {
  entry_.mutable_sections(0)->set_language_code("et-EE");
  v1::Concept sent;
  server_.methods.update_concept = [&](auto&, const v1::UpdateConceptRequest& request, auto&) {
    sent = request.concept_entry();
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server_, {"term", "propose", "g/csto", "et-ee=KJL lepe", "ru=ОДКБ"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  ASSERT_EQ(sent.sections_size(), 3);
  EXPECT_EQ(sent.sections(0).language_code(), "et-EE");
  EXPECT_EQ(sent.sections(0).terms_size(), 3);
  EXPECT_EQ(RunSild(server_, {"term", "reject", "g/csto", "KJLO", "--lang", "ET-ee"}).code,
            ExitCode::kDone);
}

TEST_F(RunTermsTest, ProposeMakesANewConceptInAGlossary) {
  v1::CreateConceptRequest got;
  server_.methods.create_concept = [&](auto&, const v1::CreateConceptRequest& request, auto&) {
    got = request;
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(
      server_, {"term", "propose", "g", "en=buffer state", "et=puhverriik", "--subject", "x"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(got.parent(), "glossaries/g");
  EXPECT_EQ(got.concept_entry().subject_field(), "x");
  ASSERT_EQ(got.concept_entry().sections_size(), 2);
  EXPECT_EQ(got.concept_entry().sections(1).terms(0).process_status(),
            v1::Term::PROCESS_STATUS_PROPOSED);
}

TEST_F(RunTermsTest, ATermOfAnotherConceptComesWithWhatToTypeInstead) {
  server_.methods.find_similar_terms = [&](auto&, const auto&,
                                           v1::FindSimilarTermsResponse& response) {
    response = Parse<v1::FindSimilarTermsResponse>(R"(
      similar_terms { kind: KIND_SAME language_code: "et" text: "ODKB"
                      concept_name: "glossaries/g/concepts/odkb" term { text: "ODKB" } })");
    return grpc::Status::OK;
  };
  server_.methods.create_concept = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  EXPECT_EQ(
      RunSild(server_, {"term", "propose", "g", "et=ODKB", "en=People's Pact"}).err,
      "sild: et \"ODKB\" is there already: glossaries/g/concepts/odkb; stored all the same; if "
      "they are the same, 'sild concept join g/odkb NAME' with the name that this one gets; to add "
      "to it instead: sild term propose g/odkb en='People'\\''s Pact'\n");
  EXPECT_EQ(RunSild(server_, {"concept", "add", "g", "et=ODKB"}).err,
            "sild: et \"ODKB\" is there already: glossaries/g/concepts/odkb; stored all the same; "
            "if they are the same, 'sild concept join g/odkb NAME' with the name that this one "
            "gets\n");
  EXPECT_EQ(RunSild(server_, {"concept", "add", "h", "et=ODKB"}).err,
            "sild: et \"ODKB\" is there already: glossaries/g/concepts/odkb; stored all the same; "
            "'sild concept get g/odkb' shows it\n");
  EXPECT_EQ(RunSild(server_, {"term", "propose", "g/csto", "et=ODKB"}).err,
            "sild: et \"ODKB\" is there already: glossaries/g/concepts/odkb; stored all the same; "
            "if they are the same, 'sild concept join g/csto g/odkb'\n");
}

TEST_F(RunTermsTest, ANoteIsAddedToThoseThereAre) {
  entry_.add_notes("before");
  v1::UpdateConceptRequest got;
  server_.methods.update_concept = [&](auto&, const v1::UpdateConceptRequest& request, auto&) {
    got = request;
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server_, {"concept", "edit", "g/csto", "--note", "one", "--note", "two"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(got.concept_entry().notes(), ElementsAre("before", "one", "two"));
}

TEST_F(RunTermsTest, JoinNamesTheConceptThatStaysFirst) {
  v1::JoinConceptsRequest asked;
  server_.methods.join_concepts = [&](auto&, const v1::JoinConceptsRequest& request,
                                      v1::Concept& response) {
    asked = request;
    response = entry_;
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server_, {"concept", "join", "g/csto", "g/odkb"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(run.out, HasSubstr("KJLO (preferred)"));
  EXPECT_EQ(asked.name(), "glossaries/g/concepts/csto");
  EXPECT_EQ(asked.joined_name(), "glossaries/g/concepts/odkb");
  EXPECT_NE(asked.request_id(), "");
}

TEST_F(RunTermsTest, ListShowsTermsAndTheirConcepts) {
  v1::ListTermsRequest asked;
  server_.methods.list_terms = [&](auto&, const v1::ListTermsRequest& request,
                                   v1::ListTermsResponse& response) {
    asked = request;
    response = Parse<v1::ListTermsResponse>(R"(
      entries { concept_name: "glossaries/g/concepts/eu" language_code: "et"
                term { text: "Euroopa Liit" status: STATUS_PREFERRED }
                translations { language_code: "en" terms { text: "European Union" }
                               terms { text: "EU" type: TYPE_ACRONYM } } })");
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server_, {"term", "list", "-", "--lang", "et", "--prefix", "eu"});
  EXPECT_EQ(run.out,
            "Euroopa Liit (preferred)  glossaries/g/concepts/eu\n"
            "    en  European Union, EU (acronym)\n");
  EXPECT_TRUE(asked.include_translations());
  EXPECT_EQ(asked.parent(), "glossaries/-");
  EXPECT_EQ(asked.prefix(), "eu");
}

TEST_F(RunTermsTest, SearchSaysWhyAndPrintsOneObjectALine) {
  v1::SearchTermsRequest asked;
  server_.methods.search_terms = [&](auto&, const v1::SearchTermsRequest& request,
                                     v1::SearchTermsResponse& response) {
    asked = request;
    *response.add_concepts() = entry_;
    v1::LanguageSection& russian = *response.mutable_concepts(0)->add_sections();
    russian.set_language_code("ru");
    *russian.add_terms() = Parse<v1::Term>(R"(id: "t4" text: "ОДКБ" status: STATUS_ADMITTED)");
    *response.add_matches() = Parse<v1::SearchTermsResponse::Match>(
        R"(kind: KIND_WORD_PREFIX language_code: "et" term { text: "KJLO" })");
    return grpc::Status::OK;
  };
  const std::vector<std::string> command = {"term",      "search",           "-g",      "g",
                                            "kjl",       "--lang",           "et",      "--status",
                                            "preferred", "--process-status", "proposed"};
  EXPECT_EQ(RunSild(server_, command).out,
            "et  KJLO  word-prefix, glossaries/g/concepts/csto\n"
            "    lt  KSSO (proposed)\n"
            "    ru  ОДКБ (admitted)\n");
  EXPECT_EQ(asked.query(), "kjl");
  EXPECT_THAT(asked.statuses(), ElementsAre(v1::Term::STATUS_PREFERRED));
  EXPECT_THAT(asked.process_statuses(), ElementsAre(v1::Term::PROCESS_STATUS_PROPOSED));
  std::vector<std::string> json = command;
  json.insert(json.begin(), "--json");
  const std::string out = RunSild(server_, json).out;
  EXPECT_THAT(out, HasSubstr("\"matches\":[{\"kind\":\"KIND_WORD_PREFIX\""));
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 1);
}

TEST_F(RunTermsTest, SearchWithoutAQueryListsAllTermsThatPass) {
  server_.methods.search_terms = [&](auto&, const v1::SearchTermsRequest&,
                                     v1::SearchTermsResponse& response) {
    *response.add_concepts() = entry_;
    *response.add_matches() = Parse<v1::SearchTermsResponse::Match>(
        R"(kind: KIND_LISTED language_code: "et" term { id: "t2" text: "ODKB" })");
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunSild(server_, {"term", "search", "-g", "g", "--process-status", "proposed"}).out,
            "et  ODKB  listed, glossaries/g/concepts/csto\n"
            "lt  KSSO (proposed)  listed, glossaries/g/concepts/csto\n");
}

TEST_F(RunTermsTest, ListAndSearchTellThatThereIsNone) {
  server_.methods.list_terms = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  server_.methods.search_terms = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  const std::vector<std::string> list = {"term", "list", "g", "--lang", "et"};
  const std::vector<std::string> search = {"term", "search", "-g", "g", "xyzzy"};
  for (std::vector<std::string> command : {list, search}) {
    EXPECT_EQ(RunSild(server_, command).out, "  no term\n");
    command.insert(command.begin(), "--json");
    EXPECT_EQ(RunSild(server_, command).out, "");
  }
}

TEST_F(RunTermsTest, ListEndsAfterAsManyAsWanted) {
  std::vector<int> sizes;
  server_.methods.list_terms = [&](auto&, const v1::ListTermsRequest& request,
                                   v1::ListTermsResponse& response) {
    sizes.push_back(request.page_size());
    for (int i = 0; i < std::min(request.page_size(), 2); ++i) {
      response.add_entries()->mutable_term()->set_text("mõiste");
    }
    response.set_next_page_token("more");
    return grpc::Status::OK;
  };
  const std::string out = RunSild(server_, {"term", "list", "g", "--lang", "et", "--top", "3"}).out;
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 3);
  EXPECT_THAT(sizes, ElementsAre(3, 1));
}

TEST_F(RunTermsTest, ConceptShowsWhatReviewersRemarked) {
  entry_.mutable_sections(0)->mutable_terms(1)->add_notes("as the ministry has it");
  EXPECT_THAT(RunSild(server_, {"concept", "get", "g/csto"}).out,
              HasSubstr("ODKB (proposed)\n        as the ministry has it\n"));
}

}  // namespace
}  // namespace sild::cli
