// `sild memory import` and `export`.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/cli/concept_files.h"
#include "client/cli/export_file.h"
#include "tests/client/run_fixture.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace sild::cli {
namespace {

using ::sild::test::FakeServer;
using ::sild::test::IsOkAndHolds;
using ::sild::test::RunResult;
using ::sild::test::RunSild;
using ::sild::test::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using ImportStream = grpc::ServerReaderWriter<v1::ImportUnitsResponse, v1::ImportUnitsRequest>;

class ImportTest : public ::testing::Test {
 protected:
  // Takes every file, but leaves a unit out of one that says `half`, and refuses one that says
  // `bad`.
  ImportTest() {
    server_.methods.import_units = [this](auto&, ImportStream& stream) {
      std::string text;
      v1::ImportUnitsRequest request;
      while (stream.Read(&request)) {
        if (request.has_config()) {
          configs_.push_back(request.config());
        }
        text += request.chunk();
      }
      texts_.push_back(text);
      return Import(text, stream);
    };
  }

  std::string File(const std::string& name, const std::string& text) const {
    const std::string path = directory_.path() / name;
    std::ofstream(path) << text;
    return path;
  }

  FakeServer server_;
  TempDir directory_;
  std::vector<v1::ImportUnitsRequest::Config> configs_;
  std::vector<std::string> texts_;

 private:
  static grpc::Status Import(const std::string& text, ImportStream& stream) {
    if (text == "bad") {
      return {grpc::StatusCode::INVALID_ARGUMENT, "line 1: this is not TMX"};
    }
    v1::ImportUnitsResponse response;
    response.set_created_count(2);
    if (text == "half" || text == "cut") {
      response.set_failed_count(1);
      response.set_issue_count(1);
      v1::ImportIssue& issue = *response.add_issues();
      issue.set_line(12);
      issue.set_message("no text");
      issue.set_dropped(true);
      issue.set_unit_id("t7");
    }
    stream.Write(response);
    return text == "cut" ? grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "line 99: it ends here")
                         : grpc::Status::OK;
  }
};

TEST_F(ImportTest, NamesWhatIsNotThereAsItIsCalled) {
  server_.methods.import_units = [](auto&, ImportStream& stream) {
    v1::ImportUnitsRequest request;
    while (stream.Read(&request)) {
    }
    return grpc::Status(grpc::StatusCode::NOT_FOUND, "config.memories/nosuch does not exist");
  };
  EXPECT_THAT(RunSild(server_, {"memory", "import", "nosuch", File("a.tmx", "x")}).err,
              HasSubstr("a.tmx: memories/nosuch does not exist\n"));
}

TEST_F(ImportTest, SumsUpEachFile) {
  const std::string a = File("a.tmx", "one");
  const std::string b = File("b.tmx", "two");
  const RunResult run = RunSild(server_, {"memory", "import", "m", a, b});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(run.out, a + ": created 2 units, updated 0, unchanged 0, failed 0\n" + b +
                         ": created 2 units, updated 0, unchanged 0, failed 0\n");
  EXPECT_THAT(texts_, ElementsAre("one", "two"));
}

TEST_F(ImportTest, SendsItsOptions) {
  const RunResult run = RunSild(
      server_, {"memory", "import", "m", File("a.tmx", "x"), "--dry-run", "--all-or-nothing",
                "--label", "client=acme", "--language-map", "EN-US=en", "--policy", "keep-newest"});
  EXPECT_THAT(run.out, HasSubstr("would create 2 units")) << run.err;
  const v1::ImportUnitsRequest::Config& config = configs_.at(0);
  EXPECT_EQ(config.parent(), "memories/m");
  EXPECT_EQ(config.format(), v1::UNIT_FORMAT_TMX);
  EXPECT_TRUE(config.validate_only());
  EXPECT_TRUE(config.all_or_nothing());
  EXPECT_EQ(config.labels().at("client"), "acme");
  EXPECT_EQ(config.language_map().at("EN-US"), "en");
  EXPECT_EQ(config.write_policy(), v1::WRITE_POLICY_KEEP_NEWEST);
}

TEST_F(ImportTest, ShowsIssuesWithFileAndLineAndEndsWithOne) {
  const std::string file = File("half.tmx", "half");
  const RunResult run = RunSild(server_, {"memory", "import", "m", file});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_EQ(run.err, "sild: " + file + ":12: left out: no text (\"t7\")\n" +
                         "sild: 1 units could not be stored; see above\n");
}

