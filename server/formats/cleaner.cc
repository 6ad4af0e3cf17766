#include "server/formats/cleaner.h"

#include <algorithm>
#include <array>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <fmt/format.h>

namespace sild::formats {
namespace {

constexpr std::size_t kMaxTagBytes = 1 << 20;
constexpr std::size_t kMaxAttributes = 256;
constexpr std::size_t kMaxDoctypeBytes = std::size_t{64} << 10;
constexpr std::string_view kEntityMark = "<!ENTITY";

// The bytes that text and values are copied through with no further look.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> plain = {};
  for (std::size_t c = 0x20; c < 0x80; ++c) {
    plain[c] = c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
  }
  plain['\t'] = true;
  return plain;
}();

// The same in CDATA, where brackets may be its end.
constexpr std::array<bool, 256> kPlainInCdata = [] {
  std::array<bool, 256> plain = kPlain;
  plain[']'] = false;
  return plain;
}();

// The length of the run at the beginning of `in` that needs no further look: ASCII that is `plain`,
// and the characters of two and three bytes where nothing can be wrong but a byte.
std::size_t PlainRun(std::string_view in, const std::array<bool, 256>& plain = kPlain) {
  const auto byte = [&in](std::size_t i) { return static_cast<unsigned char>(in[i]); };
  const auto continues = [&](std::size_t i) { return i < in.size() && (byte(i) & 0xC0) == 0x80; };
  std::size_t n = 0;
  while (n < in.size()) {
    const unsigned char c = byte(n);
    if (plain[c]) {
      ++n;
    } else if (c >= 0xC2 && c <= 0xDF && continues(n + 1)) {
      n += 2;
    } else if (c >= 0xE1 && c <= 0xEC && continues(n + 1) && continues(n + 2)) {
      n += 3;
    } else {
      break;
    }
  }
  return n;
}

bool IsNameStart(char c) {
  return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '_' || c == ':' ||
         (c & 0x80) != 0;
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
  const auto& plain = state_ == State::kCdata ? kPlainInCdata : kPlain;
  if (const std::size_t run = PlainRun(in, plain); run > 0) {
    out_->append(in.substr(0, run));
    CountTagBytes(run);
    return run;
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
    case ']':
      return StepCdataEnd(in);
    default:
      return StepCharacter(in);
  }
}

// Brackets in CDATA, which may be the `]]>` that ends it. Takes all of a run at once, since each
// call looks to its end.
std::size_t Cleaner::StepCdataEnd(std::string_view in) {
  const std::size_t brackets = std::min(in.find_first_not_of(']'), in.size());
  if (brackets >= 2 && brackets < in.size() && in[brackets] == '>') {
    out_->append(brackets - 2, ']');
    state_ = State::kText;
    return brackets + 1;
  }
  const bool may_go_on = brackets == in.size() && !is_end_;
  const std::size_t taken = brackets - (may_go_on ? std::min<std::size_t>(brackets, 2) : 0);
  out_->append(taken, ']');
  return taken;
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
    constexpr std::array<std::pair<std::string_view, State>, 4> hidden = {
        {{"<!--", State::kComment},
         {"<?", State::kInstruction},
         {"<![CDATA[", State::kCdata},
         {"<!DOCTYPE", State::kDoctype}}};
    for (const auto& [mark, state] : hidden) {
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
  if (static_cast<unsigned char>(c) >= 0x20) {  // Others cannot stand in a tag.
    last_in_tag_ = c;
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
