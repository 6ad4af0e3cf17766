#include "server/text/placeables.h"

#include <algorithm>
#include <span>

#include "server/text/char_table.h"
#include "server/text/currencies.h"
#include "server/text/locale_data.h"
#include "server/text/moment_reading.h"
#include "server/text/normalize.h"
#include "server/text/number_reading.h"
#include "server/text/placeable_items.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = PlaceableItem::Type;

constexpr std::uint32_t kCodeBytes = 3;  // Of a currency.

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
      } else if (auto moment = ReadMoment(text_, Rest(), locale_)) {
        const std::vector<MomentPart>& parts = moment->readings.front().parts;
        found_.push_back(
            {{parts.front().range.begin, parts.back().range.end}, std::move(moment->readings)});
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
    found_.push_back({range, {std::move(reading)}});
    at_ = end;
  }

  // Digits that single marks join: one number, a code (1.2.3), or a number each.
  void TakeDigits() {
    const std::size_t end = ChainEnd();
    std::vector<DigitGroup> groups;
    for (std::size_t i = at_; i < end; ++i) {
      groups.push_back({i == at_ ? "" : std::string(GapBefore(i)), items_[i].text});
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

  void AddNumber(std::size_t end, std::vector<Reading> readings) {
    ByteRange range{items_[at_].range.begin, items_[end - 1].range.end};
    const std::string minus = MinusBefore(range.begin);
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
    AddCurrency(CurrencyBefore(range.begin));
    found_.push_back({range, std::move(readings)});
    AddCurrency(CurrencyBehind(range.end));
    at_ = end;
  }

  void AddCurrency(ByteRange range) {
    if (!range.empty() && (found_.empty() || found_.back().range.end <= range.begin)) {
      Reading reading;
      reading.kind = PlaceableKind::kCurrency;
      reading.verbatim = text_.substr(range.begin, range.end - range.begin);
      found_.push_back({range, {std::move(reading)}});
    }
  }

  // The sign or code of a currency before a number, or behind it, with a space between at most.
  // Empty if there is none.
  ByteRange CurrencyBefore(std::uint32_t begin) const {
    std::uint32_t end = begin;
    if (const std::uint32_t space = CharBefore(end); space < end && IsSpaceAt(space)) {
      end = space;
    }
    const std::uint32_t sign = CharBefore(end);
    const bool is_sign = sign < end && IsCurrencySign(CharAt(sign)) && !IsLetterBefore(sign);
    if (is_sign) {
      return {sign, end};
    }
    const bool is_code = end >= kCodeBytes &&
                         IsCurrencyCode(text_.substr(end - kCodeBytes, kCodeBytes)) &&
                         !IsLetterBefore(end - kCodeBytes);
    return is_code ? ByteRange{end - kCodeBytes, end} : ByteRange{end, end};
  }

  ByteRange CurrencyBehind(std::uint32_t begin) const {
    std::size_t after = begin;
    if (begin < text_.size() && IsWhiteSpace(NextChar(text_, after))) {
      begin = static_cast<std::uint32_t>(after);
    }
    after = begin;
    if (begin < text_.size() && IsCurrencySign(NextChar(text_, after))) {
      // A sign that another number follows is that one's.
      const bool is_free = after == text_.size() || !IsDigitAt(after);
      return is_free ? ByteRange{begin, static_cast<std::uint32_t>(after)}
                     : ByteRange{begin, begin};
    }
    const std::uint32_t end = begin + kCodeBytes;
    const bool is_code = end <= text_.size() && IsCurrencyCode(text_.substr(begin, kCodeBytes)) &&
                         (end == text_.size() || !IsLetterAt(end));
    return is_code ? ByteRange{begin, end} : ByteRange{begin, begin};
  }

  std::uint32_t CharBefore(std::uint32_t place) const {
    std::uint32_t before = place;
    while (before > 0 && !IsCharStart(text_[--before])) {
    }
    return before;
  }
  char32_t CharAt(std::size_t place) const { return NextChar(text_, place); }
  bool IsSpaceAt(std::size_t place) const { return IsWhiteSpace(CharAt(place)); }
  bool IsLetterAt(std::size_t place) const {
    return CharTable::Get().ClassOf(CharAt(place)) == CharClass::kLetter;
  }
  bool IsDigitAt(std::size_t place) const {
    return CharTable::Get().ClassOf(CharAt(place)) == CharClass::kDigit;
  }
  bool IsLetterBefore(std::uint32_t place) const {
    return place > 0 && IsLetterAt(CharBefore(place));
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

  // The sign before a number: a minus, or a hyphen that joins nothing to the number.
  std::string MinusBefore(std::size_t begin) const {
    constexpr std::string_view kMinus = "\u2212";
    const std::string_view before = text_.substr(0, begin);
    const std::string_view sign = before.ends_with(kMinus) ? kMinus
                                  : before.ends_with('-')  ? std::string_view("-")
                                                           : std::string_view();
    const std::string_view further = before.substr(0, before.size() - sign.size());
    const bool is_free =
        further.empty() ||
        std::string_view(" \t\n([{\"'=;,:").find(further.back()) != std::string_view::npos ||
        further.ends_with("\u00A0");
    return is_free ? std::string(sign) : "";
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
    for (Reading& reading : placeable.readings) {
      for (MomentPart& part : reading.parts) {
        part.range = normalized.ToOriginal(part.range);
      }
    }
  }
}

std::vector<MomentField> FieldsOf(const Reading& reading) {
  std::vector<MomentField> fields;
  for (const MomentPart& part : reading.parts) {
    if (part.field != MomentField::kPeriod) {
      fields.push_back(part.field);
    }
  }
  return fields;
}

bool HaveOneOrder(const Reading& a, const Reading& b) {
  const std::vector<MomentField> fields = FieldsOf(a);
  const std::vector<MomentField> others = FieldsOf(b);
  const auto has_name = [](const MomentPart& part) {
    return part.field == MomentField::kMonth && part.digits == 0;
  };
  const bool is_named = std::any_of(a.parts.begin(), a.parts.end(), has_name) ||
                        std::any_of(b.parts.begin(), b.parts.end(), has_name);
  return is_named ? fields.size() == others.size() : fields == others;
}

// Writes a currency as a sign or as a code, as `model` is.
std::optional<std::string> WriteCurrency(const std::string& value, const std::string& model) {
  if (IsCurrencyCode(value) == IsCurrencyCode(model)) {
    return value;
  }
  const std::string other = IsCurrencyCode(value) ? SignOfCode(value) : CodeOfSign(value);
  return other.empty() ? std::nullopt : std::optional(other);
}

}  // namespace

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

std::string ValueKey(const Reading& reading) {
  switch (reading.kind) {
    case PlaceableKind::kNumber:
      return "n" + NumberKey(reading.number);
    case PlaceableKind::kDate:
    case PlaceableKind::kTime: {
      std::vector<std::int32_t> values(6, -1);
      for (const MomentPart& part : reading.parts) {
        if (part.field == MomentField::kLastDay) {
          values.push_back(part.value);
        } else if (part.field != MomentField::kPeriod) {  // It is in the hour.
          values[static_cast<std::size_t>(part.field)] = part.value;
        }
      }
      std::string key = reading.kind == PlaceableKind::kDate ? "d" : "t";
      for (const std::int32_t value : values) {
        key.append(std::to_string(value)).append(",");
      }
      return key;
    }
    case PlaceableKind::kCode:
      return "c" + reading.verbatim;
    case PlaceableKind::kCurrency: {
      const std::string code = CodeOfSign(reading.verbatim);
      return "m" + (code.empty() ? reading.verbatim : code);
    }
    case PlaceableKind::kAddress:
      return "a" + reading.verbatim;
    case PlaceableKind::kMarkup:
    case PlaceableKind::kPlaceholder:
      break;
  }
  return "p" + reading.verbatim;
}

bool AreWrittenAlike(const Reading& a, const Reading& b) {
  if (a.kind != b.kind) {
    return false;
  }
  return a.kind == PlaceableKind::kNumber ? HaveOneStyle(a.style, b.style) : HaveOneOrder(a, b);
}

bool AreOfOneClock(const Reading& a, const Reading& b) {
  return IsTwelveHours(a) == IsTwelveHours(b);
}

std::optional<std::string> WriteLike(const Reading& value, const Reading& model,
                                     std::string_view text, const LanguageTag& language) {
  if (value.kind != model.kind) {
    return std::nullopt;
  }
  switch (value.kind) {
    case PlaceableKind::kNumber:
      return WriteNumber(value, model, LocaleData::Get(language));
    case PlaceableKind::kDate:
    case PlaceableKind::kTime:
      return WriteMoment(value, model, text, LocaleData::Get(language));
    case PlaceableKind::kCurrency:
      return WriteCurrency(value.verbatim, model.verbatim);
    default:
      return value.verbatim;
  }
}

const std::string& DecimalMark(const LanguageTag& language) {
  return LocaleData::Get(language).decimal;
}

bool MayDisagree(const Decimal& before, const Decimal& after, const LanguageTag& language) {
  const LocaleData& locale = LocaleData::Get(language);
  return locale.PluralCategory(before) != locale.PluralCategory(after);
}

}  // namespace sild::text
