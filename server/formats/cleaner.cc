#include "server/formats/cleaner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <fmt/format.h>
#include <libxml/HTMLparser.h>

#include "server/text/utf8.h"

namespace sild::formats {
namespace {

constexpr std::size_t kMaxTagBytes = 1 << 20;
constexpr std::size_t kMaxAttributes = 256;
constexpr std::size_t kMaxDoctypeBytes = 64 * 1024;
constexpr std::size_t kMaxReferenceBytes = 40;
constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kEntityMark = "<!ENTITY";

constexpr bool IsHighHalf(char32_t c) { return c >= 0xD800 && c <= 0xDBFF; }
constexpr bool IsLowHalf(char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

// Whether XML 1.0 can carry `c` (production `Char`).
constexpr bool IsXmlChar(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

// The bytes that text and values are copied through with no further look.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain = {};
  for (std::size_t c = 0x20; c < 0x80; ++c) {
    plain[c] = c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
  }
  plain['\t'] = true;
  return plain;
}();

std::size_t PlainRun(std::string_view in) {
  std::size_t n = 0;
  while (n < in.size() && kPlain[static_cast<unsigned char>(in[n])]) {
    ++n;
  }
  return n;
}

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_' || c == ':' ||
         (c & 0x80) != 0;
}

// A character, or half of one, at the beginning of `in`, with its length; no length: cut.
struct Decoded {
  std::optional<char32_t> c;  // Nothing: bytes that are no character.
  std::size_t bytes = 1;
};

Decoded DecodeAt(std::string_view in, bool is_end) {
  const auto byte = [&in](std::size_t i) { return static_cast<unsigned char>(in[i]); };
  const unsigned char first = byte(0);
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) {
    return {};
  }
  char32_t c = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if (i >= in.size()) {
      return is_end ? Decoded{} : Decoded{{}, 0};
    }
    if ((byte(i) & 0xC0) != 0x80) {
      return {};
    }
    c = c << 6 | (byte(i) & 0x3FU);
  }
  const bool is_overlong = (size == 3 && c < 0x800) || (size == 4 && c < 0x10000);
  return is_overlong || c > 0x10FFFF ? Decoded{} : Decoded{c, size};
}

}  // namespace

absl::Status Cleaner::Run(std::string_view bytes, bool is_end, std::string& out) {
  const std::string joined = pending_.empty() ? std::string() : pending_ + std::string(bytes);
  std::string_view in = pending_.empty() ? bytes : std::string_view(joined);
  pending_.clear();
  is_end_ = is_end;
  out_ = &out;
  while (!in.empty() && status_.ok()) {
    const std::size_t used = Step(in);
    if (used == 0) {
      pending_ = in;
      break;
    }
    offset_ += static_cast<std::int64_t>(used);
    in.remove_prefix(used);
  }
  return status_;
}

absl::Status Cleaner::Finish(std::string& out) {
  const absl::Status run = Run({}, true, out);
  if (run.ok() && half_ != 0) {
    FlushHalf();
  }
  if (run.ok() && state_ != State::kText) {
    Fail("the file ends inside a tag, comment or the like; get the whole file and import it again");
  }
  return status_;
}

std::size_t Cleaner::Step(std::string_view in) {
  if (const bool was_return = std::exchange(after_return_, false); was_return && in[0] == '\n') {
    return 1;
  }
  if (in[0] == '\n' || in[0] == '\r') {
    FlushHalf();
    after_return_ = in[0] == '\r';
    ++line_;
    out_->push_back('\n');
    CountTagBytes(1);
    return 1;
  }
  switch (state_) {
    case State::kText:
    case State::kValue:
    case State::kCdata:
      return StepText(in);
    case State::kTag:
      return StepTag(in);
    case State::kComment:
      return StepHidden(in, "-->");
    case State::kInstruction:
      return StepHidden(in, "?>");
    case State::kDoctype:
      return StepDoctype(in);
  }
  return 1;
}

