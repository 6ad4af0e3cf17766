#include "server/matching/word_wildcards.h"

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

// Whether the folded form of a word may have another character than its search form there.
bool IsAmbiguous(char32_t c) { return c == U'е' || c == U'\''; }

}  // namespace

WordWildcards::WordWildcards(std::string_view pattern) : pattern_(text::ToUtf32(pattern)) {
  const text::CharTable& table = text::CharTable::Get();
  std::u32string needed;
  for (const char32_t c : pattern_) {
    least_chars_ += c == U'*' ? 0 : 1;
    has_letter_ = has_letter_ || table.ClassOf(c) == text::CharClass::kLetter;
    if (c != U'*' && c != U'?' && !IsAmbiguous(c)) {
      needed += c;
    }
  }
  needed_ = SignatureOf(needed);
  TakeLiteral();
}

// A piece ends behind each digit, for in a folded form a space may follow it.
void WordWildcards::TakeLiteral() {
  std::string literal;
  std::size_t chars = 0;  // In it.
  std::size_t longest_chars = 0;
  for (std::size_t i = 0; i < pattern_.size(); ++i) {
    const char32_t c = pattern_[i];
    if (c == U'*' || c == U'?' || IsAmbiguous(c)) {
      literal.clear();
      chars = 0;
      continue;
    }
    text::AppendChar(c, literal);
    ++chars;
    if (literal.size() > literal_.size()) {
      literal_ = literal;
      longest_chars = chars;
      place_ = chars == i + 1             ? Place::kFirst
               : i + 1 == pattern_.size() ? Place::kLast
                                          : Place::kAnywhere;
    }
    if (text::CharTable::Get().ClassOf(c) == text::CharClass::kDigit) {
      literal.clear();
      chars = 0;
    }
  }
  // All else are the stars before and behind it.
  const std::size_t stars = (pattern_.starts_with(U'*') ? 1U : 0U) +
                            (pattern_.ends_with(U'*') && pattern_.size() > 1 ? 1U : 0U);
  is_told_by_folded_ = stars > 0 && longest_chars > 0 && longest_chars + stars == pattern_.size();
}

// After the first `*` a mismatch moves the piece behind the last one by a character: an earlier one
// could not do better.
bool WordWildcards::Matches(std::string_view word) const {
  constexpr std::size_t kNone = ~std::size_t{0};
  std::size_t at = 0;
  std::size_t in_pattern = 0;
  std::size_t star = kNone;  // The last one in the pattern, and where what it stands for ends.
  std::size_t star_end = 0;
  while (at < word.size()) {
    std::size_t next = at;
    const char32_t c = text::NextChar(word, next);
    if (in_pattern < pattern_.size() && pattern_[in_pattern] == U'*') {
      star = in_pattern++;
      star_end = at;
    } else if (in_pattern < pattern_.size() &&
               (pattern_[in_pattern] == U'?' || pattern_[in_pattern] == c)) {
      ++in_pattern;
      at = next;
    } else if (star != kNone) {
      in_pattern = star + 1;
      (void)text::NextChar(word, star_end);
      at = star_end;
    } else {
      return false;
    }
  }
  while (in_pattern < pattern_.size() && pattern_[in_pattern] == U'*') {
    ++in_pattern;
  }
  return in_pattern == pattern_.size();
}

}  // namespace sild::matching
