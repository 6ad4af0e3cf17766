#pragma once

#include <string_view>

#include "server/model/language_tag.h"
#include "server/model/text_offset.h"
#include "server/text/placeables.h"

namespace sild::matching {

// Whether words beside a number may have to change when `after` takes the place of `before`, which
// stands at `range` of `text`, a text in `language`: an ending is joined to it by a hyphen (5-го),
// or a word follows that is counted and the plural category of the language changes (1 файл, 2
// файла). Words of one or two letters are taken for units and prepositions, which do not inflect;
// year numbers are not counted.
bool NeedsAgreement(const text::Decimal& before, const text::Decimal& after, std::string_view text,
                    ByteRange range, const LanguageTag& language);

// Whether a number at `range` of `text` is an amount of something: a sign of a currency stands
// before it, or one of percent or currency behind it; or a word does, and no name before it
// (Qt 5.1).
bool IsCounted(std::string_view text, ByteRange range);

}  // namespace sild::matching
