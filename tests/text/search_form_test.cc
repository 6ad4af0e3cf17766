#include "server/text/search_form.h"

#include <string>

#include <gtest/gtest.h>

#include "server/text/normalize.h"

namespace sild::text {
namespace {

std::string Form(std::string_view text) { return SearchForm(Nfc(text), LetterCase::kIgnore); }
std::string Cased(std::string_view text) { return SearchForm(Nfc(text), LetterCase::kKeep); }

TEST(SearchForm, IsTheSameWhateverPeopleDoNotTellApart) {
  EXPECT_EQ(Form("Ёлка"), Form("елка"));
  EXPECT_EQ(Form("за\u0301мок"), Form("замок"));
  EXPECT_EQ(Form("O\u02BCConnor"), Form("o’connor"));
  EXPECT_EQ(Form("rahvus\u00ADvaheline"), Form("rahvusvaheline"));
  EXPECT_EQ(Form("„nii“"), Form("\"nii\""));
  EXPECT_EQ(Form("jo\u0303gi"), Form("JÕGI"));
  EXPECT_NE(Form("jõgi"), Form("jogi"));
  EXPECT_NE(Form("šalis"), Form("salis"));
}

TEST(SearchForm, KeepsCaseAloneIfAsked) {
  EXPECT_EQ(Cased("Ёлка „A“"), "Елка\"A\"");
  EXPECT_EQ(Cased("NATO’s"), "NATO's");
  EXPECT_NE(Cased("nato"), Cased("NATO"));
}

TEST(SearchForm, HasNoSpaces) { EXPECT_EQ(Form("1\u00A0000 \u200B kr"), "1000kr"); }

TEST(SearchText, HasEachRunOfSpacesAsOne) {
  const SearchText text("a\u00A0\t b\u200Bc \u202F", LetterCase::kIgnore);
  EXPECT_EQ(text.text(), "a b c ");
}

TEST(SearchText, SoftHyphenHoldsAWordTogetherOnlyWhereTokensDo) {
  EXPECT_EQ(SearchText("co\u00ADop", LetterCase::kIgnore).text(), "coop");
  EXPECT_EQ(SearchText("co\u00AD\u00ADop", LetterCase::kIgnore).text(), "co op");
  EXPECT_EQ(SearchText("co\u00AD-op", LetterCase::kIgnore).text(), "co -op");
}

TEST(SearchText, LeadsBackToTheBytesOfTheOriginal) {
  const std::string original = "Jo\u0303e  за\u0301мок";
  const SearchText text(original, LetterCase::kIgnore);
  ASSERT_EQ(text.text(), "jõe замок");
  const auto piece = [&](std::string_view wanted) {
    const auto begin = static_cast<std::uint32_t>(text.text().find(wanted));
    const ByteRange range =
        text.ToOriginal({begin, begin + static_cast<std::uint32_t>(wanted.size())});
    return original.substr(range.begin, range.end - range.begin);
  };
  EXPECT_EQ(piece("õ"), "o\u0303");
  EXPECT_EQ(piece("за"), "за\u0301");
  EXPECT_EQ(piece("e з"), "e  з");
  EXPECT_EQ(piece("jõe замок"), original);
}

TEST(SearchText, OfNothingIsNothing) {
  EXPECT_EQ(SearchText("", LetterCase::kIgnore).text(), "");
  EXPECT_EQ(SearchText("\u00AD", LetterCase::kIgnore).text(), " ");
}

}  // namespace
}  // namespace sild::text
