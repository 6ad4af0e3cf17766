#include "server/formats/decoder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>
#include <iconv.h>

#include "server/model/try.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

using namespace std::string_view_literals;  // NOLINT(google-build-using-namespace): only `sv`.

constexpr std::string_view kDeclaration = "<?xml";
constexpr std::size_t kMaxDeclarationBytes = 1024;
constexpr std::size_t kSampleBytes = std::size_t{64} << 10;
constexpr char kUndecodable = '\xFF';  // Never a byte of UTF-8.

// The encodings taken besides UTF-8 and UTF-16, by the beginning of the name. A list, because some
// of iconv's converters have state and a history of holes.
constexpr std::array kEncodings = {
    "ISO-8859-"sv, "ISO8859-"sv, "ISO_8859-"sv, "LATIN"sv, "WINDOWS-"sv, "CP12"sv,
    "CP437"sv,     "CP85"sv,     "CP86"sv,      "CP775"sv, "IBM"sv,      "KOI8-"sv,
    "SHIFT"sv,     "SJIS"sv,     "EUC-"sv,      "GB"sv,    "BIG5"sv,     "TIS-"sv,
    "MACINTOSH"sv, "MACCYR"sv,   "UTF-32"sv,    "UCS-4"sv};

// The value of `encoding` in an XML declaration, in upper case. Empty: none.
std::string DeclaredEncoding(std::string_view start) {
  const std::string_view declaration = start.substr(0, start.find("?>"));
  std::size_t at = declaration.find("encoding");
  at = at == std::string_view::npos ? at : declaration.find_first_of("\"'", at);
  if (!declaration.starts_with("<?xml") || at == std::string_view::npos) {
    return "";
  }
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) {
    return "";
  }
  return absl::AsciiStrToUpper(std::string(declaration.substr(at + 1, end - at - 1)));
}

// Where the header of a catalogue ends: at its second `msgid`. None: not yet.
std::optional<std::size_t> EndOfGettextHeader(std::string_view start) {
  constexpr std::string_view kKey = "msgid";
  const std::size_t first = start.find(kKey);
  const std::size_t second =
      first == std::string_view::npos ? first : start.find(kKey, first + kKey.size());
  return second == std::string_view::npos ? std::nullopt : std::optional(second);
}

// The charset that the header of a catalogue names, in upper case. Empty: none.
std::string GettextCharset(std::string_view header) {
  constexpr std::string_view kKey = "charset=";
  const std::size_t at = header.find(kKey);
  if (at == std::string_view::npos) {
    return "";
  }
  header.remove_prefix(at + kKey.size());
  const std::string charset =
      absl::AsciiStrToUpper(std::string(header.substr(0, header.find_first_of("\\\"; \r\n"))));
  return charset == "CHARSET" ? "" : charset;  // What templates have.
}

// Whether `bytes`, of which the end may be cut inside a character, has characters beyond ASCII and
// all are UTF-8.
bool IsUtf8BeyondAscii(std::string_view bytes) {
  if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) == 0; })) {
    return false;
  }
  const auto problem = text::FindTextProblem(bytes);
  return !problem || problem->byte_offset + 3 >= bytes.size();
}

}  // namespace

Decoder::Decoder(Notice notice, Declaration declaration)
    : notice_(std::move(notice)), declaration_(declaration) {}

Decoder::~Decoder() {
  if (iconv_ != nullptr) {
    iconv_close(iconv_);
  }
}

absl::Status Decoder::Feed(std::string_view bytes, std::string& out) {
  if (mode_ != Mode::kUnknown) {
    Decode(bytes, out);
    return absl::OkStatus();
  }
  held_.append(bytes);
  SILD_TRY(const bool chosen, Choose(false));
  if (chosen) {
    Decode(std::exchange(held_, {}), out);
  }
  return absl::OkStatus();
}

