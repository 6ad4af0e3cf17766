#include "server/text/placeholder.h"

#include <algorithm>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

constexpr std::size_t kMaxTagChars = 197;  // Between the first letter of a tag and its `>`.
constexpr std::size_t kMaxNameLength = 40;
constexpr std::size_t kMaxReferenceLength = 10;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAlpha(char c) { return IsUpper(c) || (c >= 'a' && c <= 'z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordChar(char c) { return IsAlpha(c) || IsDigit(c) || c == '_'; }

// Reads ASCII from a text. Behind the end it sees NUL, which no rule takes.
class Reader {
 public:
  Reader(std::string_view text, std::size_t begin) : text_(text), begin_(begin), at_(begin) {}

  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool IsAtEnd() const { return at_ >= text_.size(); }
  std::size_t length() const { return at_ - begin_; }
  void Skip() { ++at_; }

  bool Take(char c) {
    if (Peek() != c || IsAtEnd()) {
      return false;
    }
    ++at_;
    return true;
  }

  template <typename Predicate>
  std::size_t TakeWhile(Predicate is_wanted, std::size_t limit = std::string_view::npos) {
    const std::size_t start = at_;
    while (at_ - start < limit && !IsAtEnd() && is_wanted(Peek())) {
      ++at_;
    }
    return at_ - start;
  }

  std::size_t TakeAnyOf(std::string_view wanted) {
    return TakeWhile([wanted](char c) { return wanted.find(c) != std::string_view::npos; });
  }

  bool IsBeforeLetter() const {
    if (IsAtEnd()) {
      return false;
    }
    std::size_t at = at_;
    const CharClass next = CharTable::Get().ClassOf(NextChar(text_, at));
    return next == CharClass::kLetter || next == CharClass::kMark || next == CharClass::kSyllable;
  }

 private:
  std::string_view text_;
  std::size_t begin_;
  std::size_t at_;
};

// `<name …>` or `</name>`
std::size_t TagLength(Reader reader) {
  reader.Skip();
  reader.Take('/');
  if (!IsAlpha(reader.Peek())) {
    return 0;
  }
  reader.Skip();
  std::size_t chars = 0;
  reader.TakeWhile([&chars](char c) {
    chars += IsCharStart(c) ? 1 : 0;
    return c != '<' && c != '>' && chars <= kMaxTagChars;
  });
  return reader.Take('>') ? reader.length() : 0;
}

// `%(x)s` or `%{x}`
std::size_t NamedDirectiveLength(Reader reader) {
  reader.Skip();
  const char close = reader.Peek() == '(' ? ')' : '}';
  reader.Skip();
  const auto is_name = [](char c) { return IsWordChar(c) || c == '.' || c == '-'; };
  if (reader.TakeWhile(is_name) == 0 || !reader.Take(close)) {
    return 0;
  }
  if (close == ')' && IsAlpha(reader.Peek())) {
    reader.Skip();
  }
  return reader.length();
}

// `%PRODUCTNAME`
std::size_t VariableLength(Reader reader) {
  reader.Skip();
  if (!IsUpper(reader.Peek())) {
    return 0;
  }
  return reader.TakeWhile([](char c) { return IsUpper(c) || c == '_'; }) >= 3 ? reader.length() : 0;
}

// `%s`, `%1$-5.2ld`
std::size_t PrintfLength(Reader reader) {
  reader.Skip();
  reader.Take('L');
  Reader numbered = reader;
  if (numbered.TakeWhile(IsDigit) > 0 && numbered.Take('$')) {
    reader = numbered;
  }
  reader.TakeAnyOf("-+#0");
  reader.TakeAnyOf("0123456789.*");
  reader.TakeAnyOf("lhzqL");
  if (std::string_view("diouxXeEfFgGcsSpn@").find(reader.Peek()) == std::string_view::npos ||
      reader.IsAtEnd()) {
    return 0;
  }
  reader.Skip();
  return reader.IsBeforeLetter() ? 0 : reader.length();
}

// `%1`, `%L12`
std::size_t QtLength(Reader reader) {
  reader.Skip();
  reader.Take('L');
  const std::size_t digits = reader.TakeWhile(IsDigit);
  return digits >= 1 && digits <= 2 && reader.Peek() != '$' ? reader.length() : 0;
}

std::size_t PercentLength(Reader reader) {
  Reader ahead = reader;
  ahead.Skip();
  if (ahead.Peek() == '(' || ahead.Peek() == '{') {
    return NamedDirectiveLength(reader);
  }
  const std::size_t variable = VariableLength(reader);
  const std::size_t printf = variable > 0 ? variable : PrintfLength(reader);
  return printf > 0 ? printf : QtLength(reader);
}

// `{name}`, `${name}`, `$(name)`; `reader` stands at the bracket.
std::size_t BracedLength(Reader reader, std::size_t prefix) {
  const char close = reader.Peek() == '(' ? ')' : '}';
  reader.Skip();
  const auto is_name = [](char c) { return IsWordChar(c) || c == '.' || c == ':' || c == '-'; };
  reader.TakeWhile(is_name, kMaxNameLength);
  return reader.Take(close) ? prefix + reader.length() : 0;
}

// `$x`
std::size_t ShellLength(Reader reader) {
  reader.Skip();
  if (!IsAlpha(reader.Peek())) {
    return 0;
  }
  reader.TakeWhile(IsWordChar);
  return reader.length();
}

// `&lt;`, `&#160;`
std::size_t ReferenceLength(Reader reader) {
  reader.Skip();
  reader.Take('#');
  return reader.TakeWhile(IsWordChar, kMaxReferenceLength) > 0 && reader.Take(';') ? reader.length()
                                                                                   : 0;
}

}  // namespace

std::size_t PlaceholderLength(std::string_view text, std::size_t offset) {
  const Reader reader(text, offset);
  const char next = offset + 1 < text.size() ? text[offset + 1] : '\0';
  switch (reader.Peek()) {
    case '<':
      return TagLength(reader);
    case '%':
      return PercentLength(reader);
    case '{':
      return BracedLength(reader, 0);
    case '$':
      return next == '{' || next == '(' ? BracedLength(Reader(text, offset + 1), 1)
                                        : ShellLength(reader);
    case '&':
      return ReferenceLength(reader);
    default:
      return 0;
  }
}

}  // namespace sild::text
