#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <unicode/numberformatter.h>
#include <unicode/ucurr.h>
#include <unicode/unistr.h>

#include "server/text/amount_names.h"
#include "server/text/case_forms.h"
#include "server/text/char_table.h"
#include "server/text/currencies.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = AmountName::Type;

// Numbers that show all plural categories of a language, the singular first and the plural that
// large numbers have last.
constexpr std::array<double, 5> kCounts = {1, 2, 21, 1.5, 10};

// CLDR's identifiers of units. Not the inch, whose sign is a preposition in English, nor the pound,
// which is money here.
constexpr std::string_view kUnits =
    "kilometer meter centimeter millimeter mile foot yard nautical-mile square-kilometer "
    "square-meter square-centimeter square-mile hectare acre cubic-kilometer cubic-meter liter "
    "milliliter barrel kilogram gram milligram tonne kilometer-per-hour meter-per-second "
    "mile-per-hour knot celsius fahrenheit kilowatt megawatt gigawatt kilowatt-hour megawatt-hour "
    "gigawatt-hour terawatt-hour hertz megahertz gigahertz kilobyte megabyte gigabyte terabyte";

// Forms of currencies that are more often another word of the language, so that they are read as
// currencies only with what says of which country: `South Korean won`. Behind a number in English
// `won` is a verb and `real` an adjective; `так` is Russian for `so`, and `марок` are brands;
// `kiip` is Estonian for a chip, `lekk` for a leak and `rand` for a beach; `kinų` are Lithuanian
// for Chinese people, `batų` shoes, `takų` paths, `vatų` watts, `vonių` baths, and `randa` finds.
struct OrdinaryWords {
  std::string_view language;
  std::string_view words;
};
constexpr std::array<OrdinaryWords, 4> kOrdinaryWords = {
    {{"en", "won real reals mark marks soles"},
     {"et", "mark marka kiip kiipi lekk lekki rand"},
     {"lt",
      "batas bato batai batų batus drama dramos dramų dramas dramai kinas kino kinai kinų kinus "
      "randa realus reali realu realios realių realias taka takos takų takas takai "
      "vatas vato vatai vatų vatus vonia vonios vonių vonias"},
     {"ru",
      "так таки такой такою таком таков добра добры доброй драм драма драмы драмой кин кина марка "
      "марки марке марку маркой марок маркам марками марках реал соль соли тал талой"}}};

std::set<std::string> OrdinaryWordsOf(std::string_view language) {
  for (const OrdinaryWords& of : kOrdinaryWords) {
    if (of.language == language) {
      const std::vector<std::string> words = WordsOf(of.words);
      return {words.begin(), words.end()};
    }
  }
  return {};
}

// What may stand for a currency alone, without its country: the forms of the noun of its name. In
// Russian the word that inflects may be the adjective, `грузинских лари`, and where none does the
// last may be the country.
std::vector<std::string> FormsAlone(std::string_view language, const InflectedName& cut,
                                    const std::vector<std::string>& forms) {
  if (language != "ru") {
    return forms;
  }
  if (IsRussianAdjective(cut.forms.front()) && !cut.behind.empty()) {
    return {cut.behind.substr(1)};
  }
  const bool inflects = std::any_of(cut.forms.begin(), cut.forms.end(),
                                    [&cut](const auto& form) { return form != cut.forms.front(); });
  return inflects || cut.before.empty() ? forms : std::vector<std::string>();
}

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

std::string WithoutDots(std::string sign) {
  constexpr std::string_view kDot = "⋅";
  for (std::size_t at = sign.find(kDot); at != std::string::npos; at = sign.find(kDot)) {
    sign.erase(at, kDot.size());
  }
  return sign;
}

bool HasLetter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (CharTable::Get().ClassOf(NextChar(text, at)) == CharClass::kLetter) {
      return true;
    }
  }
  return false;
}

