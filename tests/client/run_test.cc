#include "client/cli/run.h"

#include <algorithm>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/run_fixture.h"

namespace sild::cli {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::MetadataOf;
using ::sild::test::RunResult;
using ::sild::test::RunSild;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Run, ShowsHelpOnStandardOutput) {
  const RunResult run = RunSild({"lookup", "--help"});
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_THAT(run.out, HasSubstr("sild lookup -m news"));
  EXPECT_EQ(run.err, "");
}

TEST(Run, ShowsItsVersion) { EXPECT_THAT(RunSild({"--version"}).out, StartsWith("sild ")); }

TEST(Run, EndsWithTwoOnWrongUsage) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"frobnicate"},
      {"memory"},
      {"memory", "create"},
      {"memory", "show", "a/b"},
      {"--color", "sometimes", "status"},
      {"--server", "not an address", "status"},
      {"memory", "create", "m", "--policy", "keep-some"},
      {"lookup", "--from", "en", "Hello"},
      {"lookup", "-m", "old:much", "--from", "en", "Hello"},
      {"lookup", "-m", "m", "--from", "en", "--min", "0", "Hello"},
      {"lookup", "-m", "m", "--from", "en", "--min", "nan", "Hello"},
      {"lookup", "-m", "m", "--from", "en", "--top", "0", "Hello"},
      {"unit", "add", "m", "Hello"},
      {"unit", "purge", "m/u"},
      {"unit", "list", "m", "--updated-since", "yesterday"},
      {"memory", "import", "m", "/nowhere/x.tmx"},
      {"memory", "show", "\xff"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const RunResult run = RunSild(arguments);
    EXPECT_EQ(run.code, ExitCode::kUsage) << ::testing::PrintToString(arguments) << run.err;
    EXPECT_THAT(run.err, StartsWith("sild: "));
    EXPECT_EQ(run.out, "");
  }
}

TEST(Run, NamesTheHelpOfTheCommandThatIsWrong) {
  EXPECT_THAT(RunSild({"memory", "create"}).err, HasSubstr("see sild memory create --help"));
}

TEST(Run, TellsOfACommandThatIsNotThereAndOfTheNearest) {
  EXPECT_EQ(
      RunSild({"lokup", "-m", "m", "Hello"}).err,
      "sild: there is no command \"sild lokup\", perhaps \"lookup\" is meant; see sild --help\n");
  EXPECT_EQ(
      RunSild({"memory", "lst"}).err,
      "sild: there is no command \"sild memory lst\", perhaps \"list\" is meant; see sild memory "
      "--help\n");
  EXPECT_EQ(RunSild({"frobnicate"}).err,
            "sild: there is no command \"sild frobnicate\"; see sild --help\n");
  EXPECT_THAT(RunSild({"memory"}).err, HasSubstr("required"));
}

TEST(Run, BlamesAnUnknownOptionAndNotItsValue) {
  EXPECT_EQ(RunSild({"memory", "--foo", "bar"}).err,
            "sild: sild memory has no option --foo; see sild memory --help\n");
  EXPECT_EQ(RunSild({"--foo=bar", "memory"}).err, RunSild({"memory", "--foo=bar"}).err);
}

TEST(Run, NamesTheOptionThatFillsAField) {
  FakeServer server;
  server.methods.list_terms = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "language_code: \"e_\" is not BCP 47");
  };
  EXPECT_EQ(RunSild(server, {"term", "list", "g", "--lang", "e_"}).err,
            "sild: --lang: \"e_\" is not BCP 47\n");
  server.methods.list_memories = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "language_code: is odd");
  };
  EXPECT_EQ(RunSild(server, {"memory", "list"}).err, "sild: language_code: is odd\n");
}

TEST(Run, EndsWithThreeIfNoServerIsReached) {
  const RunResult run = RunSild({"--server", "unix:/nowhere/sild.sock", "status"});
  EXPECT_EQ(run.code, ExitCode::kUnreachable);
  EXPECT_THAT(run.err, StartsWith("sild: cannot reach unix:/nowhere/sild.sock: "));
  EXPECT_THAT(run.err, HasSubstr("; is sildd running? start it with: sildd --data DIR\n"));
}

