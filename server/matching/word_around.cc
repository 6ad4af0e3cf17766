#include "server/matching/word_around.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

bool IsHyphen(char c) { return c == '-' || c == '_'; }

bool IsLetterAt(std::string_view text, std::size_t at) {
  const text::CharClass is = text::CharTable::Get().ClassOf(text::NextChar(text, at));
  return is == text::CharClass::kLetter || is == text::CharClass::kMark;
}

std::string Folded(std::string_view text) {
  std::string folded;
  for (std::size_t at = 0; at < text.size();) {
    text::AppendChar(text::CharTable::Get().FoldCase(text::NextChar(text, at)), folded);
  }
  return folded;
}

// The parts of the word around a number, in lower case.
struct Parts {
  std::string before;
  std::string behind;

  friend bool operator==(const Parts&, const Parts&) = default;
};

Parts PartsOf(const SegmentPlaceables& of, std::size_t number) {
  const text::Placeable& placeable = of.placeables[number];
  const std::string_view text = of.segment.text;
  ByteRange around = WordAround(text, placeable.range);
  if (number > 0) {
    around.begin = std::max(around.begin, of.placeables[number - 1].range.end);
  }
  std::size_t end = placeable.whole.end;
  const bool is_before_other =
      number + 1 < of.placeables.size() && of.placeables[number + 1].range.begin == end;
  while (!is_before_other && end < text.size() && IsLetterAt(text, end)) {
    text::NextChar(text, end);
  }
  const std::uint32_t begin = std::min(around.begin, placeable.range.begin);
  std::string before = Folded(text.substr(begin, placeable.range.begin - begin));
  if (std::all_of(before.begin(), before.end(), IsHyphen)) {
    before.clear();  // 2021-2022 is 2021–2022.
  }
  return {std::move(before), Folded(text.substr(placeable.whole.end, end - placeable.whole.end))};
}

}  // namespace

ByteRange WordAround(std::string_view text, ByteRange range) {
  std::size_t begin = range.begin;
  while (begin > 0) {
    std::size_t before = begin - 1;
    while (before > 0 && !text::IsCharStart(text[before])) {
      --before;
    }
    if (!IsLetterAt(text, before) && !IsHyphen(text[before])) {
      break;
    }
    begin = before;
  }
  std::size_t end = range.end;
  while (end < text.size() && (IsLetterAt(text, end) || IsHyphen(text[end]))) {
    text::NextChar(text, end);
  }
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool AreInOtherWords(const SegmentPlaceables& a, std::size_t a_placeable,
                     const SegmentPlaceables& b, std::size_t b_placeable) {
  const auto is_number = [](const SegmentPlaceables& of, std::size_t placeable) {
    return of.placeables[placeable].kind() == text::PlaceableKind::kNumber;
  };
  return is_number(a, a_placeable) && is_number(b, b_placeable) &&
         PartsOf(a, a_placeable) != PartsOf(b, b_placeable);
}

}  // namespace sild::matching
