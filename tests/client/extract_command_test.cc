// `sild extract`: what it asks and what it shows.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "client/cli/extract_output.h"
#include "tests/client/run_fixture.h"

namespace sild::cli {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::RunResult;
using ::sild::test::RunSild;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

v1::ExtractTermsResponse Response(const std::string& text) {
  v1::ExtractTermsResponse response;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &response)) << text;
  return response;
}

class ExtractTest : public ::testing::Test {
 protected:
  ExtractTest() {
    server_.methods.extract_terms = [this](auto&, const v1::ExtractTermsRequest& request,
                                           auto& stream) {
      request_ = request;
      stream.Write(Response(R"(
          candidates { text: "Rytų partnerystė" frequency: 3 score: 1 translation: "Eastern Partnership"
                       translation_score: 0.857 form_count: 2
                       forms { text: "Rytų partnerystės" frequency: 2 }
                       forms { text: "Rytų partnerystė" frequency: 1 }
                       examples { text: "Apie Rytų partnerystę." range { begin: 5 end: 21 } }
                       known_concepts: "glossaries/w/concepts/eap" }
          segment_count: 9 word_count: 80 candidate_count: 2)"));
      stream.Write(Response(R"(
          candidates { text: "a\tb" frequency: 2 score: 0.5 forms { text: "a\tb" frequency: 2 }
                       form_count: 1 }
          segment_count: 9 word_count: 80 candidate_count: 2)"));
      return grpc::Status::OK;
    };
  }

  FakeServer server_;
  v1::ExtractTermsRequest request_;
};

TEST_F(ExtractTest, AsksForTheLinesOfTheInputThatAreNotBlank) {
  const RunResult run =
      RunSild(server_, {"extract", "--from", "lt"}, "\xEF\xBB\xBFPirma.\r\n\n  \nAntra.");
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  ASSERT_EQ(request_.text().segments_size(), 2);
  EXPECT_EQ(request_.text().segments(0).text(), "Pirma.");
  EXPECT_EQ(request_.text().segments(1).text(), "Antra.");
  EXPECT_EQ(request_.language_code(), "lt");
}

TEST_F(ExtractTest, AsksForAMemoryWithAllOptions) {
  const RunResult run = RunSild(server_, {"extract", "-m", "m", "--from", "lt", "--to", "en", "-g",
                                          "w", "-g", "v", "--new", "--top", "5", "--min", "3"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(request_.memory(), "memories/m");
  EXPECT_EQ(request_.target_language_code(), "en");
  EXPECT_THAT(request_.known_glossaries(), ElementsAre("glossaries/w", "glossaries/v"));
  EXPECT_TRUE(request_.exclude_known());
  EXPECT_EQ(request_.max_candidates(), 5);
  EXPECT_EQ(request_.minimum_frequency(), 3);
}

TEST_F(ExtractTest, ShowsPeopleWhatIsKnownOfACandidate) {
  const RunResult run = RunSild(server_, {"extract", "--from", "lt"}, "x");
  EXPECT_THAT(run.out, HasSubstr("1.00       3×  Rytų partnerystė  = Eastern Partnership (86%)  "
                                 "glossaries/w/concepts/eap\n"));
  EXPECT_THAT(run.out, HasSubstr("Rytų partnerystės 2, Rytų partnerystė 1\n"));
  EXPECT_THAT(run.out, HasSubstr("Apie Rytų partnerystę.\n"));
  EXPECT_THAT(run.out, HasSubstr("a\\tb"));
  EXPECT_EQ(run.err, "sild: 2 of 2 candidates; read 9 segments with 80 words\n");
}

TEST_F(ExtractTest, GivesProgramsACandidateALine) {
  const RunResult run = RunSild(server_, {"--json", "extract", "--from", "lt"}, "x");
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  EXPECT_THAT(run.out, HasSubstr("{\"text\":\"Rytų partnerystė\",\"frequency\":\"3\",\"score\":1"));
}

TEST_F(ExtractTest, WritesATableWhoseCellsAreWhole) {
  const RunResult run =
      RunSild(server_, {"extract", "-m", "m", "--from", "lt", "--to", "en", "--tsv"});
  EXPECT_EQ(run.out, "lt\ten\nRytų partnerystė\tEastern Partnership\na b\t\n");
}

TEST_F(ExtractTest, RefusesWhatCannotBeAskedFor) {
  EXPECT_EQ(RunSild(server_, {"extract", "--from", "lt"}, "\n \n").code, ExitCode::kUsage);
  EXPECT_EQ(RunSild(server_, {"extract", "--from", "lt", "-m", "m", "file"}).code,
            ExitCode::kUsage);
  EXPECT_EQ(RunSild(server_, {"extract", "--from", "lt", "-m", "m", "--top", "0"}).code,
            ExitCode::kUsage);
  const RunResult broken = RunSild(server_, {"extract", "--from", "lt"}, "Gera.\nBloga \xFF.\n");
  EXPECT_EQ(broken.code, ExitCode::kUsage);
  EXPECT_THAT(broken.err, HasSubstr("standard input:2: "));
}

TEST_F(ExtractTest, TellsWhatTheServerRefused) {
  server_.methods.extract_terms = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "memories/m does not exist");
  };
  const RunResult run = RunSild(server_, {"extract", "-m", "m", "--from", "lt"});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_THAT(run.err, HasSubstr("memories/m does not exist"));
}

TEST(CandidateText, ShowsAPartOfALongSegment) {
  const std::string side(200, 'x');
  v1::ExtractTermsResponse::Candidate candidate;
  candidate.set_text("NATO");
  auto& example = *candidate.add_examples();
  example.set_text(side + " NATO " + side);
  example.mutable_range()->set_begin(201);
  example.mutable_range()->set_end(205);
  std::ostringstream out;
  const std::string text = CandidateText(Printer(out, false), candidate);
  EXPECT_THAT(text, HasSubstr("…" + std::string(59, 'x') + " NATO " + std::string(59, 'x') + "…"));
  EXPECT_THAT(text, Not(HasSubstr(std::string(60, 'x'))));
}

}  // namespace
}  // namespace sild::cli