std::size_t Cleaner::StepText(std::string_view in) {
  if (half_ != 0 && in[0] != '&' && in[0] != '\xED') {
    FlushHalf();
  }
  if (const std::size_t run = PlainRun(in); run > 0) {
    if (state_ == State::kCdata && in[0] == ']') {  // A run never has the `>` of `]]>`.
      const std::size_t brackets = std::min(in.find_first_not_of(']'), in.size());
      if (brackets == in.size() && !is_end_ && brackets <= 2) {
        return 0;
      }
      if (brackets >= 2 && brackets < in.size() && in[brackets] == '>') {
        out_->append(brackets - 2, ']');
        state_ = State::kText;
        return brackets + 1;
      }
      out_->append(1, ']');
      return 1;
    }
    const std::size_t part =
        state_ == State::kCdata ? std::min(run, in.substr(0, run).find(']')) : run;
    out_->append(in.substr(0, part));
    CountTagBytes(part);
    return part;
  }
  switch (in[0]) {
    case '"':
    case '\'':
      out_->push_back(in[0]);
      state_ = state_ == State::kValue && in[0] == quote_ ? State::kTag : state_;
      CountTagBytes(1);
      return 1;
    case '>':
      out_->append("&gt;");
      return 1;
    case '<':
      return StepMarkup(in);
    case '&':
      return StepReference(in);
    default:
      return StepCharacter(in);
  }
}

std::size_t Cleaner::OpenHidden(std::string_view in, std::string_view mark, State state) {
  if (in.size() < mark.size() && !is_end_ &&
      absl::EqualsIgnoreCase(absl::string_view(in.data(), in.size()),
                             absl::string_view(mark.data(), in.size()))) {
    return 0;
  }
  if (in.size() < mark.size() ||
      !absl::EqualsIgnoreCase(absl::string_view(in.data(), mark.size()),
                              absl::string_view(mark.data(), mark.size()))) {
    return std::string_view::npos;
  }
  state_ = state;
  quote_ = '\0';
  doctype_depth_ = 0;
  return mark.size();
}

std::size_t Cleaner::StepMarkup(std::string_view in) {
  if (state_ == State::kText) {
    if (in.size() < 2 && !is_end_) {
      return 0;
    }
    const char next = in.size() < 2 ? ' ' : in[1];
    if (IsNameStart(next) || next == '/') {
      BeginTag(next == '/');
      out_->append(in.substr(0, 2));
      return 2;
    }
    constexpr std::array<std::pair<std::string_view, State>, 4> kHidden = {
        {{"<!--", State::kComment},
         {"<?", State::kInstruction},
         {"<![CDATA[", State::kCdata},
         {"<!DOCTYPE", State::kDoctype}}};
    for (const auto& [mark, state] : kHidden) {
      if (const std::size_t used = OpenHidden(in, mark, state); used != std::string_view::npos) {
        return used;
      }
    }
    const std::size_t used = OpenHidden(in, kEntityMark, State::kDoctype);
    if (used == 0) {
      return 0;
    }
    if (used != std::string_view::npos) {
      Fail("entity declarations are refused; remove the DOCTYPE with its <!ENTITY lines");
      return used;
    }
  }
  if (state_ != State::kCdata) {
    AddRepair(RepairKind::kBareMarkup);
  }
  out_->append("&lt;");
  CountTagBytes(4);
  return 1;
}

void Cleaner::BeginTag(bool is_end_tag) {
  state_ = State::kTag;
  is_end_tag_ = is_end_tag;
  tag_bytes_ = 0;
  tag_values_ = 0;
  last_in_tag_ = 0;
  if (!is_end_tag) {
    ++tag_count_;
    start_tags_.push_back({offset_, line_});
  }
}

