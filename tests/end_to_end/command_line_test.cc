#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/server_process.h"

namespace sild {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// `sild` against a real server: what scripts rely on.
class CommandLineTest : public ::testing::Test {
 protected:
  test::Finished Sild(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {SILD_CLIENT_BINARY, "--server", server_.address()});
    return test::RunProgram(arguments, input);
  }

  static std::vector<std::string> Lines(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos;
         end = text.find('\n', begin)) {
      lines.push_back(text.substr(begin, end - begin));
      begin = end + 1;
    }
    return lines;
  }

  test::ServerProcess server_;
};

TEST_F(CommandLineTest, StoresAndFindsAUnit) {
  EXPECT_EQ(Sild({"memory", "create", "m"}).exit_code, 0);
  EXPECT_EQ(Sild({"unit", "add", "m", "en=Hello, world", "et=Tere, maailm"}).exit_code, 0);
  const test::Finished found =
      Sild({"lookup", "-m", "m", "--from", "en", "--to", "et", "Hello, world"});
  EXPECT_EQ(found.exit_code, 0);
  EXPECT_THAT(found.out, HasSubstr("100%"));
  EXPECT_THAT(found.out, HasSubstr("Tere, maailm"));
}

TEST_F(CommandLineTest, AnswersOneLineOfJsonForALineOfInput) {
  Sild({"memory", "create", "m"});
  Sild({"unit", "add", "m", "en=Hello", "et=Tere"});
  const test::Finished result = Sild({"lookup", "-m", "m", "--from", "en", "--to", "et", "--json"},
                                     "Hello\n\nbroken \xFF line\nnothing like it\n");
  EXPECT_EQ(result.exit_code, 1);  // One line was refused.
  const std::vector<std::string> lines = Lines(result.out);
  ASSERT_EQ(lines.size(), 4U) << result.out;
  EXPECT_THAT(lines[0], HasSubstr("\"score\":100"));
  EXPECT_EQ(lines[1], "{}");
  EXPECT_THAT(lines[2], StartsWith("{\"error\":"));
  EXPECT_THAT(lines[2], HasSubstr("INVALID_ARGUMENT"));
  EXPECT_THAT(lines[3], HasSubstr("\"matches\":[]"));
}

TEST_F(CommandLineTest, ImportsAndExportsTheSampleMemory) {
  const std::string sample = std::string(SILD_SOURCE_DIR) + "/glossaries/sample/op-ed.tmx";
  Sild({"memory", "create", "op-ed"});
  const test::Finished imported = Sild({"memory", "import", "op-ed", sample});
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_THAT(imported.out, HasSubstr("created 133 units"));
  const test::Finished exported = Sild({"memory", "export", "op-ed"});
  EXPECT_EQ(exported.exit_code, 0);
  EXPECT_THAT(exported.out, HasSubstr("<tmx version=\"1.4\""));
  Sild({"memory", "create", "copy"});
  EXPECT_THAT(Sild({"memory", "import", "copy", "-"}, exported.out).out,
              HasSubstr("created 133 units"));
  EXPECT_THAT(Sild({"memory", "import", "copy", "-"}, exported.out).out,
              HasSubstr("unchanged 133"));
}

TEST_F(CommandLineTest, FindsWordsInTheSampleMemoryInAnyForm) {
  Sild({"memory", "create", "op-ed"});
  Sild(
      {"memory", "import", "op-ed", std::string(SILD_SOURCE_DIR) + "/glossaries/sample/op-ed.tmx"});
  const test::Finished found =
      Sild({"concordance", "-m", "op-ed", "--in", "en", "--with", "et", "brigade"});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.out, HasSubstr("NATO needs a permanent [=brigade=] in each"));
  EXPECT_THAT(found.out, HasSubstr("NATO vajab igas Balti riigis alalist brigaadi."));
  const test::Finished lines = Sild({"concordance", "-m", "op-ed", "--in", "en", "--json", "the"});
  EXPECT_EQ(Lines(lines.out).size(), 20U);
  EXPECT_THAT(Lines(lines.out)[0], HasSubstr("\"ranges\":[{\"begin\":"));
}

TEST_F(CommandLineTest, FindsTermsOfTheShippedGlossaries) {
  Sild({"glossary", "create", "world"});
  std::vector<std::string> import = {"glossary", "import", "world"};
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(SILD_SOURCE_DIR) + "/glossaries")) {
    if (entry.path().extension() == ".tbx") {
      import.push_back(entry.path().string());
    }
  }
  const test::Finished imported = Sild(import);
  EXPECT_EQ(imported.exit_code, 0) << imported.out << imported.err;
  EXPECT_THAT(imported.out, Not(HasSubstr("failed 1")));
  const test::Finished found = Sild({"terms", "-g", "world", "--from", "en", "--to", "lt", "--json",
                                     "Moscow used the CSTO for the first time."});
  EXPECT_EQ(found.exit_code, 0);
  EXPECT_THAT(found.out, HasSubstr("glossaries/world/concepts/csto"));
  EXPECT_THAT(found.out, HasSubstr("KSSO"));
  const test::Finished exported = Sild({"glossary", "export", "world"});
  Sild({"glossary", "create", "copy"});
  const test::Finished again = Sild({"glossary", "import", "copy", "-"}, exported.out);
  EXPECT_EQ(again.exit_code, 0) << again.out << again.err;
  EXPECT_THAT(again.out, HasSubstr("created 614 concepts"));
}

