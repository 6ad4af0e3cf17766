#include "server/text/amount_names.h"

#include <utility>

#include "server/text/char_table.h"
#include "server/text/currencies.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = AmountName::Type;

constexpr std::size_t kMostChars = 48;   // Of a name.
constexpr std::uint32_t kCodeBytes = 3;  // Of a currency.

bool IsMultiplicationDot(char32_t c) { return c == 0x22C5 || c == 0xB7; }

bool IsWordPart(char32_t c) {
  const CharClass is = CharTable::Get().ClassOf(c);
  return is == CharClass::kLetter || is == CharClass::kMark || is == CharClass::kDigit;
}

// Appends a character to a name as it is looked up exactly, and as a word. `kv. km` is `kv km`, and
// `TW⋅h` `TWh`.
void AppendTo(char32_t c, std::string& exact, std::string& folded) {
  if (IsMultiplicationDot(c)) {
    return;
  }
  const bool is_space = IsWhiteSpace(c);
  if (c != '.') {
    AppendChar(is_space ? U' ' : c, exact);
  }
  if (const char32_t form = is_space ? U' ' : TokenForm(c); form != 0) {
    AppendChar(form, folded);
  }
}

std::pair<std::string, std::string> KeysOf(std::string_view text) {
  std::pair<std::string, std::string> keys;
  for (std::size_t at = 0; at < text.size();) {
    AppendTo(NextChar(text, at), keys.first, keys.second);
  }
  return keys;
}

}  // namespace

AmountNames::AmountNames(const std::string& locale)
    : language_(locale.substr(0, locale.find('_'))) {
  AddMagnitudes(locale);
  AddCurrencySigns();
  AddUnits(locale);
  AddUnitSigns("en");  // TWh is written in Estonian too, though CLDR has TW⋅t.
  AddCurrencyWords(locale);
  if (language_ == "en") {
    AddUnits("en_GB");
    AddCurrencyWords("en_GB");
  }
}

void AmountNames::AddShort(const std::string& text, AmountName name) {
  name.is_short = true;
  if (std::string key = KeysOf(text).first; !key.empty()) {
    shorts_.emplace(std::move(key), std::move(name));
  }
}

void AmountNames::AddWord(std::string_view text, AmountName name) {
  if (std::string key = KeysOf(text).second; !key.empty()) {
    words_.emplace(std::move(key), std::move(name));
  }
}

const AmountName* AmountNames::Find(const std::string& exact, const std::string& folded) const {
  if (const auto found = shorts_.find(exact); found != shorts_.end()) {
    return &found->second;
  }
  const auto found = words_.find(folded);
  return found == words_.end() ? nullptr : &found->second;
}

std::optional<FoundAmountName> AmountNames::FindBehind(std::string_view text,
                                                       std::uint32_t place) const {
  std::size_t at = place;
  const char32_t joint = at < text.size() ? NextChar(text, at) : 0;
  if (joint == '-' || IsWhiteSpace(joint)) {
    place = static_cast<std::uint32_t>(at);
  }
  std::optional<FoundAmountName> longest;
  std::string exact;
  std::string folded;
  at = place;
  for (std::size_t chars = 0; at < text.size() && chars < kMostChars; ++chars) {
    const char32_t c = NextChar(text, at);
    const bool is_end =
        std::u32string_view(U",;:()[]{}<>\n\"!?").find(c) != std::u32string_view::npos;
    if (is_end || (chars == 0 && c == '.')) {
      break;
    }
    AppendTo(c, exact, folded);
    std::size_t next = at;
    const bool is_inside = at < text.size() && IsWordPart(c) && IsWordPart(NextChar(text, next));
    if (is_inside || IsWhiteSpace(c) || c == '.') {
      continue;
    }
    // 5 t. may be an abbreviation; miles/hour are no miles.
    const std::string_view rest = text.substr(at);
    const bool is_cut = CountChars(exact) == 1 && rest.size() > 1 && rest.starts_with('.');
    if (is_cut || rest.starts_with('/')) {
      continue;
    }
    const AmountName* const name = Find(exact, folded);
    if (name != nullptr && !(joint == '-' && name->is_short)) {  // F-16-m is no length.
      longest = {*name, {place, static_cast<std::uint32_t>(at)}};
    }
  }
  return longest;
}

std::optional<FoundAmountName> AmountNames::FindBefore(std::string_view text,
                                                       std::uint32_t place) const {
  const auto before = [text](std::uint32_t at) {
    while (at > 0 && !IsCharStart(text[--at])) {
    }
    return at;
  };
  const auto char_at = [text](std::size_t at) { return NextChar(text, at); };
  std::uint32_t end = place;
  if (end > 0 && IsWhiteSpace(char_at(before(end)))) {
    end = before(end);
  }
  std::uint32_t begin = before(end);
  const bool is_sign = begin < end && IsCurrencySign(char_at(begin));
  if (!is_sign) {
    begin = end - std::min(end, kCodeBytes);
  }
  const auto is_inside = [&](std::uint32_t at) {
    return at > 0 && IsWordPart(char_at(before(at)));
  };
  for (std::uint32_t letters = 0; is_sign && is_inside(begin) && letters < kCodeBytes; ++letters) {
    begin = before(begin);  // US$
  }
  if (begin == end || !IsCharStart(text[begin]) || is_inside(begin)) {
    return std::nullopt;
  }
  const std::string shown(text.substr(begin, end - begin));
  const auto found = shorts_.find(shown);
  if (found == shorts_.end() || found->second.type != Type::kCurrency) {
    return std::nullopt;
  }
  return FoundAmountName{found->second, {begin, end}};
}

std::string AmountNames::SignOfUnit(const std::string& unit) const {
  const auto found = unit_signs_.find(unit);
  return found == unit_signs_.end() ? "" : found->second;
}

}  // namespace sild::text
