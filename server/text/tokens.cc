#include "server/text/tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "server/text/char_table.h"
#include "server/text/normalize.h"
#include "server/text/placeholder.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

constexpr char32_t kSoftHyphen = 0xAD;
constexpr char32_t kStress = 0x301;
constexpr char32_t kEllipsis = 0x2026;

bool IsWordJoiner(char32_t c) {
  return c == '\'' || c == 0x2019 || c == '&' || c == '_' || c == '~' || c == kSoftHyphen ||
         c == 0x02BC || c == 0x200C || c == 0x200D;
}

bool IsDigitJoiner(char32_t c) {
  return c == '.' || c == ',' || c == ':' || c == 0xA0 || c == 0x202F;
}

// What is dropped in a folded form.
bool IsSetAside(char32_t c) {
  return c == kSoftHyphen || c == kStress || c == 0x200C || c == 0x200D;
}

// Case folding, and one quote, apostrophe and dash for all of their kind.
char32_t FoldChar(const CharTable& table, char32_t c) {
  if (c < 0x80 && c != '`') {
    return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  }
  switch (c) {
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
      return '"';
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x2032:
    case 0x0060:
    case 0x00B4:
      return '\'';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
      return '-';
    default:
      return table.FoldCase(c);
  }
}

// What a scan must know of a byte or character at once.
class ScanTable {
 public:
  static const ScanTable& Get() {
    static const ScanTable* const table = new ScanTable;  // Never freed, as `CharTable`.
    return *table;
  }

  // Returns the form in which tokens are compared, 0 for what is set aside.
  char32_t FormOf(char32_t c) const { return c < kTabled ? forms_[c] : FormOfRare(c); }

  // Whether a byte is an ASCII letter or digit, and whether a placeholder may begin with it.
  bool IsLetter(unsigned char byte) const { return (bytes_[byte] & kLetter) != 0; }
  bool IsDigit(unsigned char byte) const { return (bytes_[byte] & kDigit) != 0; }
  bool MayBeginPlaceholder(unsigned char byte) const { return (bytes_[byte] & kBegins) != 0; }

 private:
  static constexpr char32_t kTabled = 0x10000;
  static constexpr std::uint8_t kLetter = 1;
  static constexpr std::uint8_t kDigit = 2;
  static constexpr std::uint8_t kBegins = 4;

  ScanTable() {
    for (char32_t c = 0; c < kTabled; ++c) {
      forms_[c] = static_cast<char16_t>(FormOfRare(c));
    }
    for (unsigned char byte = 0; byte < 0x80; ++byte) {
      const CharClass is = CharTable::Get().ClassOf(byte);
      bytes_[byte] = is == CharClass::kLetter ? kLetter : is == CharClass::kDigit ? kDigit : 0;
    }
    for (const char byte : {'<', '%', '{', '$', '&'}) {
      bytes_[static_cast<unsigned char>(byte)] |= kBegins;
    }
  }
  static char32_t FormOfRare(char32_t c) {
    return IsSetAside(c) ? 0 : FoldChar(CharTable::Get(), c);
  }

  std::array<char16_t, kTabled> forms_{};
  std::array<std::uint8_t, 256> bytes_{};
};

// Cuts one text, which is in normal form C. Offsets are in bytes of it.
class Scanner {
 public:
  explicit Scanner(TokenizedText& result)
      : table_(CharTable::Get()),
        scan_table_(ScanTable::Get()),
        text_(result.normal),
        result_(result) {}

  void Run() {
    // No character of two or three bytes folds to one of more than three, nor one of four to more.
    result_.folded.resize(text_.size() + text_.size() / 2 + 4);
    out_ = result_.folded.data();
    result_.tokens.reserve(text_.size() / 4);
    for (std::size_t at = 0; at < text_.size();) {
      at = ScanAt(at);
    }
    result_.folded.resize(FoldedSize());
  }

 private:
  // Reads what begins at `at`, and returns where it ends.
  std::size_t ScanAt(std::size_t at) {
    const unsigned char byte = ByteAt(at);
    if (scan_table_.IsLetter(byte) || scan_table_.IsDigit(byte)) {
      return ScanWord(at);
    }
    if (byte == ' ') {
      return at + 1;
    }
    if (scan_table_.MayBeginPlaceholder(byte)) {
      if (const std::size_t length = PlaceholderLength(text_, at); length > 0) {
        AddUnfolded(TokenClass::kTag, at, at + length);
        return at + length;
      }
    }
    std::size_t next = at;
    switch (table_.ClassOf(NextChar(text_, next))) {
      case CharClass::kSpace:
        return next;
      case CharClass::kSyllable:
        return ScanSyllable(at);
      case CharClass::kLetter:
      case CharClass::kMark:
      case CharClass::kDigit:
        return ScanWord(at);
      default:
        return ScanPunctuation(at);
    }
  }

  // Writes the folded form while it reads.
  std::size_t ScanWord(std::size_t begin) {
    bool has_letter = false;
    std::size_t end = begin;
    std::uint32_t chars = 0;
    const std::uint32_t folded = FoldedSize();
    while (end < text_.size()) {
      const unsigned char byte = ByteAt(end);
      if (scan_table_.IsLetter(byte)) {
        has_letter = true;
        *out_++ = static_cast<char>(byte | 0x20);
        ++chars;
        ++end;
        continue;
      }
      std::size_t next = end;
      const char32_t c = NextChar(text_, next);
      const CharClass is = table_.ClassOf(c);
      if (is == CharClass::kLetter || is == CharClass::kMark) {
        has_letter = true;
      } else if (is != CharClass::kDigit && !Joins(c, end, next, has_letter)) {
        break;
      }
      end = next;
      chars += PutForm(c);
    }
    const TokenClass token_class = has_letter ? TokenClass::kWord : TokenClass::kNumber;
    if (chars == 0) {  // A stress mark alone.
      AddUnfolded(token_class, begin, end);
    } else {
      Add(token_class, begin, end, folded, chars);
    }
    return end;
  }

