// `sild lookup` and `sild terms`: one answer for each line.
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/run_fixture.h"

namespace sild::cli {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::RunResult;
using ::sild::test::RunSild;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::vector<std::string> kLookup = {"lookup", "-m", "m", "--from", "en", "--to", "et"};

std::vector<std::string> With(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    lines.push_back(line);
  }
  return lines;
}

// Finds for each query a match that has the query as its target, and refuses `bad`.
class LookupTest : public ::testing::Test {
 protected:
  LookupTest() {
    server_.methods.lookup_matches = [this](auto&, const v1::LookupMatchesRequest& request,
                                            v1::LookupMatchesResponse& response) {
      requests_.push_back(request);
      for (const v1::Query& query : request.queries()) {
        if (query.segment().text() == "bad") {
          return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "queries[0]: it is bad");
        }
        v1::Match& match = *response.add_results()->add_matches();
        match.mutable_proposal()->set_text(query.segment().text());
        match.set_score(100);
      }
      return grpc::Status::OK;
    };
  }

  FakeServer server_;
  std::vector<v1::LookupMatchesRequest> requests_;
};

TEST_F(LookupTest, ReadsTagsIfAsked) {
  EXPECT_EQ(RunSild(server_, With(kLookup, {"Click <b>here</b>"})).code, ExitCode::kDone);
  const RunResult run = RunSild(server_, With(kLookup, {"--tags", "Click <b>here</b>"}));
  EXPECT_THAT(LinesOf(run.out)[0], "Click <b>here</b>");
  ASSERT_EQ(requests_.size(), 2U);
  EXPECT_EQ(requests_[0].queries(0).segment().text(), "Click <b>here</b>");
  EXPECT_EQ(requests_[0].queries(0).segment().tags_size(), 0);
  EXPECT_EQ(requests_[1].queries(0).segment().text(), "Click here");
  EXPECT_EQ(requests_[1].queries(0).segment().tags_size(), 2);
}

TEST_F(LookupTest, PrintsTheResultOfOneText) {
  const RunResult run = RunSild(server_, With(kLookup, {"--json", "Hello"}));
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(LinesOf(run.out), ElementsAre(StartsWith(R"({"matches":[{)")));
  EXPECT_THAT(run.out, HasSubstr(R"("moreExact":0)"));
}

TEST_F(LookupTest, TakesATextThatIsTheNameOfACommand) {
  const RunResult run = RunSild(server_, With(kLookup, {"status"}));
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(requests_.at(0).queries(0).segment().text(), "status");
}

TEST_F(LookupTest, TakesATextInBrackets) {
  RunSild(server_, With(kLookup, {"[a, b]"}));
  EXPECT_EQ(requests_.at(0).queries(0).segment().text(), "[a, b]");
}

