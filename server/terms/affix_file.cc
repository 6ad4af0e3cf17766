#include "server/terms/affix_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <limits>
#include <optional>

#include <iconv.h>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr char32_t kMaxParadigms = 0xFFFF;

std::vector<std::string_view> Fields(std::string_view line) {
  constexpr std::string_view kSpace = " \t\r";
  std::vector<std::string_view> fields;
  for (std::size_t begin = line.find_first_not_of(kSpace); begin != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kSpace, begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kSpace, end);
  }
  return fields;
}

std::optional<std::uint32_t> ReadNumber(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

// The value of the first line `SET value`, which says how to read all the others.
std::optional<std::string> DeclaredEncoding(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::vector<std::string_view> fields = Fields(bytes.substr(0, end));
    if (fields.size() == 2 && fields[0] == "SET") {
      return std::string(fields[1]);
    }
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return std::nullopt;
}

std::string_view WithoutMark(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  return bytes.starts_with(kByteOrderMark) ? bytes.substr(kByteOrderMark.size()) : bytes;
}

absl::Status Wrong(std::string_view name, std::size_t line, std::string_view problem) {
  return absl::InvalidArgumentError(std::string(name) + ":" + std::to_string(line) + ": " +
                                    std::string(problem));
}

absl::Status Undecodable(std::string_view name, std::string_view bytes, std::size_t at,
                         const std::string& encoding) {
  const auto line =
      1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return Wrong(name, static_cast<std::size_t>(line), "a byte that is not " + encoding);
}

std::string NullForZero(std::string_view affix) {
  affix = affix.substr(0, affix.find('/'));  // Flags of suffixes upon it.
  return affix == "0" ? std::string() : FoldWord(affix);
}

}  // namespace

std::string FoldWord(std::string_view text) {
  const text::CharTable& table = text::CharTable::Get();
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = table.FoldCase(text::NextChar(text, at));
    text::AppendChar(c == U'ё' ? U'е' : c, folded);
  }
  return folded;
}

std::string SuffixCondition::Parse(std::string_view pattern, SuffixCondition& condition) {
  condition.places_.clear();
  if (pattern == ".") {
    return {};
  }
  const std::u32string chars = text::ToUtf32(FoldWord(pattern));
  for (std::size_t i = 0; i < chars.size(); ++i) {
    Place place;
    if (chars[i] == U'.') {
      place.is_negated = true;
    } else if (chars[i] == U'[') {
      const std::size_t end = chars.find(U']', i);
      if (end == std::u32string::npos) {
        return "a set of characters without an end";
      }
      place.is_negated = chars[i + 1] == U'^';
      i += place.is_negated ? 2 : 1;
      place.chars = chars.substr(i, end - i);
      i = end;
    } else {
      place.chars = chars[i];
    }
    condition.places_.push_back(std::move(place));
  }
  return {};
}

bool SuffixCondition::Matches(std::string_view word) const {
  for (std::size_t i = places_.size(); i > 0; --i) {
    if (word.empty()) {
      return false;
    }
    std::size_t begin = word.size() - 1;
    while (begin > 0 && !text::IsCharStart(word[begin])) {
      --begin;
    }
    std::size_t at = begin;
    const bool is_in_set =
        places_[i - 1].chars.find(text::NextChar(word, at)) != std::u32string::npos;
    if (is_in_set == places_[i - 1].is_negated) {
      return false;
    }
    word = word.substr(0, begin);
  }
  return true;
}

// Reads an .aff file line by line.
class AffixFile::Parser {
 public:
  explicit Parser(AffixFile& file) : file_(file) {}

  // Returns what is wrong, or nothing.
  std::string ReadLine(std::string_view line) {
    const std::vector<std::string_view> fields = Fields(line);
    if (fields.empty() || fields[0].starts_with("#")) {
      return {};
    }
    if (fields[0] == "FLAG") {
      return ReadFlagType(fields);
    }
    if (fields[0] == "AF") {
      return "numbers for sets of flags (AF) are not supported";
    }
    if (fields[0] == "FORBIDDENWORD" && fields.size() > 1) {
      return ReadFlag(fields[1], file_.forbidden_);
    }
    if (fields[0] == "SFX" || fields[0] == "PFX") {
      return rules_left_ == 0 ? ReadHeader(fields) : ReadRule(fields);
    }
    return {};
  }

  // Returns what is missing at the end, or nothing.
  std::string Finish() const {
    return rules_left_ == 0 ? "" : std::to_string(rules_left_) + " rules of a flag are missing";
  }

 private:
  std::string ReadFlagType(const std::vector<std::string_view>& fields) {
    const std::string_view type = fields.size() > 1 ? fields[1] : "";
    if (type == "long") {
      file_.flag_type_ = FlagType::kLong;
    } else if (type == "num") {
      file_.flag_type_ = FlagType::kNumber;
    } else if (type != "char" && type != "UTF-8") {
      return "FLAG is neither char, long, num nor UTF-8";
    }
    return {};
  }

  std::string ReadFlag(std::string_view text, char32_t& flag) const {
    std::vector<char32_t> flags;
    if (std::string problem = file_.SplitFlags(text, flags); !problem.empty()) {
      return problem;
    }
    if (flags.size() != 1) {
      return "one flag must stand here";
    }
    flag = flags[0];
    return {};
  }

