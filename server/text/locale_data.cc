#include "server/text/locale_data.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/unistr.h>

#include "server/text/tokens.h"

namespace sild::text {
namespace {

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return utf8;
}

bool IsAvailable(const std::string& locale) {
  static const std::set<std::string>* const kNames = [] {
    auto* names = new std::set<std::string>;  // Never freed, as `CharTable`.
    std::int32_t count = 0;
    const icu::Locale* locales = icu::Locale::getAvailableLocales(count);
    for (std::int32_t i = 0; i < count; ++i) {
      names->insert(locales[i].getName());
    }
    return names;
  }();
  return kNames->contains(locale);
}

// The locale of ICU that a tag falls back to; `root` if there is none.
std::string NearestLocale(const LanguageTag& language) {
  UErrorCode status = U_ZERO_ERROR;
  std::string name = icu::Locale::forLanguageTag(language.str(), status).getBaseName();
  while (!name.empty() && !IsAvailable(name)) {
    const std::size_t cut = name.rfind('_');
    name.resize(cut == std::string::npos ? 0 : cut);
  }
  return name.empty() ? "root" : name;
}

// What CLDR has for the locale; but English of no region is that of many.
FirstOfDate FirstOfDateIn(const std::string& locale) {
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createDateInstance(icu::DateFormat::kShort, icu::Locale(locale.c_str())));
  const auto* const simple = dynamic_cast<const icu::SimpleDateFormat*>(format.get());
  if (simple == nullptr || locale == "en" || locale == "root") {
    return FirstOfDate::kUnknown;
  }
  icu::UnicodeString pattern;
  simple->toPattern(pattern);
  const std::int32_t day = pattern.indexOf(u'd');
  const std::int32_t month = pattern.indexOf(u'M');
  const std::int32_t year = pattern.indexOf(u'y');
  if (day < 0 || month < 0 || year < std::min(day, month)) {
    return FirstOfDate::kUnknown;
  }
  return day < month ? FirstOfDate::kDay : FirstOfDate::kMonth;
}

bool EndsWithDot(std::string_view name) { return name.ends_with('.'); }

// `stem` without the last `count` bytes, and `ending`.
std::string Ending(std::string_view name, std::size_t count, std::string_view ending) {
  return std::string(name.substr(0, name.size() - count)).append(ending);
}

using Column = std::array<std::string, 12>;

// `jaanuar` gives `jaanuari`, `september` `septembri`, `mai` `mai`.
Column EstonianGenitive(const Column& nominative) {
  Column genitive;
  for (std::size_t i = 0; i < nominative.size(); ++i) {
    const std::string& name = nominative[i];
    genitive[i] = name.ends_with('i')    ? name
                  : name.ends_with("er") ? Ending(name, 2, "ri")
                                         : name + "i";
  }
  return genitive;
}

// A Lithuanian form: of names in -is and -as made from nominative or genitive, of -a and -ė from
// the nominative.
struct LithuanianEndings {
  std::string_view masculine_i;  // For -is.
  std::string_view masculine_a;  // For -as.
  std::string_view feminine_a;   // For -a.
  std::string_view feminine_e;   // For -ė.
  bool from_genitive;            // The stem before -o: rugpjūčio gives rugpjūči-.
};

std::string LithuanianForm(const std::string& nominative, const std::string& genitive,
                           const LithuanianEndings& endings) {
  if (nominative.ends_with('a')) {
    return Ending(nominative, 1, endings.feminine_a);
  }
  if (nominative.ends_with("ė")) {
    return Ending(nominative, 2, endings.feminine_e);
  }
  const std::string_view ending =
      nominative.ends_with("as") ? endings.masculine_a : endings.masculine_i;
  return endings.from_genitive ? Ending(genitive, 1, ending) : Ending(nominative, 2, ending);
}