TEST_F(LookupTest, SendsItsOptions) {
  const RunResult run =
      RunSild(server_, {"lookup",     "-m",      "m",           "-m",         "memories/old:2.5",
                        "--from",     "en",      "--to",        "et,lt",      "--to",
                        "ru",         "--min",   "60",          "--top",      "3",
                        "--explain",  "--label", "client=acme", "--document", "a.html",
                        "--previous", "",        "-g",          "world",      "--exclude-fragments",
                        "Hello"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  const v1::LookupMatchesRequest& request = requests_.at(0);
  ASSERT_EQ(request.memories_size(), 2);
  EXPECT_EQ(request.memories(1).memory(), "memories/old");
  EXPECT_EQ(request.memories(1).penalty(), 2.5);
  EXPECT_THAT(request.target_language_codes(), ElementsAre("et", "lt", "ru"));
  EXPECT_EQ(request.options().minimum_score(), 60);
  EXPECT_EQ(request.options().max_matches(), 3);
  EXPECT_TRUE(request.options().explain());
  EXPECT_TRUE(request.options().exclude_fragments());
  EXPECT_THAT(request.glossaries(), ElementsAre("glossaries/world"));
  EXPECT_EQ(request.options().filter().labels().at("client"), "acme");
  EXPECT_EQ(request.queries(0).document(), "a.html");
  EXPECT_TRUE(request.queries(0).neighbors().has_previous_text());
}

TEST_F(LookupTest, SaysWhichNumbersItTakes) {
  EXPECT_EQ(RunSild(server_, With(kLookup, {"--min", "0", "Hello"})).err,
            "sild: --min takes a percentage from 50 to 100, not 0\n");
  EXPECT_EQ(RunSild(server_, With(kLookup, {"--top", "0", "Hello"})).err,
            "sild: --top takes 1 to 50 matches, not 0\n");
  EXPECT_TRUE(requests_.empty());
}

TEST_F(LookupTest, ExplainsToAProgramOnlyIfAsked) {
  RunSild(server_, With(kLookup, {"--json", "Hello"}));
  EXPECT_FALSE(requests_.at(0).options().explain());
}

TEST_F(LookupTest, AnswersOneLineForALineOfInput) {
  const RunResult run = RunSild(server_, With(kLookup, {"--json"}), "Õhtu\r\n\nbad\nt\xe4na\nlast");
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_THAT(
      LinesOf(run.out),
      ElementsAre(
          HasSubstr(R"("text":"Õhtu")"), "{}",
          R"({"error":{"code":"INVALID_ARGUMENT","message":"queries[0]: it is bad"}})",
          StartsWith(
              R"({"error":{"code":"INVALID_ARGUMENT","message":"the line is not valid UTF-8)"),
          HasSubstr(R"("text":"last")")));
  EXPECT_EQ(run.err, "sild: 2 of 5 lines were refused\n");
}

TEST_F(LookupTest, SaysToPeopleWhichLineWasRefused) {
  const RunResult run = RunSild(server_, kLookup, "Hello\nbad\n");
  EXPECT_THAT(run.err, StartsWith("sild: line 2: queries[0]: it is bad\n"));
}

TEST_F(LookupTest, PrintsNothingForNoInput) {
  const RunResult run = RunSild(server_, With(kLookup, {"--json"}), "");
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_EQ(run.out, "");
}

TEST_F(LookupTest, AnswersATextThatIsRefusedAsALine) {
  const RunResult run = RunSild(server_, With(kLookup, {"--json", "bad"}));
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_EQ(run.out,
            "{\"error\":{\"code\":\"INVALID_ARGUMENT\",\"message\":\"queries[0]: it is bad\"}}\n");
  EXPECT_EQ(run.err, "sild: queries[0]: it is bad\n");
}

TEST_F(LookupTest, AnswersABlankTextAsABlankLineAndTellsPeopleThatNothingIsFound) {
  EXPECT_EQ(RunSild(server_, With(kLookup, {"--json", ""})).out, "{}\n");
  EXPECT_EQ(RunSild(server_, With(kLookup, {""})).out, "\n  no match of 70% or more\n");
  EXPECT_EQ(RunSild(server_, kLookup, "\n").out, "");
}

TEST_F(LookupTest, NamesTheOptionOfAMemoryThatIsWrong) {
  server_.methods.lookup_matches = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT,
                        "memories[0].penalty: must be from 0 to 100");
  };
  EXPECT_EQ(RunSild(server_, With(kLookup, {"-m", "old:200", "Hello"})).err,
            "sild: -m: must be from 0 to 100\n");
}

TEST(Terms, AnswerOneLineForALineOfInput) {
  FakeServer server;
  v1::RecognizeTermsRequest got;
  server.methods.recognize_terms = [&](auto&, const v1::RecognizeTermsRequest& request,
                                       v1::RecognizeTermsResponse& response) {
    got = request;
    for (const v1::Segment& segment : request.segments()) {
      response.add_results()->add_hits()->mutable_term()->set_text(segment.text());
    }
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server, {"--json", "terms", "-g", "a", "-g", "b", "--from", "en", "--to", "lt"},
              "NATO\n\nОДКБ\n");
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(LinesOf(run.out), ElementsAre(HasSubstr("NATO"), "{}", HasSubstr("ОДКБ")));
  EXPECT_THAT(got.glossaries(), ElementsAre("glossaries/a", "glossaries/b"));
}

}  // namespace
}  // namespace sild::cli