absl::Status Decoder::Finish(std::string& out) {
  if (mode_ == Mode::kUnknown) {
    SILD_TRY(const bool chosen, Choose(true));
    if (chosen) {
      Decode(std::exchange(held_, {}), out);
    }
  }
  if (!held_.empty() || high_ != 0) {
    out += kUndecodable;  // The file ends inside a character.
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Decoder::Choose(bool is_end) {
  if (held_.size() < 4 && !is_end) {
    return false;
  }
  const std::string_view start = held_;
  if (start.starts_with("\xFF\xFE\0\0"sv) || start.starts_with("\0\0\xFE\xFF"sv)) {
    const std::string encoding = start[0] == '\0' ? "UTF-32BE" : "UTF-32LE";
    held_.erase(0, 4);
    SILD_CHECK_OK(Open(encoding));
    return true;
  }
  if (start.starts_with("\xEF\xBB\xBF")) {
    held_.erase(0, 3);
    mode_ = Mode::kUtf8;
    return true;
  }
  if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF")) {
    mode_ = start[0] == '\xFF' ? Mode::kUtf16Le : Mode::kUtf16Be;
    held_.erase(0, 2);
    return true;
  }
  if (start.size() >= 2 && (start[0] == '\0') != (start[1] == '\0')) {
    mode_ = start[1] == '\0' ? Mode::kUtf16Le : Mode::kUtf16Be;
    return true;
  }
  return ChooseDeclared(is_end);
}

std::optional<std::string> Decoder::Declared(bool is_end) const {
  if (declaration_ == Declaration::kGettext) {
    const std::optional<std::size_t> end = EndOfGettextHeader(held_);
    const bool is_whole = end || is_end || held_.size() >= kSampleBytes;
    return is_whole ? std::optional(GettextCharset(
                          std::string_view(held_).substr(0, end.value_or(held_.size()))))
                    : std::nullopt;
  }
  const bool may_declare = held_.starts_with(kDeclaration) ||
                           (held_.size() < kDeclaration.size() && kDeclaration.starts_with(held_));
  const bool has_declaration = held_.find("?>") != std::string::npos;
  if (may_declare && !has_declaration && held_.size() < kMaxDeclarationBytes && !is_end) {
    return std::nullopt;
  }
  return DeclaredEncoding(held_);
}

absl::StatusOr<bool> Decoder::ChooseDeclared(bool is_end) {
  const std::optional<std::string> declared = Declared(is_end);
  if (!declared) {
    return false;
  }
  const std::string& encoding = *declared;
  if (encoding.starts_with("UTF-16") || encoding.starts_with("UCS-2") ||
      encoding.starts_with("UTF16") || encoding == "UNICODE") {
    notice_(fmt::format("the file declares {} but is not in it; read as UTF-8", encoding));
    mode_ = Mode::kUtf8;
    return true;
  }
  if (encoding.empty() || encoding == "UTF-8" || encoding == "UTF8" ||
      encoding.starts_with("US-ASCII") || encoding == "ASCII") {
    mode_ = Mode::kUtf8;
    return true;
  }
  if (held_.size() < kSampleBytes && !is_end) {
    return false;
  }
  if (IsUtf8BeyondAscii(held_)) {
    notice_(fmt::format("the file declares {} but is in UTF-8; read as UTF-8", encoding));
    mode_ = Mode::kUtf8;
    return true;
  }
  SILD_CHECK_OK(Open(encoding));
  return true;
}

absl::Status Decoder::Open(const std::string& encoding) {
  const bool allowed =
      encoding.find_first_of("/,") == std::string::npos &&  // iconv's own options.
      std::any_of(kEncodings.begin(), kEncodings.end(),
                  [&encoding](std::string_view name) { return encoding.starts_with(name); });
  // NOLINTNEXTLINE(performance-no-int-to-ptr): so iconv.h says "none".
  const iconv_t none = reinterpret_cast<iconv_t>(-1);
  const iconv_t opened = allowed ? iconv_open("UTF-8", encoding.c_str()) : none;
  if (opened == none) {
    return absl::InvalidArgumentError(fmt::format(
        "line 1: encoding \"{}\" is not known; save the file as UTF-8", encoding.substr(0, 40)));
  }
  iconv_ = opened;
  mode_ = Mode::kIconv;
  return absl::OkStatus();
}

void Decoder::Decode(std::string_view bytes, std::string& out) {
  if (mode_ == Mode::kUtf8) {
    out.append(bytes);
    return;
  }
  held_.append(bytes);
  const std::string input = std::exchange(held_, {});
  if (mode_ == Mode::kIconv) {
    DecodeIconv(input, out);
  } else {
    DecodeUtf16(input, out);
  }
}

void Decoder::DecodeUtf16(std::string_view bytes, std::string& out) {
  const std::size_t low = mode_ == Mode::kUtf16Le ? 0 : 1;
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
    const auto unit = static_cast<char16_t>(byte(low) | byte(1 - low) << 8);
    const char16_t high = std::exchange(high_, char16_t{0});
    if (high != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
      text::AppendChar(0x10000 + (char32_t{high} - 0xD800) * 0x400 + (unit - 0xDC00), out);
      continue;
    }
    if (high != 0) {
      text::AppendChar(high, out);
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high_ = unit;
    } else {
      text::AppendChar(unit, out);
    }
  }
  held_ = bytes.substr(at);
}

void Decoder::DecodeIconv(std::string_view bytes, std::string& out) {
  std::string input(bytes);  // iconv takes a pointer to bytes that are not const.
  char* in = input.data();
  std::size_t in_left = input.size();
  std::array<char, 4096> buffer;
  while (in_left > 0) {
    char* to = buffer.data();
    std::size_t out_left = buffer.size();
    const std::size_t result = iconv(iconv_, &in, &in_left, &to, &out_left);
    const int error = errno;
    out.append(buffer.data(), buffer.size() - out_left);
    if (result != static_cast<std::size_t>(-1) || error == E2BIG) {
      continue;
    }
    if (error == EINVAL) {  // A character is cut; it never has more than a few bytes.
      held_.assign(in, in_left);
      return;
    }
    out += kUndecodable;
    ++in;
    --in_left;
  }
}

}  // namespace sild::formats
