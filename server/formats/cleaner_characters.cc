#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>
#include <libxml/HTMLparser.h>

#include "server/formats/cleaner.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

// The entities that XML has by itself.
constexpr std::array<std::string_view, 5> kPredefined = {"amp", "lt", "gt", "quot", "apos"};

constexpr std::size_t kMaxReferenceBytes = 40;
constexpr char32_t kReplacement = 0xFFFD;

constexpr bool IsHighHalf(char32_t c) { return c >= 0xD800 && c <= 0xDBFF; }
constexpr bool IsLowHalf(char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

// Whether XML 1.0 can carry `c` (production `Char`).
constexpr bool IsXmlChar(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
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

}  // namespace sild::formats
