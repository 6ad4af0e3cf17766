#include "server/text/placeable_items.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uchar.h>

#include "server/text/addresses.h"
#include "server/text/char_table.h"
#include "server/text/identifiers.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = PlaceableItem::Type;

bool IsDigit(char32_t c) { return CharTable::Get().ClassOf(c) == CharClass::kDigit; }

class ItemCutter {
 public:
  explicit ItemCutter(std::string_view text)
      : text_(text), addresses_(FindAddresses(text)), identifiers_(FindIdentifiers(text)) {}

  std::vector<PlaceableItem> Run() {
    const TokenizedText tokenized = Tokenize(text_);
    for (const Token& token : tokenized.tokens) {
      // A tag may hold an address, and an address whatever it likes.
      if (token.range.begin < taken_ || Take(Type::kAddress, addresses_, next_address_, token) ||
          Take(Type::kIdentifier, identifiers_, next_identifier_, token)) {
        continue;
      }
      if (token.token_class == TokenClass::kTag) {
        Add(Type::kPlaceholder, token.range.begin, token.range.end);
        taken_ = token.range.end;
      } else if (token.token_class == TokenClass::kNumber) {
        CutDigits(token.range.begin, token.range.end);
      } else if (token.token_class == TokenClass::kWord) {
        CutWord(tokenized, token);
      }
    }
    return std::move(items_);
  }

 private:
  // Whether the next of `ranges` begins in `token`. It is taken then.
  bool Take(Type type, const std::vector<ByteRange>& ranges, std::size_t& next,
            const Token& token) {
    while (next < ranges.size() && ranges[next].end <= token.range.begin) {
      ++next;
    }
    if (next == ranges.size() || token.token_class == TokenClass::kTag) {
      return false;
    }
    const ByteRange range = ranges[next];
    if (range.begin >= token.range.end || range.begin < token.range.begin) {
      return false;
    }
    Add(type, range.begin, range.end);
    if (type == Type::kIdentifier) {
      items_.back().text = BareIdentifier(items_.back().text);
    }
    taken_ = range.end;
    return true;
  }

  // Adds the runs of digits in `[begin, end)`, and nothing of what joins them.
  void CutDigits(std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
      std::size_t next = at;
      if (!IsDigit(NextChar(text_, next))) {
        at = next;
        continue;
      }
      while (next < end) {
        std::size_t after = next;
        if (!IsDigit(NextChar(text_, after))) {
          break;
        }
        next = after;
      }
      AddDigits(at, next);
      at = next;
    }
  }

  void CutWord(const TokenizedText& tokenized, const Token& token) {
    const std::string_view word = text_.substr(token.range.begin, Size(token.range));
    std::size_t digits = 0;  // Runs of them, and where the first begins and ends.
    std::size_t first = 0;
    std::size_t last = 0;
    bool has_small = false;
    bool was_digit = false;
    for (std::size_t at = 0; at < word.size();) {
      const std::size_t begin = at;
      const char32_t c = NextChar(word, at);
      const bool is_digit = IsDigit(c);
      has_small = has_small || (!is_digit && u_islower(static_cast<UChar32>(c)) != 0);
      if (is_digit && !was_digit && ++digits == 1) {
        first = begin;
      }
      last = is_digit ? at : last;
      was_digit = is_digit;
    }
    if (digits == 0) {
      if (std::string numeral = RomanNumeral(word); !numeral.empty()) {
        Add(Type::kNumeral, token.range.begin, token.range.end);
        items_.back().text = std::move(numeral);
      } else {
        AddWord(token.range.begin, token.range.end, tokenized.Folded(token));
      }
      return;
    }
    // 5MB, 1.5km and 3rd have a number; so has page3; MP3, a4, x86_64 and 1a2b are codes.
    const bool is_number_first =
        first == 0 && AreLetters(word.substr(last)) && !HasLetters(word.substr(0, last));
    const bool is_number_last =
        has_small && digits == 1 && last == word.size() && CountChars(word.substr(0, first)) > 1;
    if (is_number_first || is_number_last) {
      CutPart(token.range.begin, token.range.begin + first);
      CutDigits(token.range.begin + first, token.range.begin + last);
      CutPart(token.range.begin + last, token.range.end);
    } else {
      Add(Type::kCode, token.range.begin, token.range.end);
    }
  }

  void CutPart(std::size_t begin, std::size_t end) {
    if (begin < end) {
      const TokenizedText part = Tokenize(text_.substr(begin, end - begin));
      AddWord(begin, end, part.tokens.empty() ? "" : part.Folded(part.tokens.front()));
    }
  }

  // A Roman numeral from II to XXXIX in Latin letters, also where it has Cyrillic ones that look
  // the same; empty if `word` is none. Single letters and those from L on are too much else.
  static std::string RomanNumeral(std::string_view word) {
    std::string numeral;
    for (std::size_t at = 0; at < word.size();) {
      const char32_t c = NextChar(word, at);
      if (c == U'X' || c == U'\u0425') {
        numeral += 'X';
      } else if (c == U'I' || c == U'\u0406') {
        numeral += 'I';
      } else if (c == U'V') {
        numeral += 'V';
      } else {
        return "";
      }
    }
    constexpr std::array<std::string_view, 10> kOnes = {"",  "I",  "II",  "III",  "IV",
                                                        "V", "VI", "VII", "VIII", "IX"};
    std::string_view ones = numeral;
    for (int tens = 0; tens < 3 && ones.starts_with('X'); ++tens) {
      ones.remove_prefix(1);
    }
    const bool is_one = std::find(kOnes.begin(), kOnes.end(), ones) != kOnes.end();
    return is_one && numeral.size() > 1 ? numeral : "";
  }

  static bool HasLetters(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (CharTable::Get().ClassOf(NextChar(text, at)) == CharClass::kLetter) {
        return true;
      }
    }
    return false;
  }

  static bool AreLetters(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const CharClass is = CharTable::Get().ClassOf(NextChar(text, at));
      if (is != CharClass::kLetter && is != CharClass::kMark) {
        return false;
      }
    }
    return !text.empty();
  }

  void Add(Type type, std::size_t begin, std::size_t end) {
    const ByteRange range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    items_.push_back({type, range, std::string(text_.substr(begin, end - begin)), U'0', false});
  }

  void AddWord(std::size_t begin, std::size_t end, std::string_view folded) {
    Add(Type::kWord, begin, end);
    std::size_t at = begin;
    const char32_t first = NextChar(text_, at);
    items_.back().is_capital = CharTable::Get().FoldCase(first) != first;
    items_.back().text = folded;
  }

  void AddDigits(std::size_t begin, std::size_t end) {
    Add(Type::kDigits, begin, end);
    PlaceableItem& item = items_.back();
    item.text.clear();
    for (std::size_t at = begin; at < end;) {
      const char32_t c = NextChar(text_, at);
      const auto value = static_cast<char32_t>(u_charDigitValue(static_cast<UChar32>(c)));
      item.text += static_cast<char>('0' + value);
      item.zero = c - value;
    }
  }

  static std::size_t Size(ByteRange range) { return range.end - range.begin; }

  std::string_view text_;
  std::vector<ByteRange> addresses_;
  std::vector<ByteRange> identifiers_;
  std::size_t next_address_ = 0;
  std::size_t next_identifier_ = 0;
  std::size_t taken_ = 0;  // Behind the last of these, or of placeholders.
  std::vector<PlaceableItem> items_;
};

}  // namespace

std::vector<PlaceableItem> CutPlaceableItems(std::string_view text) {
  return ItemCutter(text).Run();
}

}  // namespace sild::text
