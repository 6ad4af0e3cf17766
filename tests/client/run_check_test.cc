// `sild check` and `sild exception`.
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/run_fixture.h"
#include "tests/support/temp_dir.h"

namespace sild::cli {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::RunResult;
using ::sild::test::RunSild;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Answers each check with the findings that are set.
class CheckRunTest : public ::testing::Test {
 protected:
  CheckRunTest() {
    server_.methods.check_document = [this](auto&, auto& stream) {
      v1::CheckDocumentRequest request;
      configs_.emplace_back();
      files_.emplace_back();
      while (stream.Read(&request)) {
        if (request.has_config()) {
          configs_.back() = request.config();
        }
        files_.back() += request.chunk();
      }
      v1::CheckDocumentResponse response;
      *response.mutable_findings() = {findings_.begin(), findings_.end()};
      response.mutable_counts()->set_pair_count(2);
      response.mutable_counts()->set_missing_count(1);
      stream.Write(response);
      response.clear_findings();
      *response.mutable_issues() = {issues_.begin(), issues_.end()};
      stream.Write(response);
      return status_;
    };
  }

  v1::TermFinding& AddFinding(v1::TermFinding::Severity severity) {
    v1::TermFinding& finding = findings_.emplace_back();
    finding.set_kind(v1::TermFinding::KIND_MISSING);
    finding.set_severity(severity);
    finding.set_found_text("NATO");
    finding.set_concept_name("glossaries/g/concepts/nato");
    finding.mutable_place()->set_line(7);
    return finding;
  }

  std::string Write(const std::string& name, const std::string& content) {
    const std::string path = (directory_.path() / name).string();
    std::ofstream(path) << content;
    return path;
  }

  RunResult Check(std::vector<std::string> more, const std::string& input = "") {
    more.insert(more.begin(), {"check", "-g", "g", "--to", "et"});
    return RunSild(server_, more, input);
  }

