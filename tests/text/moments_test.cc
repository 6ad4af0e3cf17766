#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/placeables.h"
#include "tests/text/shown_placeables.h"

namespace sild::text {
namespace {

using ::testing::ElementsAre;

TEST(Moments, DatesAreReadInAllLanguages) {
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

TEST(Moments, RangesOfDaysAreOne) {
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

TEST(Moments, YearsOfTwoDigitsAreOfNoCentury) {
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

TEST(Moments, WhatIsNoRangeOfDaysIsNone) {
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

TEST(Moments, EnglishTimesOfTwelveHoursAreReadAsOf24) {
  EXPECT_THAT(Find("at 2:30 p.m. or 2.30pm, 12 am, 12:05 PM, 9 a.m.", "en"),
              ElementsAre("2:30 p.m=" + Time(14, 30), "2.30pm=" + Time(14, 30),
                          "12 am=" + Time(0, 0), "12:05 PM=" + Time(12, 5), "9 a.m=" + Time(9, 0)));
  EXPECT_THAT(Find("14 pm, 0 am, 3 a day, 3 amps", "en"),
              ElementsAre("14=n14e0", "0=n0", "3=n3e0", "3=n3e0"));
  EXPECT_THAT(Find("kell 2 am", "et"), ElementsAre("2=n2e0"));
}

TEST(Moments, MonthsAreReadInTheirCases) {
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

TEST(Moments, DecimalsAndSharesBehindMonthsAreNoDays) {
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

TEST(Moments, WhatMayBeReadTwiceIs) {
  EXPECT_THAT(Find("01/02/2022", "en"),
              ElementsAre("01/02/2022=" + Date(2022, 2, 1) + "|" + Date(2022, 1, 2)));
  EXPECT_THAT(Find("kell 14.30 ja 14:30", "et"),
              ElementsAre("14.30=n143e-1|" + Time(14, 30), "14:30=" + Time(14, 30)));
}

TEST(Moments, DayAndMonthStandAsInTheRegion) {
  EXPECT_THAT(Find("03/04/2022, 3-4-2022, 29/01/2022", "en-US"),
              ElementsAre("03/04/2022=" + Date(2022, 3, 4), "3-4-2022=" + Date(2022, 3, 4),
                          "29/01/2022=" + Date(2022, 1, 29)));
  EXPECT_THAT(Find("03/04/2022, 01/29/2022", "en-GB"),
              ElementsAre("03/04/2022=" + Date(2022, 4, 3), "01/29/2022=" + Date(2022, 1, 29)));
  for (const char* const language : {"en", "en-ZA"}) {  // South Africa has the year first.
    EXPECT_THAT(Find("03-04-2022, 03.04.2022", language),
                ElementsAre("03-04-2022=" + Date(2022, 4, 3) + "|" + Date(2022, 3, 4),
                            "03.04.2022=" + Date(2022, 4, 3) + "|" + Date(2022, 3, 4)));
  }
  EXPECT_THAT(Find("03/04/2022, 03.04.2022", "et"),
              ElementsAre("03/04/2022=" + Date(2022, 4, 3), "03.04.2022=" + Date(2022, 4, 3)));
}

TEST(Moments, SharesAndAmountsBehindMonthsAreNoDays) {
  EXPECT_THAT(Find("in May 6 percent, in May 6 per cent, in May 6 million, May 6 people", "en"),
              ElementsAre("6=n6e0", "6=n6e0", "6=n6000000e0", "May 6=" + Date(-1, 5, 6)));
  EXPECT_THAT(Find("mais 6 protsenti, mais 6 km", "et"),
              ElementsAre("6=n6e0", "6=n6e0", "km=ukilometer"));
  EXPECT_THAT(Find("gegužę 6 proc., gegužės 6 d., gegužę 6 mln. eurų", "lt"),
              ElementsAre("6=n6e0", "gegužės 6=" + Date(-1, 5, 6), "6=n6000000e0", "eurų=mEUR"));
  EXPECT_THAT(Find("в мае 6 процентов", "ru"), ElementsAre("6=n6e0"));
}

}  // namespace
}  // namespace sild::text
