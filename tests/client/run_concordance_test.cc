#include <algorithm>
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
using ::testing::HasSubstr;
using ::testing::Not;

// Serves hits `0`, `1`, … up to `count`, in pages that are never longer than three.
void ServeHits(FakeServer& server, int count) {
  server.methods.search_concordance = [count](auto&, const v1::SearchConcordanceRequest& request,
                                              v1::SearchConcordanceResponse& page) {
    int next = request.page_token().empty() ? 0 : std::stoi(request.page_token());
    for (int i = 0; i < std::min(request.page_size(), 3) && next < count; ++i, ++next) {
      v1::SearchConcordanceResponse::Hit& hit = *page.add_hits();
      hit.mutable_unit()->set_name("memories/m/units/" + std::to_string(next));
      hit.set_language_code("et");
    }
    page.set_next_page_token(next < count ? std::to_string(next) : "");
    return grpc::Status::OK;
  };
}

const std::vector<std::string> kSearch = {"concordance", "-m", "m", "--in", "et", "liit"};

std::vector<std::string> With(std::vector<std::string> arguments,
                              const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(Concordance, SendsWhatWasTyped) {
  FakeServer server;
  v1::SearchConcordanceRequest sent;
  server.methods.search_concordance = [&](auto&, const v1::SearchConcordanceRequest& request,
                                          auto&) {
    sent = request;
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server, {"concordance", "-m", "m", "-m", "-", "--in", "et", "--with", "en,lt",
                       "--mode", "phrase", "--whole-word", "--match-case", "--wildcards", "--label",
                       "client=acme", "--top", "7", "Euroopa Liit"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(sent.query(), "Euroopa Liit");
  EXPECT_EQ(sent.memories(0).memory(), "memories/m");
  EXPECT_EQ(sent.memories(1).memory(), "memories/-");
  EXPECT_EQ(sent.language_code(), "et");
  EXPECT_EQ(sent.other_language_codes_size(), 2);
  EXPECT_EQ(sent.mode(), v1::SearchConcordanceRequest::MODE_PHRASE);
  EXPECT_TRUE(sent.whole_word() && sent.match_case() && sent.wildcards());
  EXPECT_EQ(sent.filter().labels().at("client"), "acme");
  EXPECT_EQ(sent.page_size(), 7);
  EXPECT_THAT(run.out, HasSubstr("no hit"));
}

TEST(Concordance, StopsAtTheTopAndSaysThatThereIsMore) {
  FakeServer server;
  ServeHits(server, 9);
  const RunResult run = RunSild(server, With(kSearch, {"--top", "5"}));
  EXPECT_THAT(run.out, HasSubstr("memories/m/units/4"));
  EXPECT_THAT(run.out, Not(HasSubstr("memories/m/units/5")));
  EXPECT_THAT(run.out, HasSubstr("more than 5 hits; --all shows all"));
  EXPECT_THAT(RunSild(server, With(kSearch, {"--top", "1"})).out, HasSubstr("more than 1 hit; "));
  EXPECT_EQ(RunSild(server, With(kSearch, {"--top", "1", "--json"})).err,
            "sild: there is more than 1 hit; --all shows all\n");
}

TEST(Concordance, ShowsAllOverAllPages) {
  FakeServer server;
  ServeHits(server, 50);
  EXPECT_THAT(RunSild(server, kSearch).out, HasSubstr("more than 20 hits"));
  const RunResult run = RunSild(server, With(kSearch, {"--all", "--json"}));
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 50) << run.out;
  EXPECT_THAT(run.out, HasSubstr(R"({"unit":{"name":"memories/m/units/49",)"));
}

TEST(Concordance, WrongUsageEndsWithTwo) {
  for (const auto& more : std::vector<std::vector<std::string>>{
           {"--top", "0"}, {"--top", "3", "--all"}, {"--mode", "some-words"}}) {
    EXPECT_EQ(RunSild(With(kSearch, more)).code, ExitCode::kUsage);
  }
  EXPECT_EQ(RunSild({"concordance", "-m", "m", "liit"}).code, ExitCode::kUsage);
}

}  // namespace
}  // namespace sild::cli