  FakeServer server_;
  test::TempDir directory_;
  std::vector<v1::TermFinding> findings_;
  std::vector<v1::ImportIssue> issues_;
  grpc::Status status_;
  std::vector<v1::CheckDocumentRequest::Config> configs_;
  std::vector<std::string> files_;
};

TEST_F(CheckRunTest, SendsTheFileWithItsFormatAndName) {
  const std::string path = Write("a.XLF", "<xliff/>");
  const RunResult run = Check({"--from", "en", "-g", "glossaries/h", path});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  ASSERT_EQ(configs_.size(), 1U);
  EXPECT_EQ(configs_[0].format(), v1::DOCUMENT_FORMAT_XLIFF);
  EXPECT_EQ(configs_[0].document(), "a.XLF");
  EXPECT_EQ(configs_[0].source_language_code(), "en");
  EXPECT_EQ(configs_[0].target_language_code(), "et");
  EXPECT_EQ(configs_[0].glossaries(1), "glossaries/h");
  EXPECT_EQ(files_[0], "<xliff/>");
  EXPECT_THAT(run.out, HasSubstr("a.XLF: 2 segments checked; terms: 0 used, 1 missing\n"));
}

TEST_F(CheckRunTest, TellsTheFormatByTheName) {
  const auto format = [&](const std::string& name, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = more;
    arguments.push_back(Write(name, "x"));
    Check(arguments);
    return configs_.back().format();
  };
  EXPECT_EQ(format("a.sdlxliff"), v1::DOCUMENT_FORMAT_XLIFF);
  EXPECT_EQ(format("a.tmx"), v1::DOCUMENT_FORMAT_TMX);
  EXPECT_EQ(format("a.po"), v1::DOCUMENT_FORMAT_PO);
  EXPECT_EQ(format("a.tsv"), v1::DOCUMENT_FORMAT_TSV);
  EXPECT_EQ(format("a.txt"), v1::DOCUMENT_FORMAT_TEXT);
  EXPECT_EQ(format("a"), v1::DOCUMENT_FORMAT_TEXT);
  EXPECT_EQ(format("a", {"--from", "en"}), v1::DOCUMENT_FORMAT_TSV);
  EXPECT_EQ(format("a.txt", {"--format", "po"}), v1::DOCUMENT_FORMAT_PO);
}

TEST_F(CheckRunTest, ReadsStandardInput) {
  EXPECT_EQ(Check({"--document", "d"}, "Tekst\n").code, ExitCode::kDone);
  EXPECT_EQ(configs_[0].format(), v1::DOCUMENT_FORMAT_TEXT);
  EXPECT_EQ(configs_[0].document(), "d");
  EXPECT_EQ(files_[0], "Tekst\n");
}

TEST_F(CheckRunTest, JoinsATextWithItsTranslation) {
  const std::string source = Write("en.txt", "One\nTwo\n");
  const std::string target = Write("et.txt", "Üks\n\n");
  EXPECT_EQ(Check({"--from", "en", source, "--translation", target}).code, ExitCode::kDone);
  EXPECT_EQ(configs_[0].format(), v1::DOCUMENT_FORMAT_TSV);
  EXPECT_EQ(files_[0], "One\tÜks\nTwo\t\n");
  const std::string shorter = Write("lt.txt", "Vienas\n");
  const RunResult run = Check({"--from", "en", source, "--translation", shorter});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_THAT(run.err, HasSubstr("lt.txt ends after 1 lines"));
}

TEST_F(CheckRunTest, SaysWhatDoesNotGoTogether) {
  const std::string text = Write("en.txt", "One\n");
  EXPECT_EQ(Check({"--from", "en", text}).code, ExitCode::kUsage);
  EXPECT_EQ(Check({text, "--translation", text}).code, ExitCode::kUsage);
  EXPECT_EQ(Check({"none.txt"}).code, ExitCode::kUsage);
  EXPECT_TRUE(configs_.empty());
}

TEST_F(CheckRunTest, EndsWithFourOnFindingsThatAreBadEnough) {
  const std::string path = Write("a.txt", "x");
  EXPECT_EQ(Check({path}).code, ExitCode::kDone);
  AddFinding(v1::TermFinding::SEVERITY_WARNING);
  EXPECT_EQ(Check({path}).code, ExitCode::kDone);
  const RunResult run = Check({path, "--fail-on", "warning"});
  EXPECT_EQ(run.code, ExitCode::kFindings);
  EXPECT_EQ(static_cast<int>(run.code), 4);
  EXPECT_EQ(run.err, "sild: 1 finding of severity warning or worse\n");
  AddFinding(v1::TermFinding::SEVERITY_ERROR);
  EXPECT_EQ(Check({path}).code, ExitCode::kFindings);
  EXPECT_EQ(Check({path, "--fail-on", "never"}).code, ExitCode::kDone);
}

TEST_F(CheckRunTest, WhatIsSetAsideDoesNotFail) {
  AddFinding(v1::TermFinding::SEVERITY_ERROR).set_exception("glossaries/g/exceptions/x");
  const RunResult run = Check({Write("a.txt", "x")});
  EXPECT_EQ(run.code, ExitCode::kDone);
  EXPECT_THAT(run.out, HasSubstr("set aside by glossaries/g/exceptions/x"));
}

TEST_F(CheckRunTest, ShowsPeopleWhatMattersAndProgramsAll) {
  AddFinding(v1::TermFinding::SEVERITY_INFO);
  const std::string path = Write("a.txt", "x");
  EXPECT_THAT(Check({path}).out, Not(HasSubstr("NATO")));
  EXPECT_THAT(Check({path, "--show", "info"}).out, HasSubstr("“NATO”"));
  const RunResult json = Check({path, "--json"});
  EXPECT_THAT(json.out, StartsWith("{\"pairIndex\":0,\"kind\":\"KIND_MISSING\""));
  EXPECT_THAT(json.out, HasSubstr("a.txt\""));
  EXPECT_EQ(std::count(json.out.begin(), json.out.end(), '\n'), 1);
}

TEST_F(CheckRunTest, FindingsComeBeforeWhatCouldNotBeChecked) {
  v1::TermFinding& finding = findings_.emplace_back();
  finding.set_severity(v1::TermFinding::SEVERITY_ERROR);
  v1::ImportIssue& issue = issues_.emplace_back();
  issue.set_message("no tab");
  issue.set_dropped(true);
  const RunResult run = Check({Write("a.tsv", "x")});
  EXPECT_EQ(run.code, ExitCode::kFindings);
  EXPECT_THAT(run.err, HasSubstr("1 finding of severity error; not everything could be checked"));
  EXPECT_EQ(Check({Write("a.tsv", "x"), "--fail-on", "never"}).code, ExitCode::kRefused);
}

TEST_F(CheckRunTest, NamesTheOptionThatTheServerSpeaksOf) {
  status_ = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT,
                         "target_language_code: the glossaries have no terms in \"ee\"");
  EXPECT_THAT(Check({Write("a.tsv", "x")}).err,
              HasSubstr("a.tsv: --to: the glossaries have no terms in"));
}

