#include "server/text/identifiers.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "server/text/char_table.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

constexpr std::size_t kNone = std::string_view::npos;
constexpr std::size_t kMinDigits = 7;         // Of all groups together, if no slash joins them.
constexpr std::size_t kMaxPhoneDigits = 15;   // By ITU-T E.164.
constexpr std::size_t kGroupDigits = 3;       // Of a number.
constexpr std::size_t kAccountGroupSize = 4;  // Of an IBAN in print.
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kCueBytes = 40;  // Before the digits, where a word as `tel.` is looked for.

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsCapital(char c) { return c >= 'A' && c <= 'Z'; }

// Marks that make groups legible, and are not part of what is meant.
constexpr std::array<std::string_view, 7> kMarks = {" ",      "\u00A0", "\u202F", "-",
                                                    "\u2011", "(",      ")"};

// The mark at the beginning of `text`; empty if there is none.
std::string_view MarkOf(std::string_view text) {
  for (const std::string_view mark : kMarks) {
    if (text.starts_with(mark)) {
      return mark;
    }
  }
  return "";
}

bool IsParenthesis(std::string_view mark) { return mark == "(" || mark == ")"; }
bool IsHyphen(std::string_view mark) { return mark == "-" || mark == "\u2011"; }

struct Group {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view gap;  // What stands before it, behind the group before.

  std::size_t size() const { return end - begin; }
};

using Groups = std::vector<Group>;

std::size_t DigitsOf(const Groups& groups) {
  std::size_t digits = 0;
  for (const Group& group : groups) {
    digits += group.size();
  }
  return digits;
}

class IdentifierFinder {
 public:
  explicit IdentifierFinder(std::string_view text) : text_(text) {}