TEST(Run, EndsWithOneIfTheServerSaysNo) {
  FakeServer server;
  server.methods.get_memory = [](auto&, const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "there is no memory memories/x");
  };
  const RunResult run = RunSild(server, {"memory", "show", "x"});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_EQ(run.err, "sild: there is no memory memories/x\n");
}

TEST(Run, TakesTheServerFromTheEnvironment) {
  FakeServer server;
  server.methods.get_stats = [](auto&, const auto&, auto&) { return grpc::Status::OK; };
  setenv("SILD_SERVER", server.address().c_str(), 1);
  const RunResult run = RunSild({"status"});
  unsetenv("SILD_SERVER");
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
}

TEST(Run, TakesGlobalOptionsAfterTheCommandToo) {
  FakeServer server;
  server.methods.get_stats = [](auto&, const auto&, v1::Stats& stats) {
    stats.set_version("1.0.0");
    return grpc::Status::OK;
  };
  EXPECT_THAT(RunSild(server, {"status", "--json"}).out, StartsWith(R"({"version":"1.0.0",)"));
}

TEST(Run, GivesUpAfterTheTimeout) {
  FakeServer server;
  server.methods.get_stats = [](grpc::ServerContext& context, const auto&, auto&) {
    while (!context.IsCancelled()) {
    }
    return grpc::Status::CANCELLED;
  };
  EXPECT_EQ(RunSild(server, {"status", "--timeout", "0.1"}).code, ExitCode::kRefused);
}

TEST(Status, IsAlignedForPeople) {
  FakeServer server;
  server.methods.get_stats = [](auto&, const auto&, v1::Stats& stats) {
    stats.set_version("1.0.0");
    stats.mutable_uptime()->set_seconds(61);
    stats.set_unit_count(12345);
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunSild(server, {"status"}).out,
            "sildd 1.0.0, up 1 min 1 s\n"
            "  memories         0\n"
            "  units        12345\n"
            "  glossaries       0\n"
            "  concepts         0\n"
            "  revision         0\n"
            "  on disk     0.0 MB\n"
            "  in memory   0.0 MB\n");
}

// Serves two pages of one memory each.
void ServeTwoPages(FakeServer& server) {
  server.methods.list_memories = [](auto&, const v1::ListMemoriesRequest& request,
                                    v1::ListMemoriesResponse& page) {
    const bool is_first = request.page_token().empty();
    page.add_memories()->set_name(is_first ? "memories/a" : "memories/b");
    page.set_next_page_token(is_first ? "more" : "");
    return grpc::Status::OK;
  };
}

TEST(MemoryList, PrintsOneResourceALineOverAllPages) {
  FakeServer server;
  ServeTwoPages(server);
  const RunResult run = RunSild(server, {"--json", "memory", "list"});
  EXPECT_THAT(run.out, StartsWith(R"({"name":"memories/a",)"));
  EXPECT_THAT(run.out, HasSubstr("}\n{\"name\":\"memories/b\","));
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
}