TEST_F(CheckRunTest, TellsOfWhatCouldNotBeChecked) {
  v1::ImportIssue& issue = issues_.emplace_back();
  issue.set_line(3);
  issue.set_message("no tab");
  issue.set_dropped(true);
  const RunResult partly = Check({Write("a.tsv", "x")});
  EXPECT_EQ(partly.code, ExitCode::kRefused);
  EXPECT_THAT(partly.err, HasSubstr("a.tsv:3: left out: no tab\n"));
  status_ = grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "line 9: broken");
  const RunResult run = Check({Write("a.tsv", "x")});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_THAT(run.err, HasSubstr("a.tsv: line 9: broken\n"));
}

TEST(ExceptionRun, AddsListsAndDeletes) {
  FakeServer server;
  v1::CreateExceptionRequest created;
  v1::DeleteExceptionRequest deleted;
  server.methods.create_exception = [&](auto&, const v1::CreateExceptionRequest& request,
                                        v1::Exception& response) {
    created = request;
    response = request.exception();
    response.set_name("glossaries/g/exceptions/x");
    response.set_creator("mari");
    return grpc::Status::OK;
  };
  server.methods.list_exceptions = [&](auto&, const v1::ListExceptionsRequest& request,
                                       v1::ListExceptionsResponse& response) {
    EXPECT_EQ(request.parent(), "glossaries/g");
    *response.add_exceptions() = created.exception();
    return grpc::Status::OK;
  };
  server.methods.delete_exception = [&](auto&, const v1::DeleteExceptionRequest& request, auto&) {
    deleted = request;
    return grpc::Status::OK;
  };
  const RunResult added =
      RunSild(server, {"exception", "add", "g/belarus", "--reason", "a quotation", "--kind",
                       "name-changed", "--lang", "ru", "--document", "a.xlf", "--text", "Да"});
  EXPECT_EQ(added.code, ExitCode::kDone) << added.err;
  EXPECT_EQ(created.parent(), "glossaries/g");
  EXPECT_EQ(created.exception().concept_name(), "glossaries/g/concepts/belarus");
  EXPECT_EQ(created.exception().kind(), v1::TermFinding::KIND_NAME_CHANGED);
  EXPECT_EQ(created.exception().language_code(), "ru");
  EXPECT_EQ(created.exception().document(), "a.xlf");
  EXPECT_EQ(created.exception().segment_text(), "Да");
  EXPECT_THAT(added.out, StartsWith("glossaries/g/exceptions/x\n"));
  EXPECT_THAT(added.out, HasSubstr("a quotation   by mari\n"));
  EXPECT_THAT(
      RunSild(server, {"exception", "list", "g"}).out,
      HasSubstr("glossaries/g/concepts/belarus, name-changed, in ru, document a.xlf, “Да”"));
  EXPECT_EQ(RunSild(server, {"exception", "delete", "g/x"}).code, ExitCode::kDone);
  EXPECT_EQ(deleted.name(), "glossaries/g/exceptions/x");
  EXPECT_EQ(RunSild(server, {"exception", "add", "belarus", "--reason", "r", "--all"}).code,
            ExitCode::kUsage);
  created.Clear();
  const RunResult bare = RunSild(server, {"exception", "add", "g/belarus", "--reason", "r"});
  EXPECT_EQ(bare.code, ExitCode::kUsage);
  EXPECT_THAT(bare.err, HasSubstr("--all"));
  EXPECT_EQ(created.parent(), "");
  EXPECT_EQ(RunSild(server, {"exception", "add", "g/belarus", "--reason", "r", "--all"}).code,
            ExitCode::kDone);
  EXPECT_EQ(created.exception().document(), "");
  EXPECT_EQ(created.parent(), "glossaries/g");
}

}  // namespace
}  // namespace sild::cli
