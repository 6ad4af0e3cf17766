#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace sild::formats {

// How a file says its encoding if it has no byte order mark.
enum class Declaration : std::uint8_t {
  kXml,      // In an XML declaration, if it has one.
  kGettext,  // As `charset=…` in the first entry of a catalogue.
};

// Turns a file in any of the usual encodings into UTF-8: by its byte order mark, else by where
// its zero bytes are, else by its declaration, else it is UTF-8. A file that declares an 8-bit
// encoding but whose first 64 KiB are UTF-8 with more than ASCII in them is UTF-8.
//
// The result still holds the declaration, which means nothing any more, no byte order mark, the
// bytes of a UTF-8 file unchecked, 0xFF for what could not be decoded, and the halves of a broken
// surrogate pair as three bytes each (CESU-8).
class Decoder {
 public:
  // Takes something worth telling about the file as a whole.
  using Notice = std::function<void(std::string)>;

  explicit Decoder(Notice notice, Declaration declaration = Declaration::kXml);
  ~Decoder();
  Decoder(const Decoder&) = delete;
  Decoder(Decoder&&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  Decoder& operator=(Decoder&&) = delete;

  // Appends the UTF-8 of the next bytes to `out`. `InvalidArgument` for an unknown encoding.
  absl::Status Feed(std::string_view bytes, std::string& out);

  // Appends what is left.
  absl::Status Finish(std::string& out);

 private:
  enum class Mode { kUnknown, kUtf8, kUtf16Le, kUtf16Be, kIconv };

  // Chooses the mode by the first bytes. False: needs more of them. `is_end`: there are no more.
  absl::StatusOr<bool> Choose(bool is_end);
  absl::StatusOr<bool> ChooseDeclared(bool is_end);
  absl::Status Open(const std::string& encoding);
  void Decode(std::string_view bytes, std::string& out);
  void DecodeUtf16(std::string_view bytes, std::string& out);
  void DecodeIconv(std::string_view bytes, std::string& out);

  // What the file declares, in upper case; empty: nothing. None: more of it is needed.
  std::optional<std::string> Declared(bool is_end) const;

  Notice notice_;
  const Declaration declaration_;
  Mode mode_ = Mode::kUnknown;
  std::string held_;       // Bytes not decoded yet: the file's start, or a cut character.
  char16_t high_ = 0;      // The first half of a surrogate pair.
  void* iconv_ = nullptr;  // iconv_t
};

}  // namespace sild::formats
