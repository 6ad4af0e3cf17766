#include "server/text/char_table.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

namespace sild::text {
namespace {

bool IsInvisible(char32_t c) {
  return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool IsOfUnspacedScript(UChar32 c) {
  for (const UScriptCode script : {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_THAI,
                                   USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR}) {
    if (uscript_hasScript(c, script) != 0) {
      return true;
    }
  }
  return false;
}

CharClass Classify(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  if (IsWhiteSpace(c) || IsInvisible(c)) {
    return CharClass::kSpace;
  }
  if (c == 0x200C || c == 0x200D) {
    return CharClass::kLink;
  }
  const std::uint32_t category = U_GET_GC_MASK(code);
  if ((category & U_GC_ND_MASK) != 0) {
    return CharClass::kDigit;
  }
  if ((category & U_GC_M_MASK) != 0) {
    return CharClass::kMark;
  }
  if ((category & (U_GC_L_MASK | U_GC_NL_MASK)) != 0) {
    return c >= 0x0E00 && IsOfUnspacedScript(code) ? CharClass::kSyllable : CharClass::kLetter;
  }
  return CharClass::kPunctuation;
}

}  // namespace

const CharTable& CharTable::Get() {
  static const CharTable* const table = new CharTable;  // Never freed: threads may outlive `main`.
  return *table;
}

CharTable::CharTable() {
  for (char32_t c = 0; c < kTabled; ++c) {
    traits_[c] = TraitsOfRare(c);
    fold_[c] = static_cast<char16_t>(FoldRare(c));
  }
}

std::uint8_t CharTable::TraitsOfRare(char32_t c) {
  const auto code = static_cast<UChar32>(c);
  auto traits = static_cast<std::uint8_t>(Classify(c));
  const std::int32_t cluster = u_getIntPropertyValue(code, UCHAR_GRAPHEME_CLUSTER_BREAK);
  if (cluster == U_GCB_EXTEND || cluster == U_GCB_SPACING_MARK || cluster == U_GCB_ZWJ) {
    traits |= kExtends;
  }
  if (u_hasBinaryProperty(code, UCHAR_EXTENDED_PICTOGRAPHIC) != 0) {
    traits |= kPictograph;
  }
  if (u_getIntPropertyValue(code, UCHAR_NFC_QUICK_CHECK) != UNORM_YES ||
      u_getCombiningClass(code) != 0) {
    traits |= kNfcActive;
  }
  return traits;
}

char32_t CharTable::FoldRare(char32_t c) {
  return static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
}

}  // namespace sild::text
