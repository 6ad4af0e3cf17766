#include "server/text/addresses.h"

#include <algorithm>
#include <cstdint>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

bool IsAlpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsAlnum(char c) { return IsAlpha(c) || (c >= '0' && c <= '9'); }
bool IsSchemeChar(char c) { return IsAlnum(c) || c == '+' || c == '-' || c == '.'; }
bool IsLocalChar(char c) { return IsSchemeChar(c) || c == '_' || c == '%'; }
bool IsDomainChar(char c) { return IsAlnum(c) || c == '-' || c == '.'; }

// Quotes and brackets that no address holds.
bool EndsAddress(char32_t c) {
  switch (c) {
    case '<':
    case '>':
    case '"':
    case '`':
    case 0xAB:
    case 0xBB:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
      return true;
    default:
      return CharTable::Get().ClassOf(c) == CharClass::kSpace;
  }
}

// Takes off the punctuation at the end that belongs to the sentence.
std::size_t WithoutTrailingMarks(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view address = text.substr(begin, end - begin);
  auto open = std::count(address.begin(), address.end(), '(') -
              std::count(address.begin(), address.end(), ')');
  while (end > begin) {
    const char last = text[end - 1];
    const bool closes_outer = last == ')' && open < 0;
    if (!closes_outer && std::string_view(".,;:!?'*]}").find(last) == std::string_view::npos) {
      break;
    }
    open += closes_outer ? 1 : 0;
    --end;
  }
  return end;
}

class AddressFinder {
 public:
  explicit AddressFinder(std::string_view text) : text_(text) {}

  std::vector<ByteRange> Run() {
    for (std::size_t at = text_.find_first_of(":@wW"); at != std::string_view::npos;
         at = text_.find_first_of(":@wW", at)) {
      const std::size_t end = text_[at] == ':' ? Url(at) : text_[at] == '@' ? Mail(at) : Host(at);
      at = std::max(at + 1, end);
    }
    return std::move(found_);
  }

 private:
  // Each takes the address that the character at `at` shows, and returns its end, or 0.
  std::size_t Url(std::size_t at) {
    constexpr std::string_view kMark = "://";
    if (!text_.substr(at).starts_with(kMark)) {
      return 0;
    }
    std::size_t begin = at;
    while (begin > free_ && IsSchemeChar(text_[begin - 1])) {
      --begin;
    }
    while (begin < at && !IsAlpha(text_[begin])) {
      ++begin;
    }
    return begin == at ? 0 : Take(begin, at + kMark.size());
  }

  std::size_t Host(std::size_t at) {
    const bool is_inside_word = at > 0 && (IsLocalChar(text_[at - 1]) || text_[at - 1] == '@');
    const std::string_view rest = text_.substr(at);
    if (is_inside_word || !(rest.starts_with("www.") || rest.starts_with("WWW.")) ||
        rest.size() < 5 || !IsAlnum(rest[4])) {
      return 0;
    }
    return Take(at, at + 4);
  }

  std::size_t Mail(std::size_t at) {
    std::size_t begin = at;
    while (begin > free_ && IsLocalChar(text_[begin - 1])) {
      --begin;
    }
    std::size_t end = at + 1;
    while (end < text_.size() && IsDomainChar(text_[end])) {
      ++end;
    }
    while (end > at && !IsAlnum(text_[end - 1])) {
      --end;
    }
    const std::string_view domain = text_.substr(at + 1, std::max(end, at + 1) - at - 1);
    const std::size_t dot = domain.rfind('.');
    if (begin == at || dot == std::string_view::npos || dot == 0 || !IsAlpha(domain.back())) {
      return 0;
    }
    Add(begin, end);
    return end;
  }

  // Takes what begins at `begin`, up to white space or what no address holds; something must stand
  // behind `body`.
  std::size_t Take(std::size_t begin, std::size_t body) {
    std::size_t end = body;
    while (end < text_.size()) {
      std::size_t next = end;
      if (EndsAddress(NextChar(text_, next))) {
        break;
      }
      end = next;
    }
    end = WithoutTrailingMarks(text_, begin, end);
    if (end <= body) {
      return 0;
    }
    Add(begin, end);
    return end;
  }

  void Add(std::size_t begin, std::size_t end) {
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    free_ = end;
  }

  std::string_view text_;
  std::vector<ByteRange> found_;
  std::size_t free_ = 0;  // Behind the last address.
};

}  // namespace

std::vector<ByteRange> FindAddresses(std::string_view text) { return AddressFinder(text).Run(); }

}  // namespace sild::text