TEST_F(CommandLineTest, ChecksADocumentUntilItsFindingsAreMendedOrSetAside) {
  Sild({"glossary", "create", "g"});
  const std::string house = std::string(SILD_SOURCE_DIR) + "/glossaries/house-style.tbx";
  EXPECT_EQ(Sild({"glossary", "import", "g", house}).exit_code, 0);
  const std::string xliff =
      "<xliff version=\"1.2\"><file original=\"a.html\" source-language=\"en\" "
      "target-language=\"ru\"><body>\n<trans-unit id=\"u1\"><source>Everyone left Belarus."
      "</source>\n<target>Все уехали из Белоруссии.</target></trans-unit></body></file></xliff>";
  const std::vector<std::string> check = {"check", "-g",         "g",     "--from",
                                          "en",    "--to",       "ru",    "--format",
                                          "xliff", "--document", "a.html"};
  const test::Finished found = Sild(check, xliff);
  EXPECT_EQ(found.exit_code, 4) << found.err;
  EXPECT_THAT(found.out, StartsWith("standard input:2: error: forbidden: “Белоруссии”; write "
                                    "Беларусь (preferred)"));
  EXPECT_THAT(found.out, HasSubstr("\n    Все уехали из [Белоруссии].\n"));
  EXPECT_THAT(found.out, HasSubstr("1 segment checked"));
  const std::string key = "\"concept\":\"";
  std::vector<std::string> json = check;
  json.emplace_back("--json");
  const std::string finding = Sild(json, xliff).out;
  const std::size_t begin = finding.find(key) + key.size();
  const std::string name = finding.substr(begin, finding.find('"', begin) - begin);
  EXPECT_EQ(
      Sild({"exception", "add", name, "--reason", "a quotation", "--document", "a.html"}).exit_code,
      0);
  const test::Finished excepted = Sild(check, xliff);
  EXPECT_EQ(excepted.exit_code, 0) << excepted.out;
  EXPECT_THAT(excepted.out, HasSubstr("set aside by glossaries/g/exceptions/"));
  EXPECT_THAT(Sild({"exception", "list", "g"}).out, HasSubstr("a quotation"));
}

TEST_F(CommandLineTest, ProposesReviewsAndFindsTerms) {
  Sild({"glossary", "create", "g"});
  const test::Finished imported =
      Sild({"glossary", "import", "g", "--format", "tsv", "-"},
           "concept\ten\tet\tlt\neu\tEuropean Union\tEuroopa Liit | EL\tEuropos Sąjunga\n");
  EXPECT_EQ(imported.exit_code, 0) << imported.err;
  EXPECT_THAT(imported.out, HasSubstr("created 1 concepts"));
  const test::Finished proposed = Sild({"term", "propose", "g/eu", "et=Euroopa Liitt"});
  EXPECT_EQ(proposed.exit_code, 0) << proposed.err;
  EXPECT_THAT(proposed.err, HasSubstr("nearly \"Euroopa Liit\""));
  EXPECT_EQ(Sild({"term", "reject", "g/eu", "--note", "typo"}).exit_code, 0);
  EXPECT_THAT(Sild({"term", "search", "-g", "g", "--process-status", "rejected"}).out,
              HasSubstr("Euroopa Liitt (admitted, rejected)"));
  EXPECT_THAT(Sild({"term", "search", "-g", "g", "EUROOPA LIIT"}).out,
              HasSubstr("et  Euroopa Liit (admitted)"));
  EXPECT_EQ(Sild({"term", "list", "g", "--lang", "et", "--prefix", "EUROOPA"}).out,
            "Euroopa Liit (admitted)  glossaries/g/concepts/eu\n"
            "    en  European Union (admitted)\n"
            "    lt  Europos Sąjunga (admitted)\n"
            "Euroopa Liitt (admitted, rejected)  glossaries/g/concepts/eu\n"
            "    en  European Union (admitted)\n"
            "    lt  Europos Sąjunga (admitted)\n");
  const test::Finished terms =
      Sild({"--json", "terms", "-g", "g", "--from", "et"}, "Euroopa Liit\n\nsild\n");
  EXPECT_EQ(Lines(terms.out).size(), 3U) << terms.out;
}

