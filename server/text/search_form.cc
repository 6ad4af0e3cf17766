#include "server/text/search_form.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "server/text/char_table.h"
#include "server/text/normalize.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

constexpr char32_t kModifierApostrophe = 0x02BC;

// Returns what a character is compared as: 0 if it is set aside, a space if it separates tokens.
char32_t FormOf(const CharTable& table, char32_t c, LetterCase letter_case) {
  if (IsWhiteSpace(c) || table.ClassOf(c) == CharClass::kSpace) {
    return ' ';
  }
  const char32_t folded = TokenForm(c);
  const bool differs_in_case = folded == table.FoldCase(c);
  const char32_t form = letter_case == LetterCase::kKeep && differs_in_case ? c : folded;
  switch (form) {
    case U'ё':
      return U'е';
    case U'Ё':
      return U'Е';
    case kModifierApostrophe:
      return '\'';
    default:
      return form;
  }
}

// The forms of ASCII characters, of which most texts are made.
struct AsciiForms {
  static const AsciiForms& Get(LetterCase letter_case) {
    static const AsciiForms ignoring(LetterCase::kIgnore);
    static const AsciiForms keeping(LetterCase::kKeep);
    return letter_case == LetterCase::kIgnore ? ignoring : keeping;
  }

  explicit AsciiForms(LetterCase letter_case) {
    for (unsigned char c = 0; c < forms.size(); ++c) {
      forms[c] = static_cast<char>(FormOf(CharTable::Get(), c, letter_case));
    }
  }

  std::array<char, 128> forms{};
};

// Whether what is set aside at `[at, next)` also holds a word together, as `Tokenize` sees it.
bool IsInWord(const CharTable& table, std::string_view text, std::size_t at, std::size_t next) {
  if (table.ClassOf(NextChar(text, at)) == CharClass::kMark) {
    return true;
  }
  if (next == text.size()) {
    return false;
  }
  const CharClass following = table.ClassOf(NextChar(text, next));
  return following == CharClass::kLetter || following == CharClass::kMark ||
         following == CharClass::kDigit;
}

}  // namespace

std::string SearchForm(std::string_view text, LetterCase letter_case) {
  std::string form;
  form.reserve(text.size());
  AppendSearchForm(text, letter_case, form);
  return form;
}

void AppendSearchForm(std::string_view text, LetterCase letter_case, std::string& form) {
  const CharTable& table = CharTable::Get();
  const AsciiForms& ascii = AsciiForms::Get(letter_case);
  for (std::size_t at = 0; at < text.size();) {
    if (const auto byte = static_cast<unsigned char>(text[at]); byte < ascii.forms.size()) {
      if (const char c = ascii.forms[byte]; c != 0 && c != ' ') {
        form += c;
      }
      ++at;
      continue;
    }
    const char32_t c = FormOf(table, NextChar(text, at), letter_case);
    if (c != 0 && c != ' ') {
      AppendChar(c, form);
    }
  }
}

SearchText::SearchText(std::string_view original, LetterCase letter_case) {
  const CharTable& table = CharTable::Get();
  const NormalizedText normalized(original);
  const std::string& normal = normalized.text();
  std::ptrdiff_t last_char = 0;  // Where the last character begins in `text_`.
  for (std::size_t at = 0; at < normal.size();) {
    const std::size_t begin = at;
    char32_t c = FormOf(table, NextChar(normal, at), letter_case);
    if (c == 0 && !IsInWord(table, normal, begin, at)) {
      c = ' ';
    }
    if (c == 0 || (c == ' ' && text_.ends_with(' '))) {
      std::fill(ends_.begin() + last_char, ends_.end(), static_cast<std::uint32_t>(at));
      continue;
    }
    last_char = static_cast<std::ptrdiff_t>(text_.size());
    AppendChar(c, text_);
    begins_.resize(text_.size(), static_cast<std::uint32_t>(begin));
    ends_.resize(text_.size(), static_cast<std::uint32_t>(at));
  }
  for (std::size_t byte = 0; byte < text_.size(); ++byte) {
    const ByteRange range = normalized.ToOriginal({begins_[byte], ends_[byte]});
    begins_[byte] = range.begin;
    ends_[byte] = range.end;
  }
}

}  // namespace sild::text
