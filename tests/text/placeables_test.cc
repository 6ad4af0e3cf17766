#include "server/text/placeables.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sild::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

LanguageTag Language(std::string_view tag) { return LanguageTag::FromCanonical(std::string(tag)); }

// Each placeable as `text=key|key`.
std::vector<std::string> Find(std::string_view text, std::string_view language) {
  std::vector<std::string> found;
  for (const Placeable& placeable : FindPlaceables(text, Language(language))) {
    std::string shown(
        text.substr(placeable.range.begin, placeable.range.end - placeable.range.begin));
    for (std::size_t i = 0; i < placeable.readings.size(); ++i) {
      shown.append(i == 0 ? "=" : "|").append(ValueKey(placeable.readings[i]));
    }
    found.push_back(shown);
  }
  return found;
}

// The key of a date.
std::string Date(int year, int month, int day) {
  return "d" + std::to_string(year) + "," + std::to_string(month) + "," + std::to_string(day) +
         ",-1,-1,-1,";
}

std::string Time(int hour, int minute) {
  return "t-1,-1,-1," + std::to_string(hour) + "," + std::to_string(minute) + ",-1,";
}

// What `value`, alone in its text, gives in the manner of `model`; `none` if it cannot be told.
std::string Write(std::string_view value, std::string_view value_language, std::string_view model,
                  std::string_view model_language) {
  const auto values = FindPlaceables(value, Language(value_language));
  const auto models = FindPlaceables(model, Language(model_language));
  EXPECT_EQ(values.size(), 1U) << value;
  EXPECT_EQ(models.size(), 1U) << model;
  return WriteLike(values.front().readings.front(), models.front().readings.front(), model,
                   Language(model_language))
      .value_or("none");
}

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

TEST(Placeables, DatesAreReadInAllLanguages) {
  const std::string date = Date(2022, 1, 29);
  EXPECT_THAT(Find("on 29 January 2022, the 29th of January 2022", "en"),
              ElementsAre("29 January 2022=" + date, "29th of January 2022=" + date));
  EXPECT_THAT(Find("January 29, 2022; Sept. 29, 2022", "en"),
              ElementsAre("January 29, 2022=" + date, "Sept. 29, 2022=" + Date(2022, 9, 29)));
  EXPECT_THAT(Find("29. jaanuaril 2022; 29. JAANUAR 2022", "et"),
              ElementsAre("29. jaanuaril 2022=" + date, "29. JAANUAR 2022=" + date));
  EXPECT_THAT(Find("2022. aasta 29. jaanuarist", "et"),
              ElementsAre("2022. aasta 29. jaanuarist=" + date));
  EXPECT_THAT(Find("2022 m. sausio 29 d.", "lt"), ElementsAre("2022 m. sausio 29=" + date));
  EXPECT_THAT(Find("29 января 2022 года", "ru"), ElementsAre("29 января 2022=" + date));
  EXPECT_THAT(Find("29-го января 2022 года", "ru"), ElementsAre("29-го января 2022=" + date));
  EXPECT_THAT(Find("oktoobris 5 000 inimest", "et"), ElementsAre("5 000=n5000e0"));
  EXPECT_THAT(Find("29 января\u0301 2022 г.", "ru"), ElementsAre("29 января\u0301 2022=" + date));
  EXPECT_THAT(Find("29.01.2022, 2022-01-29", "et"),
              ElementsAre("29.01.2022=" + date, "2022-01-29=" + date));
}

