#pragma once

#include <string_view>

#include "server/model/language_tag.h"
#include "server/model/text_offset.h"
#include "server/text/placeables.h"

namespace sild::matching {

// Whether an ending is joined by a hyphen to what stands at `range` of `text`: 5-го, 28-tą.
bool HasEnding(std::string_view text, ByteRange range);

// Whether a word that is counted follows the number at `range` of `text`, a text in `language`, and
// the plural category of the language changes when `after` takes the place of `before`: 1 файл, 2
// файла. Words of one or two letters are taken for units and prepositions, which do not inflect;
// year numbers are not counted.
bool NeedsAgreement(const text::Decimal& before, const text::Decimal& after, std::string_view text,
                    ByteRange range, const LanguageTag& language);

// Whether a number at `range` of `text` is an amount of something: a sign of a currency stands
// before it, or one of percent or currency behind it; or a word does, and no name before it
// (Qt 5.1).
bool IsCounted(std::string_view text, ByteRange range);

}  // namespace sild::matching
