#include "server/text/tokens.h"

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

// Cuts one text, which is in normal form C. Offsets are in bytes of it.
class Scanner {
 public:
  explicit Scanner(TokenizedText& result)
      : table_(CharTable::Get()), text_(result.normal), result_(result) {}

  void Run() {
    result_.folded.reserve(text_.size());
    result_.tokens.reserve(text_.size() / 4);
    for (std::size_t at = 0; at < text_.size();) {
      at = ScanAt(at);
    }
  }

 private:
  // Reads what begins at `at`, and returns where it ends.
  std::size_t ScanAt(std::size_t at) {
    std::size_t next = at;
    const char32_t c = NextChar(text_, next);
    if (const std::size_t length = PlaceholderLength(text_, at); length > 0) {
      AddUnfolded(TokenClass::kTag, at, at + length);
      return at + length;
    }
    switch (table_.ClassOf(c)) {
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

  std::size_t ScanWord(std::size_t begin) {
    bool has_letter = false;
    std::size_t end = begin;
    while (end < text_.size()) {
      std::size_t next = end;
      const char32_t c = NextChar(text_, next);
      const CharClass is = table_.ClassOf(c);
      if (is == CharClass::kLetter || is == CharClass::kMark) {
        has_letter = true;
      } else if (is != CharClass::kDigit && !Joins(c, end, next, has_letter)) {
        break;
      }
      end = next;
    }
    AddFolded(has_letter ? TokenClass::kWord : TokenClass::kNumber, begin, end);
    return end;
  }

  // Whether `c` at `[at, next)` holds together the word before it and what follows.
  bool Joins(char32_t c, std::size_t at, std::size_t next, bool has_letter) const {
    if (next >= text_.size()) {
      return false;
    }
    const CharClass following = table_.ClassOf(NextChar(text_, next));
    const bool is_digit = following == CharClass::kDigit;
    if (!has_letter && IsDigitJoiner(c) && is_digit) {
      return true;
    }
    return IsWordJoiner(c) &&
           (is_digit || following == CharClass::kLetter || following == CharClass::kMark) &&
           !(c == '&' && PlaceholderLength(text_, at) > 0);
  }

  std::size_t ScanSyllable(std::size_t begin) {
    const std::size_t end = ClusterEnd(begin);
    AddFolded(TokenClass::kWord, begin, end);
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
      Add(TokenClass::kPunctuation, begin, end);
      AppendChar(is_ellipsis ? kEllipsis : FoldChar(table_, c), result_.folded);
      SetFolded(1);
    }
    return end;
  }

  // Where the grapheme cluster that begins at `at` ends: enough of UAX #29 for what is no word.
  std::size_t ClusterEnd(std::size_t at) const {
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

  // Adds a token of no folded form yet.
  void Add(TokenClass token_class, std::size_t begin, std::size_t end) {
    const std::uint32_t folded = Offset(result_.folded.size());
    const ByteRange surface{Offset(begin), Offset(end)};
    result_.tokens.push_back({token_class, surface, surface, {folded, folded}, 0});
  }

  // What was appended to `folded` since `Add` is the folded form of the last token.
  void SetFolded(std::uint32_t chars) {
    Token& token = result_.tokens.back();
    token.folded.end = Offset(result_.folded.size());
    token.folded_chars = chars;
  }

  void AddFolded(TokenClass token_class, std::size_t begin, std::size_t end) {
    Add(token_class, begin, end);
    std::uint32_t chars = 0;
    for (std::size_t at = begin; at < end;) {
      const char32_t c = NextChar(text_, at);
      if (!IsSetAside(c)) {
        AppendChar(FoldChar(table_, c), result_.folded);
        ++chars;
      }
    }
    SetFolded(chars);
    if (chars == 0) {  // A stress mark alone.
      result_.tokens.pop_back();
      AddUnfolded(token_class, begin, end);
    }
  }

  void AddUnfolded(TokenClass token_class, std::size_t begin, std::size_t end) {
    Add(token_class, begin, end);
    const std::string_view surface = text_.substr(begin, end - begin);
    result_.folded.append(surface);
    SetFolded(static_cast<std::uint32_t>(CountChars(surface)));
  }

  static std::uint32_t Offset(std::size_t value) { return static_cast<std::uint32_t>(value); }

  const CharTable& table_;
  std::string_view text_;
  TokenizedText& result_;
};

}  // namespace

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