// A Russian form from the genitive: января gives январ-.
std::string RussianForm(const std::string& genitive, std::string_view soft, std::string_view hard) {
  return Ending(genitive, 2, genitive.ends_with("я") ? soft : hard);
}

}  // namespace

MonthNames::MonthNames(const std::string& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale icu_locale(locale.c_str());
  const icu::DateFormatSymbols symbols(icu_locale, status);
  const auto column = [&symbols](icu::DateFormatSymbols::DtContextType context,
                                 icu::DateFormatSymbols::DtWidthType width) {
    std::int32_t count = 0;
    const icu::UnicodeString* names = symbols.getMonths(count, context, width);
    Column result;
    for (std::int32_t i = 0; i < std::min<std::int32_t>(count, 12); ++i) {
      result[static_cast<std::size_t>(i)] = ToUtf8(names[i]);
    }
    return result;
  };
  const Column genitive = column(icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::WIDE);
  const Column nominative =
      column(icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::WIDE);
  Add(genitive);
  Add(nominative);
  AddDerived(icu_locale.getLanguage(), genitive, nominative);
  full_columns_ = columns_.size();
  Add(column(icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::ABBREVIATED));
  Add(column(icu::DateFormatSymbols::STANDALONE, icu::DateFormatSymbols::ABBREVIATED));
  if (const Name* const september = Find("sep"); september != nullptr) {
    by_word_.emplace("sept", *september);  // In English, where CLDR has Sep.
  }
}

void MonthNames::Add(const Column& column) {
  if (std::find(columns_.begin(), columns_.end(), column) != columns_.end()) {
    return;
  }
  const auto form = static_cast<std::uint8_t>(columns_.size());
  columns_.push_back(column);
  for (std::size_t i = 0; i < column.size(); ++i) {
    const TokenizedText text = Tokenize(column[i]);
    const std::size_t words = EndsWithDot(column[i]) ? 2 : 1;
    if (text.tokens.size() != words || text.tokens[0].token_class != TokenClass::kWord) {
      continue;  // A number with a word, as in Chinese: read as numbers.
    }
    Name& name = by_word_[std::string(text.Folded(text.tokens[0]))];
    const auto month = static_cast<std::int32_t>(i + 1);
    if (name.forms.empty()) {
      name.month = month;
    }
    if (name.month == month) {
      name.forms.push_back(form);
    }
  }
}

void MonthNames::AddDerived(std::string_view language, const Column& genitive,
                            const Column& nominative) {
  const auto add = [this](auto make) {
    Column column;
    for (std::size_t i = 0; i < column.size(); ++i) {
      column[i] = make(i);
    }
    Add(column);
  };
  if (language == "et") {
    const Column stems = EstonianGenitive(nominative);
    for (const std::string_view ending :
         {"", "s", "st", "le", "l", "lt", "ks", "ni", "na", "ta", "ga", "sse"}) {
      add([&](std::size_t i) { return stems[i] + std::string(ending); });
    }
  } else if (language == "lt") {
    for (const LithuanianEndings& endings : {
             LithuanianEndings{"ui", "ui", "ai", "ei", true},
             LithuanianEndings{"į", "ą", "ą", "ę", false},
             LithuanianEndings{"u", "u", "a", "e", true},
             LithuanianEndings{"yje", "e", "oje", "ėje", false},
         }) {
      add([&](std::size_t i) { return LithuanianForm(nominative[i], genitive[i], endings); });
    }
  } else if (language == "ru") {
    add([&](std::size_t i) { return RussianForm(genitive[i], "ю", "у"); });
    add([&](std::size_t i) { return RussianForm(genitive[i], "е", "е"); });
    add([&](std::size_t i) {  // The stress is on the ending but in four of them: апре́лем.
      const bool is_unstressed = i >= 3 && i <= 6;
      return RussianForm(genitive[i], is_unstressed ? "ем" : "ём", "ом");
    });
    add([&](std::size_t i) { return RussianForm(genitive[i], "ем", "ом"); });
  }
}

