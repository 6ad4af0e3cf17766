#include "server/text/languages.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::text {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

std::string Parsed(std::string_view tag) {
  const auto parsed = ParseLanguageTag(tag);
  return parsed.ok() ? parsed->str() : std::string(parsed.status().message());
}

std::string Lenient(std::string_view tag) {
  const auto parsed = LenientLanguageTag(tag);
  return parsed ? parsed->str() : "-";
}

TEST(ParseLanguageTag, GivesTheCanonicalForm) {
  EXPECT_EQ(Parsed("et"), "et");
  EXPECT_EQ(Parsed("en-us"), "en-US");
  EXPECT_EQ(Parsed("ZH-hant-tw"), "zh-Hant-TW");
  EXPECT_EQ(Parsed("iw"), "he");
  EXPECT_EQ(Parsed("de-CH-1901"), "de-CH-1901");
  EXPECT_EQ(Parsed("es-419"), "es-419");
  EXPECT_EQ(Parsed("vro"), "vro");
  EXPECT_EQ(Parsed("zh-min-nan"), "nan");
  EXPECT_EQ(Parsed("en-x-house"), "en-x-house");
}

TEST(ParseLanguageTag, IsIdempotent) {
  for (const std::string tag :
       {"en-us", "iw", "sr-YU", "sh", "no", "cmn-Hans-CN", "mo", "ja-JP-u-ca-japanese"}) {
    EXPECT_EQ(Parsed(Parsed(tag)), Parsed(tag)) << tag;
  }
}

TEST(ParseLanguageTag, SaysWhatToUseInstead) {
  EXPECT_EQ(Parsed("en_US"), "\"en_US\" is not BCP 47; use \"en-US\"");
  EXPECT_EQ(Parsed("en-UK"), "\"en-UK\" is not BCP 47; use \"en-GB\"");
  EXPECT_EQ(Parsed("est"), "\"est\" is not BCP 47; use \"et\"");
  EXPECT_EQ(Parsed("English"), "\"English\" is not BCP 47; use \"en\"");
}

TEST(ParseLanguageTag, RefusesMadeUpTags) {
  for (const std::string tag :
       {"", "qq", "xyzzy", "en-QQQQ", "en-Fooo", "et-EE-", "-", "e", "et--EE", "et EE",
        "en-nosuchvr", "õ", "english-language-tag-that-never-ends-and-ends-and-ends-and-ends"}) {
    EXPECT_THAT(ParseLanguageTag(tag),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("BCP 47")))
        << tag;
  }
}

TEST(LenientLanguageTag, ReadsWhatFilesHave) {
  EXPECT_EQ(Lenient("EN-US"), "en-US");
  EXPECT_EQ(Lenient("en_us"), "en-US");
  EXPECT_EQ(Lenient(" et "), "et");
  EXPECT_EQ(Lenient("en-UK"), "en-GB");
  EXPECT_EQ(Lenient("et_EE.UTF-8"), "et-EE");
  EXPECT_EQ(Lenient("EST"), "et");
  EXPECT_EQ(Lenient("lit"), "lt");
  EXPECT_EQ(Lenient("zh-CHS"), "zh-Hans");
  EXPECT_EQ(Lenient("English_United States"), "en-US");
  EXPECT_EQ(Lenient("English (United Kingdom)"), "en-GB");
  EXPECT_EQ(Lenient("LITHUANIAN"), "lt");
  EXPECT_EQ(Lenient("Russian (Russia)"), "ru-RU");
  EXPECT_EQ(Lenient("1033"), "en-US");
  EXPECT_EQ(Lenient("1061"), "et-EE");
  EXPECT_EQ(Lenient("0x0427"), "lt-LT");
}

TEST(LenientLanguageTag, GivesUpOnNonsense) {
  for (const std::string tag :
       {"", "  ", "nonsense", "Klingonese", "99999999", "English (Narnia)", "??"}) {
    EXPECT_EQ(Lenient(tag), "-") << tag;
  }
}

std::string Key(const char* tag) { return LanguageKeyOf(LanguageTag::FromCanonical(tag)).value; }

TEST(LanguageKeyOf, JoinsRegionsAndTellsScriptsApart) {
  EXPECT_EQ(Key("en-US"), "en-Latn");
  EXPECT_EQ(Key("en"), Key("en-GB"));
  EXPECT_EQ(Key("sr-RS"), "sr-Cyrl");
  EXPECT_EQ(Key("sr-Latn-RS"), "sr-Latn");
  EXPECT_EQ(Key("zh-TW"), "zh-Hant");
  EXPECT_EQ(Key("zh"), "zh-Hans");
}

TEST(RegionOf, FindsTheRegionOnly) {
  const auto region = [](const char* tag) {
    return std::string(RegionOf(LanguageTag::FromCanonical(tag)));
  };
  EXPECT_EQ(region("en"), "");
  EXPECT_EQ(region("en-US"), "US");
  EXPECT_EQ(region("zh-Hant-TW"), "TW");
  EXPECT_EQ(region("es-419"), "419");
  EXPECT_EQ(region("sl-rozaj-biske"), "");
  EXPECT_EQ(region("en-u-ca-gregory"), "");
  EXPECT_EQ(region("de-1996"), "");
}

TEST(VarietyRank, PrefersTheSameThenNoneThenNear) {
  const auto rank = [](const char* want, const char* have) {
    return VarietyRank(LanguageTag::FromCanonical(want), LanguageTag::FromCanonical(have));
  };
  EXPECT_EQ(rank("pt-BR", "pt-BR"), 0);
  EXPECT_EQ(rank("pt-BR", "pt"), 1);
  EXPECT_EQ(rank("es-MX", "es-419"), 2);
  EXPECT_EQ(rank("pt-BR", "pt-PT"), 3);
  EXPECT_EQ(rank("pt", "pt-PT"), 3);
}

}  // namespace
}  // namespace sild::text