TEST(MemoryCreate, SendsTheIdAndTheFields) {
  FakeServer server;
  v1::CreateMemoryRequest got;
  std::string user;
  server.methods.create_memory = [&](grpc::ServerContext& context,
                                     const v1::CreateMemoryRequest& request, v1::Memory& memory) {
    got = request;
    user = MetadataOf(context, "sild-user");
    memory = request.memory();
    memory.set_name("memories/news");
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server, {"memory", "create", "memories/news", "--display-name", "Välisuudised",
                       "--source", "en", "--policy", "keep-reviewed", "--label", "client=acme"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(got.memory_id(), "news");
  EXPECT_EQ(got.memory().display_name(), "Välisuudised");
  EXPECT_EQ(got.memory().source_language_code(), "en");
  EXPECT_EQ(got.memory().write_policy(), v1::WRITE_POLICY_KEEP_REVIEWED);
  EXPECT_EQ(got.memory().labels().at("client"), "acme");
  EXPECT_NE(got.request_id(), "");
  EXPECT_EQ(user, "mari");
  EXPECT_THAT(run.out, StartsWith("memories/news\n  display name     Välisuudised\n"));
}

TEST(MemoryUpdate, ClearsAFieldThatIsGivenEmpty) {
  FakeServer server;
  v1::UpdateMemoryRequest got;
  server.methods.get_memory = [](auto&, const auto&, v1::Memory& memory) {
    memory.set_display_name("Välisuudised");
    memory.set_source_language_code("en");
    return grpc::Status::OK;
  };
  server.methods.update_memory = [&](auto&, const v1::UpdateMemoryRequest& request, auto&) {
    got = request;
    return grpc::Status::OK;
  };
  const RunResult run =
      RunSild(server, {"memory", "update", "m", "--display-name", "", "--source", ""});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(got.update_mask().paths(), ElementsAre("display_name", "source_language_code"));
  EXPECT_EQ(got.memory().display_name(), "");
  EXPECT_EQ(got.memory().source_language_code(), "");
}

TEST(GlossaryUpdate, ClearsTheNameThatIsGivenEmpty) {
  FakeServer server;
  v1::UpdateGlossaryRequest got;
  server.methods.get_glossary = [](auto&, const auto&, v1::Glossary& glossary) {
    glossary.set_display_name("Политика");
    return grpc::Status::OK;
  };
  server.methods.update_glossary = [&](auto&, const v1::UpdateGlossaryRequest& request, auto&) {
    got = request;
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server, {"glossary", "update", "g", "--display-name", ""});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(got.update_mask().paths(), ElementsAre("display_name"));
  EXPECT_EQ(got.glossary().display_name(), "");
}

TEST(MemoryDelete, SaysThatForceDeletesTheUnitsToo) {
  FakeServer server;
  server.methods.delete_memory = [](auto&, const v1::DeleteMemoryRequest& request, auto&) {
    return request.force() ? grpc::Status::OK
                           : grpc::Status(grpc::StatusCode::FAILED_PRECONDITION, "it has units");
  };
  EXPECT_EQ(RunSild(server, {"memory", "delete", "m"}).err,
            "sild: it has units; to delete its units too add --force\n");
  const RunResult run = RunSild(server, {"--json", "memory", "delete", "m", "--force"});
  EXPECT_EQ(run.out, "{}\n");
}

TEST(UnitAdd, TakesTheFirstLanguageAsTheSource) {
  FakeServer server;
  v1::TranslationUnit got;
  server.methods.create_unit = [&](auto&, const v1::CreateUnitRequest& request, auto&) {
    got = request.unit();
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server, {"unit", "add", "m", "ru=Привет", "en=Hello = hi",
                                         "--status", "reviewed", "--previous", ""});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(got.source_language_code(), "ru");
  ASSERT_EQ(got.variants_size(), 2);
  EXPECT_EQ(got.variants(0).status(), v1::Variant::STATUS_UNSPECIFIED);
  EXPECT_TRUE(got.variants(0).neighbors().has_previous_text());
  EXPECT_FALSE(got.variants(0).neighbors().has_next_text());
  EXPECT_EQ(got.variants(1).segment().text(), "Hello = hi");
  EXPECT_EQ(got.variants(1).status(), v1::Variant::STATUS_REVIEWED);
}

// Serves the history of a deleted unit, one state a page.
void ServeHistory(FakeServer& server) {
  server.methods.list_unit_revisions = [](auto&, const v1::ListUnitRevisionsRequest& request,
                                          v1::ListUnitRevisionsResponse& page) {
    v1::TranslationUnit& unit = *page.add_units();
    unit.set_revision(request.page_token().empty() ? 9 : 5);
    unit.set_deleted(request.page_token().empty());
    page.set_next_page_token(request.page_token().empty() ? "more" : "");
    return grpc::Status::OK;
  };
}

TEST(UnitHistory, PrintsOneResponseOfAllPages) {
  FakeServer server;
  ServeHistory(server);
  const RunResult run = RunSild(server, {"--json", "unit", "history", "m/u"});
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1);
  EXPECT_THAT(run.out, StartsWith(R"({"units":[{)"));
  EXPECT_THAT(run.out, HasSubstr(R"("revision":"5")"));
  EXPECT_THAT(run.out, HasSubstr(R"("nextPageToken":"")"));
}

TEST(UnitRestore, BringsBackTheStateBeforeADeletion) {
  FakeServer server;
  ServeHistory(server);
  std::int64_t restored = 0;
  server.methods.restore_unit = [&](auto&, const v1::RestoreUnitRequest& request, auto&) {
    restored = request.revision();
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunSild(server, {"unit", "restore", "m/u"}).code, ExitCode::kDone);
  EXPECT_EQ(restored, 5);
}

TEST(ConceptAdd, TakesSeveralTermsALanguage) {
  FakeServer server;
  v1::Concept got;
  server.methods.create_concept = [&](auto&, const v1::CreateConceptRequest& request, auto&) {
    got = request.concept_entry();
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server, {"concept", "add", "g", "en=CSTO", "et=ODKB", "et=KJLO",
                                         "--subject", "alliances", "--status", "preferred"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(got.subject_field(), "alliances");
  ASSERT_EQ(got.sections_size(), 2);
  ASSERT_EQ(got.sections(1).terms_size(), 2);
  EXPECT_EQ(got.sections(1).terms(1).text(), "KJLO");
  EXPECT_EQ(got.sections(1).terms(1).status(), v1::Term::STATUS_PREFERRED);
}

class TermCommands : public ::testing::Test {
 protected:
  TermCommands() {
    server_.methods.get_concept = [](auto&, const v1::GetConceptRequest& request,
                                     v1::Concept& entry) {
      entry.set_name(request.name());
      for (const auto& [language, text] :
           {std::pair{"et", "Euroopa Liit"}, std::pair{"en", "EU"}}) {
        v1::LanguageSection& section = *entry.add_sections();
        section.set_language_code(language);
        v1::Term& term = *section.add_terms();
        term.set_text(text);
        term.set_id(std::string("t-") + language);
      }
      return grpc::Status::OK;
    };
  }

  FakeServer server_;
};

TEST_F(TermCommands, ListTheFormsOfEachTerm) {
  server_.methods.list_forms = [](auto&, const v1::ListFormsRequest& request,
                                  v1::ListFormsResponse& response) {
    EXPECT_EQ(request.concept_name(), "glossaries/g/concepts/eu");
    EXPECT_EQ(request.term_id(), "t-et");
    response.add_forms()->set_text("Euroopa Liit");
    for (const char* const text : {"liit", "liidu"}) {
      v1::Form& form = *response.add_forms();
      form.set_text(text);
      form.set_word_index(1);
      form.set_banned(form.text() == "liidu");
    }
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server_, {"term", "forms", "g/eu", "--lang", "et"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(run.out,
            "et  Euroopa Liit\n"
            "  whole  Euroopa Liit\n"
            "  word 2  liit, liidu (banned)\n");
}

TEST_F(TermCommands, TellWhyATermIsNotFound) {
  server_.methods.explain_term = [](auto&, const v1::ExplainTermRequest& request,
                                    v1::ExplainTermResponse& response) {
    EXPECT_EQ(request.segment().text(), "Euroopa liiga");
    response.set_reason("no form of the second word");
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server_, {"term", "why", "g/eu", "Euroopa liiga", "--lang", "et"});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(run.out, "et  Euroopa Liit\n  no form of the second word\n");
  EXPECT_EQ(RunSild(server_, {"term", "why", "g/eu", "x", "--lang", "lt"}).code, ExitCode::kUsage);
}

TEST_F(TermCommands, PreviewATermThatIsNotStored) {
  server_.methods.preview_forms = [](auto&, const v1::PreviewFormsRequest& request,
                                     v1::PreviewFormsResponse& response) {
    EXPECT_EQ(request.language_code(), "lt");
    response.add_forms()->set_text(request.term().text());
    return grpc::Status::OK;
  };
  EXPECT_EQ(RunSild(server_, {"term", "preview", "lt", "tiltas"}).out, "  whole  tiltas\n");
}

TEST(Watch, PrintsOneChangeALine) {
  FakeServer server;
  v1::WatchChangesRequest got;
  server.methods.watch_changes = [&](auto&, const v1::WatchChangesRequest& request, auto& stream) {
    got = request;
    v1::WatchChangesResponse message;
    stream.Write(message);  // Only shows that the stream is alive.
    for (const char* name : {"memories/m/units/a", "memories/m/units/b"}) {
      message.add_changes()->set_name(name);
    }
    stream.Write(message);
    return grpc::Status::OK;
  };
  const RunResult run = RunSild(server, {"--json", "watch", "-m", "m", "-g", "g", "--brief"});
  EXPECT_THAT(got.parents(), ElementsAre("memories/m", "glossaries/g"));
  EXPECT_FALSE(got.include_resource());
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 2);
  EXPECT_THAT(run.out, HasSubstr(R"("name":"memories/m/units/b")"));
}

}  // namespace
}  // namespace sild::cli
