#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

// Finds what is written in several groups of ASCII digits and is no amount: telephone numbers,
// numbers of accounts, books, people and cards (+372 631 8600, 8 (495) 123-45-67, EE38 2200 2210
// 2014, 978-9949-12-345-6), and those with a slash (2022/0047(COD), 12/2021). Not dates, grouped
// numbers as 1 234 567, ranges of these, and fractions. Of two groups with a space or hyphen only
// 631 8600, and what stands behind a word as `tel.` or `ISSN`. `text` must be UTF-8; the ranges are
// in order and do not overlap. O(n).
std::vector<ByteRange> FindIdentifiers(std::string_view text);

// Returns an identifier without the marks that only make it legible.
std::string BareIdentifier(std::string_view identifier);

// Writes `identifier` with the marks of `model`, if it has as many characters without them;
// otherwise as it is.
std::string WriteIdentifier(std::string_view identifier, std::string_view model);

}  // namespace sild::text