const MonthNames::Name* MonthNames::Find(std::string_view folded) const {
  const auto found = by_word_.find(std::string(folded));
  return found == by_word_.end() ? nullptr : &found->second;
}

std::string MonthNames::InForm(std::int32_t month, const std::vector<std::uint8_t>& forms) const {
  // A name that is as short as its abbreviation (May) is taken as the name.
  const bool is_full = !forms.empty() && forms.front() < full_columns_;
  std::string result;
  for (const std::uint8_t form : forms) {
    if (is_full && form >= full_columns_) {
      continue;
    }
    const std::string& name = columns_[form][static_cast<std::size_t>(month - 1)];
    const std::string word = EndsWithDot(name) ? Ending(name, 1, "") : name;
    if (word.empty() || (!result.empty() && word != result)) {
      return "";
    }
    result = word;
  }
  return result;
}

const LocaleData& LocaleData::Get(const LanguageTag& language) {
  static std::mutex* const mutex = new std::mutex;  // Guards `known`; neither is ever freed.
  static auto* const known = new std::map<std::string, std::unique_ptr<const LocaleData>>;
  const std::string locale = NearestLocale(language);
  const std::lock_guard lock(*mutex);
  std::unique_ptr<const LocaleData>& data = (*known)[locale];
  if (data == nullptr) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(icu::Locale(locale.c_str()), status);
    const icu::UnicodeString thousand =
        icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()))
            .formatInt(1000, status)
            .toString(status);
    const bool groups_thousand = thousand.countChar32() > 4;
    using Symbols = icu::DecimalFormatSymbols;
    data = std::make_unique<const LocaleData>(LocaleData{
        locale, ToUtf8(symbols.getConstSymbol(Symbols::kDecimalSeparatorSymbol)),
        ToUtf8(symbols.getConstSymbol(Symbols::kGroupingSeparatorSymbol)), groups_thousand ? 1 : 2,
        FirstOfDateIn(locale), MonthNames(locale), AmountNames(locale)});
  }
  return *data;
}

bool LocaleData::HasSpaceGroups() const { return group == "\u00A0" || group == "\u202F"; }

std::string LocaleData::PluralCategory(const Decimal& number) const {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale icu_locale(locale.c_str());
  const std::unique_ptr<const icu::PluralRules> rules(
      icu::PluralRules::forLocale(icu_locale, status));
  std::string plain = number.digits;
  plain.append("E").append(std::to_string(number.exponent));
  const icu::number::FormattedNumber formatted =
      icu::number::NumberFormatter::withLocale(icu_locale)
          .precision(icu::number::Precision::fixedFraction(std::min(-number.exponent, 900)))
          .formatDecimal({plain.data(), static_cast<std::int32_t>(plain.size())}, status);
  return U_FAILURE(status) ? std::string() : ToUtf8(rules->select(formatted, status));
}

std::string LocaleData::InCaseOf(std::string_view model, const std::string& word) const {
  const icu::UnicodeString shown =
      icu::UnicodeString::fromUTF8({model.data(), static_cast<std::int32_t>(model.size())});
  icu::UnicodeString result = icu::UnicodeString::fromUTF8(word);
  const icu::Locale icu_locale(locale.c_str());
  icu::UnicodeString upper = shown;
  icu::UnicodeString lower = shown;
  upper.toUpper(icu_locale);
  lower.toLower(icu_locale);
  if (shown == lower) {
    return word;
  }
  if (shown == upper && shown.countChar32() > 1) {
    return ToUtf8(result.toUpper(icu_locale));
  }
  const std::int32_t first = result.moveIndex32(0, 1);
  icu::UnicodeString initial = result.tempSubString(0, first);
  initial.toUpper(icu_locale);
  return ToUtf8(initial.append(result, first, result.length() - first));
}

}  // namespace sild::text
