// Identifiers, codes and numerals: what is carried over as a whole.

#include "server/text/identifiers.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/text/shown_placeables.h"

namespace sild::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Identifiers(std::string_view text) {
  std::vector<std::string> found;
  for (const ByteRange& range : FindIdentifiers(text)) {
    found.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return found;
}

TEST(Identifiers, TelephoneNumbersAreWhole) {
  EXPECT_THAT(Identifiers("Call +372 631 8600 or +1 (202) 555-0147, not +5."),
              ElementsAre("+372 631 8600", "+1 (202) 555-0147"));
  EXPECT_THAT(Identifiers("тел. 8 (495) 123-45-67, 631\u00A08600; (495) 123-45-67"),
              ElementsAre("8 (495) 123-45-67", "631\u00A08600", "(495) 123-45-67"));
  EXPECT_THAT(Identifiers("Tel. 8 600 12345 või telefon: 5123 4567, (8-5) 212 34 56"),
              ElementsAre("8 600 12345", "5123 4567", "(8-5) 212 34 56"));
  EXPECT_THAT(Identifiers("+372 5123 4567 12345"), ElementsAre("+372 5123 4567"))
      << "at most 15 digits";
}

TEST(Identifiers, NumbersOfBooksAccountsAndActsAreWhole) {
  EXPECT_THAT(Identifiers("ISBN 978-9949-12-345-6, 0-306-40615-X, ISSN 1234-5678"),
              ElementsAre("978-9949-12-345-6", "0-306-40615-X", "1234-5678"));
  EXPECT_THAT(Identifiers("EE38 2200 2210 2014 5685 ja GB29 NWBK 6016 1331 9268 19."),
              ElementsAre("EE38 2200 2210 2014 5685", "GB29 NWBK 6016 1331 9268 19"));
  EXPECT_THAT(Identifiers("4111 1111 1111 1111"), ElementsAre("4111 1111 1111 1111"));
  EXPECT_THAT(Identifiers("2022/0047(COD), 2021/0381 (COD), (EU) 2016/679, nr 12/2021, 5/6(NLE)"),
              ElementsAre("2022/0047(COD)", "2021/0381 (COD)", "2016/679", "12/2021", "5/6(NLE)"));
}

TEST(Identifiers, AmountsDatesAndRangesAreNone) {
  EXPECT_THAT(Identifiers("1 234 567, 12 345 678 eurot, 10 000-15 000, 5-6, 2019-2021"), IsEmpty());
  EXPECT_THAT(Identifiers("2022-01-29 14:30, 29-01-2022, 01/02/2022, 2022/01/29"), IsEmpty());
  EXPECT_THAT(Identifiers("1/2, 24/7, 3-0 2-1, 1.234.567, 10:15:20"), IsEmpty());
  EXPECT_THAT(Identifiers("in 2019 8600 people, x123-45-678, 1234-56-78a"), IsEmpty());
  EXPECT_THAT(Identifiers(""), IsEmpty());
  EXPECT_THAT(Identifiers("+"), IsEmpty());
}

TEST(Identifiers, LongChainsTakeLinearTime) {
  std::string chain = "12";
  while (chain.size() < 10'000) {
    chain += "-12";
  }
  EXPECT_THAT(Identifiers(chain), ElementsAre(chain));
  EXPECT_THAT(Identifiers(chain + ".5"), ElementsAre(chain.substr(0, chain.size() - 3)));
}

TEST(Identifiers, MarksDoNotMatter) {
  EXPECT_EQ(BareIdentifier("8 (495)\u00A0123\u201145-67"), "84951234567");
  EXPECT_THAT(Find("tel 631-86-00", "ru"), ElementsAre("631-86-00=c6318600"));
  EXPECT_EQ(WriteIdentifier("631 8611", "631-86-00"), "631-86-11");
  EXPECT_EQ(WriteIdentifier("5123 4567", "631-86-00"), "5123 4567") << "another length";
}

TEST(Codes, LettersBehindDigitsArePartOfThem) {
  EXPECT_THAT(Find("Apartment 12B, 5а, 7a, A4, b12, G20", "en"),
              ElementsAre("12B=c12B", "5а=c5а", "7a=c7a", "A4=cA4", "b12=cb12", "G20=cG20"));
  EXPECT_THAT(
      Find("maja 5a, 5m, 5 t, 5l", "et"),
      ElementsAre("5a=c5a", "5=n5e0", "m=umeter", "5=n5e0", "t=utonne", "5=n5e0", "l=uliter"));
  EXPECT_THAT(Find("$5B, 2.5b, 10k, the 1990s", "en"),
              ElementsAre("$=m$", "5=n5000000000e0", "2.5=n25e-1|n2500000000e0",
                          "10=n10e0|n10000e0", "1990=n1990e0"));
  EXPECT_THAT(Find("agent 007, 0047, 05", "en"), ElementsAre("007=c007", "0047=c0047", "05=n5e0"));
}

TEST(Codes, RomanNumeralsAreCarriedOver) {
  EXPECT_THAT(Find("XXI amžius, Jonas Paulius II, XIV", "lt"),
              ElementsAre("XXI=cXXI", "II=cII", "XIV=cXIV"));
  EXPECT_THAT(Find("ХХ век", "ru"), ElementsAre("ХХ=cXX")) << "Cyrillic letters";
  EXPECT_THAT(Find("IIX, VX, XXXX, CD, MM, I, V, xxi, Xi", "en"), IsEmpty());
}

TEST(Numbers, DashesBeforeThemAreMinusSigns) {
  EXPECT_THAT(Find("–15 °C, Öösel –3,5°, kasv –5 %, (–7)", "et"),
              ElementsAre("–15=n-15e0", "°C=ucelsius", "–3,5=n-35e-1", "–5=n-5e0", "–7=n-7e0"));
  EXPECT_THAT(Find("10–15 °C, 10 –15 °C, – 5, Ту–154", "lt"),
              ElementsAre("10=n10e0", "15=n15e0", "°C=ucelsius", "10=n10e0", "15=n15e0",
                          "°C=ucelsius", "5=n5e0", "154=n154e0"));
}

TEST(Numbers, WholeHasTheMagnitude) {
  const auto whole = [](std::string_view text, std::string_view language) {
    std::string shown;
    for (const Placeable& placeable : FindPlaceables(text, Language(language))) {
      shown += "[";
      shown += text.substr(placeable.whole.begin, placeable.whole.end - placeable.whole.begin);
      shown += "]";
    }
    return shown;
  };
  EXPECT_EQ(whole("€750m, 7 billion, 5 km, 5 a\u0301", "en"), "[€][750m][7 billion][5][km][5]");
  EXPECT_EQ(whole("2,5 mln. eurų", "lt"), "[2,5 mln][eurų]");
}

}  // namespace
}  // namespace sild::text