TEST_F(ImportTest, GoesOnAfterAFileThatWasRefused) {
  const std::string bad = File("bad.tmx", "bad");
  const RunResult run = RunSild(server_, {"memory", "import", "m", bad, File("ok.tmx", "ok")});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_EQ(run.err, "sild: " + bad + ": line 1: this is not TMX\n" +
                         "sild: 1 file was refused; see above\n");
  EXPECT_THAT(texts_, ElementsAre("bad", "ok"));
}

TEST_F(ImportTest, TellsWhatWasStoredAndWhatWasWrongBeforeTheRestWasRefused) {
  const std::string file = File("cut.tmx", "cut");
  const RunResult run = RunSild(server_, {"memory", "import", "m", file});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_EQ(run.out, file + ": created 2 units, updated 0, unchanged 0, failed 1; 1 issue\n");
  EXPECT_THAT(run.err, StartsWith("sild: " + file + ":12: left out: no text (\"t7\")\n" +
                                  "sild: " + file + ": line 99: it ends here\n"));
}

TEST_F(ImportTest, DoesNotBeginIfAFileCannotBeOpened) {
  const RunResult run =
      RunSild(server_, {"memory", "import", "m", File("a.tmx", "x"), "/nowhere/b.tmx"});
  EXPECT_EQ(run.code, ExitCode::kUsage);
  EXPECT_THAT(run.err, HasSubstr("/nowhere/b.tmx"));
  EXPECT_TRUE(texts_.empty());
}

TEST_F(ImportTest, ReadsStandardInput) {
  const RunResult run = RunSild(server_, {"memory", "import", "m", "-"}, "<tmx>õ</tmx>");
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(texts_, ElementsAre("<tmx>õ</tmx>"));
}

TEST_F(ImportTest, PrintsTheResponseOfEachFileForPrograms) {
  const RunResult run =
      RunSild(server_, {"--json", "memory", "import", "m", File("a.tmx", "half")});
  EXPECT_THAT(run.out, StartsWith(R"({"committedBytes":"0","createdCount":"2",)"));
  EXPECT_THAT(run.out, HasSubstr(R"("message":"no text")"));
}

class ExportTest : public ::testing::Test {
 protected:
  ExportTest() {
    server_.methods.export_units = [this](auto&, const auto&, auto& stream) {
      v1::ExportUnitsResponse response;
      response.set_chunk("<tmx>õ</tmx>\n");
      response.set_unit_count(1);
      stream.Write(response);
      return status_;
    };
  }

  // What the file holds. Empty if there is none.
  std::string Content() const {
    std::ostringstream content;
    content << std::ifstream(path_).rdbuf();
    return content.str();
  }

  FakeServer server_;
  grpc::Status status_ = grpc::Status::OK;
  TempDir directory_;
  std::string path_ = directory_.path() / "out.tmx";
};

TEST_F(ExportTest, WritesStandardOutputAndNothingElseThere) {
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m"}).out, "<tmx>õ</tmx>\n");
}

TEST_F(ExportTest, WritesAFile) {
  const RunResult run = RunSild(server_, {"memory", "export", "m", "-o", path_});
  EXPECT_EQ(run.out, path_ + ": wrote 1 units\n");
  EXPECT_EQ(Content(), "<tmx>õ</tmx>\n");
}

TEST_F(ExportTest, LeavesTheOldFileIfItFails) {
  std::ofstream(path_) << "old";
  status_ = {grpc::StatusCode::DATA_LOSS, "a unit cannot be read"};
  const RunResult run = RunSild(server_, {"memory", "export", "m", "-o", path_});
  EXPECT_EQ(run.code, ExitCode::kRefused);
  EXPECT_EQ(Content(), "old");
  EXPECT_FALSE(std::filesystem::exists(path_ + ".part"));
}

TEST_F(ExportTest, ReplacesTheFileThatALinkLeadsToAndNotTheLink) {
  std::ofstream(path_) << "old";
  const std::string link = directory_.path() / "link.tmx";
  std::filesystem::create_symlink("out.tmx", link);
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", link}).code, ExitCode::kDone);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(Content(), "<tmx>õ</tmx>\n");
}

