#include "server/terms/char_kinds.h"

#include <algorithm>
#include <utility>

#include "server/text/utf8.h"

namespace sild::terms {
namespace {

using text::CharClass;
using text::CharTable;

// Small letters that look alike, or whose capitals do, Latin and Cyrillic.
constexpr std::array<std::pair<char32_t, char32_t>, 12> kLookAlikes = {{{'a', 0x0430},
                                                                        {'e', 0x0435},
                                                                        {'o', 0x043E},
                                                                        {'p', 0x0440},
                                                                        {'c', 0x0441},
                                                                        {'x', 0x0445},
                                                                        {'y', 0x0443},
                                                                        {'k', 0x043A},
                                                                        {'t', 0x0442},
                                                                        {'m', 0x043C},
                                                                        {'h', 0x043D},
                                                                        {'b', 0x0432}}};

bool IsLatin(char32_t c) { return c < 0x250 || (c >= 0x1E00 && c < 0x1F00); }
bool IsCyrillic(char32_t c) { return c >= 0x400 && c < 0x530; }

CharKind KindOf(const CharTable& table, char32_t c) {
  const char32_t unified = Unified(c);
  const CharClass char_class = table.ClassOf(unified);
  CharKind kind;
  kind.folded = static_cast<char16_t>(table.FoldCase(unified));
  if (IsDropped(table, c) || !table.IsNfcInert(c) || char_class == CharClass::kSyllable) {
    kind.bits = CharKind::kRare;
  } else if (text::IsWhiteSpace(c)) {
    kind.bits = CharKind::kSpace;
  } else if (char_class == CharClass::kLetter) {
    const auto bit = [](bool is_so, std::uint8_t value) { return is_so ? value : std::uint8_t{0}; };
    kind.bits = CharKind::kWord | CharKind::kLetter;
    kind.bits |= bit(kind.folded != unified, CharKind::kCapital);
    kind.bits |= bit(IsLatin(unified), CharKind::kLatin);
    kind.bits |= bit(IsCyrillic(unified), CharKind::kCyrillic);
  } else if (char_class == CharClass::kMark || char_class == CharClass::kDigit || c == '_') {
    kind.bits = CharKind::kWord;
  }
  return kind;
}

}  // namespace

bool IsDropped(const CharTable& table, char32_t c) {
  return c == 0x301 || c == 0xAD ||
         (c >= 0x200B && !text::IsWhiteSpace(c) &&
          (table.ClassOf(c) == CharClass::kSpace || table.ClassOf(c) == CharClass::kLink));
}

char32_t Unified(char32_t c) {
  switch (c) {
    case 0x0451:
      return 0x0435;  // ё
    case 0x0401:
      return 0x0415;  // Ё
    case 0x2018:
    case 0x2019:
    case 0x02BC:
    case 0x2032:
    case 0x0060:
    case 0x00B4:
      return '\'';
    case 0x2010:
    case 0x2011:
      return '-';
    default:
      return c;
  }
}

const CharKinds& CharKinds::Get() {
  static const CharKinds* const kinds = new CharKinds;  // Never freed: threads may outlive `main`.
  return *kinds;
}

CharKinds::CharKinds() {
  const CharTable& table = CharTable::Get();
  for (char32_t c = 0; c < kTabled; ++c) {
    kinds_[c] = KindOf(table, c);
  }
}

std::string FoldPlainWord(std::string_view word) {
  const CharKinds& kinds = CharKinds::Get();
  std::string folded;
  folded.reserve(word.size());
  bool ends_with_word = false;
  for (std::size_t at = 0; at < word.size();) {
    const CharKind kind = kinds[text::NextChar(word, at)];
    const bool is_inner = ends_with_word && kind.folded == '\'' && !kind.Is(CharKind::kRare);
    if (!kind.Is(CharKind::kWord) && !is_inner) {
      return {};
    }
    ends_with_word = !is_inner;
    text::AppendChar(kind.folded, folded);
  }
  return ends_with_word ? folded : std::string();
}

bool FoldsTo(std::string_view text, std::string_view folded) {
  if (text == folded) {
    return true;  // Folding twice changes nothing.
  }
  const CharKinds& kinds = CharKinds::Get();
  std::size_t at = 0;
  std::size_t folded_at = 0;
  while (at < text.size() && folded_at < folded.size()) {
    if (kinds[text::NextChar(text, at)].folded != text::NextChar(folded, folded_at)) {
      return false;
    }
  }
  return at == text.size() && folded_at == folded.size();
}

std::string InOneScript(std::string_view folded) {
  const std::u32string letters = text::ToUtf32(folded);
  const auto latin = std::count_if(letters.begin(), letters.end(), [](char32_t c) {
    return CharKinds::Get()[c].Is(CharKind::kLatin);
  });
  const auto cyrillic = std::count_if(letters.begin(), letters.end(), IsCyrillic);
  std::string result;
  for (const char32_t c : letters) {
    const bool is_foreign =
        latin > cyrillic ? IsCyrillic(c) : CharKinds::Get()[c].Is(CharKind::kLatin);
    const auto alike = std::find_if(kLookAlikes.begin(), kLookAlikes.end(), [c](const auto& pair) {
      return pair.first == c || pair.second == c;
    });
    if (is_foreign && alike == kLookAlikes.end()) {
      return {};
    }
    text::AppendChar(!is_foreign ? c : latin > cyrillic ? alike->first : alike->second, result);
  }
  return result;
}

}  // namespace sild::terms
