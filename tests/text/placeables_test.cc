#include "server/text/placeables.h"

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

TEST(Placeables, NumbersAreReadByTheMarksOfTheLanguage) {
  EXPECT_THAT(Find("about 1,234.5 and 1,234", "en"),
              ElementsAre("1,234.5=n12345e-1", "1,234=n1234e0"));
  EXPECT_THAT(Find("umbes 1 234,5 ja 10 000", "et"),
              ElementsAre("1 234,5=n12345e-1", "10 000=n10000e0"));
  EXPECT_THAT(Find("apie 1\u00A0234\u00A0567,50", "lt"),
              ElementsAre("1\u00A0234\u00A0567,50=n12345675e-1"));
  EXPECT_THAT(Find("около 1\u202F234,5", "ru"), ElementsAre("1\u202F234,5=n12345e-1"));
}

TEST(Placeables, MarksThatTheLanguageDoesNotUseLeaveTwoReadings) {
  EXPECT_THAT(Find("1.234", "et"), ElementsAre("1.234=n1234e-3|n1234e0"));
  EXPECT_THAT(Find("1.234", "en"), ElementsAre("1.234=n1234e-3"));
  EXPECT_THAT(Find("1.234,5", "et"), ElementsAre("1.234,5=n12345e-1"));
}

TEST(Placeables, SignsRangesAndEndingsAreToldApart) {
  EXPECT_THAT(Find("from -5 to \u22127.5, 10–15, 2019-2021", "en"),
              ElementsAre("-5=n-5e0", "\u22127.5=n-75e-1", "10=n10e0", "15=n15e0", "2019=n2019e0",
                          "2021=n2021e0"));
  EXPECT_THAT(Find("5 %, €30, 5MB, 1990s, 21st", "en"),
              ElementsAre("5=n5e0", "€=mEUR", "30=n30e0", "5=n5e0", "MB=umegabyte", "1990=n1990e0",
                          "21st=n21e0"));
  EXPECT_THAT(Find("1,2,3", "en"), ElementsAre("1=n1e0", "2=n2e0", "3=n3e0"));
}

TEST(Placeables, CodesAreCarriedOverAsAWhole) {
  EXPECT_THAT(Find("MP3, x86_64, 1.2.3 and 0x1F", "en"),
              ElementsAre("MP3=cMP3", "x86_64=cx86_64", "1.2.3=c1.2.3", "0x1F=c0x1F"));
  EXPECT_THAT(Find("leht3 ja Ту-154", "et"), ElementsAre("3=n3e0", "154=n154e0"));
}

TEST(Placeables, CurrenciesStandBesideNumbers) {
  EXPECT_THAT(Find("£7.5, US$30, CA$ 3", "en"), ElementsAre("£=m£", "7.5=n75e-1", "US$=mUSD|m$",
                                                            "30=n30e0", "CA$=mCAD|m$", "3=n3e0"));
  EXPECT_THAT(Find("5\u00A0€, 7 EUR, 9 Eur", "lt"),
              ElementsAre("5=n5e0", "€=mEUR", "7=n7e0", "EUR=mEUR", "9=n9e0", "Eur=mEUR"));
  EXPECT_THAT(Find("100 ₽ и USD 5, 7 долл. США", "ru"),
              ElementsAre("100=n100e0", "₽=mRUB", "USD=mUSD|m$", "5=n5e0", "7=n7e0",
                          "долл. США=mUSD|m$"));
  EXPECT_THAT(Find("€ ja EUR, 5 EURA, 5 €7", "et"),
              ElementsAre("5=n5e0", "5=n5e0", "€=mEUR", "7=n7e0"));
}

TEST(Placeables, CurrenciesAreReadInWordsToo) {
  EXPECT_THAT(
      Find("5 euros, 5 US dollars, 5 dollars", "en"),
      ElementsAre("5=n5e0", "euros=mEUR", "5=n5e0", "US dollars=mUSD|m$", "5=n5e0", "dollars=m$"));
  EXPECT_THAT(Find("5 euroga, 30 USA dollari eest, 5 DOLLARIT", "et"),
              ElementsAre("5=n5e0", "euroga=mEUR", "30=n30e0", "USA dollari=mUSD|m$", "5=n5e0",
                          "DOLLARIT=m$"));
  EXPECT_THAT(Find("5 eurus, 30 JAV dolerių", "lt"),
              ElementsAre("5=n5e0", "eurus=mEUR", "30=n30e0", "JAV dolerių=mUSD|m$"));
  EXPECT_THAT(Find("5 долларами США, 7 е\u0301вро", "ru"),
              ElementsAre("5=n5e0", "долларами США=mUSD|m$", "7=n7e0", "е\u0301вро=mEUR"));
  EXPECT_THAT(Find("5 рублей", "ru"), ElementsAre("5=n5e0", "рублей=mBYN/RUB|mBYN|mRUB"))
      << "of two countries";
}

