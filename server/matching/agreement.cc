#include "server/matching/agreement.h"

#include <algorithm>
#include <array>

#include "server/text/char_table.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

constexpr std::uint32_t kMinCountedLetters = 3;
constexpr std::size_t kYearDigits = 4;
constexpr std::array<std::string_view, 3> kHyphens = {"-", "\u2011", "\u2013"};

// How far around a number words are looked for, so that a text of numbers takes linear time.
constexpr std::size_t kNearBytes = 256;

bool IsInsideChar(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

std::string_view NearBehind(std::string_view text, std::uint32_t end) {
  text.remove_prefix(end);
  std::size_t size = std::min(text.size(), kNearBytes);
  while (IsInsideChar(text, size)) {
    --size;
  }
  return text.substr(0, size);
}

std::string_view NearBefore(std::string_view text, std::uint32_t begin) {
  std::size_t from = begin - std::min<std::size_t>(begin, kNearBytes);
  while (IsInsideChar(text, from)) {
    ++from;
  }
  return text.substr(from, begin - from);
}

bool BeginsWithLetter(std::string_view text) {
  std::size_t at = 0;
  return !text.empty() &&
         text::CharTable::Get().ClassOf(text::NextChar(text, at)) == text::CharClass::kLetter;
}

bool IsYear(const text::Decimal& number, std::string_view folded_word) {
  return number.exponent == 0 && number.digits.size() == kYearDigits &&
         folded_word.starts_with("год");
}

// The next word behind a number, tags set aside; empty if anything else stands between.
std::string NextWord(std::string_view behind) {
  const text::TokenizedText text = text::Tokenize(behind);
  for (const text::Token& token : text.tokens) {
    if (token.token_class == text::TokenClass::kTag) {
      continue;
    }
    const bool is_counted = token.token_class == text::TokenClass::kWord && token.range.begin > 0 &&
                            token.folded_chars >= kMinCountedLetters;
    return is_counted ? std::string(text.Folded(token)) : "";
  }
  return "";
}

bool IsAmountSign(char32_t c) {
  return c == '%' || c == 0x2030 || c == '$' || c == 0xA2 || c == 0xA3 || c == 0xA5 || c == 0xB0 ||
         (c >= 0x20A0 && c <= 0x20CF);
}

}  // namespace

bool IsCounted(std::string_view text, ByteRange range) {
  const text::TokenizedText before = text::Tokenize(NearBefore(text, range.begin));
  const text::TokenizedText behind = text::Tokenize(NearBehind(text, range.end));
  const auto is_amount = [](const text::TokenizedText& side, const text::Token& token) {
    std::size_t at = 0;
    return IsAmountSign(text::NextChar(side.Surface(token), at));
  };
  if (!before.tokens.empty() && is_amount(before, before.tokens.back())) {
    return true;
  }
  if (behind.tokens.empty()) {
    return false;
  }
  const text::Token& next = behind.tokens.front();
  if (is_amount(behind, next)) {
    return true;
  }
  const bool is_named = !before.tokens.empty() &&
                        before.tokens.back().token_class == text::TokenClass::kWord &&
                        before.Surface(before.tokens.back()) != before.Folded(before.tokens.back());
  return next.token_class == text::TokenClass::kWord && !is_named;
}

bool HasEnding(std::string_view text, ByteRange range) {
  const std::string_view behind = text.substr(range.end);
  return std::any_of(kHyphens.begin(), kHyphens.end(), [behind](std::string_view hyphen) {
    return behind.starts_with(hyphen) && BeginsWithLetter(behind.substr(hyphen.size()));
  });
}

bool NeedsAgreement(const text::Decimal& before, const text::Decimal& after, std::string_view text,
                    ByteRange range, const LanguageTag& language) {
  const std::string word = NextWord(NearBehind(text, range.end));
  return !word.empty() && !(IsYear(before, word) && IsYear(after, word)) &&
         text::MayDisagree(before, after, language);
}

}  // namespace sild::matching
