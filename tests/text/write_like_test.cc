#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/placeables.h"
#include "tests/text/shown_placeables.h"

namespace sild::text {
namespace {

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

TEST(WriteLike, NumeralsTakeTheLettersOfTheModel) {
  EXPECT_EQ(Write("ХХ", "ru", "XXI", "lt"), "XX");
  EXPECT_EQ(Write("XX", "lt", "XXI", "ru"), "XX");
  EXPECT_EQ(Write("2023/0155(COD)", "en", "2022/0047 (COD)", "et"), "2023/0155 (COD)");
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
  EXPECT_EQ(WriteName("miles", "en", "km", "et"), "none") << "nobody writes mi there";
  EXPECT_EQ(WriteName("miles", "en", "ft", "et"), "mi");
  EXPECT_EQ(WriteName("miili", "et", "km", "en"), "mi");
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