TEST_F(CommandLineTest, WritesAGlossaryInEachFormatThatItReads) {
  Sild({"glossary", "create", "g"});
  Sild({"concept", "add", "g", "--id", "csto", "en=CSTO", "et=KJLO", "et=ODKB", "--subject", "a"});
  for (const std::string format :
       {"tbx", "tbx-dct", "tbx-tig", "tbx-ntig", "csv", "tsv", "utx", "omegat"}) {
    std::vector<std::string> more = {"--format", format};
    if (format == "utx" || format == "omegat") {
      more.insert(more.end(), {"--from", "en", "--to", "et"});
    }
    std::vector<std::string> write = {"glossary", "export", "g"};
    write.insert(write.end(), more.begin(), more.end());
    const test::Finished file = Sild(write);
    EXPECT_EQ(file.exit_code, 0) << format << file.err;
    Sild({"glossary", "create", format});
    std::vector<std::string> read = {"glossary", "import", format, "-"};
    read.insert(read.end(), more.begin(), more.end());
    const test::Finished again = Sild(read, file.out);
    EXPECT_EQ(again.exit_code, 0) << format << again.err << file.out;
    EXPECT_THAT(Sild({"concept", "list", format}).out, HasSubstr("ODKB")) << format;
  }
}

TEST_F(CommandLineTest, ExtractsTermsOfTheSampleMemory) {
  const std::string glossaries = std::string(SILD_SOURCE_DIR) + "/glossaries";
  Sild({"memory", "create", "op-ed"});
  Sild({"memory", "import", "op-ed", glossaries + "/sample/op-ed.tmx"});
  Sild({"glossary", "create", "world"});
  Sild({"glossary", "import", "world", glossaries + "/treaties-and-policies.tbx"});
  const test::Finished found =
      Sild({"extract", "-m", "op-ed", "--from", "en", "--to", "et", "-g", "world", "--json"});
  EXPECT_EQ(found.exit_code, 0) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\"text\":\"Eastern Partnership\""));
  EXPECT_THAT(found.out, HasSubstr("\"translation\":\"Idapartnerlus\""));
  EXPECT_THAT(found.out, HasSubstr("glossaries/world/concepts/eastern-partnership"));
  const test::Finished fresh = Sild(
      {"extract", "-m", "op-ed", "--from", "en", "--to", "et", "-g", "world", "--new", "--tsv"});
  EXPECT_THAT(fresh.out, StartsWith("en\tet\n"));
  EXPECT_THAT(fresh.out, Not(HasSubstr("Eastern Partnership\t")));
  const test::Finished text = Sild({"extract", "--from", "en"}, "An air base.\nTwo air bases.\n");
  EXPECT_THAT(text.out, HasSubstr("air base 1, air bases 1"));
}

TEST_F(CommandLineTest, KeepsTheNameOfAUserOutsideAscii) {
  Sild({"memory", "create", "m"});
  const test::Finished added =
      Sild({"--user", "Jüri Ž.", "--json", "unit", "add", "m", "en=Hello", "et=Tere"});
  EXPECT_THAT(added.out, HasSubstr("\"creator\":\"Jüri Ž.\""));
}

TEST_F(CommandLineTest, ExitCodesTellWhoIsToBlame) {
  EXPECT_EQ(Sild({"memory", "show", "none"}).exit_code, 1);
  EXPECT_EQ(Sild({"memory", "frobnicate"}).exit_code, 2);
  const test::Finished unreached =
      test::RunProgram({SILD_CLIENT_BINARY, "--server", "127.0.0.1:1", "status"});
  EXPECT_EQ(unreached.exit_code, 3);
  EXPECT_THAT(unreached.err, HasSubstr("127.0.0.1:1"));
}

TEST_F(CommandLineTest, EditsDeletesAndRestoresAUnit) {
  Sild({"memory", "create", "m"});
  const std::string added = Sild({"unit", "add", "m", "en=Hello", "et=Tere", "--json"}).out;
  const std::string key = "\"name\":\"";
  const std::size_t begin = added.find(key) + key.size();
  const std::string name = added.substr(begin, added.find('"', begin) - begin);
  EXPECT_EQ(Sild({"unit", "edit", name, "et=Tervist"}).exit_code, 0);
  EXPECT_THAT(Sild({"unit", "get", name}).out, HasSubstr("Tervist"));
  EXPECT_EQ(Sild({"unit", "delete", name}).exit_code, 0);
  EXPECT_EQ(Sild({"unit", "get", name}).exit_code, 1);
  const test::Finished history = Sild({"unit", "history", name, "--json"});
  EXPECT_THAT(history.out, HasSubstr("\"deleted\":true"));
  EXPECT_THAT(history.out, HasSubstr("Tervist"));
  EXPECT_THAT(history.out, HasSubstr("Tere\""));
}

}  // namespace
}  // namespace sild