// What else people write for a sign with `²` or `³`: km2, кв. км.
std::vector<std::string> VariantsOf(const std::string& sign, std::string_view language) {
  struct Abbreviations {
    std::string_view language;
    std::string_view square;
    std::string_view cubic;
  };
  constexpr std::array<Abbreviations, 4> kAbbreviations = {
      {{"en", "sq", "cu"}, {"lt", "kv", "kub"}, {"ru", "кв", "куб"}, {"et", "ruut", "kuup"}}};
  std::vector<std::string> variants = {sign};
  for (const auto& [power, digit] : {std::pair("²", "2"), std::pair("³", "3")}) {
    if (!sign.ends_with(power)) {
      continue;
    }
    const std::string base = sign.substr(0, sign.size() - std::string_view(power).size());
    variants.push_back(base + digit);
    for (const Abbreviations& of : kAbbreviations) {
      if (of.language == language) {
        variants.push_back(std::string(*digit == '2' ? of.square : of.cubic) + " " + base);
      }
    }
  }
  return variants;
}

std::string Format(const icu::number::LocalizedNumberFormatter& formatter, double number) {
  UErrorCode error = U_ZERO_ERROR;
  const std::string text = ToUtf8(formatter.formatDouble(number, error).toString(error));
  return U_FAILURE(error) != 0 ? "" : text;
}

// The name in what a formatter gives for a number: `5 km` has `km`. Empty if it has none behind it.
std::string NameIn(const icu::number::LocalizedNumberFormatter& formatter, double number) {
  const std::string text = Format(formatter, number);
  const std::size_t digit = text.find_last_of("0123456789");
  if (digit == std::string::npos) {
    return "";
  }
  std::size_t begin = digit + 1;
  for (std::size_t at = begin; at < text.size() && IsWhiteSpace(NextChar(text, at));) {
    begin = at;
  }
  return text.substr(begin);
}

icu::number::LocalizedNumberFormatter FormatterOf(const std::string& locale,
                                                  const std::string& unit) {
  UErrorCode error = U_ZERO_ERROR;
  return icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()))
      .unit(icu::MeasureUnit::forIdentifier(unit, error));
}

std::vector<std::string> NamesIn(const icu::number::LocalizedNumberFormatter& formatter) {
  std::vector<std::string> names;
  for (const double count : kCounts) {
    if (std::string name = NameIn(formatter, count); !name.empty()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

}  // namespace

void AmountNames::AddMagnitudes(const std::string& locale) {
  using icu::number::Notation;
  const auto formatter = icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()));
  const auto long_formatter = formatter.notation(Notation::compactLong());
  const auto short_formatter = formatter.notation(Notation::compactShort());
  double factor = 1;
  for (const std::int32_t power : {3, 6, 9, 12}) {
    factor *= 1000;
    const AmountName name{Type::kMagnitude, power, {}, false};
    std::vector<std::string> known;
    for (const double count : kCounts) {
      known.push_back(NameIn(long_formatter, count * factor));
    }
    const std::string one = Format(long_formatter, factor);
    const bool is_one = one.starts_with('1') && one.find_last_of("0123456789") == 0;
    if (!is_one) {  // 100万 and 1000 millones: their words are of another power.
      continue;
    }
    for (const std::string& form : CaseForms(language_, known)) {
      AddWord(form, name);
    }
    if (language_ == "et" && power == 3) {  // Of tuhat.
      for (const std::string& form : CaseForms(language_, {"tuhande"})) {
        AddWord(form, name);
      }
    }
    // English letters alone are too much else; what is written there: see `PlaceableFinder`.
    std::string abbreviation = NameIn(short_formatter, factor);
    if (abbreviation.ends_with('.')) {
      abbreviation.pop_back();
    }
    if (CountChars(abbreviation) > 1) {
      AddShort(abbreviation, name);
    }
  }
}

void AmountNames::AddCurrencySigns() {
  std::map<std::string, std::set<std::string>> codes_of_sign;
  for (const std::string& code : CurrencyCodes()) {
    codes_of_sign[code] = {code};
    for (const std::string& sign : CurrencySigns(code)) {
      if (CountChars(sign) > 1 || IsCurrencySign(ToUtf32(sign).front())) {
        codes_of_sign[sign].insert(code);
      }
    }
  }
  for (const auto& [sign, codes] : codes_of_sign) {
    AddShort(sign, {Type::kCurrency, 0, CurrencyMeanings(codes), true});
  }
  struct Abbreviation {
    std::string_view language;
    const char* text;  // Without full stops, as all keys.
    std::vector<std::string> meanings;
  };
  for (const auto& [language, text, meanings] :
       {Abbreviation{"lt", "Eur", {"EUR"}}, Abbreviation{"ru", "долл", {"$"}},
        Abbreviation{"ru", "долл США", {"USD", "$"}}, Abbreviation{"ru", "руб", {"RUB"}}}) {
    if (language == language_) {
      AddShort(text, {Type::kCurrency, 0, meanings, true});
    }
  }
}