std::size_t Cleaner::StepTag(std::string_view in) {
  if (const std::size_t run = PlainRun(in); run > 0) {
    out_->append(in.substr(0, run));
    last_in_tag_ = in[run - 1];
    CountTagBytes(run);
    return run;
  }
  const char c = in[0];
  if (c == '"' || c == '\'') {
    quote_ = c;
    state_ = State::kValue;
    if (++tag_values_ > kMaxAttributes) {
      Fail("a tag has more than 256 attributes; this is no translation file");
    }
  } else if (c == '>') {
    state_ = State::kText;
    if (is_end_tag_ || last_in_tag_ == '/') {
      element_ends_.push_back(offset_ + 1);
      ++tag_count_;
    }
  } else if ((c & 0x80) != 0) {
    return StepCharacter(in);
  }
  last_in_tag_ = c;
  if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') {
    out_->push_back(c);
  }
  CountTagBytes(1);
  return 1;
}

void Cleaner::CountTagBytes(std::size_t bytes) {
  if (state_ == State::kTag || state_ == State::kValue) {
    tag_bytes_ += bytes;
    if (tag_bytes_ > kMaxTagBytes) {
      Fail("a tag is longer than 1 MiB; look there for a quotation mark that is not closed");
    }
  }
}

std::size_t Cleaner::StepHidden(std::string_view in, std::string_view end) {
  if (in.starts_with(end)) {
    state_ = State::kText;
    return end.size();
  }
  if (in.size() < end.size() && !is_end_ && end.starts_with(in)) {
    return 0;
  }
  // To the next place where something is to be done.
  const std::array<char, 3> stops = {end[0], '\n', '\r'};
  return std::min(in.find_first_of(std::string_view(stops.data(), stops.size()), 1), in.size());
}

std::size_t Cleaner::StepDoctype(std::string_view in) {
  if (++doctype_bytes_ > kMaxDoctypeBytes) {
    Fail("the DOCTYPE is longer than 64 KiB; remove it");
    return 1;
  }
  if (in.size() < kEntityMark.size() && !is_end_ && (in[0] == '<' || in[0] == '-')) {
    return 0;
  }
  if (absl::StartsWithIgnoreCase(absl::string_view(in.data(), in.size()), "<!ENTITY")) {
    Fail("entity declarations are refused; remove the DOCTYPE with its <!ENTITY lines");
    return 1;
  }
  const char c = in[0];
  if (in_doctype_comment_) {
    in_doctype_comment_ = !in.starts_with("-->");
    return in_doctype_comment_ ? 1 : 3;
  }
  if (quote_ != 0) {
    quote_ = c == quote_ ? '\0' : quote_;
  } else if (in.starts_with("<!--")) {
    in_doctype_comment_ = true;
    return 4;
  } else if (c == '"' || c == '\'') {
    quote_ = c;
  } else if (c == '[' || c == ']') {
    doctype_depth_ += c == '[' ? 1 : -1;
  } else if (c == '>' && doctype_depth_ <= 0) {
    state_ = State::kText;
  }
  return 1;
}