  std::vector<ByteRange> Run() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t end = IsFreeBefore(at) ? EndOf(at) : at;
      if (end > at) {
        Add(at, end);
        at = end;
      } else if (IsDigit(text_[at])) {
        // What follows in the same chain is no identifier either.
        at = std::max(skip_, DigitsEnd(at));
      } else {
        NextChar(text_, at);
      }
    }
    return std::move(found_);
  }

 private:
  // The end of the identifier that begins at `at`; `at` if there is none.
  std::size_t EndOf(std::size_t at) {
    if (text_[at] == '+') {
      return Phone(at);
    }
    if (IsCapital(text_[at])) {
      return Account(at);
    }
    if (!IsDigit(text_[at])) {
      return at;
    }
    const std::size_t end = WithSlash(at);
    return end > at ? end : Chain(at);
  }

  void Add(std::size_t begin, std::size_t end) {
    // (495) 123-45-67
    const std::string_view inside = text_.substr(begin, end - begin);
    const std::size_t close = inside.find(')');
    const bool is_opened = close != kNone && inside.substr(0, close).find('(') == kNone;
    if (is_opened && begin > 0 && text_[begin - 1] == '(') {
      --begin;
    }
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
  }

  // Whether no letter, digit or decimal mark joins what begins at `at` to what is before.
  bool IsFreeBefore(std::size_t at) const {
    if (at == 0) {
      return true;
    }
    std::size_t before = at - 1;
    while (before > 0 && !IsCharStart(text_[before])) {
      --before;
    }
    std::size_t next = before;
    const CharClass is = CharTable::Get().ClassOf(NextChar(text_, next));
    const bool is_mark = std::string_view(".,:/+-_").find(text_[at - 1]) != kNone;
    const bool is_in_number = is_mark && at > 1 && IsDigit(text_[at - 2]);
    return is != CharClass::kLetter && is != CharClass::kDigit && is != CharClass::kMark &&
           !is_in_number;
  }

  // Whether what ends at `end` goes on: with a letter, or with a mark and a digit.
  bool GoesOn(std::size_t end) const {
    if (end >= text_.size()) {
      return false;
    }
    std::size_t next = end;
    const CharClass is = CharTable::Get().ClassOf(NextChar(text_, next));
    const bool is_mark = std::string_view(".,:/").find(text_[end]) != kNone;
    return is == CharClass::kLetter || is == CharClass::kDigit ||
           (is_mark && end + 1 < text_.size() && IsDigit(text_[end + 1]));
  }

  std::size_t DigitsEnd(std::size_t at) const {
    while (at < text_.size() && IsDigit(text_[at])) {
      ++at;
    }
    return at;
  }

  // The groups from `at` on that one mark joins, or two of which one is a parenthesis.
  Groups GroupsFrom(std::size_t at) const {
    Groups groups = {{at, DigitsEnd(at), ""}};
    while (true) {
      const std::size_t end = groups.back().end;
      const std::string_view first = MarkOf(text_.substr(end));
      const std::string_view second = MarkOf(text_.substr(end + first.size()));
      const bool has_two = !second.empty() && IsParenthesis(first) != IsParenthesis(second);
      const std::size_t next = end + first.size() + (has_two ? second.size() : 0);
      if (first.empty() || next >= text_.size() || !IsDigit(text_[next])) {
        break;
      }
      groups.push_back({next, DigitsEnd(next), text_.substr(end, next - end)});
    }
    while (!groups.empty() && GoesOn(groups.back().end)) {
      groups.pop_back();
    }
    return groups;
  }

  std::size_t Phone(std::size_t at) const {
    if (at + 1 >= text_.size() || !IsDigit(text_[at + 1])) {
      return at;
    }
    Groups groups = GroupsFrom(at + 1);
    std::size_t digits = DigitsOf(groups);
    while (!groups.empty() && digits > kMaxPhoneDigits) {
      digits -= groups.back().size();
      groups.pop_back();
    }
    return groups.size() > 1 && digits >= kMinDigits ? groups.back().end : at;
  }

  std::size_t Chain(std::size_t at) {
    const Groups groups = GroupsFrom(at);
    skip_ = groups.empty() ? at : groups.back().end;
    if (groups.size() < 2 || DigitsOf(groups) < kMinDigits || IsGrouped(groups) ||
        IsRange(groups) || HasDate(groups) || (groups.size() == 2 && !IsCertainPair(groups))) {
      return at;
    }
    const bool has_letter = text_.substr(skip_).starts_with("-X") && !GoesOn(skip_ + 2);
    return skip_ + (has_letter ? 2 : 0);  // ISBN 0-306-40615-X
  }

  // Whether groups `[from, to)` are one number: 1 234 567, or no groups at all.
  static bool IsNumber(const Groups& groups, std::size_t from, std::size_t to) {
    for (std::size_t i = from + 1; i < to; ++i) {
      const bool is_space = !IsHyphen(groups[i].gap) &&
                            !IsParenthesis(groups[i].gap.substr(0, 1)) &&
                            !groups[i].gap.ends_with('(');
      if (!is_space || groups[i].size() != kGroupDigits || groups[from].size() > kGroupDigits) {
        return false;
      }
    }
    return true;
  }

  static bool IsGrouped(const Groups& groups) { return IsNumber(groups, 0, groups.size()); }

  // Whether one hyphen stands between two numbers: 10 000-15 000.
  static bool IsRange(const Groups& groups) {
    std::size_t hyphen = 0;
    for (std::size_t i = 1; i < groups.size(); ++i) {
      if (IsHyphen(groups[i].gap)) {
        if (hyphen != 0) {
          return false;
        }
        hyphen = i;
      }
    }
    return hyphen != 0 && groups.size() > 2 && IsNumber(groups, 0, hyphen) &&
           IsNumber(groups, hyphen, groups.size());
  }

  static bool HasDate(const Groups& groups) {
    for (std::size_t i = 2; i < groups.size(); ++i) {
      const bool is_joined = IsHyphen(groups[i - 1].gap) && IsHyphen(groups[i].gap);
      const auto sizes = std::array{groups[i - 2].size(), groups[i - 1].size(), groups[i].size()};
      const bool is_date = sizes[1] <= 2 && ((sizes[0] == kYearDigits && sizes[2] <= 2) ||
                                             (sizes[0] <= 2 && sizes[2] == kYearDigits));
      if (is_joined && is_date) {
        return true;
      }
    }
    return false;
  }

  // Whether two groups are no range and no two numbers: 631 8600, tel. 5123 4567, ISSN 1234-5678.
  bool IsCertainPair(const Groups& groups) const {
    const bool is_local = groups[1].gap == " " || groups[1].gap == "\u00A0";
    return (is_local && groups[0].size() == kGroupDigits && groups[1].size() == kGroupDigits + 1) ||
           HasCue(groups[0].begin);
  }

  // Whether a word before `at` says that a number of that sort follows.
  bool HasCue(std::size_t at) const {
    constexpr std::array<std::string_view, 11> kCues = {
        "tel", "phone", "mob", "fax", "faks", "issn", "isbn", "iban", "тел", "факс", "моб"};
    std::size_t from = at - std::min(at, kCueBytes);
    while (from < at && !IsCharStart(text_[from])) {
      ++from;
    }
    const TokenizedText before = Tokenize(text_.substr(from, at - from));
    const auto word = std::find_if(
        before.tokens.rbegin(), before.tokens.rend(),
        [](const Token& token) { return token.token_class != TokenClass::kPunctuation; });
    return word != before.tokens.rend() &&
           std::any_of(kCues.begin(), kCues.end(),
                       [&](std::string_view cue) { return before.Folded(*word).starts_with(cue); });
  }

  // EE38 2200 2210 2014 5685, GB29 NWBK 6016 1331 9268 19
  std::size_t Account(std::size_t at) const {
    const std::string_view head = text_.substr(at, kAccountGroupSize);
    if (head.size() < kAccountGroupSize || !IsCapital(head[1]) || !IsDigit(head[2]) ||
        !IsDigit(head[3])) {
      return at;
    }
    std::size_t end = at + kAccountGroupSize;
    std::size_t groups = 0;
    while (true) {
      const std::string_view mark = MarkOf(text_.substr(end));
      const std::size_t begin = end + mark.size();
      std::size_t next = begin;
      while (next < text_.size() && (IsDigit(text_[next]) || IsCapital(text_[next]))) {
        ++next;
      }
      const bool has_digit = text_.substr(begin, next - begin).find_first_of("0123456789") != kNone;
      const bool is_bank = groups == 0 && next - begin == kAccountGroupSize;
      if (mark.empty() || IsParenthesis(mark) || IsHyphen(mark) || !(has_digit || is_bank) ||
          GoesOn(next) || next - begin > kAccountGroupSize) {
        break;
      }
      ++groups;
      end = next;
      if (next - begin < kAccountGroupSize) {
        break;
      }
    }
    return groups > 1 ? end : at;
  }

  // 2022/0047(COD), 2016/679, 12/2021: not 1/2, 24/7 and 01/02/2022.
  std::size_t WithSlash(std::size_t at) const {
    Groups groups = {{at, DigitsEnd(at), ""}};
    while (text_.substr(groups.back().end).starts_with('/') &&
           DigitsEnd(groups.back().end + 1) > groups.back().end + 1) {
      const std::size_t next = groups.back().end + 1;
      groups.push_back({next, DigitsEnd(next), "/"});
    }
    const std::size_t end = groups.back().end;
    const bool is_long = std::any_of(groups.begin(), groups.end(), [this](const Group& group) {
      return group.size() >= kYearDigits ||
             (group.size() >= kGroupDigits && text_[group.begin] == '0');
    });
    if (groups.size() < 2 || groups.size() > 3 || GoesOn(end) || (groups.size() == 3 && is_long)) {
      return at;
    }
    const std::size_t behind = BehindProcedure(end);
    return is_long || behind > end ? behind : at;
  }

  // Behind `(COD)`, also with a space before it; `at` if there is none.
  std::size_t BehindProcedure(std::size_t at) const {
    constexpr std::size_t kMaxLetters = 5;
    const std::size_t open = at + (text_.substr(at).starts_with(' ') ? 1 : 0);
    if (!text_.substr(open).starts_with('(')) {
      return at;
    }
    std::size_t close = open + 1;
    while (close < text_.size() && IsCapital(text_[close])) {
      ++close;
    }
    const std::size_t letters = close - open - 1;
    const bool is_one =
        letters >= 2 && letters <= kMaxLetters && close < text_.size() && text_[close] == ')';
    return is_one ? close + 1 : at;
  }

  std::string_view text_;
  std::size_t skip_ = 0;  // Behind the chain that was looked at last.
  std::vector<ByteRange> found_;
};

}  // namespace

std::vector<ByteRange> FindIdentifiers(std::string_view text) {
  return IdentifierFinder(text).Run();
}

std::string BareIdentifier(std::string_view identifier) {
  std::string bare;
  while (!identifier.empty()) {
    const std::string_view mark = MarkOf(identifier);
    if (mark.empty()) {
      bare += identifier.front();
    }
    identifier.remove_prefix(std::max<std::size_t>(mark.size(), 1));
  }
  return bare;
}

std::string WriteIdentifier(std::string_view identifier, std::string_view model) {
  const std::string bare = BareIdentifier(identifier);
  if (bare.size() != BareIdentifier(model).size()) {
    return std::string(identifier);
  }
  std::string written;
  for (std::size_t next = 0; !model.empty();) {
    const std::string_view mark = MarkOf(model);
    if (mark.empty()) {
      written += bare[next++];
    } else {
      written += mark;
    }
    model.remove_prefix(std::max<std::size_t>(mark.size(), 1));
  }
  return written;
}

}  // namespace sild::text