void AmountNames::AddCurrencyWords(const std::string& locale) {
  const std::set<std::string> ordinary_words = OrdinaryWordsOf(language_);
  std::map<std::string, std::set<std::string>> codes_of_word;
  for (const std::string& code : CurrencyCodes()) {
    std::vector<std::string> known;
    for (const char* category : {"one", "few", "many", "other"}) {
      UErrorCode error = U_ZERO_ERROR;
      std::int32_t length = 0;
      icu::UnicodeString text = icu::UnicodeString::fromUTF8(code);
      const UChar* const name = ucurr_getPluralName(text.getTerminatedBuffer(), locale.c_str(),
                                                    nullptr, category, &length, &error);
      known.push_back(ToUtf8(icu::UnicodeString(name, length)));
    }
    const std::optional<InflectedName> cut = CutName(known);
    if (!cut || known.front() == code) {
      continue;
    }
    const std::vector<std::string> forms = CaseForms(language_, cut->forms);
    for (const std::string& form : FormsAlone(language_, *cut, forms)) {
      if (!ordinary_words.contains(form)) {
        codes_of_word[form].insert(code);
      }
    }
    for (const std::string& form : forms) {
      if (!cut->behind.empty()) {
        codes_of_word[form + cut->behind].insert(code);
      }
      if (!cut->before.empty()) {
        codes_of_word[cut->before + form + cut->behind].insert(code);
      }
    }
    for (const std::string& name : known) {
      codes_of_word[name].insert(code);
    }
  }
  for (const auto& [word, codes] : codes_of_word) {
    AddWord(word, {Type::kCurrency, 0, CurrencyMeanings(codes), false});
  }
}

void AmountNames::AddUnitSigns(const std::string& locale) {
  for (const std::string& unit : WordsOf(kUnits)) {
    const auto formatter = FormatterOf(locale, unit);
    const AmountName name{Type::kUnit, 0, {unit}, true};
    for (const UNumberUnitWidth width : {UNUM_UNIT_WIDTH_NARROW, UNUM_UNIT_WIDTH_SHORT}) {
      const std::string sign = NameIn(formatter.unitWidth(width), 5);
      const bool is_word = sign != NameIn(formatter.unitWidth(width), 1);  // miil, miili
      if (is_word || !HasLetter(sign)) {  // ′ and ° are of angles too.
        continue;
      }
      // TW⋅h is TWh in texts of Latin script, whatever the language calls the hour.
      const bool is_product = sign.find("⋅") != std::string::npos;
      if (is_product && static_cast<unsigned char>(sign.front()) < 0x80) {
        if (locale == "en") {
          unit_signs_.emplace(unit, WithoutDots(sign));
        }
      } else if (locale.starts_with(language_)) {
        unit_signs_.emplace(unit, sign);
      }
      for (const std::string& variant : VariantsOf(sign, language_)) {
        AddShort(variant, name);
      }
    }
  }
}

void AmountNames::AddUnits(const std::string& locale) {
  AddUnitSigns(locale);
  for (const std::string& unit : WordsOf(kUnits)) {
    const AmountName name{Type::kUnit, 0, {unit}, false};
    const auto full = FormatterOf(locale, unit).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME);
    const std::vector<std::string> known = NamesIn(full);
    const std::optional<InflectedName> cut = CutName(known);
    for (const std::string& one : known) {
      AddWord(one, name);
    }
    if (cut && !cut->has_other_inflected) {
      for (const std::string& form : CaseForms(language_, cut->forms)) {
        AddWord(cut->before + form + cut->behind, name);
      }
    } else {
      for (const char* grammatical_case : {"genitive", "accusative", "instrumental"}) {
        for (const std::string& one : NamesIn(full.unitDisplayCase(grammatical_case))) {
          AddWord(one, name);
        }
      }
    }
  }
}

}  // namespace sild::text