TEST(Placeables, MagnitudesCountInTheNumber) {
  EXPECT_THAT(Find("€5 million, £125m, £2.8bn, 3bn, 5m", "en"),
              ElementsAre("€=mEUR", "5=n5000000e0", "£=m£", "125=n125000000e0", "£=m£",
                          "2.8=n2800000000e0", "3=n3000000000e0", "5=n5e0|n5000000e0", "m=umeter"));
  EXPECT_THAT(Find("a 5-million-euro deal, F-16-m", "en"),
              ElementsAre("5=n5000000e0", "euro=mEUR", "16=n16e0"));
  EXPECT_THAT(Find("2,5 miljoni, 5 mln €, 3 tuhandest", "et"),
              ElementsAre("2,5=n2500000e0", "5=n5000000e0", "€=mEUR", "3=n3000e0"));
  EXPECT_THAT(Find("8,5 mln. €, 5 milijonus, 2 tūkstančius", "lt"),
              ElementsAre("8,5=n8500000e0", "€=mEUR", "5=n5000000e0", "2=n2000e0"));
  EXPECT_THAT(Find("5 млрд. евро, 7 тысячами, 5 миллионеров", "ru"),
              ElementsAre("5=n5000000000e0", "евро=mEUR", "7=n7000e0", "5=n5e0"));
  EXPECT_THAT(Find("5万", "zh"), ElementsAre("5=n5e0")) << "ten thousands are not counted";
  EXPECT_THAT(Find("3–5 miljonit, 340 ja 500 miljonit", "et"),
              ElementsAre("3=n3e0|n3000000e0", "5=n5000000e0", "340=n340e0|n340000000e0",
                          "500=n500000000e0"));
}

TEST(Placeables, UnitsStandBehindNumbers) {
  EXPECT_THAT(Find("5km, 5 km2, 5 sq mi, 5 kilometres per hour, 20\u00A0°C, 5 TWh", "en"),
              ElementsAre("5=n5e0", "km=ukilometer", "5=n5e0", "km2=usquare-kilometer", "5=n5e0",
                          "sq mi=usquare-mile", "5=n5e0", "kilometres per hour=ukilometer-per-hour",
                          "20=n20e0", "°C=ucelsius", "5=n5e0", "TWh=uterawatt-hour"));
  EXPECT_THAT(Find("5 ruutkilomeetril, 5 kilomeetri tunnis, 5 MW", "et"),
              ElementsAre("5=n5e0", "ruutkilomeetril=usquare-kilometer", "5=n5e0",
                          "kilomeetri tunnis=ukilometer-per-hour", "5=n5e0", "MW=umegawatt"));
  EXPECT_THAT(Find("5 kvadratinius kilometrus, 5 kv. km, 8 km/val.", "lt"),
              ElementsAre("5=n5e0", "kvadratinius kilometrus=usquare-kilometer", "5=n5e0",
                          "kv. km=usquare-kilometer", "8=n8e0", "km/val=ukilometer-per-hour"));
  EXPECT_THAT(Find("5 кв. км, 5 килограммами, 5 ТВт·ч", "ru"),
              ElementsAre("5=n5e0", "кв. км=usquare-kilometer", "5=n5e0", "килограммами=ukilogram",
                          "5=n5e0", "ТВт·ч=uterawatt-hour"));
}

TEST(Placeables, WhatIsNoUnitIsNone) {
  EXPECT_THAT(Find("2022 m. pavasarį, 5 km/savaitę, km 5", "lt"),
              ElementsAre("2022=n2022e0", "5=n5e0", "5=n5e0"));
  EXPECT_THAT(Find("в 2022 г.", "ru"), ElementsAre("2022=n2022e0"));
  EXPECT_THAT(Find("5 t. y., 5 in 7, 5 kmx", "en"),
              ElementsAre("5=n5e0", "5=n5e0", "7=n7e0", "5=n5e0"));
}