  // Whether `c` at `[at, next)` holds together the word before it and what follows.
  bool Joins(char32_t c, std::size_t at, std::size_t next, bool has_letter) const {
    if (c == ' ' || next >= text_.size()) {
      return false;
    }
    const bool may_join_digits = !has_letter && IsDigitJoiner(c);
    if (!may_join_digits && !IsWordJoiner(c)) {
      return false;
    }
    const CharClass following = table_.ClassOf(NextChar(text_, next));
    const bool is_digit = following == CharClass::kDigit;
    if (may_join_digits && is_digit) {
      return true;
    }
    return IsWordJoiner(c) &&
           (is_digit || following == CharClass::kLetter || following == CharClass::kMark) &&
           !(c == '&' && PlaceholderLength(text_, at) > 0);
  }

  std::size_t ScanSyllable(std::size_t begin) {
    const std::size_t end = ClusterEnd(begin);
    const std::uint32_t folded = FoldedSize();
    std::uint32_t chars = 0;
    for (std::size_t at = begin; at < end;) {
      chars += PutForm(NextChar(text_, at));
    }
    Add(TokenClass::kWord, begin, end, folded, chars);
    return end;
  }

  std::size_t ScanPunctuation(std::size_t begin) {
    std::size_t end = ClusterEnd(begin);
    const std::string_view cluster = text_.substr(begin, end - begin);
    while (text_.substr(end).starts_with(cluster) && ClusterEnd(end) == end + cluster.size()) {
      end += cluster.size();
    }
    std::size_t after_first = begin;
    const char32_t c = NextChar(text_, after_first);
    const bool is_one_char = after_first - begin == cluster.size();
    if (!is_one_char) {
      AddUnfolded(TokenClass::kPunctuation, begin, end);
    } else {
      const bool is_ellipsis = c == kEllipsis || (c == '.' && end - begin > 1);
      const std::uint32_t folded = FoldedSize();
      Put(is_ellipsis ? kEllipsis : FoldChar(table_, c));
      Add(TokenClass::kPunctuation, begin, end, folded, 1);
    }
    return end;
  }

  // Where the grapheme cluster that begins at `at` ends: enough of UAX #29 for what is no word.
  std::size_t ClusterEnd(std::size_t at) const {
    if (ByteAt(at) < 0x80 && (at + 1 >= text_.size() || ByteAt(at + 1) < 0x80)) {
      return at + 1;
    }
    char32_t last = NextChar(text_, at);
    const bool is_pictograph = table_.IsPictograph(last);
    bool may_be_flag = table_.IsRegionalIndicator(last);
    while (at < text_.size()) {
      std::size_t next = at;
      const char32_t c = NextChar(text_, next);
      const bool is_flag = may_be_flag && table_.IsRegionalIndicator(c);
      const bool is_glued = is_pictograph && last == 0x200D && table_.IsPictograph(c);
      if (!is_flag && !is_glued && !table_.ExtendsCluster(c)) {
        break;
      }
      may_be_flag = false;
      last = c;
      at = next;
    }
    return at;
  }

  // Adds a token whose folded form is what was written behind `folded`.
  void Add(TokenClass token_class, std::size_t begin, std::size_t end, std::uint32_t folded,
           std::uint32_t chars) {
    const ByteRange surface{Offset(begin), Offset(end)};
    result_.tokens.push_back({token_class, surface, surface, {folded, FoldedSize()}, chars});
  }

  void AddUnfolded(TokenClass token_class, std::size_t begin, std::size_t end) {
    const std::string_view surface = text_.substr(begin, end - begin);
    const std::uint32_t folded = FoldedSize();
    out_ = std::copy(surface.begin(), surface.end(), out_);
    Add(token_class, begin, end, folded, Offset(CountChars(surface)));
  }

  // Writes the form of a character, and returns how many characters that are.
  std::uint32_t PutForm(char32_t c) {
    const char32_t form = scan_table_.FormOf(c);
    if (form == 0) {
      return 0;
    }
    Put(form);
    return 1;
  }

  void Put(char32_t c) {
    const auto put = [this](char32_t byte) { *out_++ = static_cast<char>(byte); };
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0 | c >> 6);
      put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      put(0xE0 | c >> 12);
      put(0x80 | (c >> 6 & 0x3F));
      put(0x80 | (c & 0x3F));
    } else {
      put(0xF0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3F));
      put(0x80 | (c >> 6 & 0x3F));
      put(0x80 | (c & 0x3F));
    }
  }

  unsigned char ByteAt(std::size_t at) const { return static_cast<unsigned char>(text_[at]); }
  std::uint32_t FoldedSize() const { return Offset(out_ - result_.folded.data()); }
  template <typename Integer>
  static std::uint32_t Offset(Integer value) {
    return static_cast<std::uint32_t>(value);
  }

  const CharTable& table_;
  const ScanTable& scan_table_;
  std::string_view text_;
  TokenizedText& result_;
  char* out_ = nullptr;  // Where the next folded form goes.
};

}  // namespace

char32_t TokenForm(char32_t c) { return ScanTable::Get().FormOf(c); }

TokenizedText Tokenize(std::string_view text) {
  TokenizedText result;
  if (IsNfc(text)) {
    result.normal = text;
    Scanner(result).Run();
  } else {
    const NormalizedText normalized(text);
    result.normal = normalized.text();
    Scanner(result).Run();
    for (Token& token : result.tokens) {
      token.range = normalized.ToOriginal(token.surface);
    }
  }
  return result;
}

}  // namespace sild::text