std::size_t Cleaner::StepReference(std::string_view in) {
  const std::string_view body = in.substr(1, kMaxReferenceBytes);
  const auto is_name = [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '#';
  };
  const auto end =
      static_cast<std::size_t>(std::find_if_not(body.begin(), body.end(), is_name) - body.begin());
  if (end == body.size() && body.size() < kMaxReferenceBytes && !is_end_ &&
      state_ != State::kCdata) {
    return 0;
  }
  const std::string_view name = body.substr(0, end);
  const bool is_reference = state_ != State::kCdata && !name.empty() && end < body.size() &&
                            body[end] == ';' && name != "#";
  if (is_reference && name[0] == '#') {
    const bool is_hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(is_hex ? 2 : 1);
    std::uint32_t value = 0;
    const auto [rest, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
    if (rest == digits.data() + digits.size() && !digits.empty()) {
      PutCharacter(error == std::errc() ? value : 0x110000, true);
      return name.size() + 2;
    }
  } else if (is_reference) {
    return StepNamedReference(in, name);
  }
  FlushHalf();
  if (state_ != State::kCdata) {
    AddRepair(RepairKind::kBareMarkup);
  }
  out_->append("&amp;");
  CountTagBytes(5);
  return 1;
}

std::size_t Cleaner::StepNamedReference(std::string_view in, std::string_view name) {
  FlushHalf();
  const std::size_t used = name.size() + 2;
  constexpr std::array<std::string_view, 5> kPredefined = {"amp", "lt", "gt", "quot", "apos"};
  if (std::find(kPredefined.begin(), kPredefined.end(), name) != kPredefined.end()) {
    out_->append(in.substr(0, used));
    CountTagBytes(used);
    return used;
  }
  const std::string text(name);
  const htmlEntityDesc* const entity =
      htmlEntityLookup(reinterpret_cast<const xmlChar*>(text.c_str()));
  if (entity == nullptr) {
    AddRepair(RepairKind::kUnknownEntity, name);
    out_->append(fmt::format("&amp;{};", name));
    CountTagBytes(used);
    return used;
  }
  AddRepair(RepairKind::kHtmlEntity, name);
  PutCharacter(entity->value, true);
  return used;
}

std::size_t Cleaner::StepCharacter(std::string_view in) {
  if ((in[0] & 0x80) == 0) {  // A control character; the others have been dealt with.
    PutIllegal(static_cast<char32_t>(in[0]));
    return 1;
  }
  const Decoded decoded = DecodeAt(in, is_end_);
  if (decoded.c) {
    PutCharacter(*decoded.c, false);
  } else if (decoded.bytes > 0) {
    FlushHalf();
    AddRepair(RepairKind::kInvalidBytes);
    text::AppendChar(kReplacement, *out_);
  }
  CountTagBytes(decoded.bytes);
  return decoded.bytes;
}

void Cleaner::PutCharacter(char32_t c, bool as_reference) {
  if (IsLowHalf(c) && half_ != 0) {
    c = 0x10000 + (std::exchange(half_, 0) - 0xD800) * 0x400 + (c - 0xDC00);
    AddRepair(RepairKind::kIllegalCharacter);
  }
  FlushHalf();
  if (IsHighHalf(c)) {
    half_ = c;
  } else if (!IsXmlChar(c)) {
    PutIllegal(c);
  } else if (as_reference) {
    out_->append(fmt::format("&#{};", static_cast<std::uint32_t>(c)));
  } else {
    text::AppendChar(c, *out_);
  }
  CountTagBytes(1);
}

// Controls that word processors paste become what they meant; others tell nothing and go.
void Cleaner::PutIllegal(char32_t c) {
  AddRepair(RepairKind::kIllegalCharacter);
  switch (c) {
    case 0x0B:  // Line and page break of Word.
    case 0x0C:
      out_->push_back(' ');
      return;
    case 0x1E:  // Its non-breaking hyphen.
      text::AppendChar(0x2011, *out_);
      return;
    case 0x1F:  // Its optional hyphen.
      text::AppendChar(0xAD, *out_);
      return;
    default:
      if (c >= 0x20) {
        text::AppendChar(kReplacement, *out_);
      }
  }
}

void Cleaner::FlushHalf() {
  if (std::exchange(half_, 0) != 0) {
    PutIllegal(kReplacement);
  }
}

void Cleaner::AddRepair(RepairKind kind, std::string_view detail) {
  for (auto repair = repairs_.rbegin(); repair != repairs_.rend() && repair->tags == tag_count_;
       ++repair) {
    if (repair->kind == kind) {
      ++repair->count;
      return;
    }
  }
  repairs_.push_back({tag_count_, kind, 1, std::string(detail)});
}

void Cleaner::Fail(std::string_view what) {
  if (status_.ok()) {
    status_ = absl::InvalidArgumentError(fmt::format("line {}: {}", line_, what));
  }
}

}  // namespace sild::formats