TEST(Placeables, OrdinaryWordsAreNoCurrencies) {
  EXPECT_THAT(Find("Погибли 5 грузинских солдат.", "ru"), ElementsAre("5=n5e0"));
  EXPECT_THAT(Find("Погибли 5 казахских солдат.", "ru"), ElementsAre("5=n5e0"));
  EXPECT_THAT(Find("в 2022 так и не", "ru"), ElementsAre("2022=n2022e0"));
  EXPECT_THAT(Find("5 левых, 5 добрых, 5 Вануату", "ru"),
              ElementsAre("5=n5e0", "5=n5e0", "5=n5e0"));
  EXPECT_THAT(Find("Of 5, 3 won", "en"), ElementsAre("5=n5e0", "3=n3e0"));
  EXPECT_THAT(Find("3 real problems", "en"), ElementsAre("3=n3e0"));
  EXPECT_THAT(Find("5 lekki", "et"), ElementsAre("5=n5e0"));
  EXPECT_THAT(Find("5 kinų", "lt"), ElementsAre("5=n5e0"));
}

TEST(Placeables, CurrenciesAreReadByTheirNouns) {
  EXPECT_THAT(Find("5 грузинских лари, 5 лари", "ru"),
              ElementsAre("5=n5e0", "грузинских лари=mGEL", "5=n5e0", "лари=mGEL"));
  EXPECT_THAT(
      Find("5 левов, 5 злотых, 5 злотыми", "ru"),
      ElementsAre("5=n5e0", "левов=mBGN", "5=n5e0", "злотых=mPLN", "5=n5e0", "злотыми=mPLN"));
  EXPECT_THAT(Find("5 South Korean won, 5 yen", "en"),
              ElementsAre("5=n5e0", "South Korean won=mKRW|m₩", "5=n5e0", "yen=mJPY|m¥"));
}

TEST(Placeables, LettersOfYearsAreNoUnitsWithoutAFullStop) {
  EXPECT_THAT(Find("в 2022 г он, 300 г", "ru"),
              ElementsAre("2022=n2022e0", "300=n300e0", "г=ugram"));
  EXPECT_THAT(Find("2022 m pabaigoje, 800 m, 2500 m", "lt"),
              ElementsAre("2022=n2022e0", "800=n800e0", "m=umeter", "2500=n2500e0", "m=umeter"));
}

TEST(Placeables, AddressesEndBeforeTheSentenceDoes) {
  EXPECT_THAT(Find("See https://sild.example/a?b=1, (or http://x.ee/q_(z)). „www.err.ee“", "en"),
              ElementsAre("https://sild.example/a?b=1=ahttps://sild.example/a?b=1",
                          "http://x.ee/q_(z)=ahttp://x.ee/q_(z)", "www.err.ee=awww.err.ee"));
  EXPECT_THAT(Find("Пишите: toimetus.2@sild.example.", "ru"),
              ElementsAre("toimetus.2@sild.example=atoimetus.2@sild.example"));
  EXPECT_THAT(Find("a @ b, @nimi, ://, http://", "en"), IsEmpty());
}

TEST(Placeables, PlaceholdersAreThoseOfTokens) {
  EXPECT_THAT(Find("<a href=\"http://x.ee/1\">%s</a> %1 {0} %(n)d", "en"),
              ElementsAre("<a href=\"http://x.ee/1\">=p<a href=\"http://x.ee/1\">", "%s=p%s",
                          "</a>=p</a>", "%1=p%1", "{0}=p{0}", "%(n)d=p%(n)d"));
}

TEST(Placeables, RangesAreInTheTextAsSent) {
  const std::string decomposed = "ko\u0303ik 29. ma\u0308rtsil 2022";
  EXPECT_THAT(Find(decomposed, "et"), ElementsAre("29. ma\u0308rtsil 2022=" + Date(2022, 3, 29)));
}

TEST(Placeables, StrangeTextsAreRead) {
  EXPECT_THAT(Find("", "en"), IsEmpty());
  std::string nines(10'000, '9');
  EXPECT_THAT(Find(nines, "et"), ElementsAre(nines + "=n" + nines + "e0"));
  std::string chain = "1";
  for (int i = 0; i < 5000; ++i) {
    chain += i % 2 == 0 ? ".1" : ",1";
  }
  EXPECT_EQ(Find(chain, "lt").size(), 5001U);
  EXPECT_THAT(Find("٢٥ and १२", "en"), ElementsAre("٢٥=n25e0", "१२=n12e0"));
  EXPECT_THAT(Find("5 \xF0\x9F\x8C\x89 7", "xx"), ElementsAre("5=n5e0", "7=n7e0"));
}

}  // namespace
}  // namespace sild::text