  std::string ReadHeader(const std::vector<std::string_view>& fields) {
    const std::optional<std::uint32_t> count =
        fields.size() >= 4 ? ReadNumber(fields[3]) : std::nullopt;
    if (!count || (fields[2] != "Y" && fields[2] != "N")) {
      return "must be SFX or PFX, a flag, Y or N, and how many rules follow";
    }
    is_suffix_ = fields[0] == "SFX";
    rules_left_ = *count;
    char32_t flag = 0;
    if (std::string problem = ReadFlag(fields[1], flag); !problem.empty() || !is_suffix_) {
      return problem;
    }
    if (file_.paradigms_.size() >= kMaxParadigms) {
      return "too many flags";
    }
    const auto next = static_cast<std::uint16_t>(file_.paradigms_.size());
    paradigm_ = file_.paradigms_.try_emplace(flag, next).first->second;
    return {};
  }

  std::string ReadRule(const std::vector<std::string_view>& fields) {
    --rules_left_;
    if (fields.size() < 4 || (fields[0] == "SFX") != is_suffix_) {
      return "must be a rule: SFX or PFX as before, flag, what to strip, what to add, condition";
    }
    if (!is_suffix_) {
      return {};
    }
    SuffixRule rule{paradigm_, NullForZero(fields[2]), NullForZero(fields[3]), {}};
    const bool has_condition = fields.size() > 4 && !fields[4].starts_with("#");
    std::string problem = SuffixCondition::Parse(has_condition ? fields[4] : ".", rule.condition);
    file_.rules_.push_back(std::move(rule));
    return problem;
  }

  AffixFile& file_;
  bool is_suffix_ = false;
  std::uint16_t paradigm_ = 0;
  std::uint32_t rules_left_ = 0;
};

absl::StatusOr<AffixFile> AffixFile::Parse(std::string_view bytes, std::string_view name) {
  AffixFile file;
  bytes = WithoutMark(bytes);
  if (std::optional<std::string> encoding = DeclaredEncoding(bytes)) {
    file.encoding_ = *std::move(encoding);
  }
  const absl::StatusOr<std::string> decoded = file.Decode(bytes, name);
  if (!decoded.ok()) {
    return decoded.status();
  }
  Parser parser(file);
  std::size_t line = 0;
  for (std::string_view rest = *decoded; !rest.empty();) {
    ++line;
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (const std::string problem = parser.ReadLine(rest.substr(0, end)); !problem.empty()) {
      return Wrong(name, line, problem);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (const std::string problem = parser.Finish(); !problem.empty()) {
    return Wrong(name, line, problem);
  }
  std::stable_sort(
      file.rules_.begin(), file.rules_.end(),
      [](const SuffixRule& a, const SuffixRule& b) { return a.paradigm < b.paradigm; });
  return file;
}

absl::StatusOr<std::string> AffixFile::Decode(std::string_view bytes, std::string_view name) const {
  iconv_t converter = iconv_open("UTF-8", encoding_.c_str());
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr): POSIX.
    return absl::InvalidArgumentError(std::string(name) + ": unknown encoding " + encoding_);
  }
  // iconv does not write to its input.
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  std::string decoded;
  decoded.reserve(bytes.size() + bytes.size() / 2);
  std::array<char, 65'536> buffer;
  while (in_left > 0) {
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const std::size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    const bool is_wrong = result == std::numeric_limits<std::size_t>::max() && errno != E2BIG;
    decoded.append(buffer.data(), buffer.size() - out_left);
    if (is_wrong) {
      iconv_close(converter);
      return Undecodable(name, bytes, bytes.size() - in_left, encoding_);
    }
  }
  iconv_close(converter);
  return decoded;
}

std::string AffixFile::SplitFlags(std::string_view flags, std::vector<char32_t>& split) const {
  if (flag_type_ == FlagType::kNumber) {
    while (!flags.empty()) {
      const std::size_t end = std::min(flags.find(','), flags.size());
      const std::optional<std::uint32_t> number = ReadNumber(flags.substr(0, end));
      if (!number) {
        return "a flag that is not a number";
      }
      split.push_back(*number);
      flags.remove_prefix(std::min(end + 1, flags.size()));
    }
    return {};
  }
  const std::u32string chars = text::ToUtf32(flags);
  if (flag_type_ == FlagType::kChar) {
    split.assign(chars.begin(), chars.end());
    return {};
  }
  if (chars.size() % 2 != 0) {
    return "flags of two characters, and one character left";
  }
  for (std::size_t i = 0; i < chars.size(); i += 2) {
    split.push_back(chars[i] << 16 | (chars[i + 1] & 0xFFFF));
  }
  return {};
}

std::string AffixFile::ReadFlags(std::string_view flags, std::vector<std::uint16_t>& paradigms,
                                 bool& is_forbidden) const {
  paradigms.clear();
  is_forbidden = false;
  std::vector<char32_t> split;
  if (std::string problem = SplitFlags(flags, split); !problem.empty()) {
    return problem;
  }
  for (const char32_t flag : split) {
    is_forbidden = is_forbidden || (forbidden_ != 0 && flag == forbidden_);
    if (const auto known = paradigms_.find(flag); known != paradigms_.end()) {
      paradigms.push_back(known->second);
    }
  }
  std::sort(paradigms.begin(), paradigms.end());
  paradigms.erase(std::unique(paradigms.begin(), paradigms.end()), paradigms.end());
  return {};
}

}  // namespace sild::terms