TEST_F(ExportTest, MakesTheFileThatALinkLeadsTo) {
  const std::string link = directory_.path() / "link.tmx";
  std::filesystem::create_symlink("out.tmx", link);
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", link}).code, ExitCode::kDone);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(Content(), "<tmx>õ</tmx>\n");
}

// A pipe stands for devices too: one that is wrong would replace a device, if root runs the tests.
TEST_F(ExportTest, WritesANamedPipe) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  const int pipe = open(path_.c_str(), O_RDWR | O_NONBLOCK);  // Lets nobody wait for a reader.
  const RunResult run = RunSild(server_, {"memory", "export", "m", "-o", path_});
  std::string got(100, '\0');
  got.resize(static_cast<std::size_t>(std::max<ssize_t>(read(pipe, got.data(), got.size()), 0)));
  close(pipe);
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_EQ(got, "<tmx>õ</tmx>\n");
  EXPECT_TRUE(std::filesystem::is_fifo(path_));
}

// Runs no export, for the same reason.
TEST(IsStandardOutput, KnowsItsNames) {
  EXPECT_TRUE(IsStandardOutput(""));
  EXPECT_TRUE(IsStandardOutput("-"));
  EXPECT_TRUE(IsStandardOutput("/dev/stdout"));
  EXPECT_FALSE(IsStandardOutput("stdout"));
}

TEST_F(ExportTest, LeavesAPartFileOfSomebodyElse) {
  const std::string part = path_ + ".part";
  std::ofstream(part) << "mine";
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", path_}).code, ExitCode::kDone);
  EXPECT_EQ(Content(), "<tmx>õ</tmx>\n");
  EXPECT_EQ(std::filesystem::file_size(part), 4U);
}

TEST_F(ExportTest, KeepsThePermissionsOfTheOldFile) {
  std::ofstream(path_) << "old";
  std::filesystem::permissions(path_, std::filesystem::perms::owner_read);
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", path_}).code, ExitCode::kDone);
  EXPECT_EQ(std::filesystem::status(path_).permissions(), std::filesystem::perms::owner_read);
}

TEST_F(ExportTest, RefusesTheEndingOfAnotherFormatUnlessTheFormatIsNamed) {
  const std::string sheet = directory_.path() / "out.xlsx";
  const RunResult run = RunSild(server_, {"memory", "export", "m", "-o", sheet});
  EXPECT_EQ(run.code, ExitCode::kUsage);
  EXPECT_THAT(run.err, HasSubstr("--format tmx"));
  EXPECT_FALSE(std::filesystem::exists(sheet));
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", sheet, "--format", "tmx"}).code,
            ExitCode::kDone);
  const std::string bare = directory_.path() / "out";
  EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", bare}).code, ExitCode::kDone);
  const RunResult terms = RunSild(server_, {"glossary", "export", "g", "-o", sheet});
  EXPECT_EQ(terms.code, ExitCode::kUsage);
  EXPECT_THAT(terms.err, HasSubstr(".tbx, .tsv, .csv, .utx, .txt (for OmegaT) and .binpb"));
}

TEST_F(ExportTest, TakesAnEndingInAnyCase) {
  const std::string loud = directory_.path() / "NEWS.TMX";
  const RunResult run = RunSild(server_, {"memory", "export", "m", "-o", loud});
  EXPECT_EQ(run.code, ExitCode::kDone) << run.err;
  EXPECT_THAT(WrittenFormatOf({}, "TERMS.Csv"), IsOkAndHolds(v1::CONCEPT_FORMAT_CSV));
  EXPECT_EQ(FormatOf({}, "TERMS.UTX.GZ"), v1::CONCEPT_FORMAT_UTX);
  EXPECT_THAT(WrittenFormatOf({}, "terms.binpb"), IsOkAndHolds(v1::CONCEPT_FORMAT_PROTO));
}

TEST_F(ExportTest, EndsWithTwoIfTheFileCannotBeMade) {
  for (const std::string& path : {std::string("/nowhere/x.tmx"), directory_.path().string()}) {
    EXPECT_EQ(RunSild(server_, {"memory", "export", "m", "-o", path}).code, ExitCode::kUsage);
  }
}

}  // namespace
}  // namespace sild::cli
