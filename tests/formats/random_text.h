#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/segment.h"
#include "server/model/unit.h"

namespace sild::formats::test {

// Random pieces for property tests: texts in many scripts with all that needs an escape in XML.
class RandomText {
 public:
  explicit RandomText(std::uint64_t seed) : random_(seed) {}

  // A number in `[0, limit)`.
  std::size_t Below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }
  bool Coin() { return Below(2) == 0; }

  template <typename T, std::size_t n>
  const T& OneOf(const std::array<T, n>& values) {
    return values[Below(n)];
  }

  // A text of one to five pieces.
  std::string Text() {
    static constexpr std::array<std::string_view, 24> kPieces = {"word",
                                                                 "tõlkemälu",
                                                                 "žodynas",
                                                                 "словарь",
                                                                 "re\u0301sume\u0301",
                                                                 "10\u00A0%",
                                                                 "co\u00ADop",
                                                                 "👩‍👩‍👧",
                                                                 "\u200Fمرحبا\u200E",
                                                                 "用語",
                                                                 "<b>",
                                                                 "&amp;",
                                                                 "a && b",
                                                                 "]]>",
                                                                 "\"quoted\"",
                                                                 "'",
                                                                 "\t",
                                                                 "\n",
                                                                 "\r",
                                                                 "\r\n",
                                                                 " ",
                                                                 "  ",
                                                                 "\u2028",
                                                                 "\U0001F600"};
    std::string text;
    for (std::size_t i = Below(5) + 1; i > 0; --i) {
      text += OneOf(kPieces);
    }
    return text;
  }
  std::string TextOrNone() { return Coin() ? Text() : std::string(); }

  std::vector<std::string> Texts() {
    std::vector<std::string> texts;
    for (std::size_t i = Below(3); i > 0; --i) {
      texts.push_back(Text());
    }
    return texts;
  }

  // A time with or without a fraction, of years that files have.
  Timestamp Time() {
    const auto seconds = std::chrono::seconds(1'000'000'000 + Below(1'000'000'000));
    return Timestamp(seconds) + std::chrono::microseconds(Coin() ? 0 : Below(1'000'000));
  }

  // A segment with sound tags.
  Segment RandomSegment() {
    Segment segment;
    std::int32_t pair = 0;
    std::vector<Tag> open;
    for (std::size_t i = Below(5) + 1; i > 0; --i) {
      segment.text += Text();
      Tag tag;
      tag.position = static_cast<std::uint32_t>(segment.text.size());
      tag.id = static_cast<std::int32_t>(Below(4));
      tag.type = Coin() ? "bold" : TextOrNone();
      tag.data = TextOrNone();
      const std::size_t choice = Below(6);
      if (choice == 0) {
        tag.kind = TagKind::kOpen;
        tag.pair = ++pair;
        open.push_back(tag);
      } else if (choice == 1 && !open.empty()) {
        tag.kind = TagKind::kClose;
        tag.pair = open.back().pair;
        open.pop_back();
      } else if (choice == 2) {
        tag.kind = Coin() ? TagKind::kIsolatedOpen : TagKind::kIsolatedClose;
      } else if (choice != 3) {
        continue;
      }
      segment.tags.push_back(tag);
    }
    for (; !open.empty(); open.pop_back()) {
      Tag close = open.back();
      close.kind = TagKind::kClose;
      close.position = static_cast<std::uint32_t>(segment.text.size());
      segment.tags.push_back(close);
    }
    return segment;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace sild::formats::test
