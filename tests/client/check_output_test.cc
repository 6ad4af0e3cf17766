#include "client/cli/check_output.h"

#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace sild::cli {
namespace {

using ::testing::HasSubstr;

std::string Text(const std::string& finding, bool is_colored = false) {
  std::ostringstream out;
  v1::TermFinding parsed;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(finding, &parsed));
  return FindingText(Printer(out, is_colored), "a.xlf", parsed);
}

TEST(CheckOutput, ShowsPlaceKindWhatIsThereAndWhatToWrite) {
  EXPECT_EQ(Text(R"(kind: KIND_FORBIDDEN severity: SEVERITY_ERROR found_text: "Белоруссии"
                    concept_name: "glossaries/g/concepts/belarus" target_range { begin: 3 end: 13 }
                    suggestions { text: "Беларусь" status: STATUS_PREFERRED }
                    place { line: 7 unit_id: "u1" }
                    pair { source { text: "Of Belarus." } target { text: "Из Белоруссии." } })"),
            "a.xlf:7: error: forbidden: “Белоруссии”; write Беларусь (preferred)  "
            "glossaries/g/concepts/belarus, unit u1\n"
            "    Of Belarus.\n"
            "    Из [Белоруссии].");
}

TEST(CheckOutput, SaysOfEachKindWhatIsToBeDone) {
  EXPECT_THAT(Text(R"(kind: KIND_MISSING found_text: "NATO" suggestions { text: "ODKB" }
                      suggestions { text: "ODKB" })"),
              HasSubstr("“NATO” has no term of the glossary; write ODKB  "));
  EXPECT_THAT(Text(R"(kind: KIND_POSSIBLY_USED found_text: "x" target_term { text: "y" })"),
              HasSubstr("possibly used: “x” may be a form of y"));
  EXPECT_THAT(Text(R"(kind: KIND_INCONSISTENT found_text: "x" use_count: 2
                      suggestions { text: "y" })"),
              HasSubstr("“x” is used 2 times, but elsewhere y"));
  EXPECT_THAT(Text(R"(kind: KIND_INCONSISTENT found_text: "x" use_count: 1)"),
              HasSubstr("“x” is used 1 time, but"));
  EXPECT_THAT(Text(R"(kind: KIND_TRANSLATED found_text: "x")"),
              HasSubstr("“x” is not to be translated"));
  EXPECT_THAT(Text(R"(kind: KIND_NAME_CHANGED found_text: "x")"),
              HasSubstr("name changed: “x” is spelled otherwise than in the glossary"));
  EXPECT_THAT(Text(R"(kind: KIND_SUPERSEDED found_text: "x" exception: "e")"),
              HasSubstr("set aside by e"));
}

TEST(CheckOutput, CallsWhatIsSetAsideNeitherErrorNorWarning) {
  EXPECT_EQ(Text(R"(kind: KIND_FORBIDDEN severity: SEVERITY_ERROR found_text: "x"
                    concept_name: "c" exception: "e")"),
            "a.xlf: set aside: forbidden: “x”  c, set aside by e");
}

TEST(CheckOutput, ShowsOnlyThePartOfALongTextAroundThePlace) {
  const std::string before(100, 'a');
  const std::string text = Text(R"(kind: KIND_FORBIDDEN target_range { begin: 100 end: 102 } pair {
      target { text: ")" + before +
                                "õõ" + before + R"(" } })");
  EXPECT_THAT(text,
              HasSubstr("\n    …" + std::string(60, 'a') + "[õõ]" + std::string(60, 'a') + "…"));
}

TEST(CheckOutput, TextsCannotSteerATerminal) {
  EXPECT_THAT(Text("kind: KIND_FORBIDDEN found_text: \"\\033[2J\" target_range { end: 4 } "
                   "pair { target { text: \"\\033[2J\" } }"),
              ::testing::Not(HasSubstr("\033")));
}

TEST(CheckOutput, SumsUpAFile) {
  v1::TermCounts counts;
  counts.set_pair_count(12);
  counts.set_used_count(9);
  EXPECT_EQ(CheckSummary("a.xlf", counts), "a.xlf: 12 segments checked; terms: 9 used");
  counts.set_missing_count(2);
  counts.set_excepted_count(1);
  EXPECT_EQ(CheckSummary("a.xlf", counts),
            "a.xlf: 12 segments checked; terms: 9 used, 2 missing, 1 set aside");
  counts.set_pair_count(1);
  EXPECT_THAT(CheckSummary("a.xlf", counts), HasSubstr("a.xlf: 1 segment checked; "));
}

}  // namespace
}  // namespace sild::cli
