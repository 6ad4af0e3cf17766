#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/server_process.h"

namespace sild {
namespace {

using ::testing::HasSubstr;

// What somebody may send that no server should take. `message` is what must be said: where it is
// wrong, and why or what to do.
struct BadInput {
  std::string name;
  std::vector<std::string> arguments;
  std::string input;
  std::vector<std::string> message;
};

void PrintTo(const BadInput& bad, std::ostream* out) { *out << bad.name; }

std::string Tmx(const std::string& units, const std::string& before = "") {
  return "<?xml version=\"1.0\"?>\n" + before +
         "<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n" + units + "</body></tmx>\n";
}

std::string Unit(const std::string& en, const std::string& et) {
  return "<tu><tuv xml:lang=\"en\"><seg>" + en + "</seg></tuv><tuv xml:lang=\"et\"><seg>" + et +
         "</seg></tuv></tu>\n";
}

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) {
    all += text;
  }
  return all;
}

class CommandLineBadInputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(Sild({"memory", "create", "m"}).exit_code, 0);
    ASSERT_EQ(Sild({"unit", "add", "m", "--id", "u", "en=Hello", "et=Tere"}).exit_code, 0);
  }

  test::Finished Sild(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {SILD_CLIENT_BINARY, "--server", server_.address()});
    return test::RunProgram(arguments, input);
  }

  std::string Units() {
    const test::Finished listed = Sild({"unit", "list", "m", "--json"});
    EXPECT_EQ(listed.exit_code, 0) << listed.err;
    return listed.out;
  }

  test::ServerProcess server_;
};

class BadInputTest : public CommandLineBadInputTest,
                     public ::testing::WithParamInterface<BadInput> {};

// The whole of an import is taken or nothing, so that "nothing is stored half" can be seen.
const std::vector<std::string> kImport = {"memory", "import", "m", "-", "--all-or-nothing"};
const std::vector<std::string> kLookup = {"lookup", "-m", "m", "--from", "en", "--to", "et"};

TEST_P(BadInputTest, IsRefusedWithAReasonAndStoresNothing) {
  const std::string before = Units();
  const test::Finished result = Sild(GetParam().arguments, GetParam().input);
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  for (const std::string& part : GetParam().message) {
    EXPECT_THAT(result.out + result.err, HasSubstr(part));
  }
  EXPECT_EQ(Units(), before);  // The server lives, too.
}

INSTANTIATE_TEST_SUITE_P(
    Segments, BadInputTest,
    ::testing::Values(
        BadInput{"Utf8", kLookup, "broken \xFF byte\n", {"line 1", "UTF-8"}},
        BadInput{"Surrogate", kLookup, "half \xED\xA0\x80 pair\n", {"line 1", "UTF-8"}},
        BadInput{"Nul",
                 kLookup,
                 std::string("a\0b\n", 4),
                 {"line 1", "queries[0].segment.text", "U+0000"}},
        BadInput{"TooLong",
                 kLookup,
                 Repeat("ä", 10'001) + "\n",
                 {"line 1", "queries[0].segment.text", "10000"}},
        BadInput{"StoredTooLong",
                 {"unit", "add", "m", "en=" + Repeat("ä", 10'001), "et=x"},
                 "",
                 {"variants[0].segment.text", "10000"}},
        BadInput{
            "Empty", {"unit", "add", "m", "en=", "et=x"}, "", {"variants[0].segment", "empty"}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Requests, BadInputTest,
    ::testing::Values(BadInput{"Language",
                               {"unit", "add", "m", "english!=Hello", "et=x"},
                               "",
                               {"unit.source_language_code", "english!"}},
                      BadInput{"LookupLanguage",
                               {"lookup", "-m", "m", "--from", "12", "--to", "et", "x"},
                               "",
                               {"--from", "12"}},
                      BadInput{"ConcordanceOfNothing",
                               {"concordance", "-m", "m", "--in", "en", " "},
                               "",
                               {"query", "at least one word"}},
                      BadInput{"ConcordanceTooLong",
                               {"concordance", "-m", "m", "--in", "en", Repeat("ä", 501)},
                               "",
                               {"query", "501"}},
                      BadInput{"ConcordanceWildcards",
                               {"concordance", "-m", "m", "--in", "en", "--wildcards", "a *"},
                               "",
                               {"query", "wildcards alone"}},
                      BadInput{"NoSuchMemory",
                               {"lookup", "-m", "none", "--from", "en", "--to", "et", "x"},
                               "",
                               {"-m: memories/none does not exist"}},
                      BadInput{
                          "NoSuchUnit", {"unit", "get", "m/none"}, "", {"memories/m/units/none"}},
                      BadInput{"StaleEtag",
                               {"unit", "edit", "m/u", "--etag", "\"stale\"", "et=Tervist"},
                               "",
                               {"etag", "get it again"}}),
    [](const auto& test) { return test.param.name; });

const std::string kLaughs =
    "<!DOCTYPE tmx [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
    "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>\n";
const std::string kExternal = "<!DOCTYPE tmx [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n";

INSTANTIATE_TEST_SUITE_P(
    Files, BadInputTest,
    ::testing::Values(
        BadInput{"NotXml", kImport, "en\tet\nHello\tTere\n", {"line 1"}},
        BadInput{"OtherXml", kImport, "<html><body/></html>", {"html", "TMX"}},
        BadInput{"Nothing", kImport, "", {"empty"}},
        BadInput{"Malformed", kImport, Tmx(Unit("One", "Üks") + "<tu><tuv></tu>"), {"line 4"}},
        BadInput{"Truncated", kImport, Tmx(Unit("One", "Üks")).substr(0, 120), {"ends"}},
        BadInput{"Utf8", kImport, Tmx(Unit("a \xFF b", "x")), {":3:", "UTF-8"}},
        BadInput{"TooLong", kImport, Tmx(Unit(Repeat("ä", 10'001), "x")), {":3:", "10000"}},
        BadInput{"BillionLaughs", kImport, Tmx(Unit("&d;", "x"), kLaughs), {"entit"}},
        BadInput{"ExternalEntity", kImport, Tmx(Unit("&x;", "x"), kExternal), {"entit"}},
        BadInput{"DeepNesting",
                 kImport,
                 Tmx("<tu><tuv xml:lang=\"en\"><seg>" + Repeat("<hi>", 5'000)),
                 {"line 3"}}),
    [](const auto& test) { return test.param.name; });

// Real files have such characters, so the unit is taken without them, and the place is told.
TEST_F(CommandLineBadInputTest, WhatXmlCannotCarryIsTakenOutAndTold) {
  const test::Finished result = Sild({"memory", "import", "m", "-"},
                                     Tmx(Unit("half &#xD800; pair", "x") + Unit("nul &#0;", "y")));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr(":3: characters that XML cannot carry"));
  EXPECT_THAT(result.err, HasSubstr(":4: characters that XML cannot carry"));
  EXPECT_THAT(Units(), HasSubstr("half \uFFFD pair"));
}

}  // namespace
}  // namespace sild
