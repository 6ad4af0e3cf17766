#include "server/terms/term_text.h"

#include "server/terms/char_kinds.h"
#include "server/text/char_table.h"
#include "server/text/normalize.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

using text::CharClass;
using text::CharTable;

class Reader {
 public:
  explicit Reader(std::string_view normal) : table_(CharTable::Get()), text_(normal) {}

  TermText Run() && {
    for (std::size_t at = 0; at < text_.size();) {
      const Character c = CharacterAt(at);
      if (c.is_dropped) {
        ExtendWord(at, c);
      } else if (IsWordChar(c) || (is_in_word_ && c.code == '\'' && IsWordChar(After(c)))) {
        ReadWordChar(at, c);
      } else if (is_in_word_ && c.code == '-' && IsWordChar(After(c))) {
        EndToken();
        joint_ = Joint::kHyphen;
      } else if (text::IsWhiteSpace(c.code)) {
        EndToken();
        joint_ = Joint::kSpace;
      } else {
        EndToken();
        ReadSymbol(at, c);
      }
      at = c.next;
    }
    return std::move(result_);
  }

 private:
  struct Character {
    char32_t code = 0;
    CharClass char_class = CharClass::kPunctuation;
    bool is_dropped = false;
    std::size_t next = 0;
  };

  Character CharacterAt(std::size_t at) const {
    Character c;
    c.next = at;
    const char32_t code = text::NextChar(text_, c.next);
    c.is_dropped = IsDropped(table_, code);
    c.code = Unified(code);
    c.char_class = table_.ClassOf(c.code);
    return c;
  }

  // The next character that is not dropped; at the end a space.
  Character After(const Character& c) const {
    std::size_t at = c.next;
    while (at < text_.size()) {
      const Character next = CharacterAt(at);
      if (!next.is_dropped) {
        return next;
      }
      at = next.next;
    }
    return {' ', CharClass::kSpace, false, at};
  }

  static bool IsWordChar(const Character& c) {
    return c.char_class == CharClass::kLetter || c.char_class == CharClass::kMark ||
           c.char_class == CharClass::kDigit || c.char_class == CharClass::kSyllable ||
           c.code == '_';
  }

  void ReadWordChar(std::size_t at, const Character& c) {
    if (is_in_word_ && (c.char_class == CharClass::kSyllable || is_syllable_) &&
        c.char_class != CharClass::kMark) {
      EndToken();
    }
    if (!is_in_word_) {
      BeginToken(at, false);
      is_in_word_ = true;
      is_syllable_ = c.char_class == CharClass::kSyllable;
    }
    Append(c);
  }

  void ReadSymbol(std::size_t at, const Character& c) {
    BeginToken(at, true);
    Append(c);
  }

  // What is dropped inside or right behind a word is in its range.
  void ExtendWord(std::size_t at, const Character& c) {
    if (is_in_word_ && result_.tokens.back().range.end == at) {
      result_.tokens.back().range.end = static_cast<std::uint32_t>(c.next);
    }
  }

  void BeginToken(std::size_t at, bool is_symbol) {
    const auto offset = [](std::size_t value) { return static_cast<std::uint32_t>(value); };
    TermToken token;
    token.range = {offset(at), offset(at)};
    token.folded = {offset(result_.folded.size()), offset(result_.folded.size())};
    token.plain = {offset(result_.plain.size()), offset(result_.plain.size())};
    token.joint = joint_;
    token.is_symbol = is_symbol;
    result_.tokens.push_back(token);
    joint_ = Joint::kNothing;
  }

  void EndToken() { is_in_word_ = false; }

  void Append(const Character& c) {
    TermToken& token = result_.tokens.back();
    const char32_t folded = table_.FoldCase(c.code);
    const bool is_letter = c.char_class == CharClass::kLetter;
    const bool is_capital = is_letter && folded != c.code;
    token.has_capital = token.letters == 0 ? is_capital : token.has_capital;
    if (token.leading_capitals == token.letters &&
        (is_capital || (!is_letter && c.code != U'\''))) {
      ++token.leading_capitals;
    }
    ++token.letters;
    text::AppendChar(folded, result_.folded);
    text::AppendChar(c.code, result_.plain);
    token.folded.end = static_cast<std::uint32_t>(result_.folded.size());
    token.plain.end = static_cast<std::uint32_t>(result_.plain.size());
    token.range.end = static_cast<std::uint32_t>(c.next);
  }

  const CharTable& table_;
  std::string_view text_;
  TermText result_;
  Joint joint_ = Joint::kSpace;
  bool is_in_word_ = false;
  bool is_syllable_ = false;
};

}  // namespace

TermText ReadTermText(std::string_view text) {
  const text::NormalizedText normal(text);
  TermText result = Reader(normal.text()).Run();
  for (TermToken& token : result.tokens) {
    token.range = normal.ToOriginal(token.range);
  }
  return result;
}

}  // namespace sild::terms