TEST(Placeables, RangesOfDaysAreOne) {
  const std::string days = Date(2024, 3, 12) + "14,";
  EXPECT_THAT(Find("on 12–14 March 2024; March 12-14, 2024; 12th – 14th of March 2024", "en"),
              ElementsAre("12–14 March 2024=" + days, "March 12-14, 2024=" + days,
                          "12th – 14th of March 2024=" + days));
  EXPECT_THAT(Find("from 12 to 14 March 2024", "en"), ElementsAre("12 to 14 March 2024=" + days));
  EXPECT_THAT(Find("12.–14. märtsil 2024; 12. kuni 14. märtsini 2024; 12.–14.03.2024; "
                   "2024. aasta 12.–14. märtsil",
                   "et"),
              ElementsAre("12.–14. märtsil 2024=" + days, "12. kuni 14. märtsini 2024=" + days,
                          "12.–14.03.2024=" + days, "2024. aasta 12.–14. märtsil=" + days));
  EXPECT_THAT(Find("2024 m. kovo 12–14 d.; kovo 12–14 dienomis", "lt"),
              ElementsAre("2024 m. kovo 12–14=" + days, "kovo 12–14=" + Date(-1, 3, 12) + "14,"));
  EXPECT_THAT(Find("12–14 марта 2024 года; с 12 по 14 ма\u0301рта 2024 г.; 12-14.03.2024", "ru"),
              ElementsAre("12–14 марта 2024=" + days, "12 по 14 ма\u0301рта 2024=" + days,
                          "12-14.03.2024=" + days));
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

TEST(Placeables, YearsOfTwoDigitsAreOfNoCentury) {
  const std::string date = "d-122,1,29,-1,-1,-1,";
  EXPECT_THAT(Find("29/01/22, 1/29/22, 29 January ’22, 03/04/22", "en"),
              ElementsAre("29/01/22=" + date, "1/29/22=" + date, "29 January ’22=" + date,
                          "03/04/22=d-122,4,3,-1,-1,-1,|d-122,3,4,-1,-1,-1,"));
  EXPECT_THAT(Find("29.01.22, 12.–14.03.22", "et"),
              ElementsAre("29.01.22=" + date, "12.–14.03.22=d-122,3,12,-1,-1,-1,14,"));
  EXPECT_THAT(Find("1.2.22, 29.13.22, 10.12.01.22", "ru"),
              ElementsAre("1.2.22=c1.2.22", "29.13.22=c29.13.22", "10.12.01.22=c10.12.01.22"));
  EXPECT_THAT(Find("22-01-29, since '22", "en"),
              ElementsAre("22=n22e0", "01=n1e0", "29=n29e0", "22=n22e0"));
}

TEST(Placeables, WhatIsNoRangeOfDaysIsNone) {
  EXPECT_THAT(Find("14–12 March 2024", "en"),
              ElementsAre("14=n14e0", "12 March 2024=" + Date(2024, 3, 12)));
  EXPECT_THAT(Find("12–40 March", "en"), ElementsAre("12=n12e0", "40=n40e0"));
  EXPECT_THAT(Find("12 and 14 March", "en"),
              ElementsAre("12=n12e0", "14 March=" + Date(-1, 3, 14)));
  EXPECT_THAT(Find("March 12–14:30", "en"),
              ElementsAre("March 12=" + Date(-1, 3, 12), "14:30=" + Time(14, 30)));
  EXPECT_THAT(Find("kovo 12 iki 14 val.", "lt"),
              ElementsAre("kovo 12=" + Date(-1, 3, 12), "14=n14e0"));
  EXPECT_THAT(Find("seis 2–3", "et"), ElementsAre("2=n2e0", "3=n3e0"));
}

TEST(Placeables, EnglishTimesOfTwelveHoursAreReadAsOf24) {
  EXPECT_THAT(Find("at 2:30 p.m. or 2.30pm, 12 am, 12:05 PM, 9 a.m.", "en"),
              ElementsAre("2:30 p.m=" + Time(14, 30), "2.30pm=" + Time(14, 30),
                          "12 am=" + Time(0, 0), "12:05 PM=" + Time(12, 5), "9 a.m=" + Time(9, 0)));
  EXPECT_THAT(Find("14 pm, 0 am, 3 a day, 3 amps", "en"),
              ElementsAre("14=n14e0", "0=n0", "3=n3e0", "3=n3e0"));
  EXPECT_THAT(Find("kell 2 am", "et"), ElementsAre("2=n2e0"));
}

TEST(Placeables, MonthsAreReadInTheirCases) {
  EXPECT_THAT(
      Find("jaanuaris 2022, septembrini 2022, maiks 2022", "et"),
      ElementsAre("jaanuaris 2022=" + Date(2022, 1, -1), "septembrini 2022=" + Date(2022, 9, -1),
                  "maiks 2022=" + Date(2022, 5, -1)));
  EXPECT_THAT(Find("sausį 5, rugpjūčiui 6, gegužėje 7, kove 8, rugsėju 9", "lt"),
              ElementsAre("sausį 5=" + Date(-1, 1, 5), "rugpjūčiui 6=" + Date(-1, 8, 6),
                          "gegužėje 7=" + Date(-1, 5, 7), "kove 8=" + Date(-1, 3, 8),
                          "rugsėju 9=" + Date(-1, 9, 9)));
  EXPECT_THAT(
      Find("в январе 2022, мартом 2022, июлем 2022, феврале\u0301м 2022", "ru"),
      ElementsAre("январе 2022=" + Date(2022, 1, -1), "мартом 2022=" + Date(2022, 3, -1),
                  "июлем 2022=" + Date(2022, 7, -1), "феврале\u0301м 2022=" + Date(2022, 2, -1)));
  EXPECT_THAT(Find("you may 5 times", "en"), ElementsAre("5=n5e0"));
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

TEST(Placeables, DecimalsAndSharesBehindMonthsAreNoDays) {
  EXPECT_THAT(Find("jaanuaris 2,3% ja veebruaris 1,9%, aprillis 2,5 tonni", "et"),
              ElementsAre("2,3=n23e-1", "1,9=n19e-1", "2,5=n25e-1", "tonni=utonne"));
  EXPECT_THAT(Find("in April: 2.5 tons, in April 2.5 tons, In May 6.1%, in May 6 %", "en"),
              ElementsAre("2.5=n25e-1", "2.5=n25e-1", "6.1=n61e-1", "6=n6e0"));
  EXPECT_THAT(Find("Balandžio 2,5 tonos", "lt"), ElementsAre("2,5=n25e-1"));
  EXPECT_THAT(Find("в апреле 2,5 тонны", "ru"), ElementsAre("2,5=n25e-1", "тонны=utonne"));
  EXPECT_THAT(Find("May 5–6%, May 2–3.5", "en"),
              ElementsAre("5=n5e0", "6=n6e0", "2=n2e0", "3.5=n35e-1"));
  EXPECT_THAT(Find("2022 m. gegužę 5,5", "lt"),
              ElementsAre("2022 m. gegužę=" + Date(2022, 5, -1), "5,5=n55e-1"));
  EXPECT_THAT(Find("oktoobris 1500,5", "et"), ElementsAre("1500,5=n15005e-1"));
  EXPECT_THAT(Find("on May 6, 5% left", "en"), ElementsAre("May 6=" + Date(-1, 5, 6), "5=n5e0"));
}

TEST(Placeables, LettersOfYearsAreNoUnitsWithoutAFullStop) {
  EXPECT_THAT(Find("в 2022 г он, 300 г", "ru"),
              ElementsAre("2022=n2022e0", "300=n300e0", "г=ugram"));
  EXPECT_THAT(Find("2022 m pabaigoje, 800 m, 2500 m", "lt"),
              ElementsAre("2022=n2022e0", "800=n800e0", "m=umeter", "2500=n2500e0", "m=umeter"));
}

TEST(Placeables, DashesBeforeDegreesAreMinusSigns) {
  EXPECT_THAT(Find("–15 °C, Öösel –3,5°", "et"),
              ElementsAre("–15=n-15e0", "°C=ucelsius", "–3,5=n-35e-1"));
  EXPECT_THAT(Find("10–15 °C, 10 –15 °C, –15 kg", "lt"),
              ElementsAre("10=n10e0", "15=n15e0", "°C=ucelsius", "10=n10e0", "15=n15e0",
                          "°C=ucelsius", "15=n15e0", "kg=ukilogram"));
}

TEST(Placeables, WhatMayBeReadTwiceIs) {
  EXPECT_THAT(Find("01/02/2022", "en"),
              ElementsAre("01/02/2022=" + Date(2022, 2, 1) + "|" + Date(2022, 1, 2)));
  EXPECT_THAT(Find("kell 14.30 ja 14:30", "et"),
              ElementsAre("14.30=n143e-1|" + Time(14, 30), "14:30=" + Time(14, 30)));
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

TEST(WriteLike, TakesTheMarksOfTheModel) {
  EXPECT_EQ(Write("1,234.5", "en", "9 876,1", "et"), "1 234,5");
  EXPECT_EQ(Write("1,234.5", "en", "9.876,1", "et"), "1.234,5");
  EXPECT_EQ(Write("12,345", "en", "9\u00A0876", "ru"), "12\u00A0345");
  EXPECT_EQ(Write("12,345", "en", "98765", "ru"), "12345") << "the model does not group";
  EXPECT_EQ(Write("12345", "en", "5", "ru"), "12345") << "the value is not grouped";
  EXPECT_EQ(Write("12,345", "en", "5", "ru"), "12\u00A0345");
  EXPECT_EQ(Write("1,234", "en", "5", "et"), "1234") << "Estonian groups from five digits";
  EXPECT_EQ(Write("2.50", "en", "5", "lt"), "2,50");
  EXPECT_EQ(Write("-5", "en", "\u22127", "et"), "\u22125");
  EXPECT_EQ(Write("3", "et", "21st", "en"), "3rd");
  EXPECT_EQ(Write("112", "et", "21st", "en"), "112th");
  EXPECT_EQ(Write("25", "en", "٣", "ar"), "٢٥");
}

TEST(WriteLike, DoesNotGuessMarks) {
  EXPECT_EQ(Write("1,234,567.5", "en", "9,876,543", "et"), "none") << "a comma groups already";
  EXPECT_EQ(Write("2.5", "en", "21st", "en"), "none");
}

TEST(WriteLike, TakesOrderAndFormOfDates) {
  EXPECT_EQ(Write("3 June 2023", "en", "29. jaanuaril 2022", "et"), "3. juunil 2023");
  EXPECT_EQ(Write("3 September 2023", "en", "29. Jaanuarist 2022", "et"), "3. Septembrist 2023");
  EXPECT_EQ(Write("3 June 2023", "en", "2022 m. sausio 29 d.", "lt"), "2023 m. birželio 3");
  EXPECT_EQ(Write("August 3", "en", "sausį 29", "lt"), "rugpjūtį 3");
  EXPECT_EQ(Write("3 May 2023", "en", "29 ЯНВАРЯ 2022 года", "ru"), "3 МАЯ 2023");
  EXPECT_EQ(Write("март 2023", "ru", "в январе 2022 года", "ru"), "марте 2023");
  EXPECT_EQ(Write("3 июня 2023", "ru", "January 29th, 2022", "en"), "June 3rd, 2023");
  EXPECT_EQ(Write("3 июня 2023", "ru", "29.01.2022", "et"), "3.06.2023");
  EXPECT_EQ(Write("03.06.2023", "ru", "29.01.2022", "et"), "03.06.2023");
  EXPECT_EQ(Write("9:05", "en", "14.30", "et"), "none") << "a time is no number";
  EXPECT_EQ(Write("9:05", "en", "14:30", "et"), "9:05");
}

TEST(WriteLike, KeepsRangesOfDaysTogether) {
  EXPECT_EQ(Write("3–5 June 2023", "en", "12.–14. märtsil 2024", "et"), "3.–5. juunil 2023");
  EXPECT_EQ(Write("3 to 5 June 2023", "en", "2024 m. kovo 12–14 d.", "lt"), "2023 m. birželio 3–5");
  EXPECT_EQ(Write("3.–5. juunil 2023", "et", "с 12 по 14 марта 2024 года", "ru"),
            "3 по 5 июня 2023");
  EXPECT_EQ(Write("3–5 июня 2023", "ru", "12th–14th March 2024", "en"), "3rd–5th June 2023");
  EXPECT_EQ(Write("3–5 June 2023", "en", "14. märtsil 2024", "et"), "none");
  EXPECT_EQ(Write("3 June 2023", "en", "12.–14. märtsil 2024", "et"), "none");
}

TEST(WriteLike, PutsTimesIntoTheOtherClock) {
  EXPECT_EQ(Write("3:05 pm", "en", "14:30", "et"), "15:05");
  EXPECT_EQ(Write("3 p.m.", "en", "14:30", "lt"), "15:00");
  EXPECT_EQ(Write("12 am", "en", "14:30", "ru"), "00:00");
  EXPECT_EQ(Write("15:05", "et", "2:30 p.m.", "en"), "3:05 p.m");
  EXPECT_EQ(Write("09:05", "ru", "2:30 PM", "en"), "9:05 AM");
  EXPECT_EQ(Write("00:00", "lt", "2 pm", "en"), "12 am");
  EXPECT_EQ(Write("12:30", "lt", "2 am", "en"), "12:30 pm");
  EXPECT_EQ(Write("15:05:10", "et", "2:30 p.m.", "en"), "none");
}

// Both stand behind a number.
std::string WriteName(std::string_view value, std::string_view value_language,
                      std::string_view model, std::string_view model_language) {
  const std::string value_text = "5 " + std::string(value);
  const std::string model_text = "5 " + std::string(model);
  const auto values = FindPlaceables(value_text, Language(value_language));
  const auto models = FindPlaceables(model_text, Language(model_language));
  EXPECT_EQ(values.size(), 2U) << value;
  EXPECT_EQ(models.size(), 2U) << model;
  return WriteLike(values.back().readings.front(), models.back().readings.front(), model_text,
                   Language(model_language))
      .value_or("none");
}

TEST(WriteLike, CurrenciesBecomeSignsOrCodesWhereThatIsCertain) {
  const auto write = [](const char* value, const char* model) {
    return WriteName(value, "en", model, "et");
  };
  EXPECT_EQ(write("€", "EUR"), "EUR");
  EXPECT_EQ(write("EUR", "$"), "€");
  EXPECT_EQ(write("USD", "EUR"), "USD");
  EXPECT_EQ(write("$", "EUR"), "none") << "many currencies have that sign";
  EXPECT_EQ(write("USD", "€"), "none");
  EXPECT_EQ(write("euros", "$"), "€");
  EXPECT_EQ(write("dollars", "€"), "$");
  EXPECT_EQ(write("dollars", "EUR"), "none");
  EXPECT_EQ(write("US dollars", "EUR"), "USD");
  EXPECT_EQ(write("$", "eurot"), "none") << "a word, which inflects";
  EXPECT_EQ(WriteName("€", "en", "долл.", "ru"), "none") << "the full stop would stay";
  EXPECT_EQ(WriteName("рублей", "ru", "EUR", "et"), "none") << "of which country";
}

TEST(WriteLike, UnitsTakeTheSignsOfTheLanguage) {
  EXPECT_EQ(WriteName("kg", "en", "км", "ru"), "кг");
  EXPECT_EQ(WriteName("кг", "ru", "km", "lt"), "kg");
  EXPECT_EQ(WriteName("TWh", "en", "MW", "et"), "TWh");
  EXPECT_EQ(WriteName("ТВт·ч", "ru", "MW", "et"), "TWh");
  EXPECT_EQ(WriteName("kilometres", "en", "mi", "en"), "km");
  EXPECT_EQ(WriteName("km", "en", "miili tunnis", "et"), "none");
  EXPECT_EQ(WriteName("miles", "en", "km", "et"), "mi") << "not miili, which CLDR has as short";
}

TEST(WriteLike, WritesOutMagnitudesOnlyWhereNoneIsShown) {
  EXPECT_EQ(Write("2.5 million", "en", "1,5 miljonit", "et"), "2,5");
  EXPECT_EQ(Write("2.5 million", "en", "1 500 000", "et"), "2 500 000");
  EXPECT_EQ(Write("2.1234567 million", "en", "1 500 000", "et"), "2 123 456,7");
  EXPECT_EQ(Write("2.5 billion", "en", "1,5 miljonit", "et"), "none");
  EXPECT_EQ(Write("2,500,000", "en", "1,5 miljonit", "et"), "none");
}

TEST(WriteLike, NeverMakesACentury) {
  EXPECT_EQ(Write("03/06/23", "en", "29.01.22", "et"), "03.06.23");
  EXPECT_EQ(Write("03/06/23", "en", "29.01.2022", "et"), "none");
  EXPECT_EQ(Write("03.06.2023", "et", "29.01.22", "ru"), "none");
  EXPECT_EQ(Write("June '05", "en", "January ’22", "en"), "June ’05");
}

TEST(WriteLike, DoesNotGuessFieldsOrForms) {
  EXPECT_EQ(Write("3 June", "en", "29. jaanuaril 2022", "et"), "none");
  EXPECT_EQ(Write("3 January 2022", "en", "5. mai 2022", "et"), "none")
      << "nominative and genitive of mai are the same";
  EXPECT_EQ(Write("3 June 2022", "en", "5. mai 2022", "et"), "3. juuni 2022");
  EXPECT_EQ(Write("3 мая 2022", "ru", "5 янв. 2022", "ru"), "none") << "мая has no full stop";
  EXPECT_EQ(Write("3. juuni 2022", "et", "5 May 2022", "en"), "3 June 2022");
}

TEST(MayDisagree, FollowsThePluralCategories) {
  const auto differ = [](const std::string& a, const std::string& b, std::string_view language) {
    return MayDisagree({false, a, 0}, {false, b, 0}, Language(language));
  };
  EXPECT_TRUE(differ("1", "2", "ru"));
  EXPECT_TRUE(differ("2", "5", "ru"));
  EXPECT_FALSE(differ("1", "21", "ru"));
  EXPECT_TRUE(differ("1", "2", "et"));
  EXPECT_FALSE(differ("2", "5", "et"));
  EXPECT_TRUE(differ("1", "10", "lt"));
  EXPECT_TRUE(differ("2", "10", "lt"));
  EXPECT_FALSE(differ("1", "21", "lt"));
  EXPECT_TRUE(MayDisagree({false, "5", 0}, {false, "15", -1}, Language("ru"))) << "5 and 1,5";
  EXPECT_FALSE(MayDisagree({false, std::string(10'000, '5'), 0}, {false, "5", 0}, Language("en")));
}

}  // namespace
}  // namespace sild::text
