#include "server/text/normalize.h"

#include <algorithm>
#include <cassert>

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

const icu::Normalizer2& NfcInstance() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
    assert(U_SUCCESS(error));  // The data is built into ICU's library.
    return nfc;
  }();
  return *instance;
}

icu::StringPiece Piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

// Without early exit, so that the compiler makes vectors of it.
bool IsAscii(std::string_view text) {
  unsigned char seen = 0;
  for (const char c : text) {
    seen |= static_cast<unsigned char>(c);
  }
  return seen < 0x80;
}

std::uint32_t Offset(std::int32_t index) { return static_cast<std::uint32_t>(index); }

}  // namespace

bool IsNfc(std::string_view text) {
  if (IsAscii(text)) {
    return true;
  }
  UErrorCode error = U_ZERO_ERROR;
  return NfcInstance().isNormalizedUTF8(Piece(text), error) != 0 && U_SUCCESS(error);
}

std::string Nfc(std::string_view text) { return NormalizedText(text).text(); }

std::string CollapseWhiteSpace(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  bool is_space_due = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (IsWhiteSpace(NextChar(text, at))) {
      is_space_due = !result.empty();
      continue;
    }
    if (is_space_due) {
      result += ' ';
      is_space_due = false;
    }
    result.append(text.substr(begin, at - begin));
  }
  return result;
}

std::string FoldCase(std::string_view text) {
  std::string result;
  icu::StringByteSink<std::string> sink(&result);
  UErrorCode error = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(U_FOLD_CASE_DEFAULT, Piece(text), sink, nullptr, error);
  assert(U_SUCCESS(error));  // Can fail only for want of memory.
  return result;
}

NormalizedText::NormalizedText(std::string_view original) {
  if (IsNfc(original)) {
    text_ = original;
    return;
  }
  icu::Edits edits;
  icu::StringByteSink<std::string> sink(&text_);
  UErrorCode error = U_ZERO_ERROR;
  NfcInstance().normalizeUTF8(0, Piece(original), sink, &edits, error);
  assert(U_SUCCESS(error));  // Can fail only for want of memory.
  icu::Edits::Iterator change = edits.getFineChangesIterator();
  while (change.next(error)) {
    const std::uint32_t from = Offset(change.sourceIndex());
    const std::uint32_t to = Offset(change.destinationIndex());
    changes_.push_back(
        {{from, from + Offset(change.oldLength())}, {to, to + Offset(change.newLength())}});
  }
}

ByteRange NormalizedText::ToOriginal(ByteRange range) const {
  // The first change that ends behind an offset decides whether the offset lies inside a change;
  // otherwise the change before it tells by how much texts have drifted apart.
  const auto map = [this](std::uint32_t offset, bool is_end) {
    const auto next = std::upper_bound(
        changes_.begin(), changes_.end(), offset,
        [](std::uint32_t value, const Change& change) { return value < change.normal.end; });
    if (next != changes_.end() && next->normal.begin < offset) {
      return is_end ? next->original.end : next->original.begin;
    }
    if (next == changes_.begin()) {
      return offset;
    }
    const Change& last = *std::prev(next);
    return last.original.end + (offset - last.normal.end);
  };
  return {map(range.begin, false), map(range.end, true)};
}

std::uint32_t NormalizedText::FromOriginal(std::uint32_t offset) const {
  const auto next = std::upper_bound(
      changes_.begin(), changes_.end(), offset,
      [](std::uint32_t value, const Change& change) { return value < change.original.end; });
  if (next != changes_.end() && next->original.begin < offset) {
    return next->normal.begin;
  }
  if (next == changes_.begin()) {
    return offset;
  }
  const Change& last = *std::prev(next);
  return last.normal.end + (offset - last.original.end);
}

}  // namespace sild::text
