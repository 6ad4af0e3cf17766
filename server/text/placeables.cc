#include "server/text/placeables.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "server/text/amount_names.h"
#include "server/text/char_table.h"
#include "server/text/locale_data.h"
#include "server/text/moment_reading.h"
#include "server/text/normalize.h"
#include "server/text/number_reading.h"
#include "server/text/placeable_items.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = PlaceableItem::Type;

// What English writes for millions: £125m, 2.8bn. `needs_currency`: without one it is too much
// else.
struct MagnitudeLetters {
  std::string_view letters;
  std::int32_t power;
  bool needs_currency;
};
constexpr std::array<MagnitudeLetters, 9> kEnglishMagnitudes = {{{"k", 3, true},
                                                                 {"m", 6, true},
                                                                 {"mn", 6, false},
                                                                 {"mln", 6, false},
                                                                 {"b", 9, true},
                                                                 {"bn", 9, false},
                                                                 {"t", 12, true},
                                                                 {"tn", 12, false},
                                                                 {"trn", 12, false}}};

// Finds the placeables of a text in normal form C.
class PlaceableFinder {
 public:
  PlaceableFinder(std::string_view text, const LocaleData& locale)
      : text_(text), locale_(locale), items_(CutPlaceableItems(text)) {}

  std::vector<Placeable> Run() {
    while (at_ < items_.size()) {
      const PlaceableItem& item = items_[at_];
      if (item.type == Type::kAddress) {
        AddVerbatim(PlaceableKind::kAddress, at_ + 1);
      } else if (item.type == Type::kPlaceholder) {
        const bool is_markup = item.text.starts_with('<');
        AddVerbatim(is_markup ? PlaceableKind::kMarkup : PlaceableKind::kPlaceholder, at_ + 1);
      } else if (item.type == Type::kCode) {
        AddVerbatim(PlaceableKind::kCode, at_ + 1);
      } else if (item.type == Type::kIdentifier || item.type == Type::kNumeral) {
        std::string meaning = item.text;
        AddVerbatim(PlaceableKind::kCode, at_ + 1);
        found_.back().readings.front().meaning = std::move(meaning);
      } else if (auto moment = ReadMoment(text_, Rest(), locale_)) {
        const std::vector<MomentPart>& parts = moment->readings.front().parts;
        const ByteRange range{parts.front().range.begin, parts.back().range.end};
        found_.push_back({range, std::move(moment->readings), range});
        at_ += moment->items;
      } else if (item.type == Type::kDigits) {
        TakeDigits();
      } else {
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  std::span<const PlaceableItem> Rest() const { return std::span(items_).subspan(at_); }

  void AddVerbatim(PlaceableKind kind, std::size_t end) {
    const ByteRange range{items_[at_].range.begin, items_[end - 1].range.end};
    Reading reading;
    reading.kind = kind;
    reading.verbatim = text_.substr(range.begin, range.end - range.begin);
    found_.push_back({range, {std::move(reading)}, range});
    at_ = end;
  }

  // Digits that single marks join: one number, a code (1.2.3), or a number each.
  void TakeDigits() {
    const std::size_t end = ChainEnd();
    std::vector<DigitGroup> groups;
    for (std::size_t i = at_; i < end; ++i) {
      groups.push_back({i == at_ ? "" : std::string(GapBefore(i)), items_[i].text});
    }
    if (groups.size() == 1 && IsZeroFilled(groups.front().digits)) {
      AddVerbatim(PlaceableKind::kCode, end);  // 007
      return;
    }
    std::vector<Reading> readings = ReadNumber(groups, locale_);
    if (!readings.empty()) {
      AddNumber(end, std::move(readings));
      return;
    }
    const bool is_dotted = std::all_of(groups.begin() + 1, groups.end(),
                                       [](const DigitGroup& group) { return group.mark == "."; });
    if (is_dotted) {
      AddVerbatim(PlaceableKind::kCode, end);
    } else {  // 1,2,3
      while (at_ < end) {
        AddNumber(at_ + 1, ReadNumber({{"", items_[at_].text}}, locale_));
      }
    }
  }

  static bool IsZeroFilled(std::string_view digits) {
    constexpr std::size_t kLongest = 2;  // Of what may be a day or an hour.
    return digits.size() > kLongest && digits.starts_with('0');
  }

  // Whether one letter is joined to the digits before item `end` that is part of them, as in 12B:
  // no sign of a unit or magnitude, as in 5m, and not that of 1990s.
  bool HasLetterBehind(std::size_t end) const {
    if (end >= items_.size() || items_[end].type != Type::kWord || !GapBefore(end).empty() ||
        CountChars(items_[end].text) != 1) {
      return false;
    }
    const std::string_view letter = items_[end].text;
    constexpr char32_t kFirstWithoutCase = 0x590;  // Hebrew; 5万 is a number with a word.
    std::size_t first = 0;
    if (NextChar(letter, first) >= kFirstWithoutCase) {
      return false;
    }
    const bool is_english = locale_.locale.starts_with("en");
    const bool is_whole = end == at_ + 1;
    if (is_english && (std::string_view("kmts").find(letter) != std::string_view::npos ||
                       (letter == "b" && !is_whole))) {
      return false;
    }
    const bool is_of_sum =
        is_english && letter == "b" && locale_.names.FindBefore(text_, items_[at_].range.begin);
    const auto name = locale_.names.FindBehind(text_, items_[end].range.begin);
    return !is_of_sum && !(name && name->range.begin == items_[end].range.begin);
  }

  void AddNumber(std::size_t end, std::vector<Reading> readings) {
    if (HasLetterBehind(end)) {
      AddVerbatim(PlaceableKind::kCode, end + 1);
      return;
    }
    ByteRange range{items_[at_].range.begin, items_[end - 1].range.end};
    const std::uint32_t last_end = found_.empty() ? 0 : found_.back().range.end;
    const std::string minus = MinusBefore(text_, range.begin, last_end);
    const bool is_ordinal = end == at_ + 1 && locale_.locale.starts_with("en") &&
                            end < items_.size() && GapBefore(end).empty() &&
                            items_[end].text == OrdinalEnding(items_[at_].text);
    for (Reading& reading : readings) {
      reading.number.is_negative = !minus.empty();
      reading.style.minus = minus;
      reading.style.zero = items_[at_].zero;
      reading.style.is_ordinal = is_ordinal;
    }
    if (end == at_ + 2 && minus.empty() && GapBefore(at_ + 1) == ".") {
      for (Reading& reading : ReadShortMoment(items_[at_], items_[at_ + 1])) {
        readings.push_back(std::move(reading));
      }
    }
    range.begin -= static_cast<std::uint32_t>(minus.size());
    if (is_ordinal) {
      range.end = items_[end].range.end;
      ++end;
    }
    const auto currency = locale_.names.FindBefore(text_, range.begin);
    if (currency) {
      AddName(*currency);
    }
    found_.push_back({range, std::move(readings), range});
    at_ = end;
    if (!is_ordinal) {
      TakeNamesBehind(currency.has_value());
    }
  }

  // Takes the magnitude, currency or unit behind the number that was found last.
  void TakeNamesBehind(bool has_currency) {
    std::uint32_t place = found_.back().range.end;
    auto name = locale_.names.FindBehind(text_, place);
    std::optional<Magnitude> magnitude;
    if (const MagnitudeLetters* const letters = EnglishLetters()) {
      if (has_currency || !letters->needs_currency) {
        magnitude = Magnitude{letters->power, true};
        place = items_[at_].range.end;
      } else if (GapBefore(at_).empty()) {  // 2.4m people, or metres
        AddWithMagnitude({letters->power, true}, found_.back());
      }
    }
    if (!magnitude && name && name->name.type == AmountName::Type::kMagnitude) {
      magnitude = Magnitude{name->name.power, name->name.is_short};
      place = name->range.end;
    }
    if (magnitude) {
      found_.back().whole.end = place;
      SetMagnitude(*magnitude);
      const bool has_stop = magnitude->is_short && text_.substr(place).starts_with('.');
      name = locale_.names.FindBehind(text_, place + (has_stop ? 1 : 0));
    }
    if (name && name->name.type != AmountName::Type::kMagnitude && !IsOfNext(*name) &&
        !IsOfYear(*name)) {
      AddName(*name);
      place = name->range.end;
    }
    while (at_ < items_.size() && items_[at_].range.begin < place) {
      ++at_;
    }
  }

  // The letters that stand for a magnitude behind the number that was found last, or null.
  const MagnitudeLetters* EnglishLetters() const {
    if (!locale_.locale.starts_with("en") || at_ >= items_.size() ||
        items_[at_].type != Type::kWord) {
      return nullptr;
    }
    const std::string_view gap = GapBefore(at_);
    const auto found =
        std::find_if(kEnglishMagnitudes.begin(), kEnglishMagnitudes.end(),
                     [&](const auto& one) { return one.letters == items_[at_].text; });
    const bool is_near = gap.empty() || gap == " " || gap == "\u00A0";
    return is_near && found != kEnglishMagnitudes.end() ? &*found : nullptr;
  }

  // Whether a sign of a currency is that of the number that follows it.
  bool IsOfNext(const FoundAmountName& name) const {
    const std::uint32_t end = name.range.end;
    return name.name.type == AmountName::Type::kCurrency && end < text_.size() && IsDigitAt(end);
  }

  // Whether what is read as metres or grams says that the number before it is a year: 2022 m. in
  // Lithuanian, 2022 г. in Russian; without the full stop only from 1000 to 2100.
  bool IsOfYear(const FoundAmountName& name) const {
    constexpr std::size_t kYearDigits = 4;
    const Reading& number = found_.back().readings.front();
    const std::string& unit = name.name.meanings.front();
    const bool is_letter = locale_.locale.starts_with("lt")   ? unit == "meter"
                           : locale_.locale.starts_with("ru") ? unit == "gram"
                                                              : false;
    const std::string& digits = number.number.digits;
    const bool is_likely =
        text_.substr(name.range.end).starts_with('.') || (digits >= "1000" && digits <= "2100");
    return is_letter && name.name.is_short && digits.size() == kYearDigits && is_likely &&
           number.number.exponent == 0 && number.style.group.empty();
  }

  static void SetMagnitude(Magnitude magnitude, std::span<Reading> readings) {
    for (Reading& reading : readings) {
      if (reading.kind == PlaceableKind::kNumber) {
        reading.magnitude = magnitude;
      }
    }
  }

  // Adds the readings that a number has if it has a magnitude.
  static void AddWithMagnitude(Magnitude magnitude, Placeable& number) {
    std::vector<Reading> same = number.readings;
    SetMagnitude(magnitude, same);
    number.readings.insert(number.readings.end(), same.begin(), same.end());
  }

  // Gives the number that was found last a magnitude. One that begins a range with it may have it
  // too: 3–5 million.
  void SetMagnitude(Magnitude magnitude) {
    SetMagnitude(magnitude, found_.back().readings);
    const bool has_sign = found_.size() > 1 &&
                          found_[found_.size() - 2].kind() == PlaceableKind::kCurrency &&
                          found_[found_.size() - 2].range.end + 1 >= found_.back().range.begin;
    const std::size_t last = found_.size() - (has_sign ? 2 : 1);
    if (last == 0 || found_[last - 1].kind() != PlaceableKind::kNumber) {
      return;
    }
    Placeable& first = found_[last - 1];
    if (first.readings.front().magnitude.power == 0 &&
        JoinsRange(text_.substr(first.range.end, found_[last].range.begin - first.range.end))) {
      AddWithMagnitude(magnitude, first);
    }
  }

  void AddName(const FoundAmountName& found) {
    const ByteRange range = found.range;
    if (!found_.empty() && found_.back().range.end > range.begin) {
      return;
    }
    Placeable placeable{range, {}, range};
    for (const std::string& meaning : found.name.meanings) {
      Reading& reading = placeable.readings.emplace_back();
      reading.kind = found.name.type == AmountName::Type::kUnit ? PlaceableKind::kUnit
                                                                : PlaceableKind::kCurrency;
      reading.verbatim = text_.substr(range.begin, range.end - range.begin);
      reading.meaning = meaning;
      reading.is_word = !found.name.is_short;
    }
    found_.push_back(std::move(placeable));
  }

  bool IsDigitAt(std::size_t place) const {
    return CharTable::Get().ClassOf(NextChar(text_, place)) == CharClass::kDigit;
  }

  // Behind the digits that single marks join to those at hand. A space joins groups of three if
  // the language groups so.
  std::size_t ChainEnd() const {
    std::size_t end = at_ + 1;
    while (end < items_.size() && items_[end].type == Type::kDigits &&
           items_[end].zero == items_[at_].zero && IsMark(end)) {
      ++end;
    }
    return end;
  }

  bool IsMark(std::size_t item) const {
    const std::string_view gap = GapBefore(item);
    const bool is_group = items_[item].text.size() == 3 && items_[item - 1].text.size() <= 3;
    if (gap == " ") {
      return is_group && locale_.HasSpaceGroups();
    }
    if (gap == "\u00A0" || gap == "\u202F" || gap == "\u2009" || gap == "'" || gap == "’") {
      return is_group;
    }
    return gap == "." || gap == ",";
  }

  std::string_view GapBefore(std::size_t item) const {
    const std::size_t begin = items_[item - 1].range.end;
    return text_.substr(begin, items_[item].range.begin - begin);
  }

  std::string_view text_;
  const LocaleData& locale_;
  std::vector<PlaceableItem> items_;
  std::size_t at_ = 0;
  std::vector<Placeable> found_;
};

void MoveToOriginal(const NormalizedText& normalized, std::vector<Placeable>& placeables) {
  for (Placeable& placeable : placeables) {
    placeable.range = normalized.ToOriginal(placeable.range);
    placeable.whole = normalized.ToOriginal(placeable.whole);
    for (Reading& reading : placeable.readings) {
      for (MomentPart& part : reading.parts) {
        part.range = normalized.ToOriginal(part.range);
      }
    }
  }
}

}  // namespace

bool JoinsRange(std::string_view gap) {
  constexpr std::array<std::string_view, 13> kMarks = {
      "-", "\u2013", "\u2014", "to", "and", "kuni", "ja", "iki", "ir", "до", "и", "or", "või"};
  while (!gap.empty() && gap.front() == ' ') {
    gap.remove_prefix(1);
  }
  while (gap.ends_with(' ')) {
    gap.remove_suffix(1);
  }
  return std::find(kMarks.begin(), kMarks.end(), gap) != kMarks.end();
}

std::vector<Placeable> FindPlaceables(std::string_view text, const LanguageTag& language) {
  const LocaleData& locale = LocaleData::Get(language);
  if (IsNfc(text)) {
    return PlaceableFinder(text, locale).Run();
  }
  const NormalizedText normalized(text);
  std::vector<Placeable> placeables = PlaceableFinder(normalized.text(), locale).Run();
  MoveToOriginal(normalized, placeables);
  return placeables;
}

}  // namespace sild::text
