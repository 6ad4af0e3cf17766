#include "server/text/utf8.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::text {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t ProblemOffset(std::string_view text) {
  const auto found = FindTextProblem(text);
  return found ? found->byte_offset : std::string_view::npos;
}

TEST(Utf8, TakesAllScriptsAndLineEnds) {
  for (const std::string text :
       {"", "Tere, õhtu!", "ačiū už žinią", "Слава героям\r\n\t", "日本語", "שלום",
        "👩‍👩‍👧", "\x7F", "s\xCC\x8C", "\xF4\x8F\xBF\xBD"}) {
    EXPECT_EQ(FindTextProblem(text), std::nullopt) << text;
  }
}

TEST(Utf8, RefusesWhatIsNotWellFormed) {
  EXPECT_EQ(ProblemOffset("ab\xC0\x80"), 2U) << "overlong, two bytes";
  EXPECT_EQ(ProblemOffset("\xE0\x80\xAF"), 0U) << "overlong, three bytes";
  EXPECT_EQ(ProblemOffset("\xF0\x8F\xBF\xBF"), 0U) << "overlong, four bytes";
  EXPECT_EQ(ProblemOffset("õ\xED\xA0\x80"), 2U) << "surrogate";
  EXPECT_EQ(ProblemOffset("\xF4\x90\x80\x80"), 0U) << "beyond U+10FFFF";
  EXPECT_EQ(ProblemOffset("ja\xC3"), 2U) << "cut at the end";
  EXPECT_EQ(ProblemOffset("\xE2\x82z"), 0U) << "cut in the middle";
  EXPECT_EQ(ProblemOffset("a\x80"), 1U) << "continuation alone";
  EXPECT_EQ(ProblemOffset("\xFF"), 0U) << "no such byte";
}

TEST(Utf8, RefusesWhatXmlCannotCarry) {
  EXPECT_EQ(ProblemOffset(std::string_view("a\0b", 3)), 1U);
  EXPECT_EQ(ProblemOffset("\x1B[0m"), 0U);
  EXPECT_EQ(ProblemOffset("\xEF\xBF\xBF"), 0U) << "U+FFFF";
}

TEST(CheckText, NamesFieldCharacterProblemAndRemedy) {
  EXPECT_THAT(CheckText("õõ\x01", "queries[3].segment.text", 10),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "queries[3].segment.text: character 2 is U+0001, which XML 1.0 cannot "
                       "carry; take it out"));
}

TEST(CheckText, CountsCharactersNotBytes) {
  EXPECT_THAT(CheckText("õõõõ", "text", 4), IsOk());
  EXPECT_THAT(CheckText("õõõõõ", "text", 4),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("has 5 characters"), HasSubstr("at most 4"))));
}

TEST(CheckText, QuotesNoText) {
  EXPECT_THAT(std::string(CheckText("secret\x01", "text", 100).message()),
              Not(HasSubstr("secret")));
}

TEST(Utf8, DecodesWhatItEncodes) {
  for (char32_t c = 1; c < 0x110000; c += 37) {
    if (c >= 0xD800 && c < 0xE000) {
      continue;
    }
    std::string text;
    AppendChar(c, text);
    std::size_t offset = 0;
    ASSERT_EQ(NextChar(text, offset), c);
    ASSERT_EQ(offset, text.size());
    ASSERT_EQ(CountChars(text), 1U);
  }
}

}  // namespace
}  // namespace sild::text
